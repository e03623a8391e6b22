//! Gated repositories: each state, and the requests that lead from one to the next (auth.md 4.5, 8.2).

#[allow(dead_code, reason = "shared with other test files")]
mod common;

use common::{Got, World, world};
use serde_json::{Value, json};

const OF: &str = "/api/models/grace/gated-not-asked/user-access-request";

/// Status and code of a check by ada.
async fn check(world: &World, repo: &str) -> (u16, String) {
    let got = world
        .get_as("testread", &format!("/api/models/{repo}/auth-check"))
        .await;
    (got.status.as_u16(), got.text())
}

async fn handle(world: &World, body: &Value) -> Got {
    world
        .post_as("testgrace", &format!("{OF}/handle"), &body.to_string())
        .await
}

async fn ask(world: &World, name: Option<&str>, repo: &str, body: &str) -> Got {
    let json = [("content-type", "application/json")];
    world
        .send("POST", &format!("/{repo}/ask-access"), name, &json, body)
        .await
}

#[tokio::test]
async fn each_state_has_words_of_its_own() {
    let world = world();
    for (state, words) in [
        (
            "not-asked",
            "Access to model grace/gated-not-asked is restricted and you are not in the authorized list. Visit \
             http://hub.test/grace/gated-not-asked to ask for access.",
        ),
        (
            "pending",
            "Your request to access model grace/gated-pending is awaiting a review from the repo authors.",
        ),
        (
            "rejected",
            "Your request to access model grace/gated-rejected has been rejected by the repo's authors.",
        ),
        (
            "reset",
            "Your access to model grace/gated-reset has been reset by the repo's authors. Visit \
             http://hub.test/grace/gated-reset to submit a new request.",
        ),
    ] {
        let path = format!("grace/gated-{state}");
        for form in ["/api/models/{}/auth-check", "/{}/resolve/main/config.json"] {
            let form = form.replace("{}", &path);
            let got = world.get_as("testread", &form).await;
            assert_eq!(
                (got.status.as_u16(), got.header("x-error-code")),
                (403, "GatedRepo"),
                "{form}"
            );
            assert_eq!(got.header("x-error-message"), words);
            let stranger = world.get(&form).await;
            assert_eq!(
                (stranger.status.as_u16(), stranger.header("x-error-code")),
                (401, "GatedRepo")
            );
            assert!(stranger.header("www-authenticate").starts_with("Bearer realm="));
        }
        assert_eq!(
            world.get(&format!("/api/models/{path}")).await.status,
            200,
            "infos are public"
        );
        assert_eq!(world.get(&format!("/{path}/resolve/main/README.md")).await.status, 200);
    }
    assert_eq!(check(&world, "grace/gated-accepted").await, (200, "OK".to_owned()));
    let data = world
        .get_as("testread", "/api/datasets/grace/gated-data/auth-check")
        .await;
    assert!(
        data.error()
            .starts_with("Access to dataset grace/gated-data is restricted")
    );
    assert!(data.error().contains("/datasets/grace/gated-data to ask"));
}

#[tokio::test]
async fn from_asking_to_being_let_in() {
    let world = world();
    let repo = "grace/gated-not-asked";
    let asked = ask(&world, Some("testwrite"), repo, "").await;
    assert_eq!(
        (asked.status.as_u16(), asked.header("location")),
        (303, "/grace/gated-not-asked")
    );
    assert!(check(&world, repo).await.1.contains("awaiting a review"));
    assert_eq!(
        ask(&world, Some("testwrite"), repo, "").await.status,
        303,
        "again is fine"
    );

    let pending = world.get_as("testgrace", &format!("{OF}/pending")).await.json();
    let item = &pending[0];
    assert_eq!(item["user"]["user"], "ada");
    assert_eq!(item["user"]["verifiedOrgNames"], json!([]));
    assert_eq!(
        (item["status"].as_str(), item.get("reviewedAt")),
        (Some("pending"), None)
    );
    let id = item["requestId"].as_str().expect("an id");

    assert_eq!(
        handle(&world, &json!({ "requestId": id, "status": "accepted" }))
            .await
            .json(),
        json!({})
    );
    assert_eq!(check(&world, repo).await.0, 200);
    let again = handle(&world, &json!({ "user": "ada", "status": "accepted" })).await;
    assert_eq!(
        (again.status.as_u16(), again.error().as_str()),
        (404, "No access request found matching your criteria")
    );
    let listed = world.get_as("testgrace", &format!("{OF}/accepted")).await.json();
    assert!(listed[0]["reviewedAt"].is_string());

    for (status, words) in [
        ("rejected", "has been rejected"),
        ("reset", "has been reset"),
        ("pending", "awaiting"),
    ] {
        let reason = json!({ "user": "ada", "status": status, "rejectionReason": "no" });
        assert_eq!(handle(&world, &reason).await.status, 200, "{status}");
        assert!(check(&world, repo).await.1.contains(words), "{status}");
    }
    let cancel = async |name| world.post_as(name, &format!("{OF}/cancel"), "").await;
    assert_eq!(cancel("testwrite").await.json(), json!({ "ok": true }));
    assert_eq!(
        cancel("testwrite").await.error(),
        "No pending access request found for this repo and this user"
    );
    assert!(check(&world, repo).await.1.contains("not in the authorized list"));
}

#[tokio::test]
async fn who_was_reset_may_ask_again_and_who_was_rejected_may_not() {
    let world = world();
    for (repo, words) in [
        ("grace/gated-reset", "awaiting"),
        ("grace/gated-rejected", "has been rejected"),
    ] {
        assert_eq!(ask(&world, Some("testread"), repo, "").await.status, 303);
        assert!(check(&world, repo).await.1.contains(words), "{repo}");
    }
    assert_eq!(ask(&world, Some("testread"), "grace/gated-auto", "").await.status, 303);
    assert_eq!(check(&world, "grace/gated-auto").await.0, 200, "let in at once");
}

#[tokio::test]
async fn a_form_must_be_filled_in() {
    let world = world();
    let repo = "grace/gated-form";
    assert_eq!(
        ask(&world, Some("testread"), repo, r#"{"Company":"ACME"}"#)
            .await
            .status,
        400
    );
    let whole = r#"{"Company":"ACME","I agree":true}"#;
    assert_eq!(ask(&world, Some("testread"), repo, whole).await.status, 303);
    let list = format!("/api/models/{repo}/user-access-request/pending");
    let list = world.get_as("testgrace", &list).await.json();
    assert_eq!(list[0]["fields"], json!({ "Company": "ACME", "I agree": "true" }));
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let path = format!("/{repo}/ask-access");
    let got = world
        .send("POST", &path, Some("testrestricted"), &form, "Company=A+B&I%20agree=on")
        .await;
    assert_eq!(got.status, 303);
}

#[tokio::test]
async fn requests_are_refused_where_they_make_no_sense() {
    let world = world();
    let ungated = "/api/models/ada/tiny/user-access-request";
    let not_gated = ask(&world, Some("testread"), "ada/tiny", "").await;
    assert_eq!(
        (not_gated.status.as_u16(), not_gated.header("x-error-code")),
        (400, "RepoNotGated")
    );
    let not_gated = world.get_as("testwrite", &format!("{ungated}/pending")).await;
    assert_eq!(
        (not_gated.status.as_u16(), not_gated.header("x-error-code")),
        (400, "RepoNotGated")
    );
    assert_eq!(ask(&world, None, "grace/gated-pending", "").await.status, 401);
    assert_eq!(
        ask(&world, Some("testread"), "grace/nothing", "")
            .await
            .header("x-error-code"),
        "RepoNotFound"
    );
    assert_eq!(world.get(&format!("{OF}/pending")).await.status, 401);
    let foreign = world.get_as("testwrite", &format!("{OF}/pending")).await;
    assert_eq!(foreign.status, 403);
    assert_eq!(
        foreign.error(),
        "You have read access but not the required permissions for this operation"
    );
    for (body, status) in [
        (json!({ "user": "nobody-at-all", "status": "accepted" }), 404),
        (json!({ "user": "ada", "status": "accepted" }), 404),
        (json!({ "status": "accepted" }), 400),
        (
            json!({ "user": "ada", "userId": "64b0c0ffee0123456789abcd", "status": "accepted" }),
            400,
        ),
        (json!({ "user": "ada", "status": "welcome" }), 400),
        (
            json!({ "user": "ada", "status": "rejected", "rejectionReason": "x".repeat(201) }),
            400,
        ),
    ] {
        assert_eq!(handle(&world, &body).await.status, status, "{body}");
    }
    let zod = handle(&world, &json!({ "user": "ada", "status": "welcome" })).await;
    assert!(
        zod.error()
            .starts_with("* Invalid option: expected one of \"pending\"|")
    );
    assert_eq!(world.get_as("testgrace", &format!("{OF}/welcome")).await.status, 400);
    assert_eq!(
        world.get_as("testgrace", &format!("{OF}/pending?limit=9")).await.status,
        400
    );
}
