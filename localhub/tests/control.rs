//! The control routes.

#[allow(dead_code, reason = "shared with other test files")]
mod common;

use axum::body::Body;
use axum::http::Request;
use common::{token, world};
use localhub::Mishap;
use serde_json::json;
use tower::ServiceExt as _;

#[tokio::test]
async fn the_log_has_what_was_sent_and_nothing_of_the_control_routes() {
    let world = world();
    let long = "x".repeat(70_000);
    world
        .send(
            "POST",
            "/some/where?a=1&b=%20",
            Some("testread"),
            &[("x-two", "1"), ("x-two", "2")],
            &long,
        )
        .await;
    let log = world.control("GET", "requests", "").await;
    let list = log.as_array().expect("a list");
    assert_eq!(list.len(), 1);
    let entry = &list[0];
    assert_eq!(
        (entry["origin"].as_str(), entry["method"].as_str()),
        (Some("hub"), Some("POST"))
    );
    assert_eq!(
        (entry["path"].as_str(), entry["query"].as_str()),
        (Some("/some/where"), Some("a=1&b=%20"))
    );
    assert_eq!(
        entry["headers"]["authorization"],
        format!("Bearer {}", token("testread"))
    );
    assert_eq!(entry["headers"]["x-two"], "1, 2");
    assert_eq!(entry["bodyLength"], 70_000);
    assert_eq!(entry["body"].as_str().map(str::len), Some(65_536));
    assert_eq!(
        (entry["status"].as_u64(), entry["aborted"].as_bool()),
        (Some(404), Some(false))
    );
    world.control("DELETE", "requests", "").await;
    assert_eq!(world.control("GET", "requests", "").await, json!([]));
}

#[tokio::test]
async fn reset_brings_everything_back() {
    let world = world();
    world
        .post_as("testwrite", "/api/repos/create", r#"{"name":"gone"}"#)
        .await;
    world.control("POST", "tokens/testread", r#"{"revoked":true}"#).await;
    world.control("POST", "limits", r#"{"api":0}"#).await;
    world
        .control(
            "POST",
            "faults",
            r#"{"times":0,"fault":{"type":"status","status":500}}"#,
        )
        .await;
    world.control("POST", "reset", "").await;
    assert_eq!(world.control("GET", "requests", "").await, json!([]));
    assert_eq!(world.get_as("testread", "/api/whoami-v2").await.status, 200);
    assert_eq!(world.get_as("testread", "/api/models/ada/gone").await.status, 404);
}

#[tokio::test]
async fn control_routes_are_open_to_any_page_and_refuse_what_they_do_not_know() {
    let world = world();
    let got = world
        .with("/_localhub/principals", &[("origin", "http://page.test")])
        .await;
    assert_eq!(got.header("access-control-allow-origin"), "*");
    let asked = [
        ("origin", "http://page.test"),
        ("access-control-request-method", "DELETE"),
        ("access-control-request-headers", "content-type"),
    ];
    let got = world.send("OPTIONS", "/_localhub/faults", None, &asked, "").await;
    assert_eq!(got.header("access-control-allow-methods"), "DELETE");
    assert_eq!(got.header("access-control-allow-headers"), "content-type");
    for (path, body) in [
        ("faults", r#"{"fault":{"type":"explode"}}"#),
        ("faults", r#"{"mach":{},"fault":{"type":"reset"}}"#),
        ("faults", r#"{"match":{"paht":"/"},"fault":{"type":"reset"}}"#),
        ("limits", r#"{"apis":1}"#),
        ("tokens/testread", "not json"),
    ] {
        let got = world.send("POST", &format!("/_localhub/{path}"), None, &[], body).await;
        assert_eq!(got.status, 400, "{body}");
    }
    assert_eq!(world.get("/_localhub/nowhere").await.status, 404);
}

#[tokio::test]
async fn latency_is_for_every_answer_whose_way_nothing_else_spoils() {
    let world = world();
    world.control("POST", "settings", r#"{"latencyMs":250}"#).await;
    let order = r#"{"match":{"path":"/api/models/ada/a"},"fault":{"type":"cut","bytes":1}}"#;
    world.control("POST", "faults", order).await;
    for (path, expected) in [
        ("/api/models/ada/a", Some(Mishap::Cut { bytes: 1 })),
        ("/api/models/ada/a", Some(Mishap::Delay { ms: 250 })),
        ("/_localhub/requests", None),
    ] {
        let request = Request::builder().uri(path).body(Body::empty()).expect("a request");
        let Ok(response) = world.hub.clone().oneshot(request).await;
        assert_eq!(response.extensions().get::<Mishap>(), expected.as_ref(), "{path}");
    }
}
