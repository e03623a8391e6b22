//! The continuous integration that trusted publishers run in: what it signs, and who is trusted.

use serde_json::{Map, Value, json};

use super::jws::Signer;
use crate::state::Hub;

const LIFETIME_S: u64 = 300;

/// Who may publish where: an id token of the CI that has all of these claims.
#[derive(Clone, Debug)]
pub(crate) struct Publisher {
    /// `ns/name`, `datasets/ns/name`, ..., or an account.
    pub(crate) resource: String,
    pub(crate) claims: Map<String, Value>,
}

impl Publisher {
    pub(crate) fn trusts(&self, claims: &Value) -> bool {
        self.claims.iter().all(|(key, value)| claims[key] == *value)
    }
}

/// The same whatever name the hub is called by.
pub(crate) fn issuer(hub: &Hub) -> String {
    format!("{}/_localhub/actions", hub.config().origin)
}

/// An id token with the claims that GitHub Actions would make, and these laid over them; null takes one away.
pub(crate) fn sign(hub: &Hub, audience: &str, over: &Map<String, Value>) -> String {
    let now_s = hub.now_ms() / 1000;
    let mut claims = json!({
        "jti": format!("{:032x}", hub.random()),
        "sub": "repo:acme/m1-ci:ref:refs/heads/main",
        "aud": audience,
        "ref": "refs/heads/main",
        "repository": "acme/m1-ci",
        "repository_owner": "acme",
        "workflow": "publish",
        "event_name": "push",
        "iss": issuer(hub),
        "nbf": now_s,
        "iat": now_s,
        "exp": now_s + LIFETIME_S,
    });
    if let Value::Object(claims) = &mut claims {
        claims.extend(over.clone());
        claims.retain(|_, value| !value.is_null());
    }
    Signer::Ci.sign(&claims)
}
