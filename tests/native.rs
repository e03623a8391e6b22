//! The cases natively, with a transport that the caller brings.
#![cfg(not(target_arch = "wasm32"))]

mod common;
#[allow(dead_code, unreachable_pub)]
#[path = "../examples/native.rs"]
mod example;

use hubkey::{Code, EnvStore, Fut, Hub, MemoryStore, Request, Response, Result, TokenStore, store::contract};

fn hub(endpoint: &str) -> Hub {
    Hub::builder()
        .endpoint(endpoint)
        .transport(example::transport().unwrap())
        .build()
        .unwrap()
}

#[tokio::test]
async fn the_cases() {
    let localhub = localhub::start().await.unwrap();
    common::all(|| hub(&localhub.url), "native").await;
    localhub.stop().await;
}

#[tokio::test]
async fn the_example_tells_who_it_is() {
    let localhub = localhub::start().await.unwrap();
    let hub = hub(&localhub.url);
    hub.login(common::WRITE).await.unwrap();
    let (name, models) = example::report(&hub).await.unwrap();
    assert_eq!((name.as_str(), models.len()), ("ada", 5));
    assert!(models.iter().all(|it| it.starts_with("ada/")), "{models:?}");
    localhub.stop().await;
}

#[tokio::test]
async fn every_store_keeps_its_promises() {
    contract::check(&MemoryStore::default(), contract::Excused::default())
        .await
        .unwrap();
    let env = EnvStore::new(&|name| (name == "HF_TOKEN").then(|| common::WRITE.to_owned()), true).unwrap();
    contract::check(&env, contract::Excused { read_only: true })
        .await
        .unwrap();
}

#[tokio::test]
async fn the_contract_notices_a_store_that_forgets() {
    struct Forgets;
    impl TokenStore for Forgets {
        fn load<'a>(&'a self, _: &'a str) -> Fut<'a, Result<Option<String>>> {
            Box::pin(async { Ok(None) })
        }
        fn save<'a>(&'a self, _: &'a str, _: &'a str) -> Fut<'a, Result<()>> {
            Box::pin(async { Ok(()) })
        }
        fn clear<'a>(&'a self, _: &'a str) -> Fut<'a, Result<()>> {
            Box::pin(async { Ok(()) })
        }
    }
    let error = contract::check(&Forgets, contract::Excused::default())
        .await
        .unwrap_err();
    assert!(error.message().contains("broken promise"), "{error}");
}

#[tokio::test]
async fn a_record_of_another_endpoint_is_never_sent_and_stays() {
    let (one, other) = (localhub::start().await.unwrap(), localhub::start().await.unwrap());
    let store = std::sync::Arc::new(MemoryStore::default());
    let with = |url: &str| {
        Hub::builder()
            .endpoint(url)
            .store(OneKey(store.clone()))
            .transport(example::transport().unwrap())
            .build()
            .unwrap()
    };
    let (here, there) = (with(&one.url), with(&other.url));
    here.login(common::WRITE).await.unwrap();
    assert!(there.get_token().await.unwrap().is_none());
    assert_eq!(there.whoami().await.unwrap_err().code(), Code::NoToken);
    let me = there.login(common::FINE).await.unwrap();
    assert!(!me.kept.persisted && me.kept.warnings.len() == 1);
    there.logout().await.unwrap();
    assert_eq!(here.get_token().await.unwrap().unwrap().expose(), common::WRITE);
}

/// A store that keeps one record whatever the key.
struct OneKey(std::sync::Arc<MemoryStore>);

impl TokenStore for OneKey {
    fn load<'a>(&'a self, _: &'a str) -> Fut<'a, Result<Option<String>>> {
        self.0.load("one")
    }
    fn save<'a>(&'a self, _: &'a str, record: &'a str) -> Fut<'a, Result<()>> {
        self.0.save("one", record)
    }
    fn clear<'a>(&'a self, _: &'a str) -> Fut<'a, Result<()>> {
        self.0.clear("one")
    }
}

#[tokio::test]
async fn a_server_that_is_silent_is_a_timeout_and_one_that_is_gone_is_network() {
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", silent.local_addr().unwrap());
    let hub = Hub::builder()
        .endpoint(&url)
        .token(common::WRITE)
        .transport(example::transport().unwrap())
        .timeout_ms(50.0)
        .build()
        .unwrap();
    let error = hub.whoami().await.unwrap_err();
    assert_eq!((error.code(), error.retryable()), (Code::Timeout, true));
    drop(silent);
    assert_eq!(hub.whoami().await.unwrap_err().code(), Code::Network);
}

#[tokio::test]
async fn recorded_answers_of_the_hub_decode_without_loss() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/recorded");
    let Ok(info) = std::fs::read_to_string(folder.join("hub-2026-09/models.info.json")) else {
        eprintln!("SKIPPED: no recorded answers beside the checkout");
        return;
    };
    for (text, list) in [
        (info, false),
        (
            std::fs::read_to_string(folder.join("hub-2026-09/models.list.json")).unwrap(),
            true,
        ),
    ] {
        let it: serde_json::Value = serde_json::from_str(&text).unwrap();
        let body = it["response"]["json"].clone();
        let again = if list {
            serde_json::to_value(serde_json::from_value::<Vec<hubkey::hub::Model>>(body.clone()).unwrap()).unwrap()
        } else {
            serde_json::to_value(serde_json::from_value::<hubkey::hub::Model>(body.clone()).unwrap()).unwrap()
        };
        assert_eq!(again, body);
    }
    let identity: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(folder.join("identity.json")).unwrap()).unwrap();
    for case in identity["cases"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|it| it["body"]["type"].is_string())
    {
        let body = case["body"].clone();
        let answer = body.to_string().into_bytes();
        let replay = move |_: Request| -> Fut<'static, Result<Response>> {
            let answer = answer.clone();
            Box::pin(async move { Ok(Response::new(200, vec![], answer)) })
        };
        let hub = Hub::builder()
            .token("hf_exampleFakeTokenForTestsOnly000000000")
            .transport(replay)
            .build()
            .unwrap();
        let me = hub.whoami_anew(&hubkey::Call::default()).await.unwrap();
        assert_eq!(serde_json::to_value(&me.raw).unwrap(), body);
        assert_eq!(me.name, body["name"].as_str().unwrap());
    }
}
