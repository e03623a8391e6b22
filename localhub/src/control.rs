//! `/_localhub/...`: how a test looks at this hub and spoils it. Never logged, never limited.

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
use crate::faults::Order;
use crate::limits::Quotas;
use crate::principal::Standing;
use crate::routes::{BOUNCE, REDIRECT};
use crate::state::Hub;

/// `redirect` and `bounce` live here by name only: they are ordinary, logged routes.
pub(crate) fn is_control(path: &str) -> bool {
    path.starts_with("/_localhub/") && path != REDIRECT && path != BOUNCE
}

pub(crate) fn routes() -> Router<Hub> {
    Router::new()
        .route("/_localhub/requests", get(requests).delete(forget_requests))
        .route("/_localhub/reset", post(reset))
        .route("/_localhub/faults", get(faults).post(add_fault).delete(clear_faults))
        .route("/_localhub/principals", get(principals))
        .route("/_localhub/tokens/{name}", post(set_token))
        .route("/_localhub/limits", post(set_limits))
        .route("/_localhub/settings", post(set_settings))
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
    let state = hub.lock();
    let list = state.principals.iter().map(|it| {
        json!({
            "name": it.key,
            "token": it.token,
            "description": it.description,
            "standing": it.standing.word(),
        })
    });
    answer::json(&Value::Array(list.collect()))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TokenChange {
    revoked: Option<bool>,
    expired: Option<bool>,
}

async fn set_token(State(hub): State<Hub>, Path(name): Path<String>, body: Bytes) -> Response {
    with(&body, |change: TokenChange| {
        let standing = match (change.revoked, change.expired) {
            (Some(true), _) => Standing::Revoked,
            (_, Some(true)) => Standing::Expired,
            _ => Standing::Good,
        };
        if hub.lock().set_standing(&name, standing) {
            done()
        } else {
            refuse(StatusCode::NOT_FOUND, "no such principal")
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
}

async fn set_settings(State(hub): State<Hub>, body: Bytes) -> Response {
    with(&body, |settings: Settings| {
        if let Some(words) = settings.bad_token_words {
            hub.lock().bad_token_words = words;
        }
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
