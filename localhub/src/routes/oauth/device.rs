//! `POST /oauth/device` for devices, and the page for whoever has a screen (auth.md 3.6).

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use serde_json::Value;

use super::consent::{Question, escape, ticked};
use crate::answer;
use crate::call::Call;
use crate::encode;
use crate::oauth::{self, Consent, Form, OAuthError, Waiting};
use crate::query::Query;
use crate::state::Hub;

pub(crate) fn routes() -> Router<Hub> {
    Router::new()
        .route("/oauth/device", get(page).post(start))
        // By itself, because a device posts a form to the page's own address.
        .route("/oauth/device/decide", post(decide))
}

async fn start(State(hub): State<Hub>, Extension(call): Extension<Call>, body: Bytes) -> Response {
    let form = match Form::read(&call, &body) {
        Ok(form) => form,
        Err(error) => return error.into_response(),
    };
    if let Err(words) = oauth::learn(&hub, form.get("client_id")).await {
        return OAuthError::client(words).into_response();
    }
    match codes(&hub, &call, &form) {
        Ok(codes) => answer::json(&codes),
        Err(error) => error.into_response(),
    }
}

fn codes(hub: &Hub, call: &Call, form: &Form) -> Result<Value, OAuthError> {
    let mut state = hub.lock();
    let client = oauth::asker(&state.oauth, call, form)?;
    let client = client.ok_or_else(|| OAuthError::request("Missing parameter: client_id"))?;
    oauth::start(hub, &mut state, &call.base, &client, form)
}

/// Asks for the code, then for the decision.
async fn page(State(hub): State<Hub>, Extension(call): Extension<Call>) -> Response {
    let Some(typed) = call.query.first("user_code").filter(|it| !it.is_empty()) else {
        return answer::page(StatusCode::OK, "Sign in a device", FIELD);
    };
    let mut state = hub.lock();
    let Some(device) = state.oauth.waiting(typed, hub.now_ms()) else {
        return unknown();
    };
    let (id, scopes) = (device.client.clone(), device.scopes.clone());
    let action = format!(
        "/oauth/device/decide?user_code={}",
        encode::component(&device.user_code)
    );
    Question {
        app: state.oauth.client(&id).map_or(&id, |it| &it.name),
        account: &state.oauth.settings.account,
        scopes: &scopes,
        needed: &[],
        action: &action,
    }
    .page(&state.accounts)
}

async fn decide(State(hub): State<Hub>, Extension(call): Extension<Call>, body: Bytes) -> Response {
    let mut state = hub.lock();
    let form = Query::parse(&String::from_utf8_lossy(&body));
    let settings = state.oauth.settings.clone();
    let Some(orgs) = ticked(&state.accounts, &settings.account, &[], &form) else {
        return answer::html(StatusCode::BAD_REQUEST, "400", "Not an organization of yours");
    };
    let typed = call.query.first("user_code").unwrap_or_default();
    let Some(device) = state.oauth.waiting(typed, hub.now_ms()) else {
        return unknown();
    };
    let (standing, words) = match form.first("decision") {
        Some("allow") => {
            let consent = Consent {
                client: device.client.clone(),
                scopes: settings.granted(&device.scopes),
                account: settings.account,
                orgs,
                personal: true,
            };
            (Waiting::Allowed(consent), "Your device is signed in.")
        }
        Some("deny") => (Waiting::Denied, "Your device is not signed in."),
        _ => return answer::html(StatusCode::BAD_REQUEST, "400", "Neither allowed nor denied"),
    };
    device.standing = standing;
    answer::html(StatusCode::OK, "Sign in a device", words)
}

fn unknown() -> Response {
    answer::page(
        StatusCode::BAD_REQUEST,
        "Sign in a device",
        &format!("<p>{}</p>\n{FIELD}", escape("This code is unknown, or no longer good.")),
    )
}

const FIELD: &str = "<form action=\"/oauth/device\">\n\
    <p><label>The code that your device shows <input name=\"user_code\" autocomplete=\"off\" required></label> \
    <button>Continue</button></p>\n</form>\n";
