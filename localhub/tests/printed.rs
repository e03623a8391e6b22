//! The hub's answers beside those of the real Hub that others printed: header blocks of failures, and who somebody is. They are
//! not part of this package; without them the tests say so and pass.

#[allow(dead_code, reason = "shared with other test files")]
mod common;

use std::path::PathBuf;

use common::world;
use serde_json::Value;

/// Set by what stands before the Hub, or not sent by a server that speaks plain http.
const FOREIGN: [&str; 6] = [
    "date",
    "transfer-encoding",
    "content-encoding",
    "x-cache",
    "x-hub-cache",
    "accept-ranges",
];
/// Their values belong to one repository and one moment.
const VOLATILE: [&str; 7] = [
    "content-length",
    "etag",
    "location",
    "ratelimit",
    "x-request-id",
    "x-repo-commit",
    "x-error-message",
];

fn recorded(name: &str) -> Option<Value> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared/recorded")
        .join(name);
    let Ok(text) = std::fs::read(path) else {
        eprintln!("SKIPPED: no recorded answers beside the checkout");
        return None;
    };
    Some(serde_json::from_slice(&text).expect("a recording in JSON"))
}

#[tokio::test]
async fn header_blocks_are_those_of_the_real_hub() {
    let Some(told) = recorded("errors-and-ratelimit.json") else {
        return;
    };
    let world = world();
    world.control("POST", "limits", r#"{"plan":true}"#).await;
    let mut seen = 0;
    for (name, request) in [
        (
            "gated repo, no token",
            "HEAD /grace/gated-not-asked/resolve/main/config.json",
        ),
        ("missing file", "HEAD /ada/tiny/resolve/main/none.safetensors"),
        (
            "small file, redirect to the resolve cache",
            "HEAD /ada/tiny/resolve/main/config.json",
        ),
        ("API call, httpx trace", "GET /api/models?limit=1"),
        ("web page", "HEAD /"),
    ] {
        let mut cases = told["cases"].as_array().expect("cases").iter();
        let case = cases.find(|it| it["name"] == name).expect("a case of that name");
        let (method, path) = request.split_once(' ').expect("method and path");
        let got = world.send(method, path, None, &[], "").await;
        assert_eq!(Some(u64::from(got.status.as_u16())), case["status"].as_u64(), "{name}");
        for (header, value) in case["headers"].as_object().expect("headers") {
            let header = header.to_ascii_lowercase();
            if FOREIGN.contains(&header.as_str()) {
                continue;
            }
            assert!(got.headers.contains_key(&header), "{name}: no {header}");
            if !VOLATILE.contains(&header.as_str()) {
                assert_eq!(Some(got.header(&header)), value.as_str(), "{name}: {header}");
                seen += 1;
            }
        }
        let digits = |text: &str| text.replace(|c: char| c.is_ascii_digit(), "");
        let limit = |key: &str| case["headers"].get(key).and_then(Value::as_str);
        let limit = limit("ratelimit").or_else(|| limit("RateLimit")).expect("a limit");
        assert_eq!(digits(got.header("ratelimit")), digits(limit), "{name}");
    }
    assert!(seen > 30, "{seen} headers compared");
}

#[tokio::test]
async fn who_somebody_is_comes_in_the_recorded_order() {
    let Some(told) = recorded("identity.json") else {
        return;
    };
    let mut cases = told["cases"].as_array().expect("cases").iter();
    let case = cases.find(|it| it["body"]["auth"]["accessToken"]["role"] == "fineGrained");
    let case = &case.expect("a fine-grained token")["body"];
    let own = world().get_as("testfine", "/api/whoami-v2").await.json();
    // That token may not read the e-mail, ours may.
    let but_mail = |it: &Value| {
        keys(it)
            .into_iter()
            .filter(|key| !key.starts_with("email"))
            .collect::<Vec<_>>()
    };
    assert_eq!(but_mail(&own), but_mail(case));
    for path in ["/auth", "/auth/accessToken", "/auth/accessToken/fineGrained"] {
        assert_eq!(own.pointer(path).map(keys), case.pointer(path).map(keys), "{path}");
    }
    let scoped = |it: &Value| keys(&it["auth"]["accessToken"]["fineGrained"]["scoped"][0]["entity"]);
    assert_eq!(scoped(&own), scoped(case));
}

#[tokio::test]
async fn a_created_repository_is_told_in_the_recorded_order() {
    let Some(told) = recorded("identity.json") else {
        return;
    };
    let mut cases = told["cases"].as_array().expect("cases").iter();
    let case = cases
        .find(|it| it["request"] == "POST /api/repos/create")
        .expect("a creation");
    let body = r#"{"name":"described","type":"space","sdk":"static"}"#;
    let own = world().post_as("testfine", "/api/repos/create", body).await.json();
    assert_eq!(keys(&own), keys(&case["body"]));
    let path = |it: &Value| {
        let url = it["url"].as_str().expect("a url");
        url.split('/').skip(3).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(
        (path(&own)[0].as_str(), path(&own).len()),
        ("spaces", path(&case["body"]).len())
    );
}

fn keys(of: &Value) -> Vec<String> {
    of.as_object().expect("an object").keys().cloned().collect()
}
