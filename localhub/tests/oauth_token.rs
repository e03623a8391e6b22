//! The token endpoint: codes, and what proves that they may be used.

#[allow(dead_code, reason = "shared with other test files")]
mod common;

use common::sign_in::{CALLBACK, CHALLENGE, CODE, PUBLIC, SECRET, SERVER, VERIFIER, basic, form, refused};
use common::world;
use serde_json::json;

#[tokio::test]
async fn a_code_becomes_tokens() {
    let world = world();
    let code = world.code(&[]).await;
    let got = world.redeem(&code).await;
    assert_eq!(got.status, 200);
    assert_eq!(got.header("cache-control"), "no-store");
    let told = got.json();
    let token = told["access_token"].as_str().expect("a token");
    assert!(token.starts_with("hf_oauth_ey") && token.contains("Fake") && token.split('.').count() == 3);
    let refresh = told["refresh_token"].as_str().expect("a refresh token");
    assert!(refresh.starts_with("hf_oauth__refresh_Fake"));
    assert_eq!(refresh.len(), "hf_oauth__refresh_".len() + 34);
    assert_eq!(told["token_type"], "bearer");
    assert_eq!(told["expires_in"], 28_800);
    assert_eq!(told["scope"], "openid profile");
    let me = world.bearer(&told["access_token"], "/api/whoami-v2").await.json();
    assert_eq!(me["name"], "ada");
    assert_eq!(me["auth"]["expiresAt"], "2026-09-21T22:13:20.000Z");
    assert_eq!((me.get("email"), &me["orgs"]), (None, &json!([])));
}

#[tokio::test]
async fn a_page_may_call_it() {
    let world = world();
    let asked = [
        ("origin", "http://page.test"),
        ("access-control-request-method", "POST"),
        ("access-control-request-headers", "authorization,content-type"),
    ];
    let got = world.send("OPTIONS", "/oauth/token", None, &asked, "").await;
    assert_eq!(got.header("access-control-allow-origin"), "http://page.test");
    assert_eq!(
        got.header("access-control-allow-headers"),
        "authorization, content-type"
    );
    let headers = [("origin", "http://page.test"), ("content-type", "application/json")];
    let got = world.send("POST", "/oauth/token", None, &headers, "{}").await;
    assert_eq!(refused(&got), "invalid_request");
    assert_eq!(got.header("access-control-allow-origin"), "http://page.test");
}

#[tokio::test]
async fn a_code_is_bound_to_what_it_was_made_for() {
    let world = world();
    let code = world.code(&[]).await;
    let code = code.as_str();
    let good = [
        CODE,
        ("code", code),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
        ("client_id", PUBLIC),
    ];
    let with = |name: &'static str, value: &'static str| {
        let mut pairs = good.to_vec();
        pairs.retain(|(it, _)| *it != name);
        if !value.is_empty() {
            pairs.push((name, value));
        }
        pairs
    };
    for (name, value, expected) in [
        ("code", "", "invalid_request"),
        ("code", "FakeCodeOfNobody", "invalid_grant"),
        ("redirect_uri", "", "invalid_request"),
        ("redirect_uri", "http://127.0.0.1:41235/callback", "invalid_grant"),
        ("code_verifier", "", "invalid_request"),
        ("code_verifier", CHALLENGE, "invalid_grant"),
        ("client_id", "nobody", "invalid_client"),
        ("client_id", "26be6b09-91c5-47da-9861-d2d2bb7a7e36", "invalid_grant"),
        ("grant_type", "", "invalid_request"),
        ("grant_type", "password", "unsupported_grant_type"),
        ("client_secret", "made-up", "invalid_client"),
    ] {
        let got = world.token(&with(name, value)).await;
        assert_eq!(refused(&got), expected, "{name}={value}");
    }
    let mut twice = good.to_vec();
    twice.push(("code_verifier", VERIFIER));
    assert_eq!(refused(&world.token(&twice).await), "invalid_request");
    let text = [("content-type", "text/plain")];
    let got = world.send("POST", "/oauth/token", None, &text, &form(&good)).await;
    assert_eq!(refused(&got), "invalid_request");
    // None of these spent it; and the client's id may be left out, as the JS client does.
    assert_eq!(world.token(&with("client_id", "")).await.status, 200);
}

#[tokio::test]
async fn json_will_do_as_well() {
    let world = world();
    let code = world.code(&[]).await;
    let json_type = [("content-type", "application/json")];
    let mut body = json!({
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": CALLBACK,
        "code_verifier": 1,
        "client_id": PUBLIC,
    });
    let got = world
        .send("POST", "/oauth/token", None, &json_type, &body.to_string())
        .await;
    assert_eq!(refused(&got), "invalid_request");
    body["code_verifier"] = json!(VERIFIER);
    let got = world
        .send("POST", "/oauth/token", None, &json_type, &body.to_string())
        .await;
    assert_eq!(got.status, 200);
    let got = world.send("POST", "/oauth/token", None, &json_type, "[1]").await;
    assert_eq!(refused(&got), "invalid_request");
}

#[tokio::test]
async fn a_code_lives_ten_minutes_or_as_long_as_it_is_told_to() {
    let world = world();
    let code = world.code(&[]).await;
    world.pass(600);
    assert_eq!(refused(&world.redeem(&code).await), "invalid_grant");
    world.approve(r#"{"codeSeconds":2}"#).await;
    let code = world.code(&[]).await;
    world.pass(1);
    assert_eq!(world.redeem(&code).await.status, 200);
}

#[tokio::test]
async fn a_code_used_twice_takes_back_what_came_of_it() {
    let world = world();
    let code = world.code(&[]).await;
    let told = world.redeem(&code).await.json();
    assert_eq!(refused(&world.redeem(&code).await), "invalid_grant");
    assert_eq!(world.bearer(&told["access_token"], "/api/whoami-v2").await.status, 401);
    assert_eq!(refused(&world.refresh(&told["refresh_token"]).await), "invalid_grant");
    assert_eq!(world.counts().await["familiesKilled"], 1);
}

#[tokio::test]
async fn an_app_with_a_secret_proves_itself_one_way_or_the_other() {
    let world = world();
    let changes = [
        ("client_id", SERVER),
        ("code_challenge", ""),
        ("code_challenge_method", ""),
    ];
    let code = world.code(&changes).await;
    let bare = [CODE, ("code", &code), ("redirect_uri", CALLBACK)];
    let with = |more: &[(&'static str, &'static str)]| [&bare[..], more].concat();
    let id = ("client_id", SERVER);
    for (authorization, more, expected, status) in [
        (None, &[][..], "invalid_client", 400),
        (None, &[id], "invalid_client", 400),
        (None, &[id, ("client_secret", "wrong")], "invalid_client", 400),
        (None, &[id, ("client_secret", "")], "invalid_client", 400),
        (Some(basic(SERVER, "wrong")), &[id], "invalid_client", 401),
        (Some(basic(SERVER, "")), &[id], "invalid_client", 401),
        (Some(basic("nobody", SECRET)), &[], "invalid_client", 401),
        (
            Some(basic(SERVER, SECRET)),
            &[("client_id", PUBLIC)],
            "invalid_client",
            401,
        ),
        (Some(format!("Bearer {SECRET}")), &[id], "invalid_client", 401),
        (Some("Basic %".to_owned()), &[id], "invalid_client", 401),
        (
            Some(basic(SERVER, SECRET)),
            &[id, ("client_secret", SECRET)],
            "invalid_request",
            400,
        ),
        // A verifier where there was no challenge.
        (
            Some(basic(SERVER, SECRET)),
            &[("code_verifier", VERIFIER)],
            "invalid_grant",
            400,
        ),
    ] {
        let got = match &authorization {
            Some(it) => world.token_as(it, &with(more)).await,
            None => world.token(&with(more)).await,
        };
        assert_eq!(refused(&got), expected, "{authorization:?} {more:?}");
        assert_eq!(got.status, status, "{authorization:?} {more:?}");
        assert_eq!(got.header("www-authenticate").starts_with("Basic"), status == 401);
        assert!(!got.text().contains(SECRET));
    }
    let got = world.token_as(&basic(SERVER, SECRET), &with(&[id])).await;
    assert_eq!(got.status, 200, "{}", got.text());
    // And the other way, with a challenge.
    let code = world.code(&[id]).await;
    let pairs = [
        CODE,
        ("code", &code),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
        id,
        ("client_secret", SECRET),
    ];
    assert_eq!(world.token(&pairs).await.status, 200);
}

#[tokio::test]
async fn an_access_token_expires_by_the_clock() {
    let world = world();
    world.approve(r#"{"accessSeconds":3}"#).await;
    let told = world.signed_in(&[]).await;
    assert_eq!(told["expires_in"], 3);
    world.pass(2);
    assert_eq!(world.bearer(&told["access_token"], "/oauth/userinfo").await.status, 200);
    world.pass(1);
    for path in ["/oauth/userinfo", "/api/whoami-v2"] {
        assert_eq!(world.bearer(&told["access_token"], path).await.status, 401, "{path}");
    }
    assert_eq!(world.refresh(&told["refresh_token"]).await.status, 200);
}

#[tokio::test]
async fn a_test_takes_an_access_token_back_by_its_name() {
    let world = world();
    let told = world.signed_in(&[]).await;
    world.control("POST", "tokens/oauth-1", r#"{"revoked":true}"#).await;
    assert_eq!(world.bearer(&told["access_token"], "/api/whoami-v2").await.status, 401);
    assert_eq!(world.refresh(&told["refresh_token"]).await.status, 200);
    let list = world.control("GET", "principals", "").await;
    let names: Vec<_> = list.as_array().into_iter().flatten().map(|it| &it["name"]).collect();
    assert!(names.contains(&&json!("oauth-2")), "{names:?}");
}
