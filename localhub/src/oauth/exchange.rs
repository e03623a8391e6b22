//! One token for another (RFC 8693), in the two flavours of auth.md 3.10.

use serde_json::{Value, json};

use super::access::{self, Grant};
use super::state::Consent;
use super::{Client, Form, OAuthError, Signer, ci, issue};
use crate::kind::Kind;
use crate::repos::Found;
use crate::state::{Hub, State};

const EMAIL: &str = "urn:huggingface:token-type:user-email";
const ID_TOKEN: &str = "urn:ietf:params:oauth:token-type:id_token";
const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";

pub(crate) fn exchange(
    hub: &Hub,
    state: &mut State,
    base: &str,
    client: Option<Client>,
    form: &Form,
) -> Result<Value, OAuthError> {
    let subject = form.need("subject_token")?;
    let mut answer = match form.need("subject_token_type")? {
        EMAIL => by_email(hub, state, base, client, subject, form.get("scope"))?,
        ID_TOKEN => published(hub, state, base, subject, form.need("resource")?)?,
        _ => return Err(OAuthError::request("Unknown subject_token_type")),
    };
    answer["issued_token_type"] = json!(ACCESS_TOKEN);
    Ok(answer)
}

/// An organisation's own app has a token of one of its members, for what is the organisation's.
fn by_email(
    hub: &Hub,
    state: &mut State,
    base: &str,
    client: Option<Client>,
    email: &str,
    scope: Option<&str>,
) -> Result<Value, OAuthError> {
    let trusted = client.filter(|it| it.token_exchange && !it.is_public());
    let Some((client, org)) = trusted.and_then(|it| it.org.clone().map(|org| (it, org))) else {
        return Err(OAuthError::client("The app may not exchange tokens"));
    };
    let scopes = client
        .scopes(scope)
        .map_err(|words| OAuthError::new("invalid_scope", words))?;
    let member = state.accounts.user_by_email(email).map(|it| it.name.clone());
    let member = member.filter(|name| state.accounts.role_in(&org, name).is_some());
    let account = member.ok_or_else(|| OAuthError::grant("Not a member of the app's organization"))?;
    let consent = Consent {
        client: client.id,
        account,
        scopes: scopes.clone(),
        orgs: vec![org],
        personal: false,
    };
    state.oauth.counts.exchanges += 1;
    let session = issue::begin(hub, state, consent, None);
    Ok(issue::tokens(hub, state, base, session, scopes, None))
}

/// A job of continuous integration has a token for what trusts it.
fn published(hub: &Hub, state: &mut State, base: &str, id_token: &str, resource: &str) -> Result<Value, OAuthError> {
    let claims = Signer::Ci.verify(id_token);
    let claims = claims.ok_or_else(|| OAuthError::grant("The id token is not signed by a known issuer"))?;
    check(hub, base, &claims)?;
    let account = state.accounts.user(resource).map(|it| it.name.clone());
    if account.is_none() && !is_repo(state, resource)? {
        return Err(OAuthError::grant("Not found, or no matching trusted publisher"));
    }
    let mut publishers = state.oauth.publishers.iter();
    if !publishers.any(|it| it.resource == resource && it.trusts(&claims)) {
        return Err(OAuthError::grant("Not found, or no matching trusted publisher"));
    }
    state.oauth.counts.exchanges += 1;
    let seconds = state.oauth.settings.publisher_seconds;
    let token = match account {
        Some(account) => {
            let consent = Consent {
                client: "trusted-publisher".to_owned(),
                account,
                scopes: vec!["gated-repos"],
                orgs: Vec::new(),
                personal: true,
            };
            let grant = Grant {
                consent,
                session: &format!("{:024x}", hub.random()),
                seconds,
                base,
            };
            access::issue(hub, state, grant).1
        }
        None => access::issue_for_repo(hub, state, resource, seconds, base),
    };
    Ok(json!({ "access_token": token, "token_type": "bearer", "expires_in": seconds }))
}

fn check(hub: &Hub, base: &str, claims: &Value) -> Result<(), OAuthError> {
    let now_s = hub.now_ms() / 1000;
    let audience = &claims["aud"];
    let listed = audience.as_array().is_some_and(|it| it.iter().any(|it| it == base));
    let words = if claims["iss"] != ci::issuer(hub) {
        "The issuer of the id token is unknown"
    } else if audience != base && !listed {
        "The audience of the id token is not this hub"
    } else if claims["exp"].as_u64().is_none_or(|at| at <= now_s) {
        "The id token has expired"
    } else if claims["nbf"].as_u64().is_some_and(|at| at > now_s) {
        "The id token is not good yet"
    } else {
        return Ok(());
    };
    Err(OAuthError::grant(words))
}

/// Whether there is such a repository; kernels and buckets are named as the Hub names them, but none is here.
fn is_repo(state: &State, resource: &str) -> Result<bool, OAuthError> {
    let parts: Vec<&str> = resource.split('/').collect();
    let (kind, ns, name) = match parts.as_slice() {
        // A name without an owner is an account's.
        [name] if !name.is_empty() => return Ok(false),
        [ns, name] => (Some(Kind::Model), ns, name),
        [kind @ ("datasets" | "spaces"), ns, name] => (Kind::from_plural(kind), ns, name),
        ["kernels" | "buckets", ns, name] => (None, ns, name),
        _ => return Err(OAuthError::request("resource is neither a repository nor a user")),
    };
    if ns.is_empty() || name.is_empty() {
        return Err(OAuthError::request("resource is neither a repository nor a user"));
    }
    let found = kind.map(|kind| state.repos.find(kind, &format!("{ns}/{name}")));
    Ok(matches!(found, Some(Found::Repo(_))))
}
