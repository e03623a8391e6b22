//! What the JavaScript side does for the module: sends requests, keeps records. See `pkg-template/host.js`.

use wasm_bindgen::prelude::*;

use super::task::settled;
use crate::{
    error::{Code, Error, Result},
    json::{Foreign, Value},
    platform::Fut,
    redact::scrub,
    store::{StoreKind, TokenStore},
    text::cat,
    transport::{Cancel, Request, Response, Transport, clock::Clock},
};

#[wasm_bindgen]
extern "C" {
    /// One for each client in each instance.
    #[derive(Clone, Debug)]
    pub type Host;
    /// Promises an [`Answer`] and throws nothing; rejects with `[code, cause]`.
    #[allow(clippy::too_many_arguments)]
    #[wasm_bindgen(method)]
    fn send(
        this: &Host,
        url: &str,
        method: &str,
        body: &JsValue,
        authorization: Option<&str>,
        follow: bool,
        no_store: bool,
        left: bool,
        call: &JsValue,
    ) -> JsValue;
    /// `load`, `save` or `clear`, by name; rejects with the cause and throws nothing.
    #[wasm_bindgen(method)]
    fn pause(this: &Host, ms: f64, call: &JsValue) -> JsValue;
    #[wasm_bindgen(method)]
    fn store(this: &Host, what: &str, key: &str, record: Option<&str>) -> JsValue;
    #[wasm_bindgen(method, getter = kind)]
    pub(crate) fn named(this: &Host) -> String;
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Date)]
    fn now() -> f64;
}

const OPAQUE: u32 = 1 << 16;
const LEFT: u32 = 1 << 17;

#[wasm_bindgen]
extern "C" {
    /// Its status may have [`OPAQUE`] and [`LEFT`] on it: each part costs a way to the engine and back.
    type Answer;
    #[wasm_bindgen(method, getter)]
    fn status(this: &Answer) -> u32;
    #[wasm_bindgen(method, getter)]
    fn headers(this: &Answer) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn body(this: &Answer) -> JsValue;
}

impl Transport for Host {
    fn send(&self, request: Request) -> Fut<'_, Result<Response>> {
        Box::pin(async move {
            let (auth, follow) = (request.authorization(), request.follow_redirects);
            let sent = self.send(
                &request.url,
                &request.method,
                &request.body.0,
                auth,
                follow,
                request.no_store,
                request.left,
                &request.cancel.0,
            );
            let answer: Answer = settled(sent).await.map_err(failed)?.unchecked_into();
            let status = answer.status();
            Ok(Response {
                #[allow(clippy::cast_possible_truncation)]
                status: status as u16,
                headers: answer.headers(),
                body: answer.body(),
                opaque: status & OPAQUE > 0,
                left: status & LEFT > 0,
            })
        })
    }
}

fn failed(it: Foreign) -> Error {
    let it = Value::from(it);
    let (code, message) = match it.text("0").as_deref() {
        Some("timeout") => (Code::Timeout, "the time was up before the answer came"),
        Some("aborted") => (Code::Aborted, "the call was aborted"),
        Some("truncated") => (Code::Truncated, "the answer was cut off before its end"),
        Some("response_too_large") => (
            Code::ResponseTooLarge,
            "the answer is longer than any that this call can have",
        ),
        Some("invalid") => (Code::InvalidResponse, "fetch gave something that is no Response"),
        _ => (Code::Network, "no answer from the server"),
    };
    Error::new(code, message).with_cause(it.get("1").map(Value::into_js).unwrap_or_default())
}

impl Host {
    async fn keep(&self, what: &str, key: &str, record: Option<&str>) -> Result<JsValue> {
        let unavailable = |cause: JsValue| {
            let name = Value::any(&cause, "name").as_text();
            let told = cat(&[
                "the token store failed: ",
                &scrub(name.as_deref().unwrap_or("an error")),
            ]);
            Error::new(Code::StorageUnavailable, told).with_cause(cause)
        };
        settled(self.store(what, key, record)).await.map_err(unavailable)
    }

    fn write<'a>(&'a self, what: &'static str, key: &'a str, record: Option<&'a str>) -> Fut<'a, Result<()>> {
        Box::pin(async move { self.keep(what, key, record).await.map(|_| ()) })
    }
}

impl TokenStore for Host {
    fn load<'a>(&'a self, key: &'a str) -> Fut<'a, Result<Option<String>>> {
        Box::pin(async move {
            let it = self.keep("load", key, None).await?;
            if self.kind() == StoreKind::Getter && !(it.is_null() || it.is_undefined()) {
                return super::text(&it.into()).map(Some);
            }
            Ok(it.as_string())
        })
    }

    fn save<'a>(&'a self, key: &'a str, record: &'a str) -> Fut<'a, Result<()>> {
        self.write("save", key, Some(record))
    }

    fn clear<'a>(&'a self, key: &'a str) -> Fut<'a, Result<()>> {
        self.write("clear", key, None)
    }

    fn kind(&self) -> StoreKind {
        match self.named().as_str() {
            "local" => StoreKind::Local,
            "session" => StoreKind::Session,
            "memory" | "" => StoreKind::Memory,
            "getter" => StoreKind::Getter,
            _ => StoreKind::Custom,
        }
    }
}

impl Clock for Host {
    fn now_ms(&self) -> f64 {
        now()
    }

    fn sleep(&self, _: f64) -> Fut<'static, ()> {
        // Stores, which alone ask for it, are minded by the host.
        Box::pin(std::future::pending())
    }

    fn wait<'a>(&'a self, ms: f64, cancel: &'a Cancel) -> Fut<'a, Result<()>> {
        Box::pin(async move {
            let waited = settled(self.pause(ms, &cancel.0)).await;
            waited.map(|_| ()).map_err(failed)
        })
    }
}
