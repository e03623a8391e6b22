//! Files: redirects, ranges, gates.

#[allow(dead_code, reason = "shared with other test files")]
mod common;

use axum::body::Body;
use axum::http::Request;
use common::{CDN, answer, world};

#[tokio::test]
async fn ranges() {
    let world = world();
    let path = "/ada/tiny/resolve/main/config.json";
    let cache = world.get(path).await.header("location").to_owned();
    let whole = world.get(&cache).await;
    assert_eq!(whole.status, 200);
    let size = whole.body.len();
    for (range, status, part) in [
        ("bytes=0-9", 206, 0..10),
        ("bytes=5-", 206, 5..size),
        ("bytes=-3", 206, size - 3..size),
        ("bytes=-999999", 206, 0..size),
        ("bytes=9-2", 416, 0..0),
        ("bytes=2-999999", 206, 2..size),
        ("bytes=9999-", 416, 0..0),
        ("lines=1-2", 200, 0..size),
        ("bytes=0-1,4-5", 200, 0..size),
    ] {
        let got = world.with(&cache, &[("range", range)]).await;
        assert_eq!(got.status, status, "{range}");
        if status == 416 {
            assert_eq!(got.header("content-range"), format!("bytes */{size}"));
            continue;
        }
        assert_eq!(got.body, whole.body[part.clone()], "{range}");
        if status == 206 {
            let expected = format!("bytes {}-{}/{size}", part.start, part.end - 1);
            assert_eq!(got.header("content-range"), expected);
        }
    }
    let tag = whole.header("etag").to_owned();
    let stale = world
        .with(&cache, &[("range", "bytes=0-9"), ("if-range", "\"other\"")])
        .await;
    assert_eq!(stale.status, 200);
    let fresh = world.with(&cache, &[("range", "bytes=0-9"), ("if-range", &tag)]).await;
    assert_eq!(fresh.status, 206);
    assert_eq!(world.with(&cache, &[("if-none-match", &tag)]).await.status, 304);
    let weak = format!("W/{tag}");
    let several = format!("\"other\", {tag}");
    for (tags, status) in [
        (&*tag, 206),
        ("*", 206),
        (&*several, 206),
        ("\"other\"", 412),
        (&*weak, 412),
    ] {
        let got = world.with(&cache, &[("range", "bytes=0-9"), ("if-match", tags)]).await;
        assert_eq!(got.status, status, "{tags}");
    }
    // What redirects ignores a condition (RFC 9110, 13.2.1).
    assert_eq!(world.with(path, &[("if-match", "\"other\"")]).await.status, 307);
}

#[tokio::test]
async fn a_large_file_comes_from_the_second_origin_for_an_hour() {
    let world = world();
    let path = "/ada/tiny/resolve/main/model.safetensors";
    let got = world.get_as("testread", path).await;
    assert_eq!(got.status, 302);
    assert_eq!(got.header("x-linked-size"), "5000");
    let to = got
        .header("location")
        .strip_prefix(CDN)
        .expect("the second origin")
        .to_owned();
    let ask = || {
        Request::builder()
            .uri(&to)
            .header("range", "bytes=4990-")
            .body(Body::empty())
            .expect("a request")
    };
    let file = answer(&world.cdn, ask()).await;
    assert_eq!((file.status.as_u16(), file.body.len()), (206, 10));
    assert_eq!(file.header("access-control-allow-origin"), "*");
    assert_ne!(file.header("etag"), got.header("x-linked-etag"));
    world.pass(3601);
    assert_eq!(answer(&world.cdn, ask()).await.status, 403);
}

#[tokio::test]
async fn the_gate_comes_before_revision_and_file() {
    let world = world();
    let path = "/grace/gated-pending/resolve/nope/nothing.txt";
    let got = world.get(path).await;
    assert_eq!((got.status.as_u16(), got.header("x-error-code")), (401, "GatedRepo"));
    assert_eq!(
        got.text(),
        "Access to model grace/gated-pending is restricted. You must have access to it and be \
         authenticated to access it. Please log in.",
    );
    // A garbage token is answered like none.
    assert_eq!(world.get_as("nobody", path).await.status, 401);
    let got = world.get_as("testread", path).await;
    assert_eq!((got.status.as_u16(), got.header("x-error-code")), (403, "GatedRepo"));
    assert_eq!(
        world.get_as("testgrace", path).await.header("x-error-code"),
        "RevisionNotFound"
    );
}

#[tokio::test]
async fn a_missing_file_still_tells_the_commit() {
    let got = world().get("/ada/tiny/resolve/main/none.txt").await;
    assert_eq!((got.status.as_u16(), got.text().as_str()), (404, "Entry not found"));
    assert_eq!(got.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(got.header("x-error-code"), "EntryNotFound");
    assert_eq!(got.header("x-repo-commit").len(), 40);
}

#[tokio::test]
async fn every_range_lies_outside_an_empty_file() {
    let world = world();
    let cache = world.get("/ada/odd-files/resolve/main/empty.txt").await;
    let cache = cache.header("location").to_owned();
    assert_eq!(world.get(&cache).await.status, 200);
    let got = world.with(&cache, &[("range", "bytes=0-0")]).await;
    assert_eq!((got.status.as_u16(), got.header("content-range")), (416, "bytes */0"));
}

#[tokio::test]
async fn raw_is_what_git_has() {
    let world = world();
    let pointer = world.get("/ada/tiny/raw/main/model.safetensors").await.text();
    assert!(pointer.starts_with("version https://git-lfs.github.com/spec/v1\noid sha256:"));
    assert!(pointer.ends_with("\nsize 5000\n"));
    assert!(
        world
            .get("/ada/tiny/raw/main/config.json")
            .await
            .text()
            .starts_with('{')
    );
    let moved = world.get("/gpt2/raw/main/config.json").await;
    assert_eq!(moved.header("location"), "/openai-community/gpt2/raw/main/config.json");
}

#[tokio::test]
async fn who_has_the_content_is_spared_the_redirect() {
    let world = world();
    for name in ["config.json", "model.safetensors"] {
        let path = format!("/ada/tiny/resolve/main/{name}");
        let first = world.get(&path).await;
        let tag = first.header("x-linked-etag").to_owned();
        assert!(first.status.is_redirection() && tag.len() > 40, "{name}");
        for known in [tag.as_str(), &format!("W/{tag}"), &format!("\"other\", {tag}"), "*"] {
            let got = world.with(&path, &[("if-none-match", known)]).await;
            assert_eq!((got.status.as_u16(), got.body.len()), (304, 0), "{name} {known}");
            assert_eq!(got.header("etag"), tag);
            assert_eq!(got.header("x-repo-commit"), first.header("x-repo-commit"));
            assert!(!got.headers.contains_key("location"));
        }
        assert_eq!(
            world.with(&path, &[("if-none-match", "\"other\"")]).await.status,
            first.status
        );
    }
    let cache = world.get("/ada/tiny/resolve/main/config.json").await;
    let ask = [("if-none-match", cache.header("x-linked-etag")), ("range", "bytes=0-3")];
    let got = world.with(cache.header("location"), &ask).await;
    assert_eq!(
        (got.status.as_u16(), got.header("content-range")),
        (304, ""),
        "before any range"
    );
}

#[tokio::test]
async fn who_asks_for_what_xet_knows_gets_the_file() {
    // There is no Xet here: the answer is the one to any other Accept (repos.md 4.4).
    let world = world();
    let ask = [
        ("accept", "application/vnd.xet-fileinfo+json, */*"),
        ("range", "bytes=0-0"),
    ];
    let large = world.with("/ada/tiny/resolve/main/model.safetensors", &ask).await;
    assert_eq!(large.status, 302);
    assert!(!large.headers.contains_key("x-xet-hash"));
    let small = world.with("/ada/tiny/resolve/main/config.json", &ask).await;
    let small = world.with(small.header("location"), &ask).await;
    assert_eq!((small.status.as_u16(), small.body.len()), (206, 1));
    assert!(small.header("content-range").starts_with("bytes 0-0/"));
}

#[tokio::test]
async fn private_and_gated_files_come_at_once() {
    let world = world();
    for path in [
        "/ada/private-notes/resolve/main/config.json",
        "/grace/gated-accepted/resolve/main/config.json",
    ] {
        let got = world.get_as("testread", path).await;
        assert_eq!(got.status, 200, "{path}");
        assert_eq!(got.header("etag"), got.header("x-linked-etag"));
        assert_eq!(got.header("accept-ranges"), "bytes");
        assert!(!got.headers.contains_key("x-hf-warning"), "not a stranger");
        let head = world.send("HEAD", path, Some("testread"), &[], "").await;
        assert_eq!((head.status.as_u16(), head.body.len()), (200, 0));
        assert_eq!(head.header("content-length"), got.body.len().to_string());
        assert_eq!(
            world
                .send("HEAD", path, Some("testgrace"), &[], "")
                .await
                .status
                .as_u16(),
            if path.contains("ada") { 404 } else { 200 }
        );
    }
}
