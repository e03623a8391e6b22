//! Time, handed in: a test's clock makes ten minutes pass at once.

use crate::platform::{Fut, Portable};

/// Tells the time and waits.
pub trait Clock: Portable {
    /// Milliseconds since 1970.
    fn now_ms(&self) -> f64;
    /// Ends after so many milliseconds; dropping it ends the timer.
    fn sleep(&self, ms: f64) -> Fut<'static, ()>;
}

/// The machine's clock.
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
