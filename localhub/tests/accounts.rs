//! Users, organisations and members.

#[allow(dead_code, reason = "shared with other test files")]
mod common;

use common::{BASE, world};

#[tokio::test]
async fn overviews_are_of_users_or_of_organisations() {
    let world = world();
    let ada = world.get("/api/users/ada/overview").await.json();
    assert_eq!(
        (ada["user"].as_str(), ada["type"].as_str()),
        (Some("ada"), Some("user"))
    );
    assert_eq!(ada["orgs"][0]["name"], "acme");
    assert!(ada.get("isFollowing").is_none());
    let acme = world
        .get_as("testread", "/api/organizations/acme/overview")
        .await
        .json();
    assert_eq!(
        (acme["name"].as_str(), acme["numUsers"].as_u64()),
        (Some("acme"), Some(25))
    );
    assert_eq!(acme["isFollowing"], false);
    for path in [
        "users/acme/overview",
        "users/nobody/overview",
        "organizations/ada/overview",
        "organizations/ada/members",
        "organizations/nobody/members",
    ] {
        let got = world.get(&format!("/api/{path}")).await;
        assert_eq!(got.status, 404, "{path}");
        assert!(!got.error().is_empty());
    }
}

#[tokio::test]
async fn only_what_one_may_see_is_counted() {
    let world = world();
    let count = async |name: Option<&str>| {
        let path = "/api/users/ada/overview";
        let got = match name {
            Some(name) => world.get_as(name, path).await,
            None => world.get(path).await,
        };
        got.json()["numModels"].as_u64().expect("a number")
    };
    assert_eq!(count(Some("testread")).await, 60);
    assert_eq!(count(None).await, count(Some("testgrace")).await);
    assert!(count(None).await < 60);
}

#[tokio::test]
async fn members_come_in_pages_of_ten_or_more() {
    let world = world();
    let mut names = Vec::new();
    let mut path = "/api/organizations/acme/members?limit=10".to_owned();
    let mut sizes = Vec::new();
    loop {
        let page = world.get(&path).await;
        let list = page.json();
        let list = list.as_array().expect("a list");
        sizes.push(list.len());
        names.extend(list.iter().filter_map(|it| it["user"].as_str().map(str::to_owned)));
        let Some(link) = page.header("link").strip_suffix(">; rel=\"next\"") else {
            break;
        };
        path = link.strip_prefix(&format!("<{BASE}")).expect("our own host").to_owned();
    }
    assert_eq!(sizes, [10, 10, 5]);
    assert!(names.is_sorted_by(|a, b| a < b), "each once, in order");
    let first = world.get("/api/organizations/umbrella/members").await;
    assert_eq!(first.json().as_array().map(Vec::len), Some(500));
    for query in [
        "limit=9",
        "limit=0",
        "limit=10001",
        "limit=x",
        "email=nobody",
        "cursor=%21",
    ] {
        let got = world.get(&format!("/api/organizations/acme/members?{query}")).await;
        assert_eq!(got.status, 400, "{query}");
    }
}

#[tokio::test]
async fn roles_are_for_members_and_addresses_for_admins() {
    let world = world();
    let path = "/api/organizations/acme/members?search=staff-07";
    for (name, keys) in [
        (None, 6),
        (Some("testgrace"), 7),
        (Some("testrestricted"), 7),
        (Some("testread"), 9),
        (Some("testgod"), 12),
    ] {
        let got = match name {
            Some(name) => world.get_as(name, path).await,
            None => world.get(path).await,
        };
        let list = got.json();
        assert_eq!(list.as_array().map(Vec::len), Some(1));
        let member = list[0].as_object().expect("an object");
        assert_eq!(member.len(), keys, "{name:?} {member:?}");
        assert_eq!(member.get("role").is_some(), keys > 7);
    }
    let by_address = "/api/organizations/acme/members?email=acme-staff-07%40example.org";
    let found = world.get_as("testgod", by_address).await.json();
    assert_eq!(found[0]["user"], "acme-staff-07");
    assert_eq!(found[0]["isExternalCollaborator"], true);
    for name in ["testread", "testgrace"] {
        assert_eq!(
            world.get_as(name, by_address).await.json(),
            serde_json::json!([]),
            "{name}"
        );
    }
}
