//! `POST /api/credentials/revoke` (auth.md 8.3): nobody needs to sign in, and the answer says nothing of what became of it.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use axum::routing::post;
use serde_json::Value;

use crate::error::{Answer, ApiError};
use crate::principal::Standing;
use crate::state::Hub;

pub(crate) fn routes() -> Router<Hub> {
    Router::new().route("/api/credentials/revoke", post(revoke))
}

async fn revoke(State(hub): State<Hub>, body: Bytes) -> Answer {
    let asked: Value = serde_json::from_slice(&body).unwrap_or_default();
    let Some(given) = asked["credentials"].as_array() else {
        return Err(ApiError::invalid("* Invalid input: expected array\n  * at credentials"));
    };
    if !(1..=1000).contains(&given.len()) {
        return Err(ApiError::invalid(
            "* Invalid length: expected 1 to 1000 items\n  * at credentials",
        ));
    }
    let fits = |it: &Value| it.as_str().is_some_and(|it| (1..=200).contains(&it.len()));
    if let Some(at) = given.iter().position(|it| !fits(it)) {
        let words = format!("* Invalid string: expected 1 to 200 characters\n  * at credentials[{at}]");
        return Err(ApiError::invalid(words));
    }
    let mut state = hub.lock();
    for it in &mut state.principals {
        if given.iter().any(|given| *given == *it.token) {
            Arc::make_mut(it).standing = Standing::Revoked;
        }
    }
    Ok(StatusCode::ACCEPTED.into_response())
}
