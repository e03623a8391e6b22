//! Our error as a plain object; the facade makes it a `HubError`.

use wasm_bindgen::prelude::*;

use crate::{
    error::{Code, Error},
    json::Value,
    redact::scrub_of,
    token::Token,
};

// All at once: each part by itself costs a way to the engine, and its code.
#[wasm_bindgen(module = "/src/json/value.js")]
extern "C" {
    #[allow(clippy::too_many_arguments)]
    fn described(
        code: &str,
        message: &str,
        hint: &str,
        docs: &str,
        retryable: bool,
        status: Option<u32>,
        ms: Option<f64>,
        id: Option<&str>,
        request: Option<&str>,
        named: &str,
        detail: Option<&str>,
        fix: Option<&str>,
        cause: JsValue,
        because: JsValue,
    ) -> JsValue;
}

impl From<Error> for JsValue {
    fn from(error: Error) -> Self {
        let (cause, because) = match error.cause() {
            // The caller's own reason, as it was given.
            Some(cause) if error.code() == Code::Aborted => (cause.clone(), Self::UNDEFINED),
            Some(cause) => (Self::UNDEFINED, chain(cause, error.secret()).into_js()),
            None => (Self::UNDEFINED, Self::UNDEFINED),
        };
        described(
            error.code().as_str(),
            error.message(),
            error.hint(),
            &error.docs(),
            error.retryable(),
            error.status().map(u32::from),
            error.retry_after_ms(),
            error.request_id(),
            Some(error.request()).filter(|it| !it.is_empty()),
            match error.code() {
                Code::Conflict => "url",
                Code::OrgRestricted => "restriction",
                _ => "state",
            },
            error.detail(),
            error.fix(),
            cause,
            because,
        )
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
