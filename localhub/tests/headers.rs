//! What every answer carries: CORS, ETag, request id, quotas.

#[allow(dead_code, reason = "shared with other test files")]
mod common;

use common::world;

const EXPOSED: &str = "X-Repo-Commit,X-Request-Id,X-Error-Code,X-Error-Message,X-Total-Count,ETag,Link,\
                       Accept-Ranges,Content-Range,X-Linked-Size,X-Linked-ETag,X-Xet-Hash";

#[tokio::test]
async fn every_answer_has_the_headers_of_the_hub() {
    let world = world();
    for path in [
        "/",
        "/nowhere/at/all",
        "/api/models?limit=1",
        "/api/nowhere",
        "/ada/tiny/resolve/main/none",
    ] {
        let got = world.with(path, &[("origin", "http://page.test")]).await;
        assert!(got.header("x-request-id").starts_with("Root=1-"), "{path}");
        assert_eq!(got.header("x-powered-by"), "huggingface-moon");
        assert_eq!(got.header("access-control-allow-origin"), "http://page.test");
        assert_eq!(got.header("access-control-expose-headers"), EXPOSED);
        assert_eq!(got.header("access-control-max-age"), "86400");
        assert!(got.header("vary").starts_with("Origin"));
        assert!(got.header("etag").starts_with("W/\""), "{path}");
        assert!(got.header("ratelimit-policy").starts_with("\"fixed window\";"));
    }
    let got = world.get("/").await;
    assert_eq!(got.header("access-control-allow-origin"), "https://huggingface.co");
    assert_eq!(got.header("content-type"), "text/html; charset=utf-8");
}

#[tokio::test]
async fn a_preflight_echoes_what_the_clients_send_and_is_not_cached() {
    let asked = [
        ("origin", "http://page.test"),
        ("access-control-request-method", "POST"),
        (
            "access-control-request-headers",
            "Authorization, Content-Type, X-Unknown",
        ),
    ];
    let got = world().send("OPTIONS", "/api/repos/create", None, &asked, "").await;
    assert_eq!(got.status, 200);
    assert_eq!(got.header("access-control-allow-origin"), "http://page.test");
    assert_eq!(got.header("access-control-allow-methods"), "POST");
    assert_eq!(
        got.header("access-control-allow-headers"),
        "Authorization, Content-Type"
    );
    assert!(!got.headers.contains_key("access-control-max-age"));
}

#[tokio::test]
async fn a_known_etag_is_answered_by_304() {
    let world = world();
    let first = world.get("/api/models/ada/tiny").await;
    let again = world
        .with("/api/models/ada/tiny", &[("if-none-match", first.header("etag"))])
        .await;
    assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
    assert_eq!(again.header("etag"), first.header("etag"));
}

#[tokio::test]
async fn head_has_the_length_and_no_body() {
    let world = world();
    let full = world.get("/api/models/ada/tiny").await;
    let head = world.send("HEAD", "/api/models/ada/tiny", None, &[], "").await;
    assert_eq!(head.body.len(), 0);
    assert_eq!(head.header("content-length"), full.body.len().to_string());
    assert_eq!(head.header("etag"), full.header("etag"));
}

#[tokio::test]
async fn quotas_count_down_per_account_and_begin_again() {
    let world = world();
    world.control("POST", "limits", r#"{"api":2}"#).await;
    let path = "/api/models/ada/tiny";
    assert_eq!(
        world.get_as("testread", path).await.header("ratelimit"),
        "\"api\";r=1;t=300"
    );
    world.pass(20);
    let second = world.get_as("testwrite", path).await;
    assert_eq!(second.header("ratelimit"), "\"api\";r=0;t=280");
    assert_eq!(second.header("ratelimit-policy"), "\"fixed window\";\"api\";q=2;w=300");
    let third = world.get_as("testread", path).await;
    assert_eq!(third.status, 429);
    assert!(third.error().contains("the quota of 2 api requests per 5 minutes"));
    assert_eq!(world.get(path).await.status, 200, "strangers have a count of their own");
    assert_eq!(
        world
            .get_as("testread", "/ada/tiny/resolve/main/README.md")
            .await
            .status,
        307
    );
    world.pass(281);
    assert_eq!(world.get_as("testread", path).await.status, 200);
}

#[tokio::test]
async fn plans_have_the_documented_quotas() {
    let world = world();
    world.control("POST", "limits", r#"{"plan":true}"#).await;
    let quota = async |name: Option<&str>, path: &str| {
        let got = world.send("GET", path, name, &[], "").await;
        let policy = got.header("ratelimit-policy").to_owned();
        policy
            .split("q=")
            .nth(1)
            .and_then(|rest| rest.split(';').next().map(str::to_owned))
    };
    assert_eq!(quota(None, "/api/models?limit=1").await.as_deref(), Some("500"));
    assert_eq!(quota(None, "/ada/tiny/resolve/main/x").await.as_deref(), Some("3000"));
    assert_eq!(quota(None, "/").await.as_deref(), Some("100"));
    assert_eq!(
        quota(Some("testgrace"), "/api/whoami-v2").await.as_deref(),
        Some("2500")
    );
    assert_eq!(quota(Some("testread"), "/api/whoami-v2").await.as_deref(), Some("6000"));
}

#[tokio::test]
async fn whoami_has_a_limit_of_its_own_that_no_header_tells() {
    let world = world();
    world.control("POST", "limits", r#"{"whoami":2,"api":100}"#).await;
    let path = "/api/whoami-v2";
    for _ in 0..2 {
        assert_eq!(world.get_as("testread", path).await.status, 200);
    }
    let third = world.get_as("testwrite", path).await;
    assert_eq!(third.status, 429);
    assert_eq!(
        third.header("ratelimit"),
        "\"api\";r=97;t=300",
        "more is left of the bucket that is told"
    );
    assert_eq!(world.get_as("testread", "/api/models/ada/tiny").await.status, 200);
    world.pass(300);
    assert_eq!(world.get_as("testread", path).await.status, 200);
}

#[tokio::test]
async fn a_429_says_when_in_the_form_that_was_ordered() {
    let world = world();
    let path = "/api/models/ada/tiny";
    for (order, told) in [
        (r#"{"api":0}"#, ""),
        (r#"{"api":0,"retryAfter":"seconds"}"#, "300"),
        (r#"{"api":0,"retryAfter":"date"}"#, "Mon, 21 Sep 2026 14:18:20 GMT"),
    ] {
        world.control("POST", "limits", order).await;
        let got = world.get_as("testread", path).await;
        assert_eq!((got.status.as_u16(), got.header("retry-after")), (429, told), "{order}");
        assert_eq!(got.header("ratelimit"), "\"api\";r=0;t=300");
        assert_eq!(
            got.header("access-control-expose-headers"),
            EXPOSED,
            "which names none of these"
        );
    }
    let words = world.get(path).await.error();
    assert!(words.contains("We had to rate limit your IP") && words.contains("make sure you pass a HF_TOKEN"));
}

#[tokio::test]
async fn texts_go_out_as_gzip_without_a_length_when_told_to() {
    let world = world();
    let (api, file) = ("/api/models/ada/tiny", "/ada/tiny/resolve/main/config.json");
    let cache = world.get(file).await.header("location").to_owned();
    let gzip = ("accept-encoding", "gzip, br");
    let plain = world.with(&cache, &[gzip]).await;
    assert_eq!(plain.header("content-encoding"), "");
    world.control("POST", "settings", r#"{"compress":true}"#).await;
    for path in [api, &cache] {
        let got = world.with(path, &[gzip]).await;
        assert_eq!(
            (got.header("content-encoding"), got.header("content-length")),
            ("gzip", ""),
            "{path}"
        );
        assert_eq!(got.body[..3], [0x1f, 0x8b, 8]);
        assert!(got.body.windows(6).any(|it| it == b"local\""), "stored as it is");
        let head = world.send("HEAD", path, None, &[gzip], "").await;
        assert_eq!(
            (head.header("content-encoding"), head.header("content-length")),
            ("gzip", "")
        );
        assert_eq!(head.body.len(), 0);
    }
    let identity = world.with(&cache, &[("accept-encoding", "identity")]).await;
    assert_eq!(identity.header("content-length"), plain.body.len().to_string());
    let part = world.with(&cache, &[gzip, ("range", "bytes=0-3")]).await;
    assert_eq!((part.status.as_u16(), part.header("content-encoding")), (206, ""));
}

#[tokio::test]
async fn a_429_has_the_form_of_its_route() {
    let world = world();
    world
        .control("POST", "limits", r#"{"api":0,"resolvers":0,"pages":0}"#)
        .await;
    for (path, bucket, form) in [
        ("/api/models/ada/tiny", "api", "application/json"),
        ("/v1/chat/completions", "api", "application/json"),
        ("/ada/tiny/resolve/main/config.json", "resolvers", "text/plain"),
        (
            "/datasets/ada/data-000/resolve/main/data/train.csv",
            "resolvers",
            "text/plain",
        ),
        ("/ada/tiny", "pages", "text/html"),
        ("/", "pages", "text/html"),
    ] {
        let got = world.get_as("testread", path).await;
        assert_eq!(got.status, 429, "{path}");
        assert!(got.header("content-type").starts_with(form), "{path}");
        assert_eq!(got.header("ratelimit"), format!("\"{bucket}\";r=0;t=300"));
        let words = format!("the quota of 0 {bucket} requests per 5 minutes period");
        assert!(got.text().contains(&words), "{path}: {}", got.text());
        assert!(got.header("x-error-message").contains(&words));
    }
}
