//! One token for another: trusted publishers, and members by their e-mail.

#[allow(dead_code, reason = "shared with other test files")]
mod common;

use common::sign_in::{PUBLIC, SECRET, SERVER, basic, refused};
use common::{BASE, Got, World, world};
use serde_json::{Value, json};

const EXCHANGE: &str = "urn:ietf:params:oauth:grant-type:token-exchange";
const ID_TOKEN: &str = "urn:ietf:params:oauth:token-type:id_token";
const EMAIL: &str = "urn:huggingface:token-type:user-email";
const ACTIONS: &str = "/_localhub/actions/token?api-version=2.0";
const REQUEST_TOKEN: (&str, &str) = ("authorization", "Bearer FakeActionsRequestToken");
const ORG_APP: &str = "hubkey-test-org";
const ORG_SECRET: &str = "hubkey-test-org-secret-not-real";

impl World {
    /// An id token of a job whose claims differ from the ordinary by these.
    async fn job(&self, claims: Value) -> String {
        let body = json!({ "claims": claims }).to_string();
        let told = self.control("POST", "oauth/ci-token", &body).await;
        told["value"].as_str().expect("an id token").to_owned()
    }

    async fn publish(&self, id_token: &str, resource: &str) -> Got {
        let body = json!({
            "grant_type": EXCHANGE,
            "subject_token_type": ID_TOKEN,
            "subject_token": id_token,
            "resource": resource,
        });
        let json = [("content-type", "application/json")];
        self.send("POST", "/oauth/token", None, &json, &body.to_string()).await
    }

    async fn member(&self, email: &str, more: &[(&str, &str)]) -> Got {
        let pairs = [
            ("grant_type", EXCHANGE),
            ("subject_token", email),
            ("subject_token_type", EMAIL),
        ];
        self.token_as(&basic(ORG_APP, ORG_SECRET), &[&pairs[..], more].concat())
            .await
    }
}

#[tokio::test]
async fn a_job_publishes_to_one_repository() {
    let world = world();
    let got = world.publish(&world.job(json!({})).await, "acme/m1").await;
    assert_eq!(got.status, 200, "{}", got.text());
    let told = got.json();
    let token = told["access_token"].as_str().expect("a token");
    assert!(token.starts_with("hf_jwt_ey") && token.contains("Fake") && token.split('.').count() == 3);
    assert_eq!(told["expires_in"], 3600);
    assert_eq!(told["token_type"], "bearer");
    assert_eq!(
        told["issued_token_type"],
        "urn:ietf:params:oauth:token-type:access_token"
    );
    assert_eq!((told.get("refresh_token"), told.get("scope")), (None, None));
    for (path, expected) in [
        ("/api/models/acme/m1/auth-check/write", 200),
        ("/api/models/acme/secret", 404),
        ("/api/models/ada/tiny/auth-check/write", 403),
        ("/api/whoami-v2", 200),
    ] {
        assert_eq!(
            world.bearer(&told["access_token"], path).await.status,
            expected,
            "{path}"
        );
    }
    world.pass(3600);
    assert_eq!(world.bearer(&told["access_token"], "/api/whoami-v2").await.status, 401);
}

#[tokio::test]
async fn a_dataset_is_not_the_model_of_its_name() {
    let world = world();
    let got = world
        .publish(&world.job(json!({})).await, "datasets/ada/data-001")
        .await;
    let token = got.json()["access_token"].clone();
    let got = world
        .bearer(&token, "/api/datasets/ada/data-001/auth-check/write")
        .await;
    assert_eq!(got.status, 200);
    let create = r#"{"name":"data-001","organization":"ada"}"#;
    world.post_as("testwrite", "/api/repos/create", create).await;
    let got = world.bearer(&token, "/api/models/ada/data-001/auth-check/write").await;
    assert_eq!(got.status, 403);
}

#[tokio::test]
async fn a_job_reads_gated_repositories_for_an_account() {
    let world = world();
    let told = world.publish(&world.job(json!({})).await, "ada").await.json();
    let token = &told["access_token"];
    assert!(token.as_str().is_some_and(|it| it.starts_with("hf_oauth_")));
    for (path, expected) in [
        ("/api/models/grace/gated-accepted/auth-check", 200),
        ("/api/models/grace/gated-pending/auth-check", 403),
        ("/api/models/ada/private-notes", 404),
        ("/api/models/ada/tiny/auth-check/write", 403),
    ] {
        assert_eq!(world.bearer(token, path).await.status, expected, "{path}");
    }
}

#[tokio::test]
async fn who_is_not_trusted_gets_nothing() {
    let world = world();
    let now = 1_790_000_000;
    for (claims, expected) in [
        (json!({ "aud": "https://elsewhere.example" }), "invalid_grant"),
        (json!({ "aud": null }), "invalid_grant"),
        (json!({ "aud": ["https://elsewhere.example"] }), "invalid_grant"),
        (json!({ "iss": "https://elsewhere.example" }), "invalid_grant"),
        (json!({ "exp": now }), "invalid_grant"),
        (json!({ "exp": null }), "invalid_grant"),
        (json!({ "exp": "later" }), "invalid_grant"),
        (json!({ "nbf": now + 60 }), "invalid_grant"),
        (json!({ "repository": "evil/m1-ci" }), "invalid_grant"),
        (json!({ "repository": null }), "invalid_grant"),
    ] {
        let got = world.publish(&world.job(claims.clone()).await, "acme/m1").await;
        assert_eq!(refused(&got), expected, "{claims}");
    }
    let good = world.job(json!({ "aud": ["https://elsewhere.example", BASE] })).await;
    assert_eq!(world.publish(&good, "acme/m1").await.status, 200);
    let (signed, _) = good.rsplit_once('.').expect("three parts");
    let (_, signature) = world
        .job(json!({}))
        .await
        .rsplit_once('.')
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .expect("parts");
    for forged in [format!("{signed}.{signature}"), format!("{signed}."), "x".to_owned()] {
        assert_eq!(
            refused(&world.publish(&forged, "acme/m1").await),
            "invalid_grant",
            "{forged}"
        );
    }
    // Nor is an id token of the hub itself one of the CI.
    let own = world.signed_in(&[]).await["id_token"].clone();
    let own = own.as_str().expect("an id token");
    assert_eq!(refused(&world.publish(own, "acme/m1").await), "invalid_grant");
}

#[tokio::test]
async fn a_resource_is_a_repository_or_an_account() {
    let world = world();
    let job = world.job(json!({})).await;
    for (resource, expected) in [
        ("acme/nothing", "invalid_grant"),
        ("acme/secret", "invalid_grant"),
        ("grace", "invalid_grant"),
        ("nobody", "invalid_grant"),
        ("kernels/acme/m1", "invalid_grant"),
        ("datasets/acme/m1", "invalid_grant"),
        ("models/acme/m1", "invalid_request"),
        ("a/b/c/d", "invalid_request"),
        ("/m1", "invalid_request"),
        ("", "invalid_request"),
    ] {
        assert_eq!(refused(&world.publish(&job, resource).await), expected, "{resource}");
    }
    // Until it is told to.
    let trust = r#"{"resource":"acme/secret","claims":{"repository_owner":"acme","ref":"refs/heads/main"}}"#;
    world.control("POST", "oauth/publishers", trust).await;
    assert_eq!(world.publish(&job, "acme/secret").await.status, 200);
    let branch = world.job(json!({ "ref": "refs/heads/side" })).await;
    assert_eq!(refused(&world.publish(&branch, "acme/secret").await), "invalid_grant");
    let wrong = r#"{"grant_type":"urn:ietf:params:oauth:grant-type:token-exchange","subject_token":"x","subject_token_type":"x"}"#;
    let json = [("content-type", "application/json")];
    let got = world.send("POST", "/oauth/token", None, &json, wrong).await;
    assert_eq!(refused(&got), "invalid_request");
}

#[tokio::test]
async fn a_job_asks_for_its_id_token() {
    let world = world();
    let path = format!("{ACTIONS}&audience=http%3A%2F%2Fhub.test");
    for headers in [&[][..], &[("authorization", "Bearer made-up")]] {
        assert_eq!(world.with(&path, headers).await.status, 401);
    }
    let value = world.with(&path, &[REQUEST_TOKEN]).await.json()["value"].clone();
    let got = world.publish(value.as_str().expect("an id token"), "acme/m1").await;
    assert_eq!(got.status, 200);
    // Without an audience it is not for the hub.
    let value = world.with(ACTIONS, &[REQUEST_TOKEN]).await.json()["value"].clone();
    let got = world.publish(value.as_str().expect("an id token"), "acme/m1").await;
    assert_eq!(refused(&got), "invalid_grant");
    // And a test says which job it is.
    let settings = r#"{"ciClaims":{"repository":"evil/ci"},"publisherSeconds":60}"#;
    world.control("POST", "oauth", settings).await;
    let value = world.with(&path, &[REQUEST_TOKEN]).await.json()["value"].clone();
    let got = world.publish(value.as_str().expect("an id token"), "acme/m1").await;
    assert_eq!(refused(&got), "invalid_grant");
    let log = world.control("GET", "requests", "").await;
    assert_eq!(log[0]["path"], "/_localhub/actions/token", "it is logged");
}

#[tokio::test]
async fn an_organisation_acts_for_its_members() {
    let world = world();
    let told = world.member("ada@example.org", &[("scope", "openid read-repos")]).await;
    assert_eq!(told.status, 200, "{}", told.text());
    let told = told.json();
    assert_eq!(told["scope"], "openid read-repos");
    assert_eq!(told["expires_in"], 28_800);
    assert_eq!(
        told["issued_token_type"],
        "urn:ietf:params:oauth:token-type:access_token"
    );
    assert_eq!(told.get("refresh_token"), None);
    assert!(told["id_token"].is_string());
    for (path, expected) in [
        ("/api/models/acme/secret", 200),
        ("/api/models/acme/secret/auth-check/write", 403),
        // What is ada's own is not the organisation's.
        ("/api/models/ada/private-notes", 404),
    ] {
        let got = world.bearer(&told["access_token"], path).await;
        assert_eq!(got.status, expected, "{path}");
    }
    let all = world.member("ada@example.org", &[]).await.json();
    assert!(
        all["scope"].as_str().is_some_and(|it| it.contains("read-mcp")),
        "all of the app's"
    );
    let counts = world.control("GET", "oauth", "").await["counts"].clone();
    assert_eq!(counts["exchanges"], 2);
}

#[tokio::test]
async fn who_may_not_act_for_members() {
    let world = world();
    for (email, more, expected) in [
        ("grace@example.org", &[][..], "invalid_grant"),
        ("nobody@example.org", &[], "invalid_grant"),
        ("ada@example.org", &[("scope", "everything")], "invalid_scope"),
        ("", &[], "invalid_request"),
    ] {
        assert_eq!(refused(&world.member(email, more).await), expected, "{email}");
    }
    let pairs = [
        ("grant_type", EXCHANGE),
        ("subject_token", "ada@example.org"),
        ("subject_token_type", EMAIL),
    ];
    let got = world.token_as(&basic(ORG_APP, "wrong"), &pairs).await;
    assert_eq!((got.status.as_u16(), refused(&got).as_str()), (401, "invalid_client"));
    let got = world.token_as(&basic(SERVER, SECRET), &pairs).await;
    assert_eq!(refused(&got), "invalid_client");
    assert_eq!(refused(&world.token(&pairs).await), "invalid_client");
    let public = [&pairs[..], &[("client_id", PUBLIC)]].concat();
    assert_eq!(refused(&world.token(&public).await), "invalid_client");
}
