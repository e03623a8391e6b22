//! Deciding about requests for access, gating repositories, and putting them into any state (auth.md 8.2).

#[allow(dead_code, reason = "shared with other test files")]
mod common;

use common::{BASE, World, world};
use serde_json::{Value, json};

const OF: &str = "/api/models/grace/gated-not-asked/user-access-request";

/// Status and code of a check by ada.
async fn check(world: &World, repo: &str) -> (u16, String) {
    let got = world
        .get_as("testread", &format!("/api/models/{repo}/auth-check"))
        .await;
    (got.status.as_u16(), got.text())
}

#[tokio::test]
async fn somebody_is_let_in_without_having_asked() {
    let world = world();
    let grant = async |body: &str| world.post_as("testgrace", &format!("{OF}/grant"), body).await;
    assert_eq!(grant(r#"{"user":"ada"}"#).await.json(), json!({}));
    assert_eq!(check(&world, "grace/gated-not-asked").await.0, 200);
    let twice = grant(r#"{"user":"ada"}"#).await;
    assert_eq!(
        (twice.status.as_u16(), twice.error().as_str()),
        (400, "That user already has access to the repo")
    );
    let nobody = grant(r#"{"user":"nobody-at-all"}"#).await;
    assert_eq!(
        (nobody.status.as_u16(), nobody.error().as_str()),
        (404, "User not found")
    );
    let listed = world.get_as("testgrace", &format!("{OF}/accepted")).await.json();
    assert_eq!(listed[0]["grantedBy"]["user"], "grace");
}

#[tokio::test]
async fn many_are_handled_at_once_and_listed_in_pages() {
    let world = world();
    let names: Vec<String> = (0..25).map(|n| format!("umbrella-{n:04}")).collect();
    let requests: Value = names
        .iter()
        .map(|it| (it.clone(), json!("pending")))
        .collect::<serde_json::Map<_, _>>()
        .into();
    let change = json!({ "requests": requests }).to_string();
    world
        .control("POST", "repos/models/grace/gated-not-asked", &change)
        .await;

    let (mut seen, mut next) = (Vec::new(), Some(format!("{OF}/pending?limit=10")));
    let mut pages = 0;
    while let Some(path) = next {
        let got = world.get_as("testgrace", &path).await;
        pages += 1;
        let list = got.json();
        seen.extend(
            list.as_array()
                .expect("a list")
                .iter()
                .map(|it| it["user"]["user"].clone()),
        );
        let link = got.header("link").strip_prefix(&format!("<{BASE}")).map(str::to_owned);
        next = link.and_then(|it| Some(it.split_once('>')?.0.to_owned()));
    }
    assert_eq!((pages, seen.len()), (3, 25));
    assert_eq!(seen, names.iter().map(|it| json!(it)).collect::<Vec<_>>());
    let found = world.get_as("testgrace", &format!("{OF}/pending?q=0007")).await.json();
    assert_eq!(found.as_array().map(Vec::len), Some(1));
    for (query, count) in [
        ("after=2026-09-21T14:13:19.999Z", 25),
        ("before=2026-09-21T14:13:20.000Z", 0),
    ] {
        let found = world.get_as("testgrace", &format!("{OF}/pending?{query}")).await.json();
        assert_eq!(found.as_array().map(Vec::len), Some(count), "{query}");
    }

    let batch = json!({ "status": "accepted", "requests": [
        { "user": "umbrella-0003" }, { "user": "ada" }, { "user": "nobody-at-all" },
    ] });
    let told = world
        .post_as("testgrace", &format!("{OF}/batch"), &batch.to_string())
        .await
        .json();
    assert_eq!(
        told,
        json!([
            { "user": "umbrella-0003", "ok": true },
            { "user": "ada", "ok": false, "error": "request_not_found" },
            { "user": "nobody-at-all", "ok": false, "error": "user_not_found" },
        ])
    );
    let none = world
        .post_as(
            "testgrace",
            &format!("{OF}/batch"),
            r#"{"status":"accepted","requests":[]}"#,
        )
        .await;
    assert_eq!(none.status, 400);
}

#[tokio::test]
async fn settings_gate_and_hide_a_repository() {
    let world = world();
    let put = async |name, body: &str| {
        world
            .send("PUT", "/api/models/ada/tiny/settings", name, &[], body)
            .await
    };
    assert_eq!(put(None, r#"{"gated":"auto"}"#).await.status, 401);
    assert_eq!(put(Some("testread"), r#"{"gated":"auto"}"#).await.status, 403);
    for body in [
        "",
        "[]",
        r#"{"gated":"open"}"#,
        r#"{"gated":true}"#,
        r#"{"visibility":"protected"}"#,
    ] {
        assert_eq!(put(Some("testwrite"), body).await.status, 400, "{body}");
    }
    let set = put(
        Some("testwrite"),
        r#"{"gated":"manual","unheardOf":1,"discussionsDisabled":true}"#,
    )
    .await;
    assert_eq!(set.json(), json!({ "gated": "manual", "discussionsDisabled": true }));
    assert_eq!(world.get("/api/models/ada/tiny").await.json()["gated"], "manual");
    assert_eq!(
        world
            .get_as("testgrace", "/api/models/ada/tiny/auth-check")
            .await
            .header("x-error-code"),
        "GatedRepo"
    );
    put(Some("testwrite"), r#"{"gated":false,"private":true}"#).await;
    assert_eq!(world.get("/api/models/ada/tiny").await.status, 401);
}

#[tokio::test]
async fn a_test_puts_a_repository_into_any_state() {
    let world = world();
    for (state, status) in [("accepted", 200), ("rejected", 403), ("reset", 403), ("pending", 403)] {
        let change = json!({ "requests": { "ada": state } }).to_string();
        world
            .control("POST", "repos/models/grace/gated-not-asked", &change)
            .await;
        assert_eq!(check(&world, "grace/gated-not-asked").await.0, status, "{state}");
    }
    let change = r#"{"gated":false,"requests":{"ada":null}}"#;
    world
        .control("POST", "repos/models/grace/gated-not-asked", change)
        .await;
    assert_eq!(check(&world, "grace/gated-not-asked").await.0, 200);
    world
        .control("POST", "repos/spaces/ada/app-000", r#"{"disabled":true}"#)
        .await;
    let got = world.get("/api/spaces/ada/app-000").await;
    assert_eq!(
        (got.status.as_u16(), got.error().as_str()),
        (403, "Access to this resource is disabled.")
    );
    for (path, body) in [
        ("models/grace/none", "{}"),
        ("paintings/ada/tiny", "{}"),
        ("models/ada/tiny", r#"{"gated":"open"}"#),
        ("models/ada/tiny", r#"{"requests":{"ada":"welcome"}}"#),
        ("models/ada/tiny", r#"{"secret":true}"#),
    ] {
        let got = world
            .send("POST", &format!("/_localhub/repos/{path}"), None, &[], body)
            .await;
        assert_eq!(got.status, 400, "{path} {body}");
    }
}
