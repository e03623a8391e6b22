//! Our error as a plain object; the facade makes it a `HubError`.

use wasm_bindgen::JsValue;

use crate::{
    error::{Code, Error},
    json::Value,
    redact::scrub_of,
    token::Token,
};

impl From<Error> for JsValue {
    fn from(error: Error) -> Self {
        let mut it = Value::object();
        it.set("code", error.code().as_str());
        it.set("message", error.message());
        it.set("hint", error.hint());
        it.set("docs", error.docs().as_str());
        it.set("retryable", error.retryable());
        if let Some(status) = error.status() {
            it.set("status", f64::from(status));
        }
        if let Some(ms) = error.retry_after_ms() {
            it.set("retryAfterMs", ms);
        }
        if let Some(id) = error.request_id() {
            it.set("requestId", id);
        }
        if !error.request().is_empty() {
            it.set("request", error.request());
        }
        if let Some(detail) = error.detail() {
            let named = match error.code() {
                Code::Conflict => "url",
                Code::OrgRestricted => "restriction",
                _ => "state",
            };
            it.set(named, detail);
        }
        match error.cause() {
            // The caller's own reason, as it was given.
            Some(cause) if error.code() == Code::Aborted => it.set("cause", cause.clone()),
            Some(cause) => it.set("because", chain(cause, error.secret())),
            None => {}
        }
        it.into_js()
    }
}

/// A foreign error and those beneath it, by name, message and code: the objects themselves may carry the request.
fn chain(cause: &JsValue, secret: Option<&Token>) -> Value {
    let mut all = Vec::new();
    let mut next = cause.clone();
    while all.len() < 3 && !next.is_undefined() && !next.is_null() {
        let part = |key: &str| Value::any(&next, key);
        let mut it = Value::object();
        it.set(
            "name",
            scrub_of(&part("name").as_text().unwrap_or_else(|| "Error".to_owned()), secret),
        );
        let message = part("message")
            .as_text()
            .or_else(|| next.as_string())
            .unwrap_or_default();
        it.set("message", scrub_of(&message, secret));
        if let Some(code) = part("code").as_text() {
            it.set("code", scrub_of(&code, secret));
        }
        all.push(it);
        next = part("cause").into_js();
    }
    Value::array(all)
}
