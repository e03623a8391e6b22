//! The asynchronous methods, by number. The facade names them in the same order.

use js_sys::Object;
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

use super::call_of;
use crate::{
    client::{Call, Choice, Hub, Kept, Outgoing},
    endpoint::Spec,
    error::{Code, Error, Result},
    hub::SPECS,
    json::Value,
    url::Url,
};

/// Endpoints come after the methods written by hand.
const FIRST_ENDPOINT: u32 = 10;

type Says = (JsValue, Option<f64>, Option<AbortSignal>);

pub(super) async fn run(hub: &Hub, op: u32, says: Says, options: &Value, more: JsValue) -> std::result::Result<JsValue, JsValue> {
    if op == 8 {
        return fetch(hub, options, more).await;
    }
    let done = async {
        let call = &call_of(hub, says)?;
        match op {
            0 => {
                let (mut out, kept) = hub.login_raw(options.text("profile"), call).await?;
                kept_into(&kept, &mut out);
                Ok(out)
            }
            1 => {
                let profile = options.text("profile").unwrap_or_else(|| "default".to_owned());
                let kept = hub.keep(&profile, call.given()?, false).await;
                let mut out = Value::object();
                kept_into(&kept, &mut out);
                Ok(out)
            }
            2 => hub.forget().await.map(|()| Value::from(JsValue::UNDEFINED)),
            3 => Ok(hub.stored().await?.map_or_else(Value::null, |it| it.expose().into())),
            4 => {
                let anonymous = matches!(call.token, Choice::Anonymous);
                let mut out = Value::object();
                if let Some(token) = hub.choose(&call.token, !anonymous).await? {
                    out.set("Authorization", token.bearer().expose());
                }
                Ok(out)
            }
            5 => hub.whoami_raw(call).await,
            6 => validation(hub.whoami_raw(call).await),
            7 => {
                let url = hub.address(&more.as_string().unwrap_or_default(), &[])?;
                hub.answer(outgoing(url, options), call).await
            }
            9 => page(hub, options, &more.into(), call).await,
            _ => hub.run(spec(op)?, options, call).await,
        }
    };
    done.await.map(Value::into_js).map_err(JsValue::from)
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

fn validation(answer: Result<Value>) -> Result<Value> {
    let mut out = Value::object();
    match answer {
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

/// A request whose headers and body the facade put into `init`.
fn outgoing(url: Url, init: &Value) -> Box<Outgoing> {
    let mut out = Outgoing::new(&init.text("method").unwrap_or_default(), url);
    out.init = Some(init.as_js().clone().unchecked_into::<Object>());
    out
}

async fn fetch(hub: &Hub, init: &Value, url: JsValue) -> std::result::Result<JsValue, JsValue> {
    let mode = init.text("redirect").unwrap_or_default();
    let mut out = outgoing(hub.address(&url.as_string().unwrap_or_default(), &[])?, init);
    out.stay = mode == "manual" || mode == "error";
    // The signal is in `init` and lasts as long as the body; hub.fetch sets no limit of its own.
    match hub.exchange(out, &Call::default().timeout_ms(0.0)).await {
        Ok(answer) if mode == "error" && answer.is_redirect() => Err(js_sys::TypeError::new("redirected, and redirect is \"error\"").into()),
        Ok(answer) => Ok(answer.response.into_raw()),
        // As the platform's fetch rejects.
        Err(error) => match error.cause() {
            Some(cause) if error.code() == Code::Network => Err(cause.clone()),
            _ => Err(error.into()),
        },
    }
}

fn spec(op: u32) -> Result<Spec> {
    let at = op.checked_sub(FIRST_ENDPOINT).and_then(|it| SPECS.get(it as usize));
    at.copied().ok_or_else(|| Error::new(Code::InternalPanic, "the facade and the module are of different builds"))
}

async fn page(hub: &Hub, options: &Value, turn: &Value, call: &Call) -> Result<Value> {
    let number = |key: &str| turn.get(key).and_then(|it| it.as_number());
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let op = number("op").unwrap_or_default() as u32;
    let page = hub.page(spec(op)?, options, turn.text("next").as_deref(), number("left"), call).await?;
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
