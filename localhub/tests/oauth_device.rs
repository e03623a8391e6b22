//! Devices sign in (RFC 8628).

#[allow(dead_code, reason = "shared with other test files")]
mod common;

use common::sign_in::{FORM, PUBLIC, SECRET, SERVER, basic, form, refused};
use common::{BASE, Got, World, world};
use serde_json::Value;

const GRANT: (&str, &str) = ("grant_type", "urn:ietf:params:oauth:grant-type:device_code");
/// The Python client's, which is registered for less.
const CLI: &str = "26be6b09-91c5-47da-9861-d2d2bb7a7e36";

impl World {
    async fn device(&self, pairs: &[(&str, &str)]) -> Got {
        self.send("POST", "/oauth/device", None, &[FORM], &form(pairs)).await
    }

    async fn started(&self) -> Value {
        let got = self.device(&[("client_id", PUBLIC)]).await;
        assert_eq!(got.status, 200, "{}", got.text());
        got.json()
    }

    async fn poll(&self, device: &Value) -> Got {
        let code = device["device_code"].as_str().expect("a device code");
        self.token(&[GRANT, ("device_code", code), ("client_id", PUBLIC)]).await
    }

    async fn decide(&self, device: &Value, body: &str) -> Got {
        let path = format!("/oauth/device/decide?user_code={}", text(&device["user_code"]));
        self.send("POST", &path, None, &[FORM], body).await
    }
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

#[tokio::test]
async fn the_codes_are_those_of_the_hub() {
    let world = world();
    let told = world.started().await;
    let user_code = text(&told["user_code"]);
    let shape = |part: &str| part.len() == 4 && part.bytes().all(|it| it.is_ascii_uppercase());
    assert!(
        user_code.split_once('-').is_some_and(|(a, b)| shape(a) && shape(b)),
        "{user_code}"
    );
    assert_eq!(text(&told["device_code"]).len(), 36);
    assert_eq!(told["verification_uri"], format!("{BASE}/oauth/device"));
    assert_eq!(told["expires_in"], 300);
    assert_eq!(
        (told.get("interval"), told.get("verification_uri_complete")),
        (None, None)
    );
    let other = world.started().await;
    assert_ne!(
        (&told["device_code"], &told["user_code"]),
        (&other["device_code"], &other["user_code"])
    );
    // JSON with the same keys.
    let body = format!("{{\"client_id\":\"{PUBLIC}\",\"scope\":\"openid\"}}");
    let json = [("content-type", "application/json"), ("origin", "http://page.test")];
    let got = world.send("POST", "/oauth/device", None, &json, &body).await;
    assert_eq!(got.status, 200);
    assert_eq!(got.header("access-control-allow-origin"), "http://page.test");
}

#[tokio::test]
async fn who_may_not_have_a_code() {
    let world = world();
    for (pairs, expected) in [
        (&[][..], "invalid_request"),
        (&[("client_id", "nobody")], "invalid_client"),
        (&[("client_id", SERVER)], "invalid_client"),
        (
            &[("client_id", PUBLIC), ("scope", "openid everything")],
            "invalid_request",
        ),
        (&[("client_id", CLI), ("scope", "webhooks")], "invalid_request"),
    ] {
        assert_eq!(refused(&world.device(pairs).await), expected, "{pairs:?}");
    }
    let got = world.device(&[("client_id", PUBLIC), ("scope", "everything")]).await;
    assert!(
        got.text().contains("inference-api"),
        "it lists what there is: {}",
        got.text()
    );
    let got = world.device(&[("client_id", SERVER)]).await;
    assert!(
        got.text().contains("delete it to make the app public"),
        "{}",
        got.text()
    );
    let headers = [FORM, ("authorization", &basic(SERVER, SECRET))];
    let got = world
        .send("POST", "/oauth/device", None, &headers, &form(&[("client_id", SERVER)]))
        .await;
    assert_eq!(got.status, 200);
}

#[tokio::test]
async fn somebody_allows_it_on_the_page() {
    let world = world();
    let device = world.started().await;
    let got = world.poll(&device).await;
    assert_eq!(
        (got.status.as_u16(), refused(&got).as_str()),
        (400, "authorization_pending")
    );
    let page = world.get("/oauth/device").await;
    assert!(page.status == 200 && page.text().contains("name=\"user_code\""));
    // As people type it.
    let typed = text(&device["user_code"]).replace('-', "+").to_lowercase();
    let page = world.get(&format!("/oauth/device?user_code={typed}")).await;
    assert_eq!(page.status, 200);
    for words in [
        "Test app",
        "<code>webhooks</code>",
        "Acme",
        "value=\"allow\"",
        "value=\"deny\"",
    ] {
        assert!(page.text().contains(words), "{words}");
    }
    for wrong in ["decision=perhaps", "decision=allow&org=64b0c0ffee0123456789abcd"] {
        assert_eq!(world.decide(&device, wrong).await.status, 400, "{wrong}");
    }
    assert_eq!(world.decide(&device, "decision=allow").await.status, 200);
    assert_eq!(
        world.decide(&device, "decision=deny").await.status,
        400,
        "it is decided"
    );
    world.pass(5);
    let told = world.poll(&device).await.json();
    let me = world.bearer(&told["access_token"], "/api/whoami-v2").await.json();
    assert_eq!(me["name"], "ada");
    assert_eq!(world.refresh(&told["refresh_token"]).await.status, 200);
    assert_eq!(refused(&world.poll(&device).await), "invalid_grant", "once");
}

#[tokio::test]
async fn somebody_refuses() {
    let world = world();
    let device = world.started().await;
    assert_eq!(world.decide(&device, "decision=deny").await.status, 200);
    for _ in 0..2 {
        let got = world.poll(&device).await;
        assert_eq!(refused(&got), "access_denied");
        assert_eq!(got.json()["error_description"], "Device code denied");
    }
}

#[tokio::test]
async fn who_asks_too_often_is_slowed_down() {
    let world = world();
    let device = world.started().await;
    let mut told = Vec::new();
    // Five seconds at first, and five more each time.
    for seconds in [0, 5, 4, 9, 15, 15] {
        world.pass(seconds);
        told.push(refused(&world.poll(&device).await));
    }
    let (wait, slower) = ("authorization_pending", "slow_down");
    assert_eq!(told, [wait, wait, slower, slower, wait, wait]);
    world.approve(r#"{"interval":1}"#).await;
    let device = world.started().await;
    assert_eq!(device["interval"], 1);
    for (seconds, expected) in [(0, wait), (1, wait), (0, slower)] {
        world.pass(seconds);
        assert_eq!(refused(&world.poll(&device).await), expected);
    }
}

#[tokio::test]
async fn a_device_code_expires() {
    let world = world();
    let device = world.started().await;
    world.pass(299);
    assert_eq!(refused(&world.poll(&device).await), "authorization_pending");
    world.pass(1);
    assert_eq!(refused(&world.poll(&device).await), "expired_token");
    assert_eq!(world.decide(&device, "decision=allow").await.status, 400);
    world.approve(r#"{"deviceSeconds":2}"#).await;
    let device = world.started().await;
    assert_eq!(device["expires_in"], 2);
    assert_eq!(world.decide(&device, "decision=allow").await.status, 200);
    world.pass(2);
    assert_eq!(
        refused(&world.poll(&device).await),
        "expired_token",
        "also what was allowed"
    );
}

#[tokio::test]
async fn a_device_code_is_bound_to_its_app() {
    let world = world();
    let device = world.started().await;
    let code = text(&device["device_code"]);
    for (pairs, expected) in [
        (&[GRANT, ("client_id", PUBLIC)][..], "invalid_request"),
        (&[GRANT, ("device_code", &code)], "invalid_request"),
        (&[GRANT, ("device_code", &code), ("client_id", CLI)], "invalid_grant"),
        (
            &[GRANT, ("device_code", &code), ("client_id", SERVER)],
            "invalid_client",
        ),
        (
            &[GRANT, ("device_code", "nonsense"), ("client_id", PUBLIC)],
            "invalid_grant",
        ),
    ] {
        assert_eq!(refused(&world.token(pairs).await), expected, "{pairs:?}");
    }
    for path in [
        "/oauth/device?user_code=AAAA-AAAA",
        "/oauth/device?user_code=%3Cscript%3E",
    ] {
        let got = world.get(path).await;
        assert_eq!(got.status, 400);
        assert!(!got.text().contains("<script>"));
    }
}

#[tokio::test]
async fn a_test_decides_by_the_code_or_beforehand() {
    let world = world();
    let device = world.started().await;
    let path = format!("oauth/devices/{}", text(&device["user_code"]));
    world.control("POST", &path, r#"{"allow":true}"#).await;
    let told = world.control("GET", "oauth", "").await;
    assert_eq!(told["devices"][0]["standing"], "allowed");
    assert_eq!(world.poll(&device).await.status, 200);
    let again = world
        .send("POST", &format!("/_localhub/{path}"), None, &[], r#"{"allow":true}"#)
        .await;
    assert_eq!(again.status, 404);
    let device = world.started().await;
    let path = format!("oauth/devices/{}", text(&device["user_code"]));
    world.control("POST", &path, r#"{"allow":false}"#).await;
    assert_eq!(refused(&world.poll(&device).await), "access_denied");
    for (how, expected) in [(r#"{"autoApprove":true}"#, 200), (r#"{"autoApprove":"deny"}"#, 400)] {
        world.approve(how).await;
        let device = world.started().await;
        assert_eq!(world.poll(&device).await.status, expected, "{how}");
    }
}

#[tokio::test]
async fn without_a_wish_the_scopes_are_those_of_the_app() {
    let world = world();
    world.approve(r#"{"autoApprove":true}"#).await;
    let told = world.device(&[("client_id", CLI)]).await.json();
    let code = text(&told["device_code"]);
    let got = world
        .token(&[GRANT, ("device_code", &code), ("client_id", CLI)])
        .await
        .json();
    assert_eq!(got["scope"], "openid profile email read-repos write-repos manage-repos");
}
