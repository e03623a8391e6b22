//! Refresh tokens: they rotate, and end their family when an old one comes back.

#[allow(dead_code, reason = "shared with other test files")]
mod common;

use common::sign_in::{PUBLIC, SERVER, refused};
use common::world;
use serde_json::json;

#[tokio::test]
async fn refresh_tokens_rotate() {
    let world = world();
    let first = world.signed_in(&[]).await;
    let second = world.refresh(&first["refresh_token"]).await.json();
    assert_ne!(second["refresh_token"], first["refresh_token"]);
    assert_ne!(second["access_token"], first["access_token"]);
    assert_eq!(second["scope"], "openid profile");
    let third = world.refresh(&second["refresh_token"]).await.json();
    for it in [&first, &second, &third] {
        assert_eq!(world.bearer(&it["access_token"], "/api/whoami-v2").await.status, 200);
    }
    let told = world.counts().await;
    assert_eq!(
        told,
        json!({ "codes": 1, "devices": 0, "issued": 3, "refreshes": 2, "exchanges": 0, "familiesKilled": 0 })
    );
}

#[tokio::test]
async fn an_old_refresh_token_ends_the_family() {
    let world = world();
    let first = world.signed_in(&[]).await;
    let other = world.signed_in(&[]).await;
    let second = world.refresh(&first["refresh_token"]).await.json();
    assert_eq!(refused(&world.refresh(&first["refresh_token"]).await), "invalid_grant");
    for it in [&first, &second] {
        assert_eq!(world.bearer(&it["access_token"], "/api/whoami-v2").await.status, 401);
        assert_eq!(refused(&world.refresh(&it["refresh_token"]).await), "invalid_grant");
    }
    assert_eq!(world.counts().await["familiesKilled"], 1, "once, whoever comes again");
    // Another sign-in of the same person goes on.
    assert_eq!(world.bearer(&other["access_token"], "/api/whoami-v2").await.status, 200);
    assert_eq!(world.refresh(&other["refresh_token"]).await.status, 200);
}

#[tokio::test]
async fn without_rotation_the_old_one_stays_good() {
    let world = world();
    world.approve(r#"{"rotate":false}"#).await;
    let first = world.signed_in(&[]).await;
    for _ in 0..2 {
        let next = world.refresh(&first["refresh_token"]).await.json();
        assert_eq!(next.get("refresh_token"), None);
        assert_eq!(world.bearer(&next["access_token"], "/api/whoami-v2").await.status, 200);
    }
}

#[tokio::test]
async fn a_refresh_token_is_bound_to_its_app_its_scopes_and_its_time() {
    let world = world();
    world.approve(r#"{"refreshSeconds":100}"#).await;
    let told = world.signed_in(&[]).await;
    let token = told["refresh_token"].as_str().expect("a refresh token");
    let grant = ("grant_type", "refresh_token");
    let id = ("client_id", PUBLIC);
    for (pairs, expected) in [
        (&[grant, id][..], "invalid_request"),
        (&[grant, ("refresh_token", token)], "invalid_request"),
        (
            &[grant, id, ("refresh_token", "hf_oauth__refresh_FakeOfNobody")],
            "invalid_grant",
        ),
        (
            &[
                grant,
                ("refresh_token", token),
                ("client_id", "26be6b09-91c5-47da-9861-d2d2bb7a7e36"),
            ],
            "invalid_grant",
        ),
        (
            &[grant, ("refresh_token", token), ("client_id", SERVER)],
            "invalid_client",
        ),
        (
            &[grant, id, ("refresh_token", token), ("scope", "openid email")],
            "invalid_scope",
        ),
        (
            &[grant, id, ("refresh_token", token), ("scope", "everything")],
            "invalid_scope",
        ),
    ] {
        assert_eq!(refused(&world.token(pairs).await), expected, "{pairs:?}");
    }
    let less = [grant, id, ("refresh_token", token), ("scope", "openid")];
    let next = world.token(&less).await.json();
    assert_eq!(next["scope"], "openid");
    let me = world.bearer(&next["access_token"], "/oauth/userinfo").await.json();
    assert_eq!(me.get("name"), None);
    world.pass(100);
    assert_eq!(refused(&world.refresh(&next["refresh_token"]).await), "invalid_grant");
}

#[tokio::test]
async fn a_lifetime_may_be_as_long_as_a_number() {
    let world = world();
    let most = u64::MAX;
    let settings = format!(
        "{{\"accessSeconds\":{most},\"refreshSeconds\":{most},\"codeSeconds\":{most},\"deviceSeconds\":{most}}}"
    );
    world.approve(&settings).await;
    let told = world.signed_in(&[]).await;
    assert_eq!(told["expires_in"], most);
    assert_eq!(world.bearer(&told["access_token"], "/api/whoami-v2").await.status, 200);
    assert_eq!(world.refresh(&told["refresh_token"]).await.status, 200);
}
