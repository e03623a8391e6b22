//! `/_localhub/...`: how a test looks at this hub and spoils it. Never logged, never limited.

mod sign_ins;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::answer;
use crate::changes::{RepoChange, TokenChange};
use crate::faults::Order;
use crate::kind::Kind;
use crate::limits::Quotas;
use crate::routes::{ACTIONS, BOUNCE, REDIRECT};
use crate::state::Hub;

/// `redirect`, `bounce` and `actions/token` live here by name only: they are ordinary, logged routes.
pub(crate) fn is_control(path: &str) -> bool {
    path.starts_with("/_localhub/") && ![REDIRECT, BOUNCE, ACTIONS].contains(&path)
}

pub(crate) fn routes() -> Router<Hub> {
    Router::new()
        .route("/_localhub/requests", get(requests).delete(forget_requests))
        .route("/_localhub/reset", post(reset))
        .route("/_localhub/faults", get(faults).post(add_fault).delete(clear_faults))
        .route("/_localhub/principals", get(principals))
        .route("/_localhub/tokens/{name}", post(set_token))
        .route("/_localhub/repos/{kind}/{ns}/{name}", post(set_repo))
        .route("/_localhub/limits", post(set_limits))
        .route("/_localhub/settings", post(set_settings))
        .route("/_localhub/oauth", get(sign_ins::show).post(sign_ins::set))
        .route("/_localhub/oauth/clients", post(sign_ins::register))
        .route("/_localhub/oauth/documents", post(sign_ins::keep))
        .route("/_localhub/oauth/publishers", post(sign_ins::publish))
        .route("/_localhub/oauth/ci-token", post(sign_ins::ci_token))
        .route("/_localhub/oauth/devices/{user_code}", post(sign_ins::decide))
        .fallback(|| async { refuse(StatusCode::NOT_FOUND, "no such control route") })
}

async fn requests(State(hub): State<Hub>) -> Response {
    match serde_json::to_value(hub.lock().log.entries()) {
        Ok(entries) => answer::json(&entries),
        Err(error) => refuse(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
    }
}

async fn forget_requests(State(hub): State<Hub>) -> Response {
    hub.lock().log.clear();
    done()
}

async fn reset(State(hub): State<Hub>) -> Response {
    hub.reset();
    done()
}

/// The orders that still wait.
async fn faults(State(hub): State<Hub>) -> Response {
    match serde_json::to_value(hub.lock().faults.orders()) {
        Ok(orders) => answer::json(&orders),
        Err(error) => refuse(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
    }
}

async fn add_fault(State(hub): State<Hub>, body: Bytes) -> Response {
    with(&body, |order: Order| {
        hub.lock().faults.add(order);
        done()
    })
}

async fn clear_faults(State(hub): State<Hub>) -> Response {
    hub.lock().faults.clear();
    done()
}

async fn principals(State(hub): State<Hub>) -> Response {
    let now_ms = hub.now_ms();
    let state = hub.lock();
    let list = state.principals.iter().map(|it| {
        json!({
            "name": it.key,
            "token": it.token,
            "description": it.description,
            "standing": it.standing(now_ms).word(),
        })
    });
    answer::json(&Value::Array(list.collect()))
}

async fn set_token(State(hub): State<Hub>, Path(name): Path<String>, body: Bytes) -> Response {
    with(&body, |change: TokenChange| {
        if change.apply(&mut hub.lock(), &name, hub.now_ms()) {
            done()
        } else {
            refuse(StatusCode::NOT_FOUND, "no such principal")
        }
    })
}

async fn set_repo(
    State(hub): State<Hub>,
    Path((kind, ns, name)): Path<(String, String, String)>,
    body: Bytes,
) -> Response {
    with(&body, |change: RepoChange| {
        let kind = Kind::from_plural(&kind).ok_or_else(|| "no such type".to_owned());
        let id = format!("{ns}/{name}");
        match kind.and_then(|kind| change.apply(&mut hub.lock(), kind, &id, hub.now_ms())) {
            Ok(()) => done(),
            Err(words) => refuse(StatusCode::BAD_REQUEST, &words),
        }
    })
}

async fn set_limits(State(hub): State<Hub>, body: Bytes) -> Response {
    with(&body, |quotas: Quotas| {
        hub.lock().limits.set(quotas);
        done()
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Settings {
    bad_token_words: Option<String>,
    /// What every answer waits for whose way nothing else spoils.
    latency_ms: Option<u64>,
    compress: Option<bool>,
}

async fn set_settings(State(hub): State<Hub>, body: Bytes) -> Response {
    with(&body, |settings: Settings| {
        let mut state = hub.lock();
        if let Some(words) = settings.bad_token_words {
            state.bad_token_words = words;
        }
        state.compress = settings.compress.unwrap_or(state.compress);
        state.latency_ms = settings.latency_ms.unwrap_or(state.latency_ms);
        done()
    })
}

/// A misspelt order must fail the test that sent it, so unknown fields are refused.
fn with<T: DeserializeOwned>(body: &[u8], run: impl FnOnce(T) -> Response) -> Response {
    match serde_json::from_slice(body) {
        Ok(it) => run(it),
        Err(error) => refuse(StatusCode::BAD_REQUEST, &error.to_string()),
    }
}

fn done() -> Response {
    answer::json(&json!({ "ok": true })).into_response()
}

fn refuse(status: StatusCode, words: &str) -> Response {
    answer::json_with(status, &json!({ "error": words }))
}
