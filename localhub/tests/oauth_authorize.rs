//! The metadata, the page of consent and the way back to the callback.

#[allow(dead_code, reason = "shared with other test files")]
mod common;

use common::sign_in::{CALLBACK, PUBLIC, SERVER, asked, form, landed, value};
use common::{BASE, world};

#[tokio::test]
async fn the_metadata_name_this_origin() {
    let world = world();
    for path in ["openid-configuration", "oauth-authorization-server"] {
        let path = format!("/.well-known/{path}");
        let got = world.with(&path, &[("origin", "http://page.test")]).await;
        assert_eq!(got.header("access-control-allow-origin"), "http://page.test");
        let told = got.json();
        assert_eq!(told["issuer"], BASE);
        assert_eq!(told["authorization_endpoint"], format!("{BASE}/oauth/authorize"));
        assert_eq!(told["token_endpoint"], format!("{BASE}/oauth/token"));
        assert_eq!(told["userinfo_endpoint"], format!("{BASE}/oauth/userinfo"));
        assert_eq!(told["code_challenge_methods_supported"][0], "S256");
        assert_eq!(told["authorization_response_iss_parameter_supported"], true);
        assert_eq!(told.get("revocation_endpoint"), None);
        assert_eq!(told.get("introspection_endpoint"), None);
        assert_eq!(told.get("scopes_supported"), None);
        let elsewhere = world.with(&path, &[("host", "localhost:1")]).await.json();
        assert_eq!(elsewhere["issuer"], "http://localhost:1");
    }
}

#[tokio::test]
async fn the_page_says_who_asks_for_what() {
    let world = world();
    let got = world.authorize(&[("scope", "openid read-repos")]).await;
    assert_eq!(got.status, 200);
    assert_eq!(got.header("x-frame-options"), "DENY");
    let page = got.text();
    for words in [
        "Test app",
        "<b>ada</b>",
        "<code>read-repos</code>: read your repositories, private ones included",
        "name=\"org\"",
        "Acme",
        "Research Lab",
        "value=\"allow\"",
        "value=\"deny\"",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    assert!(!page.contains("inference-api") && !page.contains("Globex"));
}

#[tokio::test]
async fn what_an_app_calls_itself_is_no_markup() {
    let world = world();
    let client =
        r#"{"clientId":"evil","name":"<script>alert(1)</script>","redirectUris":["https://evil.example/\"><script>"]}"#;
    world.control("POST", "oauth/clients", client).await;
    let changes = [
        ("client_id", "evil"),
        ("redirect_uri", "https://evil.example/\"><script>"),
        ("state", "\"><script>"),
    ];
    let got = world.authorize(&changes).await;
    assert_eq!(got.status, 200);
    assert!(!got.text().contains("<script>"));
}

#[tokio::test]
async fn allowed_and_denied_both_lead_back() {
    let world = world();
    let path = format!("/oauth/authorize?{}", asked(&[]));
    let got = world.send("POST", &path, None, &[], "decision=deny").await;
    let back = landed(&got);
    assert_eq!(
        got.header("location"),
        format!(
            "{CALLBACK}?error=access_denied&error_description=The+user+denied+the+request&state=s+t&iss=http%3A%2F%2Fhub.test"
        )
    );
    assert_eq!(value(&back, "iss"), BASE);
    let back = landed(&world.send("POST", &path, None, &[], "decision=allow").await);
    assert_eq!(value(&back, "state"), "s t");
    assert_eq!(value(&back, "iss"), BASE);
    assert!(value(&back, "code").starts_with("FakeCode"));
    for body in ["", "decision=perhaps", "decision=allow&org=64b0c0ffee0123456789abcd"] {
        assert_eq!(world.send("POST", &path, None, &[], body).await.status, 400, "{body}");
    }
}

#[tokio::test]
async fn what_was_allowed_once_is_not_asked_again_and_a_refusal_is_forgotten() {
    let world = world();
    let path = format!("/oauth/authorize?{}", asked(&[]));
    world.send("POST", &path, None, &[], "decision=deny").await;
    assert_eq!(world.get(&path).await.status, 200);
    world.send("POST", &path, None, &[], "decision=allow").await;
    assert_eq!(world.get(&path).await.status, 303);
    // The same, in another order.
    assert_eq!(world.authorize(&[("scope", "profile openid")]).await.status, 303);
    assert_eq!(world.authorize(&[("scope", "openid profile email")]).await.status, 200);
    world.control("POST", "oauth", r#"{"account":"grace"}"#).await;
    assert_eq!(world.get(&path).await.status, 200);
    world.control("POST", "reset", "").await;
    assert_eq!(world.get(&path).await.status, 200);
}

#[tokio::test]
async fn the_seeded_apps_are_at_home_on_loopback() {
    let world = world();
    world.control("POST", "oauth", r#"{"autoApprove":true}"#).await;
    for path in ["/", "/callback", "/oauth/callback", "/auth/callback"] {
        for app in [PUBLIC, SERVER] {
            let back = format!("http://localhost:8787{path}");
            let got = world.authorize(&[("client_id", app), ("redirect_uri", &back)]).await;
            assert_eq!(got.status, 303, "{app} {path}");
            assert!(got.header("location").starts_with(&format!("{back}?code=")));
        }
    }
}

#[tokio::test]
async fn nobody_is_sent_where_the_app_is_not_at_home() {
    let world = world();
    for changes in [
        &[("client_id", "")][..],
        &[("client_id", "nobody")],
        &[("redirect_uri", "")],
        &[("redirect_uri", "http://127.0.0.1:41234/elsewhere")],
        &[("redirect_uri", "http://127.0.0.1:41234/callback#x")],
        &[("redirect_uri", "http://127.0.0.1:41234/callback?x=1")],
        &[("redirect_uri", "https://evil.example/callback")],
        &[("redirect_uri", "javascript:alert(1)")],
    ] {
        let got = world.authorize(changes).await;
        assert_eq!(got.status, 400, "{changes:?}");
        assert_eq!(got.header("location"), "");
        assert!(got.header("content-type").starts_with("text/html"));
    }
    for twice in [("client_id", PUBLIC), ("redirect_uri", CALLBACK)] {
        let path = format!("/oauth/authorize?{}&{}", asked(&[]), form(&[twice]));
        assert_eq!(world.get(&path).await.status, 400, "{twice:?}");
    }
}

#[tokio::test]
async fn other_mistakes_go_back_to_the_app() {
    let world = world();
    let short = "x".repeat(42);
    for (changes, expected) in [
        (&[("response_type", "")][..], "invalid_request"),
        (&[("response_type", "token")], "unsupported_response_type"),
        (&[("scope", "openid everything")], "invalid_scope"),
        (&[("code_challenge", "")], "invalid_request"),
        (&[("code_challenge", short.as_str())], "invalid_request"),
        (&[("code_challenge_method", "")], "invalid_request"),
        (&[("code_challenge_method", "plain")], "invalid_request"),
        (
            &[("code_challenge", ""), ("code_challenge_method", "")],
            "invalid_request",
        ),
        (&[("orgIds", "64b0c0ffee0123456789abcd")], "invalid_request"),
    ] {
        let back = landed(&world.authorize(changes).await);
        assert_eq!(value(&back, "error"), expected, "{changes:?}");
        assert_eq!(value(&back, "state"), "s t");
        assert_eq!(value(&back, "iss"), BASE);
    }
    let path = format!("/oauth/authorize?{}&state=2", asked(&[]));
    assert_eq!(value(&landed(&world.get(&path).await), "error"), "invalid_request");
    // An app may be registered for less than there is.
    let client = r#"{"clientId":"small","redirectUris":["http://127.0.0.1/callback"],"scope":"openid"}"#;
    world.control("POST", "oauth/clients", client).await;
    let back = landed(&world.authorize(&[("client_id", "small")]).await);
    assert_eq!(value(&back, "error"), "invalid_scope");
    // One with a secret may do without a challenge.
    let changes = [
        ("client_id", SERVER),
        ("code_challenge", ""),
        ("code_challenge_method", ""),
    ];
    assert_eq!(world.authorize(&changes).await.status, 200);
}

#[tokio::test]
async fn a_test_decides_for_whoever_sits_in_front_of_the_page() {
    let world = world();
    world.approve(r#"{"autoApprove":true}"#).await;
    value(&landed(&world.authorize(&[]).await), "code");
    world.approve(r#"{"autoApprove":"deny"}"#).await;
    assert_eq!(value(&landed(&world.authorize(&[]).await), "error"), "access_denied");
    world.approve(r#"{"autoApprove":true,"iss":false}"#).await;
    let back = landed(&world.authorize(&[("state", "")]).await);
    assert_eq!(back.len(), 1, "neither state nor iss: {back:?}");
    let told = world.get("/.well-known/openid-configuration").await.json();
    assert_eq!(told["authorization_response_iss_parameter_supported"], false);
    for wrong in [
        r#"{"autoApprove":"perhaps"}"#,
        r#"{"account":"nobody"}"#,
        r#"{"orgs":["globex"]}"#,
        r#"{"scopes":"everything"}"#,
        r#"{"acessSeconds":1}"#,
    ] {
        let got = world.send("POST", "/_localhub/oauth", None, &[], wrong).await;
        assert_eq!(got.status, 400, "{wrong}");
    }
}
