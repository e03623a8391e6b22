//! Who signed in, in claims that anybody can check.

#[allow(dead_code, reason = "shared with other test files")]
mod common;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use common::sign_in::PUBLIC;
use common::{BASE, World, world};
use p256::ecdsa::signature::Verifier as _;
use p256::ecdsa::{Signature, VerifyingKey};
use serde_json::{Value, json};

/// The claims, after the signature was found to be that of a published key.
async fn checked(world: &World, token: &Value) -> Value {
    let bytes = |text: &Value| {
        let text = text.as_str().expect("a text");
        URL_SAFE_NO_PAD.decode(text).expect("base64url")
    };
    let token = token.as_str().expect("an id token");
    let (signed, signature) = token.rsplit_once('.').expect("three parts");
    let (header, claims) = signed.split_once('.').expect("three parts");
    let header: Value = serde_json::from_slice(&bytes(&json!(header))).expect("JSON");
    assert_eq!(header["alg"], "ES256");
    let jwks = world.get("/oauth/jwks").await.json();
    let keys = jwks["keys"].as_array().expect("keys");
    let key = keys.iter().find(|it| it["kid"] == header["kid"]).expect("the key");
    assert_eq!((&key["kty"], &key["crv"]), (&json!("EC"), &json!("P-256")));
    let point = [vec![4], bytes(&key["x"]), bytes(&key["y"])].concat();
    let signature = Signature::from_slice(&bytes(&json!(signature))).expect("a signature");
    let key = VerifyingKey::from_sec1_bytes(&point).expect("a key");
    key.verify(signed.as_bytes(), &signature).expect("signed by it");
    serde_json::from_slice(&bytes(&json!(claims))).expect("JSON")
}

#[tokio::test]
async fn an_id_token_tells_as_much_as_the_scopes_allow() {
    let world = world();
    let scope = ("scope", "openid profile email");
    let told = world.signed_in(&[scope, ("nonce", "n-0S6")]).await;
    let claims = checked(&world, &told["id_token"]).await;
    let me = world.bearer(&told["access_token"], "/oauth/userinfo").await.json();
    for key in [
        "sub",
        "name",
        "preferred_username",
        "profile",
        "picture",
        "email",
        "email_verified",
    ] {
        assert_eq!(claims[key], me[key], "{key}");
        assert!(!claims[key].is_null(), "{key}");
    }
    assert_eq!((&claims["aud"], &claims["iss"]), (&json!(PUBLIC), &json!(BASE)));
    assert_eq!(claims["nonce"], "n-0S6");
    assert_eq!(claims["exp"].as_u64(), claims["iat"].as_u64().map(|it| it + 3600));
    assert_eq!(claims["auth_time"], claims["iat"]);

    world.pass(10);
    let next = world.refresh(&told["refresh_token"]).await.json();
    let later = checked(&world, &next["id_token"]).await;
    assert_eq!(later["auth_time"], claims["auth_time"]);
    assert_eq!(later["iat"].as_u64(), claims["iat"].as_u64().map(|it| it + 10));

    let bare = world.signed_in(&[("scope", "openid")]).await;
    let claims = checked(&world, &bare["id_token"]).await;
    for key in ["name", "email", "nonce"] {
        assert_eq!(claims.get(key), None, "{key}");
    }
}

#[tokio::test]
async fn without_openid_there_is_none() {
    let world = world();
    let told = world.signed_in(&[("scope", "profile")]).await;
    assert_eq!(told.get("id_token"), None);
}

#[tokio::test]
async fn the_metadata_lead_to_the_keys() {
    let world = world();
    let told = world.get("/.well-known/openid-configuration").await.json();
    assert_eq!(told["jwks_uri"], format!("{BASE}/oauth/jwks"));
    assert_eq!(told["id_token_signing_alg_values_supported"], json!(["ES256"]));
    assert_eq!(told["device_authorization_endpoint"], format!("{BASE}/oauth/device"));
}
