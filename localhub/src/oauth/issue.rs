//! Codes and refresh tokens: how each becomes tokens, once.

use std::sync::Arc;

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::access::{self, Grant};
use super::id_token::id_token;
use super::scopes;
use super::state::{Code, Consent, Refresh, Session};
use super::{Client, Form, OAuthError};
use crate::encode::base64url;
use crate::principal::Standing;
use crate::state::{Hub, State};

/// A code becomes a session (RFC 6749, 4.1.3; RFC 7636, 4.6). A client that does not say who it is, is
/// the one that the code was made for, if that has no secret.
pub(crate) fn redeem(
    hub: &Hub,
    state: &mut State,
    base: &str,
    client: Option<Client>,
    form: &Form,
) -> Result<Value, OAuthError> {
    let given = form.need("code")?;
    let redirect_uri = form.need("redirect_uri")?;
    let found = state.oauth.codes.iter().position(|it| it.code == given);
    let at = found.ok_or_else(|| OAuthError::grant("Unknown code"))?;
    let code = state.oauth.codes[at].clone();
    match client {
        Some(client) if client.id != code.consent.client => {
            return Err(OAuthError::grant("The code was given to another app"));
        }
        Some(_) => {}
        None => {
            let public = state.oauth.client(&code.consent.client).is_some_and(Client::is_public);
            if !public {
                return Err(OAuthError::client("The app has a secret: authenticate with it"));
            }
        }
    }
    if let Some(session) = code.spent {
        // Somebody else has it too (RFC 6749, 4.1.2).
        kill(state, session);
        return Err(OAuthError::grant("The code was used before"));
    }
    if code.expires_ms <= hub.now_ms() {
        return Err(OAuthError::grant("The code has expired"));
    }
    if code.redirect_uri != redirect_uri {
        return Err(OAuthError::grant("redirect_uri is not that of the authorization"));
    }
    prove(&code, form.get("code_verifier"))?;
    let session = begin(hub, state, code.consent, code.nonce);
    state.oauth.codes[at].spent = Some(session);
    Ok(first(hub, state, base, session))
}

fn prove(code: &Code, verifier: Option<&str>) -> Result<(), OAuthError> {
    match (&code.challenge, verifier) {
        (None, None) => Ok(()),
        (Some(challenge), Some(verifier)) if *challenge == base64url(&Sha256::digest(verifier)) => Ok(()),
        (Some(_), Some(_)) => Err(OAuthError::grant("code_verifier does not fit the code_challenge")),
        (Some(_), None) => Err(OAuthError::request("Missing parameter: code_verifier")),
        // Else whoever leaves the challenge out could pass a stolen code on (RFC 9700, 4.8.2).
        (None, Some(_)) => Err(OAuthError::grant("The code was asked for without a code_challenge")),
    }
}

/// A sign-in that was allowed; its place.
pub(crate) fn begin(hub: &Hub, state: &mut State, consent: Consent, nonce: Option<String>) -> usize {
    let sessions = &mut state.oauth.sessions;
    sessions.push(Session {
        id: format!("{:024x}", hub.random()),
        consent,
        nonce,
        began_s: hub.now_ms() / 1000,
        ended: false,
        tokens: Vec::new(),
    });
    sessions.len() - 1
}

/// The first tokens of a session.
pub(crate) fn first(hub: &Hub, state: &mut State, base: &str, session: usize) -> Value {
    let scopes = state.oauth.sessions[session].consent.scopes.clone();
    let refresh = new_refresh(hub, state, session);
    tokens(hub, state, base, session, scopes, Some(refresh))
}

/// A refresh token becomes the next one (RFC 6749, 6; auth.md 3.5).
pub(crate) fn refresh(
    hub: &Hub,
    state: &mut State,
    base: &str,
    client: &Client,
    form: &Form,
) -> Result<Value, OAuthError> {
    let given = form.need("refresh_token")?;
    let found = state.oauth.refreshes.iter().position(|it| it.token == given);
    let at = found.ok_or_else(|| OAuthError::grant("Unknown refresh token"))?;
    let Refresh {
        session,
        spent,
        expires_ms,
        ..
    } = state.oauth.refreshes[at];
    let Session { consent, ended, .. } = &state.oauth.sessions[session];
    let (ended, allowed) = (*ended, consent.scopes.clone());
    if consent.client != client.id {
        return Err(OAuthError::grant("The refresh token was given to another app"));
    }
    if ended {
        return Err(OAuthError::grant("The sign-in has ended"));
    }
    if spent {
        // Whoever uses it a second time may have stolen it (RFC 9700, 4.14.2).
        kill(state, session);
        return Err(OAuthError::grant("The refresh token was used before"));
    }
    if expires_ms <= hub.now_ms() {
        return Err(OAuthError::grant("The refresh token has expired"));
    }
    let wanted = match form.get("scope") {
        None => allowed,
        Some(text) => match scopes::parse(text) {
            Ok(wanted) if !wanted.is_empty() && scopes::within(&wanted, &allowed) => wanted,
            _ => return Err(OAuthError::new("invalid_scope", "More than what was allowed")),
        },
    };
    state.oauth.counts.refreshes += 1;
    let next = state.oauth.settings.rotate.then(|| {
        state.oauth.refreshes[at].spent = true;
        new_refresh(hub, state, session)
    });
    Ok(tokens(hub, state, base, session, wanted, next))
}

/// `hf_oauth__refresh_` and 34 characters.
fn new_refresh(hub: &Hub, state: &mut State, session: usize) -> String {
    let token = format!("hf_oauth__refresh_FakeRefresh0000000{:016x}", hub.random());
    let expires_ms = hub.in_seconds(state.oauth.settings.refresh_seconds);
    state.oauth.refreshes.push(Refresh {
        token: token.clone(),
        session,
        spent: false,
        expires_ms,
    });
    token
}

pub(super) fn tokens(
    hub: &Hub,
    state: &mut State,
    base: &str,
    session: usize,
    scopes: Vec<&'static str>,
    refresh: Option<String>,
) -> Value {
    // What is told and allowed from here on is no more than these scopes.
    let mut told = state.oauth.sessions[session].clone();
    told.consent.scopes = scopes;
    let seconds = state.oauth.settings.access_seconds;
    let grant = Grant {
        consent: told.consent.clone(),
        session: &told.id,
        seconds,
        base,
    };
    let (name, token) = access::issue(hub, state, grant);
    state.oauth.sessions[session].tokens.push(name);
    let mut answer = json!({
        "access_token": token,
        "token_type": "bearer",
        "expires_in": seconds,
        "scope": told.consent.scopes.join(" "),
    });
    if told.consent.scopes.contains(&"openid") {
        let now_s = hub.now_ms() / 1000;
        answer["id_token"] = json!(id_token(&state.accounts, &told, base, now_s));
    }
    if let Some(refresh) = refresh {
        answer["refresh_token"] = json!(refresh);
    }
    answer
}

/// Ends a session: none of its tokens is good any more.
fn kill(state: &mut State, session: usize) {
    let session = &mut state.oauth.sessions[session];
    if session.ended {
        return;
    }
    session.ended = true;
    state.oauth.counts.families_killed += 1;
    for name in &session.tokens {
        state.principals.iter_mut().filter(|it| it.key == *name).for_each(|it| {
            Arc::make_mut(it).standing = Standing::Revoked;
        });
    }
}
