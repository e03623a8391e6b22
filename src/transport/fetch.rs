//! The platform's `fetch` for Rust apps, or one that is handed in, called as `fetch(urlString, init)`. The npm package
//! has the same in JavaScript (`pkg-template/host.js`), where it is a third of the size.

use gloo_net::http::{Headers, Response as GlooResponse};
use js_sys::{Function, Object, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortController;

use super::{Request, Response, Transport, clock::Clock, clock::SystemClock};
use crate::{
    error::{Code, Error, Result},
    json::Value,
    platform::{Fut, first},
};

mod body;

#[wasm_bindgen]
extern "C" {
    // One binding for pages, workers, workerd and Node; `window.fetch` exists in the first only.
    #[wasm_bindgen(js_name = fetch, catch)]
    fn global_fetch(url: &str, init: &Object) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = Promise, js_name = resolve)]
    fn promise_of(value: &JsValue) -> js_sys::Promise;
    #[wasm_bindgen(thread_local_v2, js_namespace = ["globalThis", "Request"], js_name = prototype)]
    static REQUEST: Option<JsValue>;
}

/// Sends by `fetch`.
///
/// ```
/// # use hubkey::{Hub, transport::fetch::FetchTransport};
/// let hub = Hub::builder().transport(FetchTransport::default()).build()?; // as without it
/// assert_eq!(hub.endpoint(), "https://huggingface.co");
/// # Ok::<(), hubkey::Error>(())
/// ```
#[derive(Debug, Default)]
pub struct FetchTransport(Option<Function>);

impl FetchTransport {
    /// By the global `fetch`, or by the one given.
    ///
    /// ```
    /// # use hubkey::{Hub, transport::fetch::FetchTransport};
    /// let own = js_sys::Function::new_with_args("url, init", "console.log(url); return fetch(url, init)");
    /// let hub = Hub::builder().transport(FetchTransport::new(Some(own))).build()?;
    /// # let _ = hub;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    #[must_use]
    pub fn new(fetch: Option<Function>) -> Self {
        Self(fetch)
    }

    async fn exchange(&self, request: &Request) -> Result<Response> {
        let leash = Leash(AbortController::new().map_err(Error::network)?);
        let init = init(request, &leash)?;
        let pending = match &self.0 {
            // Without `this`: workerd's own fetch refuses any other.
            Some(fetch) => fetch.call2(&JsValue::UNDEFINED, &JsValue::from_str(&request.url), &init),
            None => global_fetch(&request.url, &init),
        };
        let answer = JsFuture::from(promise_of(&pending.map_err(Error::network)?))
            .await
            .map_err(Error::network)?;
        if !is_response(&answer) {
            return Err(Error::new(
                Code::InvalidResponse,
                "fetch gave something that is no Response",
            ));
        }
        let raw: web_sys::Response = answer.unchecked_into();
        let opaque = raw.type_() == web_sys::ResponseType::Opaqueredirect;
        let origin = |url: &str| crate::url::Url::parse(url, None).map(|it| it.origin);
        let left = raw.redirected() && origin(&raw.url()) != origin(&request.url);
        let most = Response::most(raw.status(), request.bytes);
        let read = body::read(&raw, most).await?;
        let body = match &read {
            Some(bytes) if request.bytes && raw.ok() => js_sys::Uint8Array::from(bytes.as_slice()).into(),
            Some(bytes) => JsValue::from_str(String::from_utf8_lossy(bytes).trim_start_matches('\u{feff}')),
            None => "".into(),
        };
        let raw = GlooResponse::from(raw);
        let answer = Response {
            opaque,
            left,
            ..Response::new(raw.status(), raw.headers().into_raw().into(), body)
        };
        if read.is_none() && !answer.is_page_of_error() {
            return Err(super::too_large());
        }
        Ok(answer)
    }
}

impl Transport for FetchTransport {
    fn send(&self, request: Request) -> Fut<'_, Result<Response>> {
        Box::pin(async move {
            let late: Fut<'_, Result<Response>> = Box::pin(async {
                SystemClock.sleep(request.timeout_ms).await;
                Err(Error::new(Code::Timeout, "the time was up before the answer came"))
            });
            let ended: Fut<'_, Result<Response>> = Box::pin(async { Err(request.cancel.wait().await) });
            first(Box::pin(self.exchange(&request)), Box::pin(first(late, ended))).await
        })
    }
}

/// Also of another realm, as npm's undici gives: then its shape decides. What is none would trap in the glue.
fn is_response(it: &JsValue) -> bool {
    let part = |of: &JsValue, key: &str| Reflect::get(of, &key.into()).unwrap_or_default();
    it.is_instance_of::<web_sys::Response>()
        || (it.is_object()
            && part(it, "status").as_f64().is_some()
            && part(it, "text").is_function()
            && part(&part(it, "headers"), "get").is_function())
}

fn init(request: &Request, leash: &Leash) -> Result<Object> {
    let mut init = Value::object();
    init.set("method", request.method.as_str());
    init.set("credentials", "omit");
    init.set("referrerPolicy", "no-referrer");
    init.set("redirect", if request.follow_redirects { "follow" } else { "manual" });
    init.set("signal", JsValue::from(leash.0.signal()));
    let headers = Headers::new();
    for (name, value) in &request.headers {
        headers.set(name, value);
    }
    if let Some(it) = request.authorization() {
        headers.set("authorization", it);
    }
    init.set("headers", JsValue::from(headers.into_raw()));
    // workerd throws on `cache` at old compatibility dates.
    if request.no_store
        && REQUEST.with(|it| {
            it.as_ref()
                .is_some_and(|it| Reflect::has(it, &"cache".into()).unwrap_or(false))
        })
    {
        init.set("cache", "no-store");
    }
    if !request.body.is_empty() {
        init.set("body", request.body.0.clone());
    }
    Ok(init.into_js().unchecked_into())
}

/// Ends the request when dropped; after the end that does nothing.
struct Leash(AbortController);

impl Drop for Leash {
    fn drop(&mut self) {
        self.0.abort();
    }
}
