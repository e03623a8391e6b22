//! `GET` or `POST /oauth/userinfo` (auth.md 3.7): what an OAuth sign-in tells, as far as its scopes go.

use axum::extract::State;
use axum::routing::get;
use axum::{Extension, Router};
use serde_json::{Map, Value, json};

use crate::access::signed_in;
use crate::answer;
use crate::call::Call;
use crate::error::{Answer, ApiError};
use crate::principal::{Caller, Principal};
use crate::state::Hub;

pub(crate) fn routes() -> Router<Hub> {
    Router::new().route("/oauth/userinfo", get(userinfo).post(userinfo))
}

/// For OAuth tokens only; what the Hub says to another is unconfirmed.
async fn userinfo(State(hub): State<Hub>, Extension(call): Extension<Call>) -> Answer {
    let state = hub.lock();
    let principal = signed_in(&state, &call.caller)?;
    if principal.scopes.is_empty() {
        return Err(ApiError::unauthorized(&state, &Caller::Anonymous));
    }
    Ok(answer::json(&told(principal, &call.base)))
}

/// Here `name` is what is shown and `preferred_username` the login; whoami has them the other way.
fn told(principal: &Principal, base: &str) -> Value {
    let me = &principal.whoami;
    let mut it = Map::new();
    let mut tell = |key: &str, value: Value| it.insert(key.to_owned(), value);
    tell("sub", me["id"].clone());
    if principal.scopes.contains(&"profile") {
        tell("name", me["fullname"].clone());
        tell("preferred_username", me["name"].clone());
        tell("profile", json!(format!("{base}/{}", principal.name())));
        tell("picture", picture(me, base));
    }
    if principal.scopes.contains(&"email") {
        tell("email", me["email"].clone());
        tell("email_verified", me["emailVerified"].clone());
    }
    tell("isPro", me["isPro"].clone());
    if principal.scopes.contains(&"read-billing") {
        tell("canPay", me["canPay"].clone());
        tell("billingMode", me["billingMode"].clone());
    }
    let orgs = me["orgs"].as_array().into_iter().flatten();
    tell("orgs", orgs.map(|it| org(it, principal, base)).collect());
    Value::Object(it)
}

/// The organisations of whoami are those that were ticked on the page of consent, or all of them.
fn org(org: &Value, principal: &Principal, base: &str) -> Value {
    let mut it = json!({
        "sub": org["id"],
        "name": org["fullname"],
        "preferred_username": org["name"],
        "picture": picture(org, base),
    });
    let ticked = principal.granted.iter().any(|name| org["name"] == **name);
    let billing: &[&str] = match principal.scopes.contains(&"read-billing") && ticked {
        true => &["canPay", "billingMode"],
        false => &[],
    };
    for key in ["plan", "roleInOrg", "securityRestrictions"].iter().chain(billing) {
        if let Some(value) = org.get(*key) {
            it[*key] = value.clone();
        }
    }
    let groups = org["resourceGroups"].as_array().into_iter().flatten();
    let group = |it: &Value| json!({ "sub": it["id"], "name": it["name"], "role": it["role"] });
    it["resourceGroups"] = groups.map(group).collect();
    it
}

/// Absolute here, where whoami may have it relative.
fn picture(of: &Value, base: &str) -> Value {
    let url = of["avatarUrl"].as_str().unwrap_or_default();
    json!(if url.starts_with('/') {
        format!("{base}{url}")
    } else {
        url.to_owned()
    })
}
