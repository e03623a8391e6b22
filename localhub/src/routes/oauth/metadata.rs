//! `GET /.well-known/openid-configuration` and `/.well-known/oauth-authorization-server` (auth.md 3.1).

use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use serde_json::json;

use crate::answer;
use crate::call::Call;
use crate::state::Hub;

pub(crate) fn routes() -> Router<Hub> {
    Router::new()
        .route("/.well-known/openid-configuration", get(metadata))
        .route("/.well-known/oauth-authorization-server", get(metadata))
}

/// The whole literal documents are unconfirmed (auth.md 9, point 3). `revocation_endpoint`,
/// `introspection_endpoint` and `scopes_supported` are absent on the Hub.
async fn metadata(State(hub): State<Hub>, Extension(call): Extension<Call>) -> Response {
    let base = &call.base;
    answer::json(&json!({
        "issuer": base,
        "authorization_endpoint": format!("{base}/oauth/authorize"),
        "token_endpoint": format!("{base}/oauth/token"),
        "userinfo_endpoint": format!("{base}/oauth/userinfo"),
        "jwks_uri": format!("{base}/oauth/jwks"),
        "device_authorization_endpoint": format!("{base}/oauth/device"),
        "registration_endpoint": format!("{base}/oauth/register"),
        "client_id_metadata_document_supported": true,
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "grant_types_supported": [
            "authorization_code",
            "refresh_token",
            "urn:ietf:params:oauth:grant-type:device_code",
            "urn:ietf:params:oauth:grant-type:token-exchange",
        ],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "none"],
        "authorization_response_iss_parameter_supported": hub.lock().oauth.settings.iss,
    }))
}
