//! The platform's `fetch`, or one that is handed in, called as `fetch(urlString, init)`.

use gloo_net::http::{Headers, Response as GlooResponse};
use js_sys::{Function, Object};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortController;

use super::{Request, Transport};
use crate::{
    error::{Code, Error, Result},
    json::Value,
    platform::Fut,
};

#[wasm_bindgen]
extern "C" {
    // One binding for pages, workers, workerd and Node; `window.fetch` exists in the first only.
    #[wasm_bindgen(js_name = fetch, catch)]
    fn global_fetch(url: &str, init: &Object) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = Object, js_name = assign, catch)]
    fn assign(target: &JsValue, source: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = Promise, js_name = resolve)]
    fn promise_of(value: &JsValue) -> js_sys::Promise;
    #[wasm_bindgen(thread_local_v2, js_namespace = ["globalThis", "Request"], js_name = prototype)]
    static REQUEST: Option<JsValue>;
    #[wasm_bindgen(js_namespace = AbortSignal, js_name = any, catch)]
    fn any_signal(signals: &js_sys::Array) -> Result<JsValue, JsValue>;
    // An object of a fetch that is handed in need not be a Response of this realm: only its shape counts.
    #[wasm_bindgen(method, structural, catch)]
    fn text(this: &ResponseShape) -> Result<JsValue, JsValue>;
    type ResponseShape;
}

/// Sends by `fetch`.
#[derive(Debug, Default)]
pub struct FetchTransport {
    fetch: Option<Function>,
    /// Where the controllers of running requests are found when the module dies.
    running: Option<js_sys::Set>,
}

impl FetchTransport {
    /// By the global `fetch`, or by the one given.
    #[must_use]
    pub fn new(fetch: Option<Function>) -> Self {
        Self { fetch, running: None }
    }

    #[cfg(feature = "js")]
    pub(crate) fn watched_by(mut self, running: js_sys::Set) -> Self {
        self.running = Some(running);
        self
    }

    fn call(&self, url: &str, init: &Object) -> Result<JsValue, JsValue> {
        match &self.fetch {
            // Without `this`: workerd's own fetch refuses any other.
            Some(fetch) => fetch.call2(&JsValue::UNDEFINED, &JsValue::from_str(url), init),
            None => global_fetch(url, init),
        }
    }
}

impl Transport for FetchTransport {
    fn send(&self, request: Request) -> Fut<'_, Result<Response>> {
        Box::pin(async move {
            let failed = Error::network;
            let leash = Leash::new(self.running.clone()).map_err(failed)?;
            let init = init(&request, &leash)?;
            let pending = self.call(&request.url, &init).map_err(failed)?;
            let answer = JsFuture::from(promise_of(&pending)).await.map_err(failed)?;
            if !is_response(&answer) {
                return Err(Error::new(Code::InvalidResponse, "fetch gave something that is no Response"));
            }
            Ok(Response { raw: answer.unchecked_into::<web_sys::Response>().into(), leash })
        })
    }
}

/// Also of another realm, as npm's undici gives: then its shape decides. What is none would trap in the glue.
fn is_response(it: &JsValue) -> bool {
    let part = |of: &JsValue, key: &str| js_sys::Reflect::get(of, &key.into()).unwrap_or_default();
    it.is_instance_of::<web_sys::Response>()
        || (it.is_object()
            && part(it, "status").as_f64().is_some()
            && part(it, "text").is_function()
            && part(&part(it, "headers"), "get").is_function())
}

fn init(request: &Request, leash: &Leash) -> Result<Object> {
    let wrong = |it: JsValue| Error::new(Code::InvalidArgument, "fetch does not take these options").with_cause(it);
    let mut init = Value::object();
    init.set("credentials", "omit");
    init.set("referrerPolicy", "no-referrer");
    let mut signal: JsValue = leash.signal();
    let mut headers = Headers::new();
    if let Some(given) = &request.init {
        assign(init.as_js(), given).map_err(wrong)?;
        if let Some(own) = init.get("signal").filter(|it| !it.is_null()) {
            // Old runtimes lack it; then the caller's alone counts.
            signal = any_signal(&js_sys::Array::of2(own.as_js(), &signal)).unwrap_or(own.into_js());
        }
        if let Some(own) = init.get("headers") {
            headers = Headers::from_raw(own.into_js().unchecked_into());
        }
    }
    init.set("method", request.method.as_str());
    for (name, value) in &request.headers {
        headers.set(name, value);
    }
    match request.authorization() {
        Some(it) => headers.set("authorization", it),
        None => headers.delete("authorization"),
    }
    init.set("headers", JsValue::from(headers.into_raw()));
    init.set("redirect", if request.follow_redirects { "follow" } else { "manual" });
    init.set("signal", signal);
    // workerd throws on `cache` at old compatibility dates.
    if request.no_store && REQUEST.with(|it| it.as_ref().is_some_and(|it| js_sys::Reflect::has(it, &"cache".into()).unwrap_or(false))) {
        init.set("cache", "no-store");
    }
    if !request.body.is_empty() {
        init.set("body", request.body.0.clone());
    }
    Ok(init.into_js().unchecked_into())
}

/// What a redirect to another origin leaves behind.
pub(crate) fn keep_headers(init: &mut Option<Object>, names: &[&str]) {
    let Some(init) = init else { return };
    let mut init = Value::from(JsValue::from(init.clone()));
    let before = init.get("headers").map(|it| Headers::from_raw(it.into_js().unchecked_into()));
    let after = Headers::new();
    for name in names {
        if let Some(value) = before.as_ref().and_then(|it| it.get(name)) {
            after.set(name, &value);
        }
    }
    init.set("headers", JsValue::from(after.into_raw()));
}

/// A write that was told to go on as a read.
pub(crate) fn drop_body(init: &mut Option<Object>) {
    if let Some(init) = init {
        let mut init = Value::from(JsValue::from(init.clone()));
        init.set("body", JsValue::UNDEFINED);
    }
}

/// Ends the request when dropped before its answer was read.
struct Leash {
    controller: Option<AbortController>,
    running: Option<js_sys::Set>,
}

impl Leash {
    fn new(running: Option<js_sys::Set>) -> Result<Self, JsValue> {
        let controller = AbortController::new()?;
        if let Some(all) = &running {
            all.add(&controller);
        }
        Ok(Self { controller: Some(controller), running })
    }

    fn signal(&self) -> JsValue {
        self.controller.as_ref().map(|it| it.signal().into()).unwrap_or_default()
    }

    /// The answer was read, or is somebody else's now.
    fn release(&mut self) -> Option<AbortController> {
        let controller = self.controller.take()?;
        if let Some(all) = &self.running {
            all.delete(&controller);
        }
        Some(controller)
    }
}

impl Drop for Leash {
    fn drop(&mut self) {
        if let Some(it) = self.release() {
            it.abort();
        }
    }
}

/// What goes along with a request.
#[derive(Clone, Debug)]
pub struct Body(JsValue);

impl Default for Body {
    fn default() -> Self {
        Self(JsValue::UNDEFINED)
    }
}

impl Body {
    pub(crate) fn json(value: &Value) -> Result<Self> {
        let wrong = || Error::new(Code::InvalidArgument, "the body has no JSON form");
        value.stringify().map(Self).ok_or_else(wrong)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_undefined()
    }

    /// A copy for the next hop of a redirect; none for a stream, which can be sent only once.
    pub(crate) fn again(&self) -> Option<Self> {
        (!self.0.is_instance_of::<web_sys::ReadableStream>()).then(|| self.clone())
    }
}

/// A body as text.
pub(crate) type Text = JsValue;

pub(crate) fn parse(text: &Text) -> Option<Value> {
    Value::parse_js(text)
}

pub(crate) fn plain(text: Text) -> String {
    text.as_string().unwrap_or_default()
}

/// An answer. Dropped unread, it ends the request.
pub struct Response {
    raw: GlooResponse,
    leash: Leash,
}

impl std::fmt::Debug for Response {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Response")
    }
}

impl Response {
    /// Its status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.raw.status()
    }

    /// A header, by its name in any case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<String> {
        self.raw.headers().get(name)
    }

    /// What a browser shows of a redirect that was not to be followed.
    pub(crate) fn is_opaque_redirect(&self) -> bool {
        self.raw.status() == 0 && self.raw.type_() == web_sys::ResponseType::Opaqueredirect
    }

    /// The text stays with the engine: JSON is parsed there and never enters this module.
    pub(crate) fn body(mut self) -> Fut<'static, Result<Text>> {
        Box::pin(async move {
            let shape: ResponseShape = JsValue::from(web_sys::Response::from(self.raw)).unchecked_into();
            let pending = shape.text().map_err(Error::truncated)?;
            let text = JsFuture::from(promise_of(&pending)).await.map_err(Error::truncated)?;
            self.leash.release();
            Ok(text)
        })
    }

    /// The platform's own, for `hub.fetch`.
    #[cfg(feature = "js")]
    pub(crate) fn into_raw(mut self) -> JsValue {
        self.leash.release();
        web_sys::Response::from(self.raw).into()
    }
}
