//! Asking for access to gated content, and taking the request back (auth.md 8.2).

use std::collections::BTreeMap;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Extension, Router};
use serde_json::{Value, json};

use super::lookup::{self, Missed};
use crate::access;
use crate::answer;
use crate::call::Call;
use crate::error::{Answer, ApiError};
use crate::kind::Kind;
use crate::repo::{Gated, Repo};
use crate::requests::{Access, Request};
use crate::state::Hub;

pub(crate) fn routes() -> Router<Hub> {
    let mut router = Router::new();
    for kind in Kind::ALL {
        let ask = async move |hub: State<Hub>, call: Extension<Call>, path: Path<(String, String)>, body: Bytes| {
            ask(&hub, &call, kind, &path, &body)
        };
        let cancel = async move |hub: State<Hub>, call: Extension<Call>, path: Path<(String, String)>| {
            cancel(&hub, &call, kind, &path)
        };
        // A page of the website, and yet it takes a token.
        router = router
            .route(&format!("/{}{{ns}}/{{name}}/ask-access", kind.prefix()), post(ask))
            .route(
                &format!("/api/{}/{{ns}}/{{name}}/user-access-request/cancel", kind.plural()),
                post(cancel),
            );
    }
    router
}

fn ask(hub: &Hub, call: &Call, kind: Kind, path: &(String, String), body: &[u8]) -> Answer {
    let now_ms = hub.now_ms();
    let mut state = hub.lock();
    let who = access::signed_in(&state, &call.caller)?.name().to_owned();
    let repo = match lookup::find(&state, call, kind, &format!("{}/{}", path.0, path.1)) {
        Ok(repo) => repo,
        Err(Missed::Error(error)) => return Err(error),
        Err(Missed::Moved(to)) => {
            return Ok(Missed::redirect(&format!("/{}{to}/ask-access", kind.prefix()), call));
        }
    };
    let access = match repo.gated {
        Gated::No => return Err(ApiError::not_gated()),
        Gated::Auto => Access::Accepted,
        Gated::Manual => Access::Pending,
    };
    let mut request = Request::new(access, now_ms);
    request.fields = filled_in(&repo, call, body)?;
    let page = repo.web_path();
    let told = repo.requests.get(&who).map(|it| it.access);
    // To ask again changes nothing, unless access was given and taken back.
    if let (None | Some(Access::Reset), Some(repo)) = (told, state.repos.change(kind, &repo.id)) {
        repo.requests.insert(who, request);
    }
    Ok(answer::redirect(StatusCode::SEE_OTHER, &page))
}

/// JSON or a form. What the Hub says to a form that is not filled in is unconfirmed.
fn filled_in(repo: &Repo, call: &Call, body: &[u8]) -> Result<BTreeMap<String, String>, ApiError> {
    let json = call
        .header("content-type")
        .is_some_and(|it| it.starts_with("application/json"));
    let told: BTreeMap<String, String> = if body.is_empty() {
        BTreeMap::new()
    } else if json {
        let told: BTreeMap<String, Value> =
            serde_json::from_slice(body).map_err(|_| ApiError::invalid("Invalid JSON"))?;
        let plain = |value: Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        told.into_iter().map(|(key, value)| (key, plain(value))).collect()
    } else {
        form_urlencoded::parse(body).into_owned().collect()
    };
    let wanted = repo.card["extra_gated_fields"].as_object();
    for name in wanted.into_iter().flat_map(|it| it.keys()) {
        if told.get(name).is_none_or(String::is_empty) {
            return Err(ApiError::invalid(format!(
                "* Invalid input: expected string\n  * at {name}"
            )));
        }
    }
    Ok(told)
}

fn cancel(hub: &Hub, call: &Call, kind: Kind, path: &(String, String)) -> Answer {
    let mut state = hub.lock();
    let who = access::signed_in(&state, &call.caller)?.name().to_owned();
    let repo = match lookup::find(&state, call, kind, &format!("{}/{}", path.0, path.1)) {
        Ok(repo) => repo,
        Err(Missed::Error(error)) => return Err(error),
        Err(Missed::Moved(to)) => {
            let to = format!("/api/{}/{to}/user-access-request/cancel", kind.plural());
            return Ok(Missed::redirect(&to, call));
        }
    };
    let pending = repo.requests.get(&who).is_some_and(|it| it.access == Access::Pending);
    match state.repos.change(kind, &repo.id) {
        Some(repo) if pending => repo.requests.remove(&who),
        _ => {
            let words = "No pending access request found for this repo and this user";
            return Err(ApiError::new(StatusCode::NOT_FOUND, words));
        }
    };
    Ok(answer::json(&json!({ "ok": true })))
}
