//! How apps become known: by a document of theirs, or by registering themselves.

#[allow(dead_code, reason = "shared with other test files")]
mod common;

use common::sign_in::{CALLBACK, FORM, VERIFIER, form, landed, refused, value};
use common::{Got, World, world};
use serde_json::{Value, json};

const URL: &str = "https://app.example/.well-known/oauth-cimd";

fn document() -> Value {
    json!({
        "client_id": URL,
        "client_name": "Documented app",
        "redirect_uris": ["https://app.example/callback", "http://127.0.0.1/callback"],
        "token_endpoint_auth_method": "none",
    })
}

impl World {
    fn serve(&self, document: &Value) {
        let mut documents = self.documents.lock().expect("nobody panicked");
        documents.insert(URL.to_owned(), Ok(document.to_string()));
    }

    async fn register(&self, body: &str) -> Got {
        let json = [("content-type", "application/json")];
        self.send("POST", "/oauth/register", None, &json, body).await
    }
}

#[tokio::test]
async fn an_app_is_what_its_document_says() {
    let world = world();
    world.serve(&document());
    let changes = [("client_id", URL)];
    let page = world.authorize(&changes).await;
    assert!(
        page.status == 200 && page.text().contains("Documented app"),
        "{}",
        page.text()
    );
    let elsewhere = [("client_id", URL), ("redirect_uri", "https://app.example/elsewhere")];
    assert_eq!(world.authorize(&elsewhere).await.status, 400);
    let code = world.code(&changes).await;
    let pairs = [
        ("grant_type", "authorization_code"),
        ("code", &code),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
        ("client_id", URL),
    ];
    let told = world.token(&pairs).await;
    assert_eq!(told.status, 200, "{}", told.text());
    let told = told.json();
    let refresh = told["refresh_token"].as_str().expect("a refresh token");
    let pairs = [
        ("grant_type", "refresh_token"),
        ("refresh_token", refresh),
        ("client_id", URL),
    ];
    assert_eq!(world.token(&pairs).await.status, 200);
    // A change is seen.
    let mut changed = document();
    changed["redirect_uris"] = json!(["https://app.example/callback"]);
    world.serve(&changed);
    assert_eq!(world.authorize(&changes).await.status, 400);
}

#[tokio::test]
async fn a_document_that_is_wrong_makes_no_app() {
    let world = world();
    let without = |key: &str| {
        let mut it = document();
        it.as_object_mut().expect("an object").remove(key);
        it
    };
    let with = |key: &str, value: Value| {
        let mut it = document();
        it[key] = value;
        it
    };
    for wrong in [
        without("client_id"),
        without("redirect_uris"),
        without("token_endpoint_auth_method"),
        with("client_id", json!("https://app.example/")),
        with("redirect_uris", json!([])),
        with("redirect_uris", json!([1])),
        with("redirect_uris", json!(CALLBACK)),
        with("token_endpoint_auth_method", json!("client_secret_post")),
        with("client_secret", json!("made-up")),
        with("scope", json!("everything")),
        json!([]),
    ] {
        world.serve(&wrong);
        let got = world.authorize(&[("client_id", URL)]).await;
        assert_eq!(got.status, 400, "{wrong}");
        assert!(got.text().contains("document of the app"), "{}", got.text());
    }
    for found in [Ok("not JSON".to_owned()), Err("status 404".to_owned())] {
        world
            .documents
            .lock()
            .expect("nobody panicked")
            .insert(URL.to_owned(), found);
        assert_eq!(world.authorize(&[("client_id", URL)]).await.status, 400);
    }
    for id in ["http://app.example/.well-known/oauth-cimd", "https://app.example/other"] {
        let got = world.authorize(&[("client_id", id)]).await;
        assert_eq!(got.status, 400, "{id}");
        let got = world
            .send("POST", "/oauth/device", None, &[FORM], &form(&[("client_id", id)]))
            .await;
        assert_eq!(refused(&got), "invalid_client", "{id}");
    }
}

#[tokio::test]
async fn a_test_may_hand_in_the_document_instead() {
    let world = world();
    let order = json!({ "url": URL, "document": document() }).to_string();
    world.control("POST", "oauth/documents", &order).await;
    assert_eq!(world.authorize(&[("client_id", URL)]).await.status, 200);
    let got = world
        .send("POST", "/oauth/device", None, &[FORM], &form(&[("client_id", URL)]))
        .await;
    assert_eq!(got.status, 200);
    world.control("POST", "reset", "").await;
    assert_eq!(world.authorize(&[("client_id", URL)]).await.status, 400);
}

#[tokio::test]
async fn an_app_registers_itself() {
    let world = world();
    let body = json!({
        "client_name": "Self-made",
        "redirect_uris": [CALLBACK],
        "token_endpoint_auth_method": "none",
        "scope": "openid profile",
        "software_id": "x",
        "surprise": true,
    });
    let got = world.register(&body.to_string()).await;
    assert_eq!(got.status, 201, "{}", got.text());
    let told = got.json();
    for key in [
        "client_name",
        "redirect_uris",
        "token_endpoint_auth_method",
        "scope",
        "software_id",
    ] {
        assert_eq!(told[key], body[key], "{key}");
    }
    assert_eq!((told.get("surprise"), told.get("client_secret")), (None, None));
    assert_eq!(told["client_secret_expires_at"], 0);
    assert_eq!(told["client_id_issued_at"], 1_790_000_000);
    let id = told["client_id"].as_str().expect("an id");
    assert_eq!(id.len(), 36);
    let back = landed(&{
        world.approve(r#"{"autoApprove":true}"#).await;
        world.authorize(&[("client_id", id)]).await
    });
    assert!(!value(&back, "code").is_empty());
}

#[tokio::test]
async fn a_registered_app_with_a_secret_needs_it() {
    let world = world();
    let told = world.register("{}").await.json();
    let (id, secret) = (told["client_id"].as_str(), told["client_secret"].as_str());
    let (id, secret) = (id.expect("an id"), secret.expect("a secret"));
    assert!(secret.starts_with("oauth_app_secret_Fake"));
    assert_eq!(secret.len(), "oauth_app_secret_".len() + 34);
    assert_eq!(told["client_secret_expires_at"], 0);
    let start = async |pairs: &[(&str, &str)]| world.send("POST", "/oauth/device", None, &[FORM], &form(pairs)).await;
    assert_eq!(refused(&start(&[("client_id", id)]).await), "invalid_client");
    let got = start(&[("client_id", id), ("client_secret", secret)]).await;
    assert_eq!(got.status, 200);
}

#[tokio::test]
async fn what_cannot_be_registered() {
    let world = world();
    for (body, expected) in [
        ("", "invalid_client_metadata"),
        ("[]", "invalid_client_metadata"),
        (r#"{"client_name":1}"#, "invalid_client_metadata"),
        (r#"{"logo_uri":[]}"#, "invalid_client_metadata"),
        (r#"{"contacts":["ada@example.org",1]}"#, "invalid_client_metadata"),
        (r#"{"scope":"everything"}"#, "invalid_client_metadata"),
        (
            r#"{"token_endpoint_auth_method":"private_key_jwt"}"#,
            "invalid_client_metadata",
        ),
        (r#"{"redirect_uris":"https://app.example/"}"#, "invalid_redirect_uri"),
        (r#"{"redirect_uris":["nowhere"]}"#, "invalid_redirect_uri"),
        (
            r#"{"redirect_uris":["https://app.example/#x"]}"#,
            "invalid_redirect_uri",
        ),
    ] {
        let got = world.register(body).await;
        assert_eq!((got.status.as_u16(), refused(&got).as_str()), (400, expected), "{body}");
    }
}
