//! The caller's way to end a request.

/// Ends a call from outside. Natively there is nothing to it: drop the future.
///
/// ```ignore-wasm32
/// # use hubkey::{Call, Cancel, hub::ModelInfo};
/// # hubkey::example::with_hub(async |hub| {
/// let call = Call::default().cancel(Cancel::default());
/// drop(hub.send_with(ModelInfo::new("ada/tiny".parse()?), &call)); // natively this ends a call
/// assert!(hub.send_with(ModelInfo::new("ada/tiny".parse()?), &call).await.is_ok());
/// # Ok(())
/// # })?;
/// # Ok::<(), hubkey::Error>(())
/// ```
#[cfg(not(target_arch = "wasm32"))]
#[derive(Clone, Debug, Default)]
pub struct Cancel(());

/// Ends a call from outside: an `AbortSignal`.
///
/// ```
/// # use hubkey::{Call, Cancel};
/// let button = web_sys::AbortController::new().expect("a platform with fetch");
/// let call = Call::default().cancel(Cancel::from(button.signal()));
/// # let _ = call;
/// button.abort(); // calls that were made with it end with `aborted`
/// ```
#[cfg(target_arch = "wasm32")]
#[derive(Clone, Debug, Default)]
// The npm package hands its own object through here; only its host looks inside.
pub struct Cancel(pub(crate) wasm_bindgen::JsValue);

#[cfg(all(feature = "web", target_arch = "wasm32"))]
mod wasm {
    use wasm_bindgen::prelude::*;
    use wasm_bindgen_futures::JsFuture;
    use web_sys::AbortSignal;

    use super::Cancel;
    use crate::error::{Code, Error};

    impl From<AbortSignal> for Cancel {
        fn from(signal: AbortSignal) -> Self {
            Self(signal.into())
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

    impl Cancel {
        /// Ends when the signal does.
        pub(crate) async fn wait(&self) -> Error {
            let Some(signal) = self.0.dyn_ref::<AbortSignal>() else {
                return std::future::pending().await;
            };
            if !signal.aborted() {
                let target: &Target = signal.unchecked_ref();
                let mut then = JsValue::UNDEFINED;
                let event = js_sys::Promise::new(&mut |resolve, _| {
                    let _ = target.add("abort", &resolve);
                    then = resolve.into();
                });
                let _listening = Listening(target, then);
                let _ = JsFuture::from(event).await;
            }
            let reason = js_sys::Reflect::get(signal, &"reason".into()).unwrap_or_default();
            Error::new(Code::Aborted, "the call was aborted").with_cause(reason)
        }
    }
}
