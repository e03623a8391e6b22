//! The seeded credentials. None of them is a token of the real Hub.

use std::sync::Arc;

use serde_json::{Value, json};

use super::whoami::{GROUP, Person, access_token, acme};
use crate::accounts::account_id;
use crate::encode::base64url;
use crate::principal::{Principal, Standing};

/// `hf_` and 34 characters: the name, then zeros.
fn user_token(name: &str) -> String {
    format!("hf_{name:0<34}")
}

/// A JWT nobody signed: readable claims, a signature that says so.
fn jwt(prefix: &str, claims: &Value) -> String {
    let header = base64url(br#"{"alg":"EdDSA"}"#);
    let claims = base64url(claims.to_string().as_bytes());
    let signature = base64url(b"not a signature: made by localhub for tests only, valid nowhere!");
    format!("{prefix}{header}.{claims}.{signature}")
}

/// Far enough for every test; `POST /_localhub/tokens/{name}` makes a token expire at will.
const EXPIRES_S: u64 = 4_102_444_800;
const EXPIRES: &str = "2100-01-01T00:00:00.000Z";
const OAUTH_SCOPES: &[&str] = &[
    "openid",
    "profile",
    "email",
    "read-repos",
    "write-repos",
    "inference-api",
];

pub(crate) fn principals() -> Vec<Arc<Principal>> {
    let ada = |role: &str, auth: Value| Person::ada(role).with("user", auth);
    let mut list = vec![
        user(
            "testread",
            "ada, read token, contributor of acme",
            ada("contributor", access_token("reader", "read", None)),
        ),
        user(
            "testwrite",
            "ada, write token, may write in acme",
            ada("write", access_token("laptop", "write", None)),
        ),
        user(
            "testfine",
            "ada, fine-grained: own repositories and acme/m1",
            ada("write", access_token("ci", "fineGrained", Some(fine_grained()))),
        ),
        user(
            "testfinebare",
            "ada, fine-grained, permissions not told",
            ada("write", access_token("bare", "fineGrained", None)),
        ),
        user(
            "testfineungated",
            "ada, fine-grained, reads her own, no gated repositories",
            ada("write", access_token("ungated", "fineGrained", Some(ungated()))),
        ),
        user(
            "testexpired",
            "ada, expired",
            ada("write", access_token("old", "write", None)),
        ),
        user(
            "testrevoked",
            "ada, revoked",
            ada("write", access_token("lost", "write", None)),
        ),
        user(
            "testrestricted",
            "ada, write token, shut out of acme by SSO and address",
            restricted(),
        ),
        user(
            "testgod",
            "ada, role god, admin of acme",
            ada("admin", access_token("root", "god", None)),
        ),
        user("testunknown", "a principal of unknown type and role", unknown()),
        user(
            "testnomail",
            "ada, write token that does not show her e-mail, contributor of acme",
            no_mail(),
        ),
        user("testorg", "the organisation acme itself, read", org()),
        user(
            "testgrace",
            "grace, write token, PRO, owner of the gated repositories",
            Person::grace().with("user", access_token("desk", "write", None)),
        ),
        app(),
        oauth(),
        publisher(),
    ];
    for principal in &mut list {
        principal.standing = match principal.key {
            "testexpired" => Standing::Expired,
            "testrevoked" => Standing::Revoked,
            _ => Standing::Good,
        };
    }
    list.into_iter().map(Arc::new).collect()
}

fn user(key: &'static str, description: &'static str, whoami: Value) -> Principal {
    Principal {
        key,
        token: user_token(key),
        description,
        standing: Standing::Good,
        scopes: &[],
        whoami,
    }
}

fn fine_grained() -> Value {
    json!({
        "canReadGatedRepos": true,
        "global": ["discussion.write", "post.write"],
        "scoped": [
            {
                "entity": { "_id": account_id("ada"), "type": "user", "name": "ada" },
                // The last one is nobody's: the list of permissions is open.
                "permissions": ["repo.content.read", "repo.write", "inference.serverless.write", "repo.timetravel.write"],
                "patterns": [{ "resourceType": "inference-endpoint", "wildcardPatterns": ["gpt2-*"] }],
            },
            {
                "entity": { "_id": "64b0c0ffee0123456789abd0", "type": "model", "name": "acme/m1" },
                "permissions": ["repo.content.read", "repo.write"],
            },
            {
                "entity": { "_id": GROUP, "type": "resource-group" },
                "permissions": ["repo.content.read"],
            },
        ],
    })
}

fn ungated() -> Value {
    json!({
        "canReadGatedRepos": false,
        "global": [],
        "scoped": [{
            "entity": { "_id": account_id("ada"), "type": "user", "name": "ada" },
            "permissions": ["repo.content.read"],
        }],
    })
}

fn restricted() -> Value {
    let orgs = vec![acme("write", &["sso", "ip"])];
    Person {
        orgs,
        ..Person::ada("write")
    }
    .with("user", access_token("travel", "write", None))
}

fn no_mail() -> Value {
    Person {
        email: None,
        ..Person::ada("contributor")
    }
    .with("user", access_token("quiet", "write", None))
}

fn unknown() -> Value {
    let person = Person {
        name: "curator-bot",
        fullname: "Curator",
        email: None,
        pro: false,
        orgs: Vec::new(),
    };
    person.with("service", access_token("service", "curator", None))
}

fn org() -> Value {
    let mut it = acme("admin", &[]);
    if let Some(map) = it.as_object_mut() {
        map.remove("roleInOrg");
        map.insert("auth".to_owned(), access_token("legacy", "read", None));
    }
    it
}

/// `entities` mixes strings and objects (auth.md 2.2).
fn app() -> Principal {
    let whoami = json!({
        "type": "app",
        "id": account_id("bot"),
        "name": "bot",
        "scope": { "role": "read", "entities": ["legacy/name", { "type": "bucket", "name": "acme/b" }] },
        "auth": { "type": "app_token" },
    });
    let token = format!("hf_app_{:0<32}", "testapp");
    Principal {
        token,
        ..user("testapp", "the app bot", whoami)
    }
}

/// An OAuth sign-in: no `accessToken`, an expiry. The value of `auth.type` is unconfirmed
/// (auth.md 9, point 1).
fn oauth() -> Principal {
    let auth = json!({ "type": "oauth", "expiresAt": EXPIRES });
    let orgs = vec![acme("write", &[])];
    let whoami = Person {
        orgs,
        ..Person::ada("write")
    }
    .with("user", auth);
    let claims = json!({
        "scope": OAUTH_SCOPES,
        "aud": "https://huggingface.co",
        "oauthApp": "a1b2c3d4-e5f6-7890-abcd-ef1234567890",
        "sessionId": "64b0c0ffee0123456789abd2",
        "sub": account_id("ada"),
        "iat": 1_767_225_600,
        "exp": EXPIRES_S,
        "iss": "https://huggingface.co",
    });
    let token = jwt("hf_oauth_", &claims);
    let about = "ada, signed in by OAuth, reads and writes her own repositories";
    Principal {
        token,
        scopes: OAUTH_SCOPES,
        ..user("testoauth", about, whoami)
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
        "iat": 1_767_225_600,
        "exp": EXPIRES_S,
        "iss": "https://huggingface.co",
    });
    let token = jwt("hf_jwt_", &claims);
    Principal {
        token,
        ..user("testjwt", "trusted publisher of acme/m1", person.with("user", auth))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_tokens_have_37_characters() {
        for principal in principals() {
            let token = &principal.token;
            if ["testapp", "testoauth", "testjwt"].contains(&principal.key) {
                continue;
            }
            assert_eq!(token.len(), 37, "{token}");
            assert!(token.starts_with("hf_") && token[3..].chars().all(|c| c.is_ascii_alphanumeric()));
        }
    }

    #[test]
    fn jwts_have_three_parts() {
        for principal in principals() {
            if ["testoauth", "testjwt"].contains(&principal.key) {
                assert_eq!(principal.token.split('.').count(), 3);
            }
        }
    }
}
