//! The asynchronous methods, by number. The facade names them in the same order.

use wasm_bindgen::prelude::*;

use super::call_of;
use crate::{
    client::{Call, Choice, Hub, Kept, Outgoing},
    endpoint::Spec,
    error::{Code, Error, Result},
    hub::SPECS,
    json::Value,
};

/// Endpoints come after the methods written by hand.
const FIRST_ENDPOINT: u32 = 10;

pub(super) async fn run(hub: Hub, op: u32, token: JsValue, says: JsValue, options: Value, more: JsValue) -> std::result::Result<JsValue, JsValue> {
    let (hub, options) = (&hub, &options);
    let done = async {
        let call = &call_of(hub, &token, says)?;
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
                hub.answer(Outgoing::new(&options.text("method").unwrap_or_default(), url), call).await
            }
            8 => fetch(hub, options, more, call).await,
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

/// The Response whatever its status; the host made it a platform error again where the platform failed.
async fn fetch(hub: &Hub, init: &Value, url: JsValue, call: &Call) -> Result<Value> {
    let mut out = Outgoing::new(&init.text("method").unwrap_or_default(), hub.address(&url.as_string().unwrap_or_default(), &[])?);
    out.stay = matches!(init.text("redirect").as_deref(), Some("manual" | "error"));
    let answer = hub.exchange(out, call).await?;
    Ok(Value::from(answer.response.body().clone()))
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
