//! What a list can be narrowed by, and every property that `expand` knows.

#[allow(dead_code, reason = "shared with other test files")]
mod common;

use common::{World, world};
use serde_json::Value;

async fn items(world: &World, path: &str) -> Vec<Value> {
    let got = world.get(path).await;
    assert_eq!(got.status, 200, "{path}");
    got.json().as_array().expect("a list").clone()
}

fn tags(item: &Value) -> Vec<&str> {
    let tags = item["tags"].as_array().expect("tags");
    tags.iter().filter_map(Value::as_str).collect()
}

#[tokio::test]
async fn datasets_are_found_by_each_kind_of_tag() {
    let world = world();
    let all = items(&world, "/api/datasets").await;
    for tag in [
        "language:en",
        "task_categories:fill-mask",
        "task_ids:extractive-qa",
        "size_categories:n<1K",
        "multilinguality:monolingual",
        "language_creators:found",
        "benchmark:official",
        "license:mit",
    ] {
        let found = items(&world, &format!("/api/datasets?filter={}", tag.replace('<', "%3C"))).await;
        let meant = all.iter().filter(|it| tags(it).contains(&tag)).count();
        assert!(meant > 0 && meant < all.len(), "{tag} tells nothing apart");
        assert_eq!(found.len(), meant, "{tag}");
        assert!(found.iter().all(|it| tags(it).contains(&tag)), "{tag}");
    }
    let both = items(&world, "/api/datasets?filter=language:en&filter=license:mit").await;
    assert!(
        both.iter()
            .all(|it| tags(it).contains(&"language:en") && tags(it).contains(&"license:mit"))
    );
    assert!(!both.is_empty());
    let gated = items(&world, "/api/datasets?gated=true").await;
    assert!(!gated.is_empty() && gated.iter().all(|it| it["gated"] != false));
    assert_eq!(
        gated.len() + items(&world, "/api/datasets?gated=false").await.len(),
        all.len()
    );
}

#[tokio::test]
async fn models_are_found_by_who_runs_them_and_by_size() {
    let world = world();
    let count = items(&world, "/api/models").await.len();
    let some = async |query: &str| {
        let found = items(&world, &format!("/api/models?{query}")).await;
        assert!(!found.is_empty() && found.len() < count, "{query} tells nothing apart");
        found
    };
    let (one, other) = (
        some("inference_provider=together").await,
        some("inference_provider=hf-inference").await,
    );
    let either = some("inference_provider=together,hf-inference").await;
    assert_eq!(
        either,
        some("inference_provider=together&inference_provider=hf-inference").await
    );
    assert!(either.len() > one.len() && either.len() > other.len());
    assert_eq!(some("inference_provider=all").await, some("inference=warm").await);
    some("apps=ollama").await;
    some("filter=dataset:rajpurkar/squad").await;
    for it in some("num_parameters=min:6B,max:20B&expand=safetensors").await {
        let total = it["safetensors"]["total"].as_u64().expect("a number");
        assert!((6_000_000_000..=20_000_000_000).contains(&total), "{it}");
    }
    for query in ["num_parameters=large", "inference=cold"] {
        assert_eq!(world.get(&format!("/api/models?{query}")).await.status, 400, "{query}");
    }
}

#[tokio::test]
async fn spaces_are_found_by_what_they_use() {
    let world = world();
    let count = items(&world, "/api/spaces").await.len();
    for (query, key, name) in [
        ("models=ada/tiny", "models", "ada/tiny"),
        ("datasets=rajpurkar/squad", "datasets", "rajpurkar/squad"),
    ] {
        let found = items(&world, &format!("/api/spaces?{query}&expand={key}")).await;
        assert!(!found.is_empty() && found.len() < count, "{query}");
        assert!(
            found
                .iter()
                .all(|it| it[key].as_array().is_some_and(|all| all.iter().any(|it| it == name)))
        );
    }
    let linked = items(&world, "/api/spaces?linked=true&expand=models&expand=datasets").await;
    assert!(!linked.is_empty() && linked.len() < count);
    assert!(
        linked
            .iter()
            .all(|it| it["models"][0].is_string() || it["datasets"][0].is_string())
    );
    assert!(items(&world, "/api/spaces?models=nobody/nothing").await.is_empty());
}

#[tokio::test]
async fn each_kind_has_its_own_orders() {
    let world = world();
    let own = [("models", "num_parameters"), ("datasets", "datasetsServerInfo.numRows")];
    for plural in ["models", "datasets", "spaces"] {
        for sort in [
            "createdAt",
            "downloads",
            "likes",
            "lastModified",
            "likes30d",
            "trendingScore",
            "mainSize",
            "id",
        ] {
            items(&world, &format!("/api/{plural}?sort={sort}&limit=3")).await;
        }
        for (kind, sort) in own {
            let status = if kind == plural { 200 } else { 400 };
            assert_eq!(
                world.get(&format!("/api/{plural}?sort={sort}")).await.status,
                status,
                "{plural} {sort}"
            );
        }
    }
    let sizes = items(&world, "/api/models?sort=num_parameters&expand=safetensors").await;
    let sizes: Vec<_> = sizes.iter().map(|it| it["safetensors"]["total"].as_u64()).collect();
    assert!(sizes.is_sorted_by(|a, b| a >= b) && sizes.first() != sizes.last());
}

#[tokio::test]
async fn every_property_of_the_reference_is_there_for_some_repository() {
    let world = world();
    for (plural, names) in [
        (
            "models",
            "author baseModels cardData childrenModelCount config createdAt disabled downloads downloadsAllTime evalResults \
             gated gguf inference inferenceProviderMapping lastModified library_name likes mask_token model-index \
             pipeline_tag private safetensors sha siblings spaces tags transformersInfo trendingScore usedStorage \
             widgetData gitalyUid",
        ),
        (
            "datasets",
            "author cardData citation createdAt description disabled downloads downloadsAllTime gated lastModified likes \
             mainSize paperswithcode_id private sha siblings tags trendingScore usedStorage gitalyUid",
        ),
        (
            "spaces",
            "author cardData createdAt datasets disabled lastModified likes models private region runtime sdk sha siblings \
             subdomain tags trendingScore usedStorage gitalyUid",
        ),
    ] {
        for name in names.split_whitespace() {
            let found = items(&world, &format!("/api/{plural}?expand={name}")).await;
            assert!(found.iter().any(|it| it.get(name).is_some()), "{plural} {name}");
            let keys = |it: &Value| it.as_object().expect("an object").len();
            assert!(found.iter().all(|it| keys(it) <= 3), "{plural} {name}");
        }
    }
    let group = world
        .get_as("testgod", "/api/models/acme/group-model?expand=resourceGroup")
        .await;
    assert_eq!(group.json()["resourceGroup"]["name"], "research");
}

#[tokio::test]
async fn providers_are_a_list_in_lists_and_a_map_in_an_answer_of_one() {
    let world = world();
    let listed = items(
        &world,
        "/api/models?inference_provider=together&limit=1&expand=inferenceProviderMapping",
    )
    .await;
    let providers = listed[0]["inferenceProviderMapping"].as_array().expect("a list");
    assert!(providers.iter().any(|it| it["provider"] == "together"));
    let id = listed[0]["id"].as_str().expect("an id");
    let one = world
        .get(&format!("/api/models/{id}?expand=inferenceProviderMapping"))
        .await
        .json();
    assert_eq!(one["inferenceProviderMapping"]["together"]["status"], "live");
}
