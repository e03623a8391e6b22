//! Access tokens: principals like the seeded ones, of an account and of what was allowed.

use std::sync::Arc;

use serde_json::{Value, json};

use super::state::Consent;
use crate::accounts::{Accounts, account_id};
use crate::encode::{base64url, iso};
use crate::principal::{Principal, Standing};
use crate::seed::{Person, membership};
use crate::state::{Hub, State};

/// A signature's 86 characters. Nobody checks it: the Hub is the only verifier of these tokens.
const SIGNATURE: &str = "FakeSignatureMadeByLocalhubForTestsOnly0ValidNowhere00000000000000000000000000000000AA";

pub(crate) struct Grant<'a> {
    pub(crate) consent: Consent,
    /// Id of the session, 24 hex digits.
    pub(crate) session: &'a str,
    pub(crate) seconds: u64,
    /// The origin that issues it.
    pub(crate) base: &'a str,
}

/// A new principal: its name in control routes, and its token.
pub(crate) fn issue(hub: &Hub, state: &mut State, grant: Grant<'_>) -> (String, String) {
    let Grant {
        consent,
        session,
        seconds,
        base,
    } = grant;
    let (key, expires_ms) = next(hub, state, seconds);
    let claims = json!({
        "scope": consent.scopes,
        "aud": base,
        "oauthApp": consent.client,
        "sessionId": session,
        "sub": account_id(&consent.account),
        "iat": hub.now_ms() / 1000,
        "exp": expires_ms / 1000,
        "iss": base,
        // Else two of the same second would be alike.
        "jti": key,
    });
    let token = jwt("hf_oauth_", &claims);
    state.principals.push(Arc::new(Principal {
        key: key.clone(),
        token: token.clone(),
        description: format!("{}, signed in to {}", consent.account, consent.client),
        standing: Standing::Good,
        expires_ms: Some(expires_ms),
        whoami: whoami(&state.accounts, &consent, expires_ms),
        scopes: consent.scopes,
        granted: consent.orgs,
        app: Some(consent.client),
        personal: consent.personal,
    }));
    (key, token)
}

/// A token for one repository alone, in the name of nobody (auth.md 3.10). How whoami shows it is unconfirmed.
pub(crate) fn issue_for_repo(hub: &Hub, state: &mut State, resource: &str, seconds: u64, base: &str) -> String {
    let (key, expires_ms) = next(hub, state, seconds);
    let claims = json!({
        "sub": resource,
        "aud": base,
        "iat": hub.now_ms() / 1000,
        "exp": expires_ms / 1000,
        "iss": base,
        "jti": key,
    });
    let token = jwt("hf_jwt_", &claims);
    let person = Person {
        name: "oidc-publisher",
        fullname: "OIDC publisher",
        email: None,
        pro: false,
        orgs: Vec::new(),
    };
    let auth = json!({ "type": "jwt", "expiresAt": iso(expires_ms), "resource": { "sub": resource } });
    state.principals.push(Arc::new(Principal {
        key,
        token: token.clone(),
        description: format!("trusted publisher of {resource}"),
        standing: Standing::Good,
        expires_ms: Some(expires_ms),
        scopes: Vec::new(),
        granted: Vec::new(),
        app: None,
        personal: false,
        whoami: person.with("user", auth),
    }));
    token
}

/// The next name in control routes, and when its token expires.
fn next(hub: &Hub, state: &mut State, seconds: u64) -> (String, u64) {
    state.oauth.counts.issued += 1;
    let key = format!("oauth-{}", state.oauth.counts.issued);
    (key, hub.in_seconds(seconds))
}

fn jwt(prefix: &str, claims: &Value) -> String {
    let header = base64url(br#"{"alg":"EdDSA"}"#);
    let claims = base64url(claims.to_string().as_bytes());
    format!("{prefix}{header}.{claims}.{SIGNATURE}")
}

/// Organisations: those that were ticked, or all with the scope for that.
fn whoami(accounts: &Accounts, consent: &Consent, expires_ms: u64) -> Value {
    let Consent {
        account, scopes, orgs, ..
    } = consent;
    let everywhere = scopes.contains(&"read-memberships");
    let known = accounts.user(account);
    let listed = accounts
        .orgs_of(account)
        .filter(|org| everywhere || orgs.contains(&org.name))
        .map(|org| membership(org, accounts.role_in(&org.name, account).unwrap_or("no_access")));
    let person = Person {
        name: account,
        fullname: known.map_or(account, |it| &it.fullname),
        email: known.and_then(|it| it.email()).filter(|_| scopes.contains(&"email")),
        pro: known.is_some_and(|it| it.is_pro()),
        orgs: listed.collect(),
    };
    // The value of `type` is unconfirmed (auth.md 9, point 1).
    person.with("user", json!({ "type": "oauth", "expiresAt": iso(expires_ms) }))
}
