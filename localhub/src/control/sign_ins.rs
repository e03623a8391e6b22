//! `/_localhub/oauth...`: how a test decides about sign-ins, and what became of them.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header::HOST;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{done, refuse, with};
use crate::answer;
use crate::oauth::ci::{self, Publisher};
use crate::oauth::{Client, Consent, SettingsChange, Waiting, scopes};
use crate::state::{self, Hub};

pub(super) async fn show(State(hub): State<Hub>) -> Response {
    let state = hub.lock();
    let oauth = &state.oauth;
    let devices = oauth
        .devices
        .iter()
        .map(|it| json!({ "userCode": it.user_code, "clientId": it.client, "standing": it.standing.word() }));
    let clients = oauth.clients.iter().map(|it| &it.id);
    answer::json(&json!({
        "settings": oauth.settings,
        "counts": oauth.counts,
        "clients": clients.collect::<Vec<_>>(),
        "devices": devices.collect::<Vec<_>>(),
    }))
}

pub(super) async fn set(State(hub): State<Hub>, body: Bytes) -> Response {
    with(&body, |change: SettingsChange| {
        let mut guard = hub.lock();
        let state::State { oauth, accounts, .. } = &mut *guard;
        match change.apply(&mut oauth.settings, accounts) {
            Ok(()) => done(),
            Err(words) => refuse(StatusCode::BAD_REQUEST, &words),
        }
    })
}

/// An app, in the place of one with the same id.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct NewClient {
    client_id: String,
    client_secret: Option<String>,
    name: Option<String>,
    #[serde(default)]
    redirect_uris: Vec<String>,
    /// Separated by spaces; all where nothing is said.
    scope: Option<String>,
    /// Whose members' tokens it may have, with `tokenExchange`.
    org: Option<String>,
    #[serde(default)]
    token_exchange: bool,
}

pub(super) async fn register(State(hub): State<Hub>, body: Bytes) -> Response {
    with(&body, |it: NewClient| {
        let scopes = match it.scope.as_deref().map(scopes::parse) {
            None => scopes::all(),
            Some(Ok(list)) => list,
            Some(Err(word)) => return refuse(StatusCode::BAD_REQUEST, &format!("scope: no {word}")),
        };
        let mut state = hub.lock();
        if it.org.as_ref().is_some_and(|name| state.accounts.org(name).is_none()) {
            return refuse(StatusCode::BAD_REQUEST, "org: no such organisation");
        }
        state.oauth.register(Client {
            name: it.name.unwrap_or_else(|| it.client_id.clone()),
            id: it.client_id,
            secret: it.client_secret,
            redirect_uris: it.redirect_uris,
            scopes,
            org: it.org,
            token_exchange: it.token_exchange,
        });
        done()
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Decision {
    allow: bool,
}

/// What somebody would have done on the page for devices.
pub(super) async fn decide(State(hub): State<Hub>, Path(user_code): Path<String>, body: Bytes) -> Response {
    with(&body, |Decision { allow }| {
        let mut state = hub.lock();
        let settings = state.oauth.settings.clone();
        let Some(device) = state.oauth.waiting(&user_code, hub.now_ms()) else {
            return refuse(StatusCode::NOT_FOUND, "no device waits with this code");
        };
        device.standing = if allow {
            Waiting::Allowed(Consent {
                client: device.client.clone(),
                scopes: settings.granted(&device.scopes),
                account: settings.account,
                orgs: settings.orgs,
                personal: true,
            })
        } else {
            Waiting::Denied
        };
        done()
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewPublisher {
    resource: String,
    claims: Map<String, Value>,
}

/// Something that trusts the continuous integration from now on, in the place of what it trusted before.
pub(super) async fn publish(State(hub): State<Hub>, body: Bytes) -> Response {
    with(&body, |NewPublisher { resource, claims }| {
        let publishers = &mut hub.lock().oauth.publishers;
        publishers.retain(|it| it.resource != resource);
        publishers.push(Publisher { resource, claims });
        done()
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CiToken {
    /// Laid over those of an ordinary job; null takes one away.
    #[serde(default)]
    claims: Map<String, Value>,
}

/// An id token as a job has it, for this hub unless the claims say otherwise.
pub(super) async fn ci_token(State(hub): State<Hub>, headers: HeaderMap, body: Bytes) -> Response {
    with(&body, |CiToken { claims }| {
        let host = headers.get(HOST).and_then(|it| it.to_str().ok());
        let audience = host.map_or_else(|| hub.config().origin.clone(), |host| format!("http://{host}"));
        answer::json(&json!({ "value": ci::sign(&hub, &audience, &claims) }))
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    url: String,
    document: Value,
}

/// A document of an app, as if it had been fetched: this hub has no https.
pub(super) async fn keep(State(hub): State<Hub>, body: Bytes) -> Response {
    with(&body, |Document { url, document }| {
        hub.lock().oauth.documents.insert(url, document);
        done()
    })
}
