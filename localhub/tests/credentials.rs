//! Revoking credentials that leaked (auth.md 8.3).

#[allow(dead_code, reason = "shared with other test files")]
mod common;

use common::{token, world};
use serde_json::json;

const REVOKE: &str = "/api/credentials/revoke";

#[tokio::test]
async fn anybody_revokes_what_they_hold_and_is_told_nothing() {
    let world = world();
    for credentials in [json!([token("testread"), "hf_nobodys"]), json!(["hf_nobodys"])] {
        let body = json!({ "credentials": credentials }).to_string();
        let got = world.send("POST", REVOKE, None, &[], &body).await;
        assert_eq!(got.status, 202);
        assert!(got.body.is_empty());
    }
    assert_eq!(world.get_as("testread", "/api/whoami-v2").await.status, 401);
    assert_eq!(world.get_as("testwrite", "/api/whoami-v2").await.status, 200);
}

#[tokio::test]
async fn a_list_that_is_none_is_refused() {
    let world = world();
    let long = "h".repeat(201);
    for credentials in [
        json!(null),
        json!("x"),
        json!([]),
        json!([""]),
        json!([5]),
        json!(["x", long]),
        json!(vec!["x"; 1001]),
    ] {
        let body = json!({ "credentials": credentials }).to_string();
        let got = world.send("POST", REVOKE, None, &[], &body).await;
        assert_eq!(got.status, 400, "{}", &body[..body.len().min(60)]);
    }
    assert_eq!(world.send("POST", REVOKE, None, &[], "no JSON").await.status, 400);
}
