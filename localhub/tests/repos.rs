//! Repositories: names, creation, moves.

#[allow(dead_code, reason = "shared with other test files")]
mod common;

use common::{BASE, world};
use serde_json::json;

#[tokio::test]
async fn old_names_redirect_with_a_relative_location() {
    let world = world();
    for (path, to) in [
        ("/api/models/gpt2", "/api/models/openai-community/gpt2"),
        (
            "/api/models/gpt2/revision/main?blobs=true",
            "/api/models/openai-community/gpt2/revision/main?blobs=true",
        ),
        ("/api/datasets/squad", "/api/datasets/rajpurkar/squad"),
        ("/api/models/ada/old-name", "/api/models/ada/new-name"),
        (
            "/api/models/ada/old-name/auth-check",
            "/api/models/ada/new-name/auth-check",
        ),
        (
            "/api/models/gpt2/auth-check",
            "/api/models/openai-community/gpt2/auth-check",
        ),
        (
            "/api/datasets/squad/auth-check/write",
            "/api/datasets/rajpurkar/squad/auth-check/write",
        ),
        (
            "/gpt2/resolve/main/config.json",
            "/openai-community/gpt2/resolve/main/config.json",
        ),
        (
            "/datasets/ada/old-data/resolve/main/data/train.csv",
            "/datasets/ada/new-data/resolve/main/data/train.csv",
        ),
    ] {
        let got = world.get(path).await;
        assert_eq!((got.status.as_u16(), got.header("location")), (307, to), "{path}");
        assert_eq!(got.text(), format!("Temporary Redirect. Redirecting to {to}"));
        assert!(!got.headers.contains_key("etag"));
    }
    // Its old name must not give a private repository away.
    assert_eq!(world.get("/api/models/acme/old-secret").await.status, 401);
    assert_eq!(
        world.get_as("testwrite", "/api/models/acme/old-secret").await.status,
        307
    );
}

#[tokio::test]
async fn a_moved_repository_leads_on_through_all_its_names() {
    let world = world();
    for (from, to) in [
        ("ada/new-name", "ada/newer-name"),
        ("ada/newer-name", "ada/newest-name"),
    ] {
        let body = json!({ "fromRepo": from, "toRepo": to, "type": "model" }).to_string();
        assert_eq!(world.post_as("testwrite", "/api/repos/move", &body).await.status, 200);
    }
    let got = world.get("/api/models/ada/old-name").await;
    assert_eq!(got.header("location"), "/api/models/ada/newest-name");
}

#[tokio::test]
async fn create_says_what_is_wrong() {
    let world = world();
    for body in [
        "",
        "[]",
        "{}",
        r#"{"name":"a/b"}"#,
        r#"{"name":"a--b"}"#,
        r#"{"name":"x.git"}"#,
        r#"{"name":"-x"}"#,
        r#"{"name":"x","type":"painting"}"#,
        r#"{"name":"x","type":"space"}"#,
        r#"{"name":"x","visibility":"protected"}"#,
        r#"{"name":7}"#,
    ] {
        let got = world.post_as("testwrite", "/api/repos/create", body).await;
        assert_eq!(got.status, 400, "{body}");
        assert!(!got.error().is_empty());
        assert!(!got.headers.contains_key("x-error-code"));
    }
    let ok = r#"{"name":"x","organization":"acme","private":true}"#;
    let got = world.post_as("testwrite", "/api/repos/create", ok).await.json();
    assert_eq!(got["url"], format!("{BASE}/acme/x"));
    assert_eq!(
        (got["name"].as_str(), got["id"].as_str().map(str::len)),
        (Some("acme/x"), Some(24))
    );
    let again = world.post_as("testwrite", "/api/repos/create", ok).await;
    assert_eq!(again.status, 409);
    assert_eq!(
        again.json(),
        json!({ "error": "You already created this model repo", "url": got["url"] })
    );
}

#[tokio::test]
async fn a_trusted_publisher_writes_to_its_repository_alone() {
    let world = world();
    let principals = world.control("GET", "principals", "").await;
    let list = principals.as_array().expect("a list");
    let found = list.iter().find(|it| it["name"] == "testjwt").expect("testjwt");
    let bearer = format!("Bearer {}", found["token"].as_str().expect("a token"));
    for (path, status) in [("acme/m1", 200), ("acme/after", 403), ("ada/tiny", 403)] {
        let path = format!("/api/models/{path}/auth-check/write");
        assert_eq!(
            world.with(&path, &[("authorization", &bearer)]).await.status,
            status,
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_deletion_needs_the_right_and_the_right_type() {
    let world = world();
    let gone = async |name: Option<&str>, body: &str| {
        let got = world.send("DELETE", "/api/repos/delete", name, &[], body).await;
        (got.status.as_u16(), got.header("x-error-code").to_owned())
    };
    let data = r#"{"name":"data-001","organization":"ada","type":"dataset"}"#;
    assert_eq!(gone(None, data).await, (401, String::new()));
    assert_eq!(gone(Some("testrevoked"), data).await, (401, String::new()));
    assert_eq!(gone(Some("testread"), data).await, (403, String::new()));
    assert_eq!(gone(Some("testgrace"), data).await, (403, String::new()));
    for body in [
        r#"{"name":"data-001","organization":"ada"}"#,
        r#"{"name":"nothing","type":"dataset"}"#,
        r#"{"name":"secret","organization":"acme"}"#,
    ] {
        let hidden = (404, "RepoNotFound".to_owned());
        assert_eq!(gone(Some("testgrace"), body).await, hidden, "{body}");
    }
    assert_eq!(gone(Some("testwrite"), data).await, (200, String::new()));
    assert_eq!(gone(Some("testwrite"), data).await.0, 404);
    assert_eq!(
        world.get_as("testwrite", "/api/datasets/ada/data-001").await.status,
        404
    );
    // Without an owner it is one's own; null is no owner.
    let own = r#"{"name":"app-000","organization":null,"type":"space"}"#;
    assert_eq!(gone(Some("testwrite"), own).await.0, 200);
    for body in ["", "{}", r#"{"name":"x","type":"painting"}"#] {
        assert_eq!(gone(Some("testwrite"), body).await.0, 400, "{body}");
    }
}
