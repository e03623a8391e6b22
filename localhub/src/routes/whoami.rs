//! `GET /api/whoami-v2` (auth.md 2).

use axum::extract::State;
use axum::routing::get;
use axum::{Extension, Router};

use crate::access::signed_in;
use crate::answer;
use crate::call::Call;
use crate::error::{Answer, ApiError};
use crate::principal::Caller;
use crate::state::Hub;

pub(crate) fn routes() -> Router<Hub> {
    Router::new()
        .route("/api/whoami-v2", get(whoami))
        .route("/api/whoami", get(whoami_v1))
}

async fn whoami(State(hub): State<Hub>, Extension(call): Extension<Call>) -> Answer {
    let state = hub.lock();
    let principal = signed_in(&state, &call.caller)?;
    Ok(answer::json(&principal.whoami))
}

/// The old route knows no modern token (auth.md 2).
async fn whoami_v1(State(hub): State<Hub>) -> Answer {
    Err(ApiError::unauthorized(&hub.lock(), &Caller::Anonymous))
}
