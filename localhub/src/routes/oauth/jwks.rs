//! `GET /oauth/jwks`: what id tokens are signed with.

use axum::Router;
use axum::response::Response;
use axum::routing::get;
use serde_json::json;

use crate::answer;
use crate::oauth::Signer;
use crate::state::Hub;

pub(crate) fn routes() -> Router<Hub> {
    Router::new().route("/oauth/jwks", get(jwks))
}

async fn jwks() -> Response {
    answer::json(&json!({ "keys": [Signer::Hub.jwk()] }))
}
