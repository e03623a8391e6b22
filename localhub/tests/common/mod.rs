//! A hub without sockets, its clock in the test's hand.

pub(crate) mod sign_in;

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt as _;
use localhub::{Config, Hub};
use serde_json::Value;
use tower::ServiceExt as _;

pub(crate) const BASE: &str = "http://hub.test";
pub(crate) const CDN: &str = "http://cdn.test";

type Documents = Arc<Mutex<HashMap<String, Result<String, String>>>>;

pub(crate) struct World {
    /// What the hub finds behind an address.
    pub(crate) documents: Documents,
    pub(crate) hub: Router,
    pub(crate) cdn: Router,
    clock: Arc<AtomicU64>,
}

pub(crate) struct Got {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

/// The token of a seeded principal: `hf_`, its name, zeros.
pub(crate) fn token(name: &str) -> String {
    format!("hf_{name:0<34}")
}

pub(crate) fn world() -> World {
    let clock = Arc::new(AtomicU64::new(1_790_000_000_000));
    let (now, next) = (Arc::clone(&clock), AtomicU64::new(1));
    let documents = Documents::default();
    let found = Arc::clone(&documents);
    let hub = Hub::new(Config {
        origin: BASE.to_owned(),
        cdn_origin: CDN.to_owned(),
        now_ms: Arc::new(move || now.load(Ordering::Relaxed)),
        random: Arc::new(move || next.fetch_add(1, Ordering::Relaxed)),
        fetch: Arc::new(move |url| {
            let nothing = Err("there is nothing".to_owned());
            let found = found
                .lock()
                .expect("nobody panicked")
                .get(&url)
                .cloned()
                .unwrap_or(nothing);
            Box::pin(async move { found.map(Into::into) })
        }),
    });
    World {
        hub: localhub::router(hub.clone()),
        cdn: localhub::cdn_router(hub),
        documents,
        clock,
    }
}

impl World {
    pub(crate) fn pass(&self, seconds: u64) {
        self.clock.fetch_add(seconds * 1000, Ordering::Relaxed);
    }

    pub(crate) async fn get(&self, path: &str) -> Got {
        self.send("GET", path, None, &[], "").await
    }

    pub(crate) async fn get_as(&self, name: &str, path: &str) -> Got {
        self.send("GET", path, Some(name), &[], "").await
    }

    pub(crate) async fn post_as(&self, name: &str, path: &str, body: &str) -> Got {
        self.send("POST", path, Some(name), &[], body).await
    }

    pub(crate) async fn with(&self, path: &str, headers: &[(&str, &str)]) -> Got {
        self.send("GET", path, None, headers, "").await
    }

    /// A control route, which must succeed.
    pub(crate) async fn control(&self, method: &str, path: &str, body: &str) -> Value {
        let got = self.send(method, &format!("/_localhub/{path}"), None, &[], body).await;
        assert_eq!(got.status, 200, "{method} {path}: {}", got.text());
        got.json()
    }

    pub(crate) async fn send(
        &self,
        method: &str,
        path: &str,
        name: Option<&str>,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Got {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(name) = name {
            request = request.header("authorization", format!("Bearer {}", token(name)));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body.to_owned())).expect("a request");
        answer(&self.hub, request).await
    }
}

pub(crate) async fn answer(router: &Router, request: Request<Body>) -> Got {
    let Ok(response) = router.clone().oneshot(request).await;
    let (parts, body) = response.into_parts();
    let body = body.collect().await.expect("a body").to_bytes().to_vec();
    Got {
        status: parts.status,
        headers: parts.headers,
        body,
    }
}

impl Got {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().expect("visible characters"))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        match serde_json::from_slice(&self.body) {
            Ok(value) => value,
            Err(error) => panic!("{error} in {:?}", self.text()),
        }
    }

    #[track_caller]
    pub(crate) fn error(&self) -> String {
        self.json()["error"].as_str().expect("an error text").to_owned()
    }

    #[track_caller]
    pub(crate) fn ids(&self) -> Vec<String> {
        let list = self.json();
        let list = list.as_array().expect("a list").iter();
        list.map(|it| it["id"].as_str().expect("an id").to_owned()).collect()
    }
}
