//! What a repository holds, and its branches and tags.

#[allow(dead_code, reason = "shared with other test files")]
mod common;

use common::{BASE, Got, world};
use serde_json::{Value, json};

fn paths(got: &Got) -> Vec<String> {
    let list = got.json();
    let list = list.as_array().expect("a list").iter();
    list.map(|it| it["path"].as_str().expect("a path").to_owned()).collect()
}

#[tokio::test]
async fn a_tree_lists_one_level_or_all() {
    let world = world();
    let base = "/api/models/ada/odd-files/tree/main";
    let top = world.get(base).await;
    assert_eq!(paths(&top)[0], "dir", "directories first");
    assert!(!paths(&top).iter().any(|it| it.contains('/')));
    assert_eq!(
        top.json()[0],
        json!({ "type": "directory", "oid": top.json()[0]["oid"], "size": 0, "path": "dir" })
    );
    assert_eq!(
        paths(&world.get(&format!("{base}/dir")).await),
        ["dir/sub", "dir/ünï çode"]
    );
    // Both forms of a path (repos.md 1.3).
    for deep in ["dir/sub", "dir%2Fsub", "dir/sub/"] {
        assert_eq!(
            paths(&world.get(&format!("{base}/{deep}")).await),
            ["dir/sub/deep.txt"],
            "{deep}"
        );
    }
    let all = world.get(&format!("{base}?recursive=true")).await;
    let files = all.json();
    let files = files
        .as_array()
        .expect("a list")
        .iter()
        .filter(|it| it["type"] == "file");
    let siblings = world.get("/api/models/ada/odd-files").await.json();
    assert_eq!(Some(files.count()), siblings["siblings"].as_array().map(Vec::len));
    let large = world.get("/api/models/ada/tiny/tree/main").await.json();
    let large = large
        .as_array()
        .expect("a list")
        .iter()
        .find(|it| it["path"] == "model.safetensors");
    let lfs = &large.expect("the weights")["lfs"];
    assert_eq!(
        (lfs["size"].as_u64(), lfs["pointerSize"].as_u64()),
        (Some(5000), Some(129))
    );
    assert_eq!(lfs["oid"].as_str().map(str::len), Some(64));
}

#[tokio::test]
async fn a_tree_comes_in_pages() {
    let world = world();
    let whole = paths(&world.get("/api/models/ada/odd-files/tree/main?recursive=true").await);
    let (mut seen, mut next) = (
        Vec::new(),
        Some("/api/models/ada/odd-files/tree/main?recursive=true&limit=5".to_owned()),
    );
    while let Some(path) = next {
        let got = world.get(&path).await;
        seen.extend(paths(&got));
        let link = got.header("link").strip_prefix(&format!("<{BASE}")).map(str::to_owned);
        next = link.and_then(|it| Some(it.split_once('>')?.0.to_owned()));
    }
    assert_eq!(seen, whole);
    assert_eq!(world.get("/api/models/ada/tiny/tree/main?cursor=x").await.status, 400);
}

#[tokio::test]
async fn what_a_tree_does_not_hold_is_404() {
    let world = world();
    for (path, code, words) in [
        (
            "ada/tiny/tree/main/nope",
            "EntryNotFound",
            "nope does not exist on \"main\"",
        ),
        (
            "ada/tiny/tree/main/config.json",
            "EntryNotFound",
            "config.json does not exist on \"main\"",
        ),
        ("ada/tiny/tree/nope", "RevisionNotFound", "Invalid rev id: nope"),
        ("ada/none/tree/main", "RepoNotFound", "Repository not found"),
        ("ada/private-notes/tree/main", "RepoNotFound", "Repository not found"),
    ] {
        let got = world.get_as("testgrace", &format!("/api/models/{path}")).await;
        assert_eq!((got.status.as_u16(), got.header("x-error-code")), (404, code), "{path}");
        assert_eq!(got.error(), words);
    }
    assert_eq!(world.get("/api/models/grace/gated-pending/tree/main").await.status, 200);
    let moved = world.get("/api/datasets/ada/old-data/tree/main/data?expand=1").await;
    assert_eq!(
        moved.header("location"),
        "/api/datasets/ada/new-data/tree/main/data?expand=1"
    );
}

#[tokio::test]
async fn paths_info_takes_json_and_forms_and_leaves_out_what_is_missing() {
    let world = world();
    let path = "/api/models/ada/odd-files/paths-info/main";
    let json = [("content-type", "application/json")];
    let form = [("content-type", "application/x-www-form-urlencoded")];
    for (headers, body) in [
        (json, r#"{"paths":["config.json","dir/sub","none"],"expand":true}"#),
        (form, "paths=config.json&paths=dir%2Fsub&paths=none&expand=True"),
    ] {
        let got = world.send("POST", path, None, &headers, body).await;
        assert_eq!(paths(&got), ["config.json", "dir/sub"], "{body}");
        assert!(got.json()[0]["lastCommit"]["id"].is_string());
    }
    let one = world
        .send("POST", path, None, &json, r#"{"paths":"config.json"}"#)
        .await;
    assert_eq!(
        (paths(&one), one.json()[0].get("lastCommit")),
        (vec!["config.json".to_owned()], None)
    );
    assert_eq!(
        world.send("POST", path, None, &json, r#"{"paths":7}"#).await.status,
        400
    );
}

#[tokio::test]
async fn sizes_add_up() {
    let world = world();
    let size = async |path: &str| {
        world
            .get(&format!("/api/datasets/ada/data-000/treesize/main{path}"))
            .await
            .json()
    };
    let (all, data) = (size("").await, size("/data").await);
    assert_eq!((all["path"].as_str(), data["path"].as_str()), (Some("/"), Some("data")));
    assert!(all["size"].as_u64() > data["size"].as_u64());
    assert_eq!(size("/data/train.parquet").await["size"], 5000);
}

#[tokio::test]
async fn refs_tell_branches_tags_and_pull_requests_apart() {
    let world = world();
    let refs = world.get("/api/models/ada/tiny/refs").await.json();
    let names = |list: &Value| {
        let list = list.as_array().expect("a list").iter();
        list.map(|it| it["ref"].as_str().expect("a ref").to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        names(&refs["branches"]),
        ["refs/heads/main", "refs/heads/dev", "refs/heads/feature/slash"]
    );
    assert_eq!(names(&refs["tags"]), ["refs/tags/v1.0"]);
    assert_eq!((&refs["converts"], refs.get("pullRequests")), (&json!([]), None));
    let with = world.get("/api/models/ada/tiny/refs?include_prs=1").await.json();
    assert_eq!(names(&with["pullRequests"]), ["refs/pr/1"]);
    let info = world.get("/api/models/ada/tiny/revision/v1.0").await.json();
    assert_eq!(refs["tags"][0]["targetCommit"], info["sha"]);
}
