//! The seeded credentials. None of them is a token of the real Hub.

use std::sync::Arc;

use serde_json::Value;

use super::whoami::{Person, access_token, acme};
use super::{fine, grants, restricted};
use crate::principal::{Principal, Standing};

/// `hf_` and 34 characters: the name, then zeros.
fn user_token(name: &str) -> String {
    format!("hf_{name:0<34}")
}

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
        user(
            "testspent",
            "ada, write token, nothing left to pay with",
            ada("write", access_token("spent", "write", None)),
        ),
    ];
    list.extend(fine::principals());
    list.extend(restricted::principals());
    list.extend(grants::principals());
    for principal in &mut list {
        principal.standing = match principal.key.as_str() {
            "testexpired" | "testoauthexpired" => Standing::Expired,
            "testrevoked" => Standing::Revoked,
            _ => Standing::Good,
        };
    }
    list.into_iter().map(Arc::new).collect()
}

pub(super) fn user(key: &str, description: &str, whoami: Value) -> Principal {
    Principal {
        key: key.to_owned(),
        token: user_token(key),
        description: description.to_owned(),
        standing: Standing::Good,
        expires_ms: None,
        scopes: Vec::new(),
        granted: Vec::new(),
        app: None,
        personal: true,
        whoami,
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_tokens_have_37_characters() {
        for principal in principals() {
            let token = &principal.token;
            if ["hf_app_", "hf_oauth_", "hf_jwt_"]
                .iter()
                .any(|it| token.starts_with(it))
            {
                continue;
            }
            assert_eq!(token.len(), 37, "{token}");
            assert!(token.starts_with("hf_") && token[3..].chars().all(|c| c.is_ascii_alphanumeric()));
        }
    }

    #[test]
    fn no_two_are_alike() {
        let all = principals();
        for (at, one) in all.iter().enumerate() {
            let twin = |other: &&Arc<Principal>| other.key == one.key || other.token == one.token;
            assert!(!all[at + 1..].iter().any(|other| twin(&other)), "{}", one.key);
        }
    }

    #[test]
    fn jwts_have_three_parts() {
        for principal in principals() {
            if ["hf_oauth_", "hf_jwt_"]
                .iter()
                .any(|it| principal.token.starts_with(it))
            {
                assert_eq!(principal.token.split('.').count(), 3, "{}", principal.key);
            }
        }
    }
}
