//! What an access token is good for: its scopes, its organisations, its app.

#[allow(dead_code, reason = "shared with other test files")]
mod common;

use common::sign_in::{CALLBACK, CODE, SECRET, SERVER, VERIFIER, asked, landed, value};
use common::world;
use serde_json::{Value, json};

#[tokio::test]
async fn scopes_say_what_a_token_may() {
    let world = world();
    let bare = world.signed_in(&[("scope", "openid profile")]).await;
    let reads = world.signed_in(&[("scope", "read-repos")]).await;
    let gated = world.signed_in(&[("scope", "openid gated-repos")]).await;
    for (token, path, expected) in [
        (&bare, "/api/models/ada/private-notes", 404),
        (&reads, "/api/models/ada/private-notes", 200),
        (&reads, "/api/models/acme/secret", 404),
        (&gated, "/api/models/grace/gated-accepted/auth-check", 200),
        (&bare, "/api/models/grace/gated-accepted/auth-check", 403),
        (&gated, "/api/models/ada/private-notes", 404),
    ] {
        let got = world.bearer(&token["access_token"], path).await;
        assert_eq!(got.status, expected, "{path}");
    }
}

#[tokio::test]
async fn an_app_that_contributes_has_what_it_made_and_nothing_else() {
    let world = world();
    let makes = world.signed_in(&[("scope", "contribute-repos")]).await;
    let other = ["openid contribute-repos", "read-repos"];
    let headers = |token: &Value| format!("Bearer {}", token["access_token"].as_str().expect("a token"));
    let body = r#"{"name":"made","private":true}"#;
    let bearer = headers(&makes);
    let got = world
        .send("POST", "/api/repos/create", None, &[("authorization", &bearer)], body)
        .await;
    assert_eq!(got.status, 200, "{}", got.text());
    for (path, expected) in [
        ("/api/models/ada/made/auth-check/write", 200),
        ("/api/models/ada/private-notes", 404),
        ("/api/models/ada/tiny/auth-check/write", 403),
    ] {
        assert_eq!(
            world.bearer(&makes["access_token"], path).await.status,
            expected,
            "{path}"
        );
    }
    // The same app at another sign-in; but not without the scope, nor another app.
    for (scope, expected) in other.into_iter().zip([200, 403]) {
        let told = world.signed_in(&[("scope", scope)]).await;
        let path = "/api/models/ada/made/auth-check/write";
        assert_eq!(
            world.bearer(&told["access_token"], path).await.status,
            expected,
            "{scope}"
        );
    }
    let id = ("client_id", SERVER);
    let code = world.code(&[id, ("scope", "contribute-repos")]).await;
    let pairs = [
        CODE,
        ("code", &code),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
        id,
        ("client_secret", SECRET),
    ];
    let told = world.token(&pairs).await.json();
    let got = world.bearer(&told["access_token"], "/api/models/ada/made").await;
    assert_eq!(got.status, 404);
}

#[tokio::test]
async fn an_organisation_is_reached_where_it_was_ticked() {
    let world = world();
    let me = world.get_as("testwrite", "/api/whoami-v2").await.json();
    let acme = me["orgs"][0]["id"].as_str().expect("an id").to_owned();
    let query = asked(&[("scope", "openid profile read-repos read-billing")]);
    let body = format!("decision=allow&org={acme}");
    let got = world
        .send("POST", &format!("/oauth/authorize?{query}"), None, &[], &body)
        .await;
    let told = world.redeem(&value(&landed(&got), "code")).await.json();
    let got = world.bearer(&told["access_token"], "/api/models/acme/secret").await;
    assert_eq!(got.status, 200);
    let told = world.bearer(&told["access_token"], "/oauth/userinfo").await.json();
    assert_eq!(told["canPay"], false);
    assert_eq!(told["billingMode"], "prepaid");
    assert_eq!(told["orgs"].as_array().map(Vec::len), Some(1));
    assert_eq!(told["orgs"][0]["sub"], acme.as_str());
    assert_eq!(told["orgs"][0]["roleInOrg"], "write");
    assert_eq!(told["orgs"][0]["billingMode"], "postpaid");

    // Several, as one would write them.
    let lab = me["orgs"][1]["id"].as_str().expect("an id");
    for ids in [format!("{acme},{lab}"), format!("{lab},{acme},{lab}")] {
        let both = world.signed_in(&[("orgIds", &ids)]).await;
        let told = world.bearer(&both["access_token"], "/oauth/userinfo").await.json();
        assert_eq!(told["orgs"].as_array().map(Vec::len), Some(2), "{ids}");
    }

    // With all memberships listed, only what was asked for and ticked is reached.
    let changes = [("scope", "openid read-repos read-memberships"), ("orgIds", &acme)];
    let required = world.signed_in(&changes).await;
    let listed = world.signed_in(&changes[..1]).await;
    for (told, expected) in [(&required, 200), (&listed, 404)] {
        let got = world.bearer(&told["access_token"], "/api/models/acme/secret").await;
        assert_eq!(got.status, expected);
        let told = world.bearer(&told["access_token"], "/oauth/userinfo").await.json();
        assert_eq!(told["orgs"].as_array().map(Vec::len), Some(2));
        assert_eq!(told["orgs"][0].get("canPay"), None);
    }
}

#[tokio::test]
async fn a_test_says_who_signs_in_and_how_much_is_granted() {
    let world = world();
    world
        .approve(r#"{"orgs":["research-lab"],"scopes":"openid email"}"#)
        .await;
    let told = world.signed_in(&[("scope", "openid profile email")]).await;
    assert_eq!(told["scope"], "openid email");
    let me = world.bearer(&told["access_token"], "/api/whoami-v2").await.json();
    assert_eq!(me["email"], "ada@example.org");
    assert_eq!(me["orgs"][0]["name"], "research-lab");
    world.approve(r#"{"account":"grace","orgs":[],"scopes":""}"#).await;
    let told = world.signed_in(&[]).await;
    assert_eq!(told["scope"], "openid profile");
    let me = world.bearer(&told["access_token"], "/oauth/userinfo").await.json();
    assert_eq!(
        (&me["preferred_username"], &me["isPro"]),
        (&json!("grace"), &json!(true))
    );
}
