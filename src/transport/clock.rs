//! Time, handed in: a test's clock makes ten minutes pass at once.

use super::Cancel;
use crate::{
    error::Result,
    platform::{Fut, Portable},
};

/// Tells the time and waits.
///
/// ```ignore-wasm32
/// # use hubkey::{Fut, transport::clock::Clock};
/// # hubkey::example::block_on(async {
/// /// Ten minutes pass at once.
/// struct Hasty;
///
/// impl Clock for Hasty {
///     fn now_ms(&self) -> f64 { 1_767_225_600_000.0 }
///     fn sleep(&self, _: f64) -> Fut<'static, ()> { Box::pin(async {}) }
/// }
/// Hasty.sleep(600_000.0).await;
/// # Ok::<(), hubkey::Error>(())
/// # })?;
/// # Ok::<(), hubkey::Error>(())
/// ```
pub trait Clock: Portable {
    /// Milliseconds since 1970.
    ///
    /// ```
    /// # use hubkey::transport::clock::{Clock, SystemClock};
    /// assert!(SystemClock.now_ms() > 1_700_000_000_000.0, "later than 2023");
    /// ```
    fn now_ms(&self) -> f64;
    /// Ends after so many milliseconds; dropping it ends the timer.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::transport::clock::{Clock, SystemClock};
    /// # hubkey::example::block_on(async {
    /// SystemClock.sleep(5.0).await;
    /// drop(SystemClock.sleep(600_000.0)); // ends the timer
    /// # Ok::<(), hubkey::Error>(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    fn sleep(&self, ms: f64) -> Fut<'static, ()>;

    /// The same, unless the caller's signal ends it first.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Cancel, transport::clock::{Clock, SystemClock}};
    /// # hubkey::example::block_on(async {
    /// SystemClock.wait(5.0, &Cancel::default()).await?;
    /// # Ok::<(), hubkey::Error>(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    ///
    /// # Errors
    /// `aborted`
    fn wait<'a>(&'a self, ms: f64, cancel: &'a Cancel) -> Fut<'a, Result<()>> {
        Box::pin(async move {
            let slept: Fut<'_, Result<()>> = Box::pin(async move {
                self.sleep(ms).await;
                Ok(())
            });
            #[cfg(all(feature = "web", target_arch = "wasm32"))]
            let slept = crate::platform::first(slept, Box::pin(async move { Err(cancel.wait().await) }));
            // Elsewhere there is no signal: natively dropping the future ends it.
            let _ = cancel;
            slept.await
        })
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod here {
    use std::hash::{BuildHasher, RandomState};

    /// A date as HTTP has them, as milliseconds since 1970.
    pub(crate) fn http_date(text: &str) -> Option<f64> {
        let since = httpdate::parse_http_date(text)
            .ok()?
            .duration_since(std::time::UNIX_EPOCH);
        since.ok().map(|it| it.as_secs_f64() * 1000.0)
    }

    /// Any number from 0 to 1. To spread waits; no secret is made of it.
    #[allow(clippy::cast_precision_loss)]
    pub(crate) fn chance() -> f64 {
        RandomState::new().hash_one(0_u8) as f64 / u64::MAX as f64
    }
}

#[cfg(target_arch = "wasm32")]
mod here {
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_namespace = Date, js_name = parse)]
        fn parse(text: &str) -> f64;
        #[wasm_bindgen(js_namespace = Math, js_name = random)]
        pub(crate) fn chance() -> f64;
    }

    /// A date as HTTP has them, as milliseconds since 1970. Engines make a date of almost anything, so what has no letter in
    /// front and no time in it is none; and one without a zone would be local.
    pub(crate) fn http_date(text: &str) -> Option<f64> {
        let dated = text.len() <= 40 && text.starts_with(|it: char| it.is_ascii_alphabetic()) && text.contains(':');
        let zone = if text.ends_with(" GMT") { "" } else { " GMT" };
        Some(parse(&crate::text::cat(&[text, zone]))).filter(|it| dated && !it.is_nan())
    }
}

pub(crate) use here::{chance, http_date};

/// The machine's clock.
///
/// ```ignore-wasm32
/// # use hubkey::{Hub, example::{TOKEN, answers}, transport::clock::SystemClock};
/// # hubkey::example::block_on(async {
/// let hub = Hub::builder().clock(SystemClock).transport(answers).token(TOKEN).build()?; // as without it
/// assert_eq!(hub.whoami().await?.name, "ada");
/// # Ok::<(), hubkey::Error>(())
/// # })?;
/// # Ok::<(), hubkey::Error>(())
/// ```
#[cfg(any(feature = "web", not(target_arch = "wasm32")))]
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

#[cfg(not(target_arch = "wasm32"))]
impl Clock for SystemClock {
    fn now_ms(&self) -> f64 {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        since.map_or(0.0, |it| it.as_secs_f64() * 1000.0)
    }

    fn sleep(&self, ms: f64) -> Fut<'static, ()> {
        Box::pin(futures_timer::Delay::new(std::time::Duration::from_secs_f64(
            ms.clamp(0.0, 1e12) / 1000.0,
        )))
    }
}

#[cfg(all(feature = "web", target_arch = "wasm32"))]
mod wasm {
    use wasm_bindgen::prelude::*;
    use wasm_bindgen_futures::JsFuture;

    use super::{Clock, Fut, SystemClock};

    // Not web-sys: there they belong to `window`, and workers, workerd and Node have none.
    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_name = setTimeout, catch)]
        fn set_timeout(done: &js_sys::Function, ms: f64) -> Result<JsValue, JsValue>;
        // A number in browsers, an object in Node.
        #[wasm_bindgen(js_name = clearTimeout, catch)]
        fn clear_timeout(id: &JsValue) -> Result<(), JsValue>;
    }

    struct Timer(JsValue);

    impl Drop for Timer {
        fn drop(&mut self) {
            let _ = clear_timeout(&self.0);
        }
    }

    impl Clock for SystemClock {
        fn now_ms(&self) -> f64 {
            js_sys::Date::now()
        }

        fn sleep(&self, ms: f64) -> Fut<'static, ()> {
            // Beyond 2^31 the platforms fire at once.
            let ms = ms.clamp(0.0, 2_147_483_647.0);
            Box::pin(async move {
                let mut id = JsValue::UNDEFINED;
                let done = js_sys::Promise::new(&mut |resolve, _| id = set_timeout(&resolve, ms).unwrap_or_default());
                let _timer = Timer(id);
                let _ = JsFuture::from(done).await;
            })
        }
    }
}
