//! `POST /oauth/token` (auth.md 3.4 to 3.6, 3.10).

use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, PRAGMA};
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use axum::{Extension, Router};
use serde_json::Value;

use crate::answer;
use crate::call::Call;
use crate::oauth::{self, Form, OAuthError};
use crate::state::Hub;

pub(crate) fn routes() -> Router<Hub> {
    Router::new().route("/oauth/token", post(token))
}

async fn token(State(hub): State<Hub>, Extension(call): Extension<Call>, body: Bytes) -> Response {
    let told = Form::read(&call, &body).and_then(|form| grant(&hub, &call, &form));
    let mut response = match told {
        Ok(tokens) => answer::json(&tokens),
        Err(error) => error.into_response(),
    };
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(PRAGMA, HeaderValue::from_static("no-cache"));
    response
}

fn grant(hub: &Hub, call: &Call, form: &Form) -> Result<Value, OAuthError> {
    let mut state = hub.lock();
    let kind = form.need("grant_type")?;
    let client = oauth::asker(&state.oauth, call, form)?;
    let need = || OAuthError::request("Missing parameter: client_id");
    match kind {
        "authorization_code" => oauth::redeem(hub, &mut state, &call.base, client, form),
        "refresh_token" => oauth::refresh(hub, &mut state, &call.base, &client.ok_or_else(need)?, form),
        "urn:ietf:params:oauth:grant-type:device_code" => {
            oauth::poll(hub, &mut state, &call.base, &client.ok_or_else(need)?, form)
        }
        "urn:ietf:params:oauth:grant-type:token-exchange" => oauth::exchange(hub, &mut state, &call.base, client, form),
        _ => Err(OAuthError::new("unsupported_grant_type", "Unknown grant_type")),
    }
}
