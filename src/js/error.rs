//! Our error as a plain object; the facade makes it a `HubError`.

use wasm_bindgen::JsValue;

use crate::{
    error::{Code, Error},
    json::Value,
};

impl From<Error> for JsValue {
    fn from(it: Error) -> Self {
        let mut out = Value::object();
        out.set("code", it.code().as_str());
        out.set("message", it.message());
        out.set("retryable", it.retryable());
        out.set("hint", it.hint());
        out.set("docs", it.docs());
        if let Some(status) = it.status() {
            out.set("status", f64::from(status));
        }
        if let Some(ms) = it.retry_after_ms() {
            out.set("retryAfterMs", ms);
        }
        let named = match it.code() {
            Code::Conflict => "url",
            Code::OrgRestricted => "restriction",
            _ => "state",
        };
        for (key, value) in [("requestId", it.request_id()), ("request", Some(it.request()).filter(|it| !it.is_empty())), (named, it.detail())] {
            if let Some(value) = value {
                out.set(key, value);
            }
        }
        match it.cause() {
            // The caller's own reason, as it was given.
            Some(cause) if it.code() == Code::Aborted => out.set("cause", cause.clone()),
            Some(cause) => out.set("because", chain(cause)),
            None => {}
        }
        out.into_js()
    }
}

/// A foreign error and those beneath it, by name, message and code: the objects themselves may carry the request.
fn chain(cause: &JsValue) -> Value {
    let mut all = Vec::new();
    let mut next = cause.clone();
    while all.len() < 3 && !next.is_undefined() && !next.is_null() {
        let part = |key: &str| js_sys::Reflect::get(&next, &key.into()).unwrap_or_default();
        let mut it = Value::object();
        it.set("name", part("name").as_string().unwrap_or_else(|| "Error".to_owned()));
        let message = part("message").as_string().or_else(|| next.as_string()).unwrap_or_default();
        it.set("message", crate::redact::scrub(&message));
        if let Some(code) = part("code").as_string() {
            it.set("code", crate::redact::scrub(&code));
        }
        all.push(it);
        next = part("cause");
    }
    Value::array(all)
}
