//! The asynchronous methods, by number. The facade names them in the same order.

use wasm_bindgen::prelude::*;

use super::{call_of, given_token, wrong};
use crate::{
    client::{Call, Choice, Hub, Kept, Outgoing, RawRequest},
    error::{Code, Error, Result},
    hub::SPECS,
    json::Value,
    transport::Body,
    url::Url,
};

/// Endpoints come after the methods written by hand.
const FIRST_ENDPOINT: u32 = 10;

pub(super) async fn run(hub: &Hub, op: u32, options: &Value, more: JsValue) -> std::result::Result<JsValue, JsValue> {
    let done = match op {
        0 => login(hub, options).await,
        1 => set_token(hub, options).await,
        2 => hub.logout().await.map(|()| Value::from(JsValue::UNDEFINED)),
        3 => hub.get_token().await.map(|it| it.map_or_else(Value::null, |it| it.expose().into())),
        4 => auth_headers(hub, options).await,
        5 => whoami(hub, options).await,
        6 => validate(hub, options).await,
        7 => request(hub, options).await,
        8 => return fetch(hub, options, more).await,
        9 => page(hub, options, &more.into()).await,
        _ => endpoint(hub, op, options).await,
    };
    done.map(Value::into_js).map_err(JsValue::from)
}

fn kept_into(kept: &Kept, out: &mut Value) {
    out.set("persisted", kept.persisted);
    let warnings = kept.warnings.iter().map(|it| {
        let mut warning = Value::object();
        warning.set("code", it.code);
        warning.set("message", it.message.as_str());
        warning
    });
    out.set("warnings", Value::array(warnings.collect()));
}

async fn login(hub: &Hub, options: &Value) -> Result<Value> {
    let token = hub.token(&given_token(options)?)?;
    let (mut out, kept) = hub.login_raw(token, profile(options)?, &call_of(hub, options)?).await?;
    kept_into(&kept, &mut out);
    Ok(out)
}

async fn set_token(hub: &Hub, options: &Value) -> Result<Value> {
    let token = hub.token(&given_token(options)?)?;
    let profile = profile(options)?.unwrap_or_else(|| "default".to_owned());
    let kept = hub.keep(&profile, token, false).await;
    let mut out = Value::object();
    kept_into(&kept, &mut out);
    Ok(out)
}

fn profile(options: &Value) -> Result<Option<String>> {
    let Some(it) = options.get("profile").filter(|it| !it.is_null()) else { return Ok(None) };
    it.as_text().filter(|it| !it.is_empty()).map(Some).ok_or_else(|| wrong("`profile` should be a name"))
}

async fn auth_headers(hub: &Hub, options: &Value) -> Result<Value> {
    let call = call_of(hub, options)?;
    let mut out = Value::object();
    let anonymous = matches!(call.token, Choice::Anonymous);
    if let Some(token) = hub.choose(&call.token, !anonymous).await? {
        out.set("Authorization", token.bearer().expose());
    }
    Ok(out)
}

async fn whoami(hub: &Hub, options: &Value) -> Result<Value> {
    hub.whoami_raw(&call_of(hub, options)?).await
}

async fn validate(hub: &Hub, options: &Value) -> Result<Value> {
    let mut out = Value::object();
    match whoami(hub, options).await {
        Ok(identity) => {
            out.set("valid", true);
            out.set("identity", identity);
        }
        Err(it) if it.code() == Code::InvalidToken => {
            out.set("valid", false);
            out.set("reason", it.message());
            out.set("fix", it.hint());
        }
        Err(it) => return Err(it),
    }
    Ok(out)
}

async fn request(hub: &Hub, options: &Value) -> Result<Value> {
    let call = call_of(hub, options)?;
    let text = |key: &str| match options.get(key).filter(|it| !it.is_null()) {
        Some(it) => it.as_text().ok_or_else(|| wrong(&["`", key, "` should be text"].concat())),
        None => Ok(String::new()),
    };
    let mut raw = RawRequest { method: text("method")?, path: text("path")?, ..RawRequest::default() };
    for (key, into) in [("query", &mut raw.query), ("headers", &mut raw.headers)] {
        let Some(all) = options.get(key) else { continue };
        for name in all.keys() {
            let Some(value) = all.get(&name).filter(|it| !it.is_null()) else { continue };
            for it in value.items().unwrap_or_else(|| vec![value]) {
                into.push((name.clone(), it.as_parameter(&name)?));
            }
        }
    }
    if let Some(body) = options.get("body") {
        if sent_as_it_is(body.as_js()) {
            raw.body = Body::platform(body.into_js());
        } else {
            raw.body = Body::json(&body)?;
            if !raw.headers.iter().any(|it| it.0.eq_ignore_ascii_case("content-type")) {
                raw.headers.push(("content-type".to_owned(), "application/json".to_owned()));
            }
        }
    }
    hub.request(raw, &call).await
}

/// Plain objects, lists, numbers and the like are JSON; text, bytes, blobs, forms and streams are not.
fn sent_as_it_is(body: &JsValue) -> bool {
    if !body.is_object() {
        return body.is_string();
    }
    !js_sys::Array::is_array(body) && Value::from(body.clone()).tag() != "[object Object]"
}

/// `undefined` where the token may not go: the facade then leaves everything to the platform.
async fn fetch(hub: &Hub, init: &Value, url: JsValue) -> std::result::Result<JsValue, JsValue> {
    let Some(url) = url.as_string().and_then(|it| Url::parse(&it, None)).filter(|it| hub.0.gate.admits(it)) else {
        return Ok(JsValue::UNDEFINED);
    };
    let mode = init.text("redirect").unwrap_or_default();
    let mut out = Outgoing::new(&init.text("method").unwrap_or_else(|| "GET".to_owned()), url);
    out.stay = matches!(mode.as_str(), "manual" | "error");
    out.init = Some(init.as_js().clone().unchecked_into());
    // The signal is in `init` and lasts as long as the body; hub.fetch sets no limit of its own.
    match hub.exchange(out, &Call::default().timeout_ms(0.0)).await {
        Ok(answer) if mode == "error" && (matches!(answer.status(), 301 | 302 | 303 | 307 | 308) || answer.response.is_opaque_redirect()) => {
            Err(js_sys::TypeError::new("redirected, and redirect is \"error\"").into())
        }
        Ok(answer) => Ok(answer.response.into_raw()),
        // As the platform's fetch rejects.
        Err(error) => match error.cause() {
            Some(cause) if error.code() == Code::Network => Err(cause.clone()),
            _ => Err(error.into()),
        },
    }
}

fn spec(op: u32) -> Result<crate::endpoint::Spec> {
    let at = op.checked_sub(FIRST_ENDPOINT).and_then(|it| SPECS.get(it as usize));
    at.copied().ok_or_else(|| Error::new(Code::InternalPanic, "no such call: the facade and the module are of different builds"))
}

async fn page(hub: &Hub, options: &Value, turn: &Value) -> Result<Value> {
    let number = |key: &str| turn.get(key).and_then(|it| it.as_number());
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let op = number("op").unwrap_or_default() as u32;
    let page = hub.page(spec(op)?, options, turn.text("next").as_deref(), number("left"), &call_of(hub, options)?).await?;
    let mut out = Value::object();
    out.set("items", page.items);
    if let Some(next) = page.next {
        out.set("next", next);
    }
    if let Some(left) = page.left {
        out.set("left", left);
    }
    Ok(out)
}

async fn endpoint(hub: &Hub, op: u32, options: &Value) -> Result<Value> {
    hub.run(spec(op)?, options, &call_of(hub, options)?).await
}
