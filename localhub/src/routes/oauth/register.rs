//! `POST /oauth/register`: an app registers itself (RFC 7591; auth.md 3.9).

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use serde_json::{Map, Value, json};

use crate::answer;
use crate::oauth::{Client, OAuthError, scopes, uuid};
use crate::state::Hub;

/// What is said back as it was given.
const ECHOED: [&str; 6] = [
    "client_name",
    "client_uri",
    "logo_uri",
    "software_id",
    "software_version",
    "token_endpoint_auth_method",
];

pub(crate) fn routes() -> Router<Hub> {
    Router::new().route("/oauth/register", post(register))
}

async fn register(State(hub): State<Hub>, body: Bytes) -> Response {
    let Ok(Value::Object(asked)) = serde_json::from_slice(&body) else {
        return wrong("The body is not a JSON object").into_response();
    };
    match registered(&hub, &asked) {
        Ok(told) => answer::json_with(StatusCode::CREATED, &told),
        Err(error) => error.into_response(),
    }
}

fn registered(hub: &Hub, asked: &Map<String, Value>) -> Result<Value, OAuthError> {
    let text = |key: &str| match asked.get(key) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.as_str())),
        Some(_) => Err(wrong(format!("{key} is not a text"))),
    };
    let redirect_uris = redirect_uris(asked.get("redirect_uris"))?;
    let contacts = asked.get("contacts").map(texts);
    if contacts == Some(None) {
        return Err(wrong("contacts are not a list of texts"));
    }
    let contacts = contacts.flatten();
    let secret = match text("token_endpoint_auth_method")? {
        Some("none") => None,
        // Without a word a secret is what RFC 7591, 2 has; what the Hub does is unconfirmed.
        None | Some("client_secret_basic" | "client_secret_post") => {
            Some(format!("oauth_app_secret_FakeSecret00000000{:016x}", hub.random()))
        }
        Some(_) => return Err(wrong("token_endpoint_auth_method is none that this hub knows")),
    };
    let scopes = match text("scope")?.map(scopes::parse) {
        None => scopes::all(),
        Some(Ok(list)) => list,
        Some(Err(word)) => return Err(wrong(format!("Unknown scope: {word}"))),
    };
    let id = uuid(hub);
    let mut told = json!({
        "client_id": id,
        "client_id_issued_at": hub.now_ms() / 1000,
        // Never; the Hub's description has it for those without a secret too.
        "client_secret_expires_at": 0,
        "scope": scopes.join(" "),
        "grant_types": [
            "authorization_code",
            "refresh_token",
            "urn:ietf:params:oauth:grant-type:device_code",
        ],
    });
    if let Some(secret) = &secret {
        told["client_secret"] = json!(secret);
    }
    for key in ECHOED {
        if let Some(value) = text(key)? {
            told[key] = json!(value);
        }
    }
    for (key, list) in [("redirect_uris", Some(&redirect_uris)), ("contacts", contacts.as_ref())] {
        if let Some(list) = list {
            told[key] = json!(list);
        }
    }
    let name = text("client_name")?.unwrap_or(&id).to_owned();
    hub.lock().oauth.register(Client {
        name,
        id,
        secret,
        redirect_uris,
        scopes,
        org: None,
        token_exchange: false,
    });
    Ok(told)
}

fn redirect_uris(asked: Option<&Value>) -> Result<Vec<String>, OAuthError> {
    let refuse = || OAuthError::new("invalid_redirect_uri", "redirect_uris are not a list of addresses");
    let Some(asked) = asked else {
        return Ok(Vec::new());
    };
    let list = texts(asked).ok_or_else(refuse)?;
    let address = |it: &String| it.contains(':') && !it.contains('#');
    if list.iter().all(address) {
        Ok(list)
    } else {
        Err(refuse())
    }
}

fn texts(list: &Value) -> Option<Vec<String>> {
    list.as_array()?
        .iter()
        .map(|it| it.as_str().map(str::to_owned))
        .collect()
}

fn wrong(description: impl Into<String>) -> OAuthError {
    OAuthError::new("invalid_client_metadata", description)
}
