//! Lists: pages, order, visibility.

#[allow(dead_code, reason = "shared with other test files")]
mod common;

use common::{BASE, world};
use serde_json::json;

#[tokio::test]
async fn pages_follow_each_other_even_when_the_list_changes() {
    let world = world();
    let all = world.get("/api/models?author=acme").await.ids();
    let mut seen = Vec::new();
    let mut path = "/api/models?author=acme&limit=7".to_owned();
    loop {
        let page = world.get(&path).await;
        seen.extend(page.ids());
        // The last item of a page goes away before the next page is asked for.
        let (_, name) = seen.last().and_then(|id| id.split_once('/')).expect("an id");
        let body = json!({ "name": name, "organization": "acme" }).to_string();
        let gone = world
            .send("DELETE", "/api/repos/delete", Some("testgod"), &[], &body)
            .await;
        assert_eq!((gone.status.as_u16(), gone.text().as_str()), (200, "OK"));
        let Some(link) = page.header("link").strip_suffix(">; rel=\"next\"") else {
            break;
        };
        path = link.strip_prefix(&format!("<{BASE}")).expect("our own host").to_owned();
    }
    assert_eq!(seen, all);
}

#[tokio::test]
async fn links_name_the_host_that_was_asked() {
    let got = world().with("/api/models?limit=1", &[("host", "localhost:7000")]).await;
    assert!(got.header("link").starts_with("<http://localhost:7000/api/models?"));
}

#[tokio::test]
async fn private_repositories_are_listed_for_those_who_may_see_them() {
    let world = world();
    let path = "/api/models?author=ada&search=private-notes";
    assert!(world.get(path).await.ids().is_empty());
    assert!(world.get_as("testgrace", path).await.ids().is_empty());
    assert!(world.get_as("testfinebare", path).await.ids().is_empty());
    for name in ["testread", "testwrite", "testfine", "testgod"] {
        assert_eq!(world.get_as(name, path).await.ids(), ["ada/private-notes"], "{name}");
    }
    let group = "/api/models?author=acme&search=group-model";
    assert_eq!(world.get_as("testfine", group).await.ids(), ["acme/group-model"]);
    assert!(world.get_as("testrestricted", group).await.ids().is_empty());
}

#[tokio::test]
async fn what_a_list_cannot_do_is_400() {
    let world = world();
    for query in [
        "sort=beauty",
        "expand=everything",
        "limit=none",
        "limit=0",
        "cursor=%21",
        "direction=up",
    ] {
        assert_eq!(world.get(&format!("/api/models?{query}")).await.status, 400, "{query}");
    }
    assert_eq!(world.get("/api/models/ada/tiny?expand[]=everything").await.status, 400);
}

#[tokio::test]
async fn sort_goes_down_unless_told_otherwise() {
    let world = world();
    let down = world.get("/api/models?sort=likes&limit=1000").await.ids();
    let up = world.get("/api/models?sort=likes&direction=1&limit=1000").await.ids();
    assert_ne!(down, up);
    assert_eq!(down.first(), up.last());
}

#[tokio::test]
async fn expand_shows_the_id_and_what_was_asked_for() {
    let got = world()
        .get("/api/models/ada/tiny?expand=likes&expand%5B%5D=sha")
        .await
        .json();
    let keys: Vec<_> = got.as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["_id", "id", "likes", "sha"]);
}
