//! Every shape of principal: what whoami tells of it and what it may do (auth.md 2 and 4.5).

#[allow(dead_code, reason = "shared with other test files")]
mod common;

use common::{BASE, Got, World, world};
use serde_json::{Value, json};

/// As a principal whose token does not follow from its name.
async fn get_with(world: &World, name: &str, path: &str) -> Got {
    let bearer = format!("Bearer {}", told(world, name).await["token"].as_str().expect("a token"));
    world.with(path, &[("authorization", &bearer)]).await
}

async fn told(world: &World, name: &str) -> Value {
    let list = world.control("GET", "principals", "").await;
    let mut all = list.as_array().expect("a list").iter();
    all.find(|it| it["name"] == name)
        .unwrap_or_else(|| panic!("{name}"))
        .clone()
}

#[tokio::test]
async fn fine_grained_tokens_tell_more_or_less() {
    let world = world();
    let fine = async |name: &str| {
        let me = world.get_as(name, "/api/whoami-v2").await.json();
        assert_eq!(me["auth"]["accessToken"]["role"], "fineGrained", "{name}");
        me["auth"]["accessToken"]["fineGrained"].clone()
    };
    assert!(fine("testfinebare").await.is_null());
    assert_eq!(fine("testfineungated").await["canReadGatedRepos"], false);
    let unsaid = fine("testfineunsaid").await;
    assert!(unsaid.is_object() && unsaid.get("canReadGatedRepos").is_none());
    assert_eq!(
        fine("testfineold").await["global"],
        json!(["inference.serverless.write"])
    );
    let whole = fine("testfine").await;
    assert_eq!(whole["scoped"][0]["patterns"][0]["resourceType"], "inference-endpoint");
    assert_eq!(whole["scoped"][2]["entity"].get("name"), None);
    let org = fine("testfineorg").await;
    assert_eq!(org["scoped"][0]["entity"]["type"], "org");
}

#[tokio::test]
async fn a_scope_reaches_as_far_as_its_entity() {
    let world = world();
    for (name, repo, status) in [
        ("testfineorg", "acme/m1", 200),
        ("testfineorg", "ada/tiny", 403),
        ("testfine", "acme/m1", 200),
        ("testfine", "acme/after", 403),
        ("testfineungated", "ada/tiny", 403),
        ("testfineold", "ada/tiny", 403),
    ] {
        let path = format!("/api/models/{repo}/auth-check/write");
        assert_eq!(world.get_as(name, &path).await.status, status, "{name} {repo}");
    }
    let body = r#"{"model":"acme/m1","messages":[{"role":"user","content":"hello"}]}"#;
    let chat = world.post_as("testfineold", "/v1/chat/completions", body).await;
    assert_eq!(chat.status, 200, "inference among the global permissions");
}

#[tokio::test]
async fn without_the_gated_permission_the_words_are_others_and_there_is_no_code() {
    let world = world();
    let path = "/api/models/grace/gated-accepted/auth-check";
    for name in ["testfineungated", "testfineunsaid", "testfinebare"] {
        let got = world.get_as(name, path).await;
        assert_eq!(got.status, 403, "{name}");
        assert_eq!(
            got.error(),
            "Please enable access to public gated repositories in your fine-grained token settings to view this \
             repository.",
        );
        assert!(!got.headers.contains_key("x-error-code"));
    }
    assert_eq!(world.get_as("testfine", path).await.status, 200);
    assert_eq!(get_with(&world, "testoauthgated", path).await.status, 200);
    let refused = get_with(&world, "testoauth", path).await;
    assert_eq!((refused.status.as_u16(), refused.header("x-error-code")), (403, ""));
}

#[tokio::test]
async fn oauth_tokens_tell_what_their_scopes_allow() {
    let world = world();
    let full = get_with(&world, "testoauth", "/api/whoami-v2").await.json();
    let bare = get_with(&world, "testoauthbare", "/api/whoami-v2").await.json();
    assert_eq!(full["email"], "ada@example.org");
    assert_eq!((bare.get("email"), bare["name"].as_str()), (None, Some("ada")));
    assert_eq!(bare["orgs"], json!([]));
    for me in [&full, &bare] {
        assert_eq!(me["auth"].get("accessToken"), None);
        assert_eq!(me["auth"]["expiresAt"], "2100-01-01T00:00:00.000Z");
    }
    let late = get_with(&world, "testoauthexpired", "/api/whoami-v2").await;
    assert_eq!(late.status, 401);
    assert_eq!(told(&world, "testoauthexpired").await["standing"], "expired");
    assert_eq!(
        get_with(&world, "testoauthbare", "/api/models/ada/private-notes")
            .await
            .status,
        404
    );
    assert_eq!(
        get_with(&world, "testoauth", "/api/models/ada/private-notes")
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn userinfo_is_for_oauth_and_goes_as_far_as_its_scopes() {
    let world = world();
    let path = "/oauth/userinfo";
    let full = get_with(&world, "testoauth", path).await.json();
    let whoami = get_with(&world, "testoauth", "/api/whoami-v2").await.json();
    assert_eq!(full["sub"], whoami["id"]);
    assert_eq!(
        (&full["name"], &full["preferred_username"]),
        (&json!("Ada L."), &json!("ada"))
    );
    assert_eq!(full["picture"].as_str().map(|it| it.starts_with(BASE)), Some(true));
    assert_eq!(
        (&full["email"], &full["email_verified"]),
        (&json!("ada@example.org"), &json!(true))
    );
    let acme = &full["orgs"][0];
    assert_eq!(
        (&acme["name"], &acme["preferred_username"]),
        (&json!("Acme"), &json!("acme"))
    );
    assert_eq!(acme["sub"], whoami["orgs"][0]["id"]);
    let bare = get_with(&world, "testoauthbare", path).await.json();
    assert_eq!((bare.get("email"), &bare["orgs"]), (None, &json!([])));
    assert_eq!(world.get_as("testwrite", path).await.status, 401);
    assert_eq!(world.get(path).await.status, 401);
    let bearer = format!(
        "Bearer {}",
        told(&world, "testoauth").await["token"].as_str().expect("a token")
    );
    let posted = world.send("POST", path, None, &[("authorization", &bearer)], "").await;
    assert_eq!(posted.json(), full);
}

#[tokio::test]
async fn an_app_reaches_what_it_names() {
    let world = world();
    let me = get_with(&world, "testapp", "/api/whoami-v2").await.json();
    assert_eq!(me["type"], "app");
    assert_eq!(
        me["scope"]["entities"],
        json!(["legacy/name", { "type": "bucket", "name": "acme/b" }])
    );
    for (name, path, status) in [
        ("testappwrite", "acme/m1/auth-check/write", 200),
        ("testappwrite", "ada/tiny/auth-check/write", 200),
        ("testappwrite", "acme/after/auth-check/write", 403),
        ("testappwrite", "acme/secret", 404),
        ("testapp", "acme/m1/auth-check/write", 403),
        ("testapp", "acme/m1/auth-check", 200),
    ] {
        let got = get_with(&world, name, &format!("/api/models/{path}")).await;
        assert_eq!(got.status, status, "{name} {path}");
    }
}

#[tokio::test]
async fn each_restriction_shuts_the_organisation_and_says_why() {
    let world = world();
    let general = "Your access to the resources of organization acme is restricted: ";
    for (name, reasons, words) in [
        ("testsso", json!(["sso"]), general),
        ("testmfa", json!(["mfa"]), general),
        ("testip", json!(["ip"]), general),
        ("testrestricted", json!(["sso", "ip"]), general),
        (
            "testpolicyclassic",
            json!(["token-policy"]),
            "Due to the organization token policy, only fine-grained tokens",
        ),
        (
            "testpolicypending",
            json!(["token-policy"]),
            "Due to the organization token policy, your token needs to be approved by the organization before you can \
             access this resource.",
        ),
        (
            "testorgrevoked",
            json!(["token-revoked"]),
            "Your token has been revoked by the organization administrator, you can no longer access organization \
             resources. Please contact them for more information.",
        ),
    ] {
        let me = world.get_as(name, "/api/whoami-v2").await.json();
        assert_eq!(me["orgs"][0]["securityRestrictions"], reasons, "{name}");
        for path in ["acme/secret", "acme/secret/auth-check", "acme/m1/auth-check/write"] {
            let got = world.get_as(name, &format!("/api/models/{path}")).await;
            assert_eq!(
                (got.status.as_u16(), got.header("x-error-code")),
                (403, ""),
                "{name} {path}"
            );
            assert!(got.error().starts_with(words), "{name}: {}", got.error());
        }
        let create = world
            .post_as(name, "/api/repos/create", r#"{"name":"x","organization":"acme"}"#)
            .await;
        assert!(create.error().starts_with(words), "{name}: {}", create.error());
        // What is public stays so.
        assert_eq!(world.get_as(name, "/api/models/acme/m1").await.status, 200);
    }
}

#[tokio::test]
async fn what_is_not_paid_for_is_402() {
    let body = r#"{"name":"costly","type":"space","sdk":"docker"}"#;
    let got = world().post_as("testspent", "/api/repos/create", body).await;
    assert_eq!((got.status.as_u16(), got.header("x-error-code")), (402, ""));
    let body = r#"{"model":"acme/m1","messages":[{"role":"user","content":"hello"}]}"#;
    let got = world().post_as("testspent", "/v1/chat/completions", body).await;
    assert_eq!(got.status, 402);
    assert!(
        got.error()
            .starts_with("You have depleted your monthly included credits.")
    );
}

#[tokio::test]
async fn a_principal_changes_while_the_hub_runs() {
    let world = world();
    let patch = r#"{"whoami":{"orgs":[],"email":null,"auth":{"accessToken":{"role":"read"}}}}"#;
    world.control("POST", "tokens/testwrite", patch).await;
    let me = world.get_as("testwrite", "/api/whoami-v2").await.json();
    assert_eq!((me.get("email"), &me["orgs"]), (None, &json!([])));
    assert_eq!(me["auth"]["accessToken"]["displayName"], "laptop");
    let path = "/api/models/ada/tiny/auth-check/write";
    assert_eq!(world.get_as("testwrite", path).await.status, 403);

    world
        .control("POST", "tokens/testread", r#"{"expiresInSeconds":60}"#)
        .await;
    let me = world.get_as("testread", "/api/whoami-v2").await.json();
    assert_eq!(me["auth"]["expiresAt"], "2026-09-21T14:14:20.000Z");
    world.pass(59);
    assert_eq!(world.get_as("testread", "/api/whoami-v2").await.status, 200);
    world.pass(1);
    assert_eq!(world.get_as("testread", "/api/whoami-v2").await.status, 401);
    assert_eq!(told(&world, "testread").await["standing"], "expired");

    world.control("POST", "reset", "").await;
    assert_eq!(world.get_as("testwrite", path).await.status, 200);
    assert_eq!(world.get_as("testread", "/api/whoami-v2").await.status, 200);
}
