//! `GET /_localhub/actions/token?audience=...`: where a job of GitHub Actions asks for its id token
//! (auth.md 3.10). Logged like any other route, unlike the control routes beside it.

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::AUTHORIZATION;
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use serde_json::json;

use crate::answer;
use crate::call::Call;
use crate::oauth::ci;
use crate::state::Hub;

pub(crate) const ACTIONS: &str = "/_localhub/actions/token";
/// What `ACTIONS_ID_TOKEN_REQUEST_TOKEN` stands for.
const REQUEST_TOKEN: &str = "FakeActionsRequestToken";

pub(crate) fn routes() -> Router<Hub> {
    Router::new().route(ACTIONS, get(mint))
}

async fn mint(State(hub): State<Hub>, Extension(call): Extension<Call>) -> Response {
    if call.header(AUTHORIZATION.as_str()) != Some(&format!("Bearer {REQUEST_TOKEN}")) {
        return answer::json_with(StatusCode::UNAUTHORIZED, &json!({ "message": "Unauthorized" }));
    }
    let audience = call.query.first("audience").filter(|it| !it.is_empty());
    let over = hub.lock().oauth.settings.ci_claims.clone();
    // GitHub's, where the job names none.
    let token = ci::sign(&hub, audience.unwrap_or("https://github.com/acme"), &over);
    answer::json(&json!({ "count": token.len(), "value": token }))
}
