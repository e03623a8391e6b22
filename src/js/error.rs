//! Our error as a plain object; the facade makes it a `HubError`.

use wasm_bindgen::prelude::*;

use crate::{
    error::{Code, Error},
    json::Value,
    redact::scrub,
};

#[wasm_bindgen(module = "/src/js/describe.js")]
extern "C" {
    // Many arguments and one call: a call for each property is five times the code.
    #[allow(clippy::too_many_arguments)]
    fn describe(
        code: &str,
        message: &str,
        hint: &str,
        docs: &str,
        retryable: bool,
        status: u16,
        retry_after_ms: Option<f64>,
        request_id: &str,
        request: &str,
        named: &str,
        detail: &str,
        cause: JsValue,
        reason: bool,
    ) -> JsValue;
}

impl From<Error> for JsValue {
    fn from(it: Error) -> Self {
        let reason = it.code() == Code::Aborted;
        let cause = match it.cause() {
            // The caller's own reason, as it was given.
            Some(cause) if reason => cause.clone(),
            Some(cause) => chain(cause).into_js(),
            None => Self::UNDEFINED,
        };
        let named = match it.code() {
            Code::Conflict => "url",
            Code::OrgRestricted => "restriction",
            _ => "state",
        };
        describe(
            it.code().as_str(),
            it.message(),
            it.hint(),
            &it.docs(),
            it.retryable(),
            it.status().unwrap_or(0),
            it.retry_after_ms(),
            it.request_id().unwrap_or_default(),
            it.request(),
            named,
            it.detail().unwrap_or_default(),
            cause,
            reason,
        )
    }
}

/// A foreign error and those beneath it, by name, message and code: the objects themselves may carry the request.
fn chain(cause: &JsValue) -> Value {
    let mut all = Vec::new();
    let mut next = cause.clone();
    while all.len() < 3 && !next.is_undefined() && !next.is_null() {
        let part = |key: &str| Value::any(&next, key);
        let mut it = Value::object();
        it.set(
            "name",
            scrub(&part("name").as_text().unwrap_or_else(|| "Error".to_owned())),
        );
        let message = part("message")
            .as_text()
            .or_else(|| next.as_string())
            .unwrap_or_default();
        it.set("message", scrub(&message));
        if let Some(code) = part("code").as_text() {
            it.set("code", scrub(&code));
        }
        all.push(it);
        next = part("cause").into_js();
    }
    Value::array(all)
}
