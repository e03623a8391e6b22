//! Who a token stands for, and what it may do.

#[allow(dead_code, reason = "shared with other test files")]
mod common;

use common::world;

#[tokio::test]
async fn whoami_tells_each_principal_apart() {
    let world = world();
    let list = world.control("GET", "principals", "").await;
    for principal in list.as_array().expect("a list") {
        let bearer = format!("Bearer {}", principal["token"].as_str().expect("a token"));
        let got = world.with("/api/whoami-v2", &[("authorization", &bearer)]).await;
        let good = principal["standing"] == "good";
        assert_eq!(got.status, if good { 200 } else { 401 }, "{}", principal["name"]);
        if good {
            assert!(got.json()["auth"].is_object());
        } else {
            assert_eq!(got.error(), "Invalid credentials in Authorization header");
        }
    }
    assert!(list.as_array().is_some_and(|list| list.len() >= 14));
}

#[tokio::test]
async fn whoami_without_a_token_is_401_with_a_challenge() {
    let got = world().get("/api/whoami-v2").await;
    assert_eq!(got.status, 401);
    assert_eq!(got.error(), "Invalid username or password.");
    assert_eq!(got.header("x-error-message"), "Invalid username or password.");
    assert!(!got.headers.contains_key("x-error-code"));
    assert!(got.header("www-authenticate").starts_with("Bearer realm="));
}

#[tokio::test]
async fn the_words_for_a_bad_token_can_be_the_newer_ones() {
    let world = world();
    let body = r#"{"badTokenWords":"Invalid username or password."}"#;
    world.control("POST", "settings", body).await;
    assert_eq!(
        world.get_as("nobody", "/api/whoami-v2").await.error(),
        "Invalid username or password."
    );
}

#[tokio::test]
async fn the_old_whoami_refuses_modern_tokens() {
    assert_eq!(world().get_as("testwrite", "/api/whoami").await.status, 401);
}

#[tokio::test]
async fn chat_answers_those_who_may() {
    let world = world();
    let path = "/v1/chat/completions";
    let body = r#"{"model":"acme/m1","messages":[{"role":"user","content":"hello there"}]}"#;
    assert_eq!(world.send("POST", path, None, &[], body).await.status, 401);
    let got = world.post_as("testfine", path, body).await.json();
    assert_eq!(got["choices"][0]["message"]["content"], "You said: hello there");
    let refused = world.post_as("testfineungated", path, body).await;
    assert_eq!(refused.status, 403);
    assert_eq!(refused.json()["error"]["type"], "permission_error");
    assert_eq!(world.post_as("testwrite", path, "{}").await.status, 400);
}
