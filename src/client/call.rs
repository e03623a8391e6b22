//! What one call may say for itself: another token, another patience, a way to end it.

use crate::{
    error::{Code, Error, Result},
    platform::{Fut, first},
    token::Token,
};

/// Options of one call.
#[derive(Clone, Debug, Default)]
pub struct Call {
    pub(crate) token: Choice,
    pub(crate) timeout_ms: Option<f64>,
    pub(crate) cancel: Cancel,
}

#[derive(Clone, Debug, Default)]
pub(crate) enum Choice {
    #[default]
    Stored,
    Given(Token),
    Anonymous,
}

impl Call {
    /// With another token.
    #[must_use]
    pub fn with_token(token: Token) -> Self {
        Self { token: Choice::Given(token), ..Self::default() }
    }

    /// The token that was given, for what cannot do with the stored one.
    pub(crate) fn given(&self) -> Result<Token> {
        match &self.token {
            Choice::Given(token) => Ok(token.clone()),
            _ => Err(Error::new(Code::InvalidTokenFormat, "the token is not text")),
        }
    }

    /// Without any token.
    #[must_use]
    pub fn anonymous() -> Self {
        Self { token: Choice::Anonymous, ..Self::default() }
    }

    /// In place of the client's timeout; 0 waits for ever.
    #[must_use]
    pub fn timeout_ms(mut self, ms: f64) -> Self {
        self.timeout_ms = Some(ms);
        self
    }

    /// Ends by the caller's signal.
    #[must_use]
    pub fn cancel(mut self, cancel: Cancel) -> Self {
        self.cancel = cancel;
        self
    }
}

impl super::Hub {
    /// The work, unless the time is up or the caller ends it first; dropping the work ends its request.
    pub(crate) async fn limited<T>(&self, call: &Call, work: Fut<'_, Result<T>>) -> Result<T> {
        call.cancel.check()?;
        let ms = call.timeout_ms.unwrap_or(self.0.timeout_ms);
        let clock = &self.0.clock;
        let late: Fut<'_, Result<T>> = Box::pin(async move {
            if ms > 0.0 {
                clock.sleep(ms).await;
            } else {
                std::future::pending::<()>().await;
            }
            Err(Error::new(Code::Timeout, "the time was up before the answer came"))
        });
        let ended: Fut<'_, Result<T>> = Box::pin(async move { Err(call.cancel.wait().await) });
        first(work, Box::pin(first(late, ended))).await
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod cancel {
    use crate::error::{Error, Result};

    /// Ends a call from outside. Natively there is nothing to it: drop the future.
    #[derive(Clone, Debug, Default)]
    pub struct Cancel(());

    impl Cancel {
        // The same shape as in wasm, where checking can fail.
        #[allow(clippy::unnecessary_wraps)]
        pub(crate) fn check(&self) -> Result<()> {
            Ok(())
        }

        pub(crate) async fn wait(&self) -> Error {
            std::future::pending().await
        }
    }
}

#[cfg(target_arch = "wasm32")]
mod cancel {
    use wasm_bindgen::prelude::*;
    use wasm_bindgen_futures::JsFuture;
    use web_sys::AbortSignal;

    use crate::error::{Code, Error, Result};

    /// Ends a call from outside: an `AbortSignal`.
    #[derive(Clone, Debug, Default)]
    pub struct Cancel(Option<AbortSignal>);

    impl From<AbortSignal> for Cancel {
        fn from(signal: AbortSignal) -> Self {
            Self(Some(signal))
        }
    }

    #[wasm_bindgen]
    extern "C" {
        type Target;
        #[wasm_bindgen(method, js_name = addEventListener, catch)]
        fn add(this: &Target, name: &str, then: &js_sys::Function) -> Result<(), JsValue>;
        #[wasm_bindgen(method, js_name = removeEventListener, catch)]
        fn remove(this: &Target, name: &str, then: &js_sys::Function) -> Result<(), JsValue>;
    }

    /// Takes its listener back: a signal may live through thousands of calls.
    struct Listening<'a>(&'a Target, JsValue);

    impl Drop for Listening<'_> {
        fn drop(&mut self) {
            let _ = self.0.remove("abort", self.1.unchecked_ref());
        }
    }

    fn aborted(signal: &AbortSignal) -> Error {
        let reason = js_sys::Reflect::get(signal, &"reason".into()).unwrap_or_default();
        Error::new(Code::Aborted, "the call was aborted").with_cause(reason)
    }

    impl Cancel {
        pub(crate) fn check(&self) -> Result<()> {
            match &self.0 {
                Some(signal) if signal.aborted() => Err(aborted(signal)),
                _ => Ok(()),
            }
        }

        pub(crate) async fn wait(&self) -> Error {
            let Some(signal) = &self.0 else { return std::future::pending().await };
            let target: &Target = signal.unchecked_ref();
            let mut then = JsValue::UNDEFINED;
            let event = js_sys::Promise::new(&mut |resolve, _| {
                let _ = target.add("abort", &resolve);
                then = resolve.into();
            });
            let _listening = Listening(target, then);
            let _ = JsFuture::from(event).await;
            aborted(signal)
        }
    }
}

pub use cancel::Cancel;
