//! The steps of a sign-in, each as a client takes it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::{Got, World};

pub(crate) const PUBLIC: &str = "hubkey-test-public";
pub(crate) const SERVER: &str = "hubkey-test-secret";
pub(crate) const SECRET: &str = "hubkey-test-client-secret-not-real";
pub(crate) const CALLBACK: &str = "http://127.0.0.1:41234/callback";
/// Appendix B of RFC 7636.
pub(crate) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub(crate) const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
pub(crate) const CODE: (&str, &str) = ("grant_type", "authorization_code");
pub(crate) const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

pub(crate) fn form(pairs: &[(&str, &str)]) -> String {
    let mut out = form_urlencoded::Serializer::new(String::new());
    out.extend_pairs(pairs);
    out.finish()
}

pub(crate) fn basic(id: &str, secret: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{id}:{secret}")))
}

/// The query of a good request, with some of its parameters replaced, or left out where they are empty.
pub(crate) fn asked(changes: &[(&str, &str)]) -> String {
    let mut pairs = vec![
        ("client_id", PUBLIC),
        ("redirect_uri", CALLBACK),
        ("response_type", "code"),
        ("scope", "openid profile"),
        ("state", "s t"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    for (name, value) in changes {
        pairs.retain(|(it, _)| it != name);
        if !value.is_empty() {
            pairs.push((name, value));
        }
    }
    form(&pairs)
}

/// The query that a redirect to the callback carries.
#[track_caller]
pub(crate) fn landed(got: &Got) -> Vec<(String, String)> {
    assert_eq!(got.status, 303, "{}", got.text());
    let location = got.header("location");
    let query = location.strip_prefix(CALLBACK).and_then(|rest| rest.strip_prefix('?'));
    let query = query.unwrap_or_else(|| panic!("not the callback: {location}"));
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

#[track_caller]
pub(crate) fn value(pairs: &[(String, String)], name: &str) -> String {
    let found = pairs.iter().find(|(it, _)| it == name);
    found.map_or_else(|| panic!("no {name} in {pairs:?}"), |(_, value)| value.clone())
}

/// The OAuth error of a 400 or 401.
#[track_caller]
pub(crate) fn refused(got: &Got) -> String {
    assert!(
        [400, 401].contains(&got.status.as_u16()),
        "{} {}",
        got.status,
        got.text()
    );
    let body = got.json();
    assert!(
        body["error_description"].as_str().is_some_and(|it| !it.is_empty()),
        "{body}"
    );
    got.error()
}

impl World {
    pub(crate) async fn approve(&self, how: &str) {
        self.control("POST", "oauth", how).await;
    }

    pub(crate) async fn authorize(&self, changes: &[(&str, &str)]) -> Got {
        self.get(&format!("/oauth/authorize?{}", asked(changes))).await
    }

    /// A code that nobody had to click for.
    pub(crate) async fn code(&self, changes: &[(&str, &str)]) -> String {
        self.approve(r#"{"autoApprove":true}"#).await;
        value(&landed(&self.authorize(changes).await), "code")
    }

    pub(crate) async fn token(&self, pairs: &[(&str, &str)]) -> Got {
        self.send("POST", "/oauth/token", None, &[FORM], &form(pairs)).await
    }

    pub(crate) async fn token_as(&self, authorization: &str, pairs: &[(&str, &str)]) -> Got {
        let headers = [FORM, ("authorization", authorization)];
        self.send("POST", "/oauth/token", None, &headers, &form(pairs)).await
    }

    pub(crate) async fn redeem(&self, code: &str) -> Got {
        self.token(&[
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", CALLBACK),
            ("code_verifier", VERIFIER),
            ("client_id", PUBLIC),
        ])
        .await
    }

    pub(crate) async fn refresh(&self, token: &Value) -> Got {
        let token = token.as_str().expect("a refresh token");
        self.token(&[
            ("grant_type", "refresh_token"),
            ("refresh_token", token),
            ("client_id", PUBLIC),
        ])
        .await
    }

    /// A sign-in with these scopes: the token answer.
    pub(crate) async fn signed_in(&self, changes: &[(&str, &str)]) -> Value {
        let code = self.code(changes).await;
        let got = self.redeem(&code).await;
        assert_eq!(got.status, 200, "{}", got.text());
        got.json()
    }

    pub(crate) async fn counts(&self) -> Value {
        self.control("GET", "oauth", "").await["counts"].clone()
    }

    pub(crate) async fn bearer(&self, token: &Value, path: &str) -> Got {
        let authorization = format!("Bearer {}", token.as_str().expect("a token"));
        self.with(path, &[("authorization", &authorization)]).await
    }
}
