//! The asynchronous methods, by number. The facade names them in the same order.
//!
//! What waits is in [`work`], with few steps of it: each costs code for everything that lives across it.

use wasm_bindgen::JsValue;

use super::{ask, call_of, task::End};
use crate::{
    auth::{GIT_USER, Place, check_permission, required},
    client::{Answer, Call, Choice, Hub, Kept, Outgoing, wanted},
    endpoint::{Spec, Takes},
    error::{Code, Error, Result},
    hub::SPECS,
    json::Value,
    token::Token,
};

const LOGIN: u32 = 0;
const SET_TOKEN: u32 = 1;
const SWITCH: u32 = 2;
const LOGOUT: u32 = 3;
const GET_TOKEN: u32 = 4;
const AUTH_HEADERS: u32 = 5;
const GIT: u32 = 6;
const LIST: u32 = 7;
const WHOAMI: u32 = 8;
const VALIDATE: u32 = 9;
const REQUEST: u32 = 10;
const FETCH: u32 = 11;
const PAGE: u32 = 12;
const CAN: u32 = 13;
const REQUIRE: u32 = 14;
const REVOKE: u32 = 15;
pub(super) const ENDPOINT: u32 = 16;
pub(super) const ADMITS: u32 = 17;
const NEW_TOKEN_URL: u32 = 18;
/// No method of the class: what the facade does when a sign-in was renewed.
const RENEW: u32 = 19;
/// Endpoints come after the methods written by hand.
const FIRST_ENDPOINT: u32 = 20;

/// What the facade says of a call.
pub(super) struct Told {
    pub(super) token: Value,
    pub(super) says: JsValue,
    pub(super) options: Value,
    pub(super) more: Value,
}

pub(super) async fn run(hub: Hub, op: u32, told: Told) -> End {
    #[cfg(feature = "panic-hook")]
    super::hook::callback(&told).await?;
    Ok(work(&hub, op, &told).await?.into_js())
}

async fn work(hub: &Hub, op: u32, told: &Told) -> Result<Value> {
    if let ENDPOINT..=NEW_TOKEN_URL = op {
        return ask::answer(hub, op, &told.more);
    }
    let mut call = call_of(hub, told)?;
    if op == LOGOUT {
        let profile = told.options.text("profile");
        hub.forget(profile.as_deref()).await?;
        return Ok(JsValue::UNDEFINED.into());
    }
    if op == LIST {
        return hub.listed().await;
    }
    if op == RENEW {
        let profile = told.options.text("profile").unwrap_or_default();
        let token = call.given()?.with_grant(told.more.as_text());
        return Ok(hub.renewed(&profile, &token).await?.into());
    }
    if op == SWITCH {
        let name = told.more.as_text().unwrap_or_default();
        let (mut out, kept) = hub.switched(&name).await?;
        kept_into(&kept, &mut out);
        return Ok(out);
    }
    if let GET_TOKEN | AUTH_HEADERS | GIT | WHOAMI | CAN | REQUIRE = op {
        if op >= CAN {
            // A question without sense is refused before anything is sent.
            check_permission(&told.more.as_text().unwrap_or_default())?;
            Place::of(&told.options)?;
        }
        let needed = op == GIT || op >= WHOAMI || !matches!(call.token, Choice::Anonymous);
        let token = if op == GET_TOKEN {
            hub.stored()
        } else {
            hub.choose(&call.token, needed)
        };
        let token = match token.await {
            Err(it) if op >= CAN => return verdict(hub, op, told, Err(it)),
            it => it?,
        };
        if op < WHOAMI {
            return Ok(handed(op, token));
        }
        if let Some(it) = known(hub, told, &mut call, token) {
            return verdict(hub, op, told, Ok(it));
        }
        if op >= CAN && told.options.flag("joins") {
            // The facade asks who it is, where others may join.
            return Ok(JsValue::UNDEFINED.into());
        }
    }
    let mut out = Value::object();
    let ticket = if op <= SET_TOKEN { hub.0.kept.ticket() } else { 0.0 };
    if op != SET_TOKEN {
        let request = request(hub, op, told, &call)?;
        let answer = hub.exchange(request, &call).await;
        out = answered(hub, op, told, answer)?;
    }
    if op <= SET_TOKEN {
        // The facade's alone to give: of a sign-in with OAuth.
        let token = call.given()?.with_grant(told.more.as_text());
        let (profile, can_write) = Hub::profile(&out, told.options.text("profile"));
        let kept = hub
            .keep(ticket, (&profile, !told.options.flag("passes")), &token, can_write)
            .await?;
        if op == LOGIN {
            // Told once more: by now it is the token in use.
            hub.0.kept.heard(&token, Some(&out));
        }
        kept_into(&kept, &mut out);
    }
    Ok(out)
}

/// What follows from who it is.
#[inline(never)]
fn verdict(hub: &Hub, op: u32, told: &Told, me: Result<Value>) -> Result<Value> {
    if op == WHOAMI {
        return me;
    }
    let permission = told.more.as_text().unwrap_or_default();
    let verdict = hub.allowed(me, &permission, &Place::of(&told.options)?)?;
    if op == REQUIRE {
        required(&permission, &verdict)?;
    }
    Ok(verdict)
}

/// Who it is, if that was asked within the last minute; otherwise the call goes on with this very token.
#[inline(never)]
fn known(hub: &Hub, told: &Told, call: &mut Call, token: Option<Token>) -> Option<Value> {
    let token = token?;
    let anew = hub.0.offline || told.options.get("cache").is_some_and(|it| it.as_bool() == Some(false));
    let known = if anew { None } else { hub.recall(&token) };
    if known.is_some() {
        hub.0.kept.heard(&token, known.as_ref());
    }
    call.token = Choice::Given(token);
    known
}

#[inline(never)]
fn handed(op: u32, token: Option<Token>) -> Value {
    let Some(token) = token else {
        return if op == GET_TOKEN {
            Value::null()
        } else {
            Value::object()
        };
    };
    if op == GET_TOKEN {
        return token.expose().into();
    }
    let mut out = Value::object();
    if op == GIT {
        out.set("username", GIT_USER);
        out.set("password", token.expose());
    } else {
        out.set("Authorization", token.bearer().expose());
    }
    out
}

#[inline(never)]
fn request(hub: &Hub, op: u32, told: &Told, call: &Call) -> Result<Box<Outgoing>> {
    #[cfg(feature = "panic-hook")]
    super::hook::request("first", told);
    let options = &told.options;
    match op {
        LOGIN => {
            call.given()?;
            hub.whoami_request()
        }
        WHOAMI | VALIDATE | CAN | REQUIRE => hub.whoami_request(),
        REVOKE => hub.revocation(&call.given()?),
        REQUEST | FETCH => {
            let url = hub.address(&told.more.as_text().unwrap_or_default(), &[])?;
            let mut out = Outgoing::new(&options.text("method").unwrap_or_default(), url);
            if op == FETCH {
                // The Response whatever its status; the host made it a platform error again where the platform failed.
                out.takes = Takes::All;
                out.raw = true;
                out.stay = matches!(options.text("redirect").as_deref(), Some("manual" | "error"));
            }
            Ok(out)
        }
        PAGE => {
            let turn = &told.more;
            hub.page_request(
                spec(turn.number("op").unwrap_or_default())?,
                options,
                turn.text("next").as_deref(),
                left(told),
            )
        }
        _ => hub.declared_request(spec(f64::from(op))?, options),
    }
}

#[inline(never)]
fn answered(hub: &Hub, op: u32, told: &Told, answer: Result<Box<Answer>>) -> Result<Value> {
    #[cfg(feature = "panic-hook")]
    super::hook::request("after", told);
    if op == VALIDATE {
        return validation(answer.and_then(|it| hub.identity(&it)));
    }
    if let WHOAMI | CAN | REQUIRE = op {
        return verdict(hub, op, told, answer.and_then(|it| hub.identity(&it)));
    }
    let answer = answer?;
    match op {
        LOGIN => hub.identity(&answer),
        REQUEST => answer.parsed(),
        // The platform's own Response.
        _ if op == FETCH || answer.takes == Takes::Bytes => Ok(answer.response.body().clone().into()),
        REVOKE => Hub::revoked(&answer).map(|()| JsValue::UNDEFINED.into()),
        PAGE => {
            let page = answer.page(left(told))?;
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
        _ => answer.body(),
    }
}

#[inline(never)]
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

#[inline(never)]
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

fn spec(op: f64) -> Result<Spec> {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let at = (op as u32)
        .checked_sub(FIRST_ENDPOINT)
        .and_then(|it| SPECS.get(it as usize));
    at.copied()
        .ok_or_else(|| Error::new(Code::InternalPanic, "the facade and the module are of different builds"))
}

/// How many items of a list are still wanted.
fn left(told: &Told) -> Option<f64> {
    told.more.number("left").or_else(|| wanted(&told.options))
}
