//! The hub's answers beside recorded ones of the real Hub: the same status, the same headers, the
//! same keys. The recordings are not part of this package; without them the test says so and passes.

#[allow(dead_code, reason = "shared with other test files")]
mod common;

use std::path::PathBuf;

use common::{CDN, Got, World, answer, world};
use serde_json::Value;

/// Recorded, but not sent by a server that speaks plain http.
const ABSENT: [&str; 1] = ["strict-transport-security"];
/// Xet's headers: this hub has LFS files only.
const XET: [&str; 2] = ["x-xet-hash", "link"];
/// Their values belong to one repository and one moment.
const VOLATILE: [&str; 7] = [
    "etag",
    "content-length",
    "location",
    "x-linked-etag",
    "x-linked-size",
    "x-repo-commit",
    "content-disposition",
];

/// Optional fields, which not every recorded repository had.
const OPTIONAL: [&str; 4] = ["pipeline_tag", "library_name", "transformersInfo", "cardData"];

/// A recording, the request here that equals its request, and how far the body is compared.
const PAIRS: [(&str, &str, Compare); 14] = [
    ("whoami-v2", "GET /api/whoami-v2", Compare::Exactly),
    (
        "models.notfound",
        "GET /api/models/ada/does-not-exist",
        Compare::Exactly,
    ),
    (
        "models.revision.notfound",
        "GET /api/models/ada/tiny/revision/does-not-exist",
        Compare::Exactly,
    ),
    (
        "models.resolve.notfound",
        "GET /ada/tiny/resolve/main/does-not-exist.txt",
        Compare::Exactly,
    ),
    (
        "models.list",
        "GET /api/models?author=ada&limit=5&search=model-0",
        Compare::Keys,
    ),
    ("models.info", "GET /api/models/ada/tiny", Compare::Keys),
    ("datasets.info", "GET /api/datasets/ada/data-000", Compare::Keys),
    ("spaces.info", "GET /api/spaces/ada/app-000", Compare::Keys),
    (
        "models.tree.notfound",
        "GET /api/models/ada/tiny/tree/main/does-not-exist",
        Compare::Exactly,
    ),
    ("models.tree", "GET /api/models/ada/odd-files/tree/main", Compare::Keys),
    (
        "models.treesize",
        "GET /api/models/ada/tiny/treesize/main",
        Compare::Keys,
    ),
    ("models.refs", "GET /api/models/ada/tiny/refs", Compare::Keys),
    (
        "models.resolve.config.head",
        "HEAD /ada/tiny/resolve/main/config.json",
        Compare::Nothing,
    ),
    (
        "models.resolve.lfs.head",
        "HEAD /ada/tiny/resolve/main/model.safetensors",
        Compare::Nothing,
    ),
];

#[derive(Clone, Copy, PartialEq)]
enum Compare {
    Exactly,
    Keys,
    Nothing,
}

#[tokio::test]
async fn answers_are_those_of_the_real_hub() {
    let folder = folder();
    let Ok(files) = std::fs::read_dir(&folder) else {
        eprintln!("SKIPPED: no recorded answers beside the checkout");
        return;
    };
    let world = world();
    for file in files.flatten() {
        let name = file.file_name().to_string_lossy().trim_end_matches(".json").to_owned();
        let Some((_, request, compare)) = PAIRS.iter().find(|(known, ..)| *known == name) else {
            eprintln!("{name}: not served here yet");
            continue;
        };
        let recorded = std::fs::read(file.path()).expect("a readable recording");
        let recorded: Value = serde_json::from_slice(&recorded).expect("a recording in JSON");
        let (method, path) = request.split_once(' ').expect("method and path");
        let got = world.send(method, path, None, &[], "").await;
        same_head(&name, &got, &recorded["response"]);
        same_body(&name, &got, &recorded["response"], *compare);
        if recorded["final"].is_object() {
            let last = follow(&world, method, got.header("location")).await;
            same_head(&format!("{name}, final"), &last, &recorded["final"]);
        }
    }
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/recorded/hub-2026-09")
}

async fn follow(world: &World, method: &str, location: &str) -> Got {
    let (router, path) = match location.strip_prefix(CDN) {
        Some(path) => (&world.cdn, path),
        None => (&world.hub, location),
    };
    let request = axum::http::Request::builder().method(method).uri(path);
    answer(router, request.body(axum::body::Body::empty()).expect("a request")).await
}

fn same_head(name: &str, got: &Got, recorded: &Value) {
    assert_eq!(
        u64::from(got.status.as_u16()),
        recorded["status"].as_u64().expect("a status"),
        "{name}"
    );
    for (header, value) in recorded["headers"].as_object().expect("headers") {
        let header = header.to_ascii_lowercase();
        // One CDN node names itself, and allows what a preflight would ask for.
        let node = ["x-hf-cdn-pop", "access-control-allow-headers"].contains(&header.as_str());
        if node || ABSENT.contains(&header.as_str()) || XET.contains(&header.as_str()) {
            continue;
        }
        assert!(got.headers.contains_key(&header), "{name}: no {header}");
        if !VOLATILE.contains(&header.as_str()) {
            assert_eq!(
                got.header(&header),
                value.as_str().unwrap_or_default(),
                "{name}: {header}"
            );
        }
    }
}

fn same_body(name: &str, got: &Got, recorded: &Value, compare: Compare) {
    match compare {
        Compare::Nothing => {}
        Compare::Exactly => {
            let etag = recorded["headers"]["Etag"].as_str().unwrap_or_default();
            assert_eq!(got.header("etag"), etag, "{name}");
            match recorded["text"].as_str() {
                Some(text) => assert_eq!(got.text(), text, "{name}"),
                None => assert_eq!(got.json(), recorded["json"], "{name}"),
            }
        }
        Compare::Keys => assert_eq!(keys(&got.json()), keys(&recorded["json"]), "{name}"),
    }
}

/// The keys of an object, or of the first of a list, in their order.
fn keys(body: &Value) -> Vec<&String> {
    let object = body.get(0).unwrap_or(body).as_object().expect("an object");
    object.keys().filter(|key| !OPTIONAL.contains(&key.as_str())).collect()
}
