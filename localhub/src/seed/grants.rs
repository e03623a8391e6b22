//! Credentials that are no user access tokens: apps, OAuth sign-ins, trusted publishers.

use serde_json::{Value, json};

use super::principals::user;
use super::whoami::{Person, acme};
use crate::accounts::account_id;
use crate::encode::{base64url, iso};
use crate::principal::Principal;

/// Far enough for every test; `POST /_localhub/tokens/{name}` makes a token expire at will.
const EXPIRES_S: u64 = 4_102_444_800;
const EXPIRES: &str = "2100-01-01T00:00:00.000Z";
const ISSUED_S: u64 = 1_767_225_600;

const SCOPES: &[&str] = &[
    "openid",
    "profile",
    "email",
    "read-repos",
    "write-repos",
    "inference-api",
];

pub(super) fn principals() -> Vec<Principal> {
    let read = json!({ "role": "read", "entities": ["legacy/name", { "type": "bucket", "name": "acme/b" }] });
    let write = json!({ "role": "write", "entities": [{ "type": "model", "name": "acme/m1" }, "ada/tiny"] });
    vec![
        app("testapp", "the app bot", read),
        app("testappwrite", "the app bot, writes to acme/m1 and ada/tiny", write),
        oauth(
            "testoauth",
            "ada, signed in by OAuth, reads and writes her own repositories",
            SCOPES,
            EXPIRES_S,
        ),
        oauth(
            "testoauthbare",
            "ada, signed in by OAuth, her name and nothing else",
            &["openid", "profile"],
            EXPIRES_S,
        ),
        oauth(
            "testoauthgated",
            "ada, signed in by OAuth, reads gated repositories",
            &["openid", "profile", "gated-repos"],
            EXPIRES_S,
        ),
        oauth(
            "testoauthexpired",
            "ada, signed in by OAuth for eight hours, long ago",
            &["openid", "profile", "email"],
            ISSUED_S + 28_800,
        ),
        publisher(),
    ]
}

/// `entities` mixes strings and objects (auth.md 2.2).
fn app(key: &'static str, about: &'static str, scope: Value) -> Principal {
    let whoami = json!({
        "type": "app",
        "id": account_id("bot"),
        "name": "bot",
        "scope": scope,
        "auth": { "type": "app_token" },
    });
    let token = format!("hf_app_{key:0<32}");
    Principal {
        token,
        ..user(key, about, whoami)
    }
}

/// An OAuth sign-in: no `accessToken`, an expiry, the e-mail and the organisations as far as the
/// scopes go. The value of `auth.type` is unconfirmed (auth.md 9, point 1).
fn oauth(key: &'static str, about: &'static str, scopes: &'static [&'static str], expires_s: u64) -> Principal {
    let auth = json!({ "type": "oauth", "expiresAt": iso(expires_s * 1000) });
    let full = scopes.contains(&"email");
    let whoami = Person {
        orgs: Some(acme("write", &[])).filter(|_| full).into_iter().collect(),
        email: Some("ada@example.org").filter(|_| full),
        ..Person::ada("write")
    }
    .with("user", auth);
    let claims = json!({
        "scope": scopes,
        "aud": "https://huggingface.co",
        "oauthApp": "a1b2c3d4-e5f6-7890-abcd-ef1234567890",
        "sessionId": "64b0c0ffee0123456789abd2",
        "sub": account_id("ada"),
        "iat": ISSUED_S,
        "exp": expires_s,
        "iss": "https://huggingface.co",
    });
    Principal {
        token: jwt("hf_oauth_", &claims),
        scopes: scopes.to_vec(),
        ..user(key, about, whoami)
    }
}

/// A trusted publisher's token for one repository. How whoami shows it is unconfirmed.
fn publisher() -> Principal {
    let auth = json!({ "type": "jwt", "expiresAt": EXPIRES, "resource": { "sub": "acme/m1" } });
    let person = Person {
        name: "oidc-publisher",
        fullname: "OIDC publisher",
        email: None,
        pro: false,
        orgs: Vec::new(),
    };
    let claims = json!({
        "sub": "acme/m1",
        "aud": "https://huggingface.co",
        "iat": ISSUED_S,
        "exp": EXPIRES_S,
        "iss": "https://huggingface.co",
    });
    Principal {
        token: jwt("hf_jwt_", &claims),
        ..user("testjwt", "trusted publisher of acme/m1", person.with("user", auth))
    }
}

/// A JWT nobody signed: readable claims, a signature that says so.
fn jwt(prefix: &str, claims: &Value) -> String {
    let header = base64url(br#"{"alg":"EdDSA"}"#);
    let claims = base64url(claims.to_string().as_bytes());
    let signature = base64url(b"not a signature: made by localhub for tests only, valid nowhere!");
    format!("{prefix}{header}.{claims}.{signature}")
}
