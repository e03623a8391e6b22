//! Stores written in JavaScript: the browser's `localStorage` and `sessionStorage`, and any object of their shape or
//! of `load/save/clear`.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::{StoreKind, TokenStore};
use crate::{
    error::{Code, Error, Result},
    platform::Fut,
    text::cat,
};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = globalThis, thread_local_v2)]
    static GLOBAL: JsValue;
    #[wasm_bindgen(js_namespace = Promise, js_name = resolve)]
    fn promise_of(value: &JsValue) -> js_sys::Promise;
}

/// A store written in JavaScript.
///
/// ```
/// # use hubkey::{Hub, store::WebStore};
/// # async fn example() -> hubkey::Result<()> {
/// let hub = Hub::builder().store(WebStore::session()).build()?;
/// let me = hub.login("hf_thisIsAnExampleNoRealTokenAtAll0000").await?;
/// assert!(me.kept.persisted, "until the tab is closed");
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct WebStore {
    /// `undefined`: the global of that name, looked up at each use, because looking may throw.
    object: JsValue,
    global: &'static str,
    /// In place of the key that names the endpoint.
    key: Option<String>,
    kind: StoreKind,
}

impl WebStore {
    /// `localStorage`.
    ///
    /// ```
    /// # use hubkey::{Hub, store::WebStore};
    /// # async fn example() -> hubkey::Result<()> {
    /// let hub = Hub::builder().store(WebStore::local()).build()?;
    /// for it in hub.login("hf_thisIsAnExampleNoRealTokenAtAll0000").await?.kept.warnings {
    ///     println!("{}", it.message); // `write_token_in_web_storage`: every script of the origin can read it
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn local() -> Self {
        Self {
            object: JsValue::UNDEFINED,
            global: "localStorage",
            key: None,
            kind: StoreKind::Local,
        }
    }

    /// `sessionStorage`.
    ///
    /// ```
    /// # use hubkey::{TokenStore, store::{StoreKind, WebStore}};
    /// assert_eq!(WebStore::session().kind(), StoreKind::Session);
    /// ```
    #[must_use]
    pub fn session() -> Self {
        Self {
            global: "sessionStorage",
            kind: StoreKind::Session,
            ..Self::local()
        }
    }

    /// An object with `getItem/setItem/removeItem` or `load/save/clear`; answers may be promised.
    ///
    /// ```
    /// # use hubkey::{Code, Hub, store::WebStore};
    /// let storage = js_sys::Reflect::get(&js_sys::global(), &"myStorage".into()).unwrap_or_default();
    /// let hub = Hub::builder().store(WebStore::custom(storage)?).build()?;
    /// # let _ = hub;
    /// let refused = WebStore::custom("no store".into()).unwrap_err();
    /// assert_eq!(refused.code(), Code::InvalidArgument);
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    ///
    /// # Errors
    /// `invalid_argument` when it has neither.
    pub fn custom(object: JsValue) -> Result<Self> {
        let whole = |names: [&str; 3]| names.iter().all(|it| method(&object, it).is_some());
        if whole(["getItem", "setItem", "removeItem"]) || whole(["load", "save", "clear"]) {
            let kind = Reflect::get(&object, &"kind".into()).unwrap_or_default();
            let kind = if kind.as_string().as_deref() == Some("memory") {
                StoreKind::Memory
            } else {
                StoreKind::Custom
            };
            return Ok(Self {
                object,
                global: "",
                key: None,
                kind,
            });
        }
        let told = "a store needs getItem, setItem and removeItem, or load, save and clear";
        Err(Error::new(Code::InvalidArgument, told))
    }

    /// Under a key of one's own.
    ///
    /// ```
    /// # use hubkey::store::WebStore;
    /// let beside = WebStore::local().with_key(Some("second-account".to_owned()));
    /// # let _ = beside;
    /// ```
    #[must_use]
    pub fn with_key(mut self, key: Option<String>) -> Self {
        self.key = key;
        self
    }

    async fn ask(&self, (item, own): (&str, &str), key: &str, record: Option<&str>) -> Result<JsValue> {
        let object = if self.global.is_empty() {
            self.object.clone()
        } else {
            GLOBAL
                .with(|it| Reflect::get(it, &self.global.into()))
                .map_err(unavailable)?
        };
        let key = JsValue::from_str(&self.key.clone().unwrap_or_else(|| cat(&["hubkey:", key])));
        let args = Array::new();
        if let Some(function) = method(&object, item) {
            args.push(&key);
            if let Some(record) = record {
                args.push(&record.into());
            }
            return call(&function, &object, &args).await;
        }
        let function = method(&object, own).ok_or_else(|| unavailable(JsValue::UNDEFINED))?;
        if let Some(record) = record {
            args.push(&record.into());
        }
        args.push(&key);
        call(&function, &object, &args).await
    }
}

fn method(object: &JsValue, name: &str) -> Option<Function> {
    Reflect::get(object, &name.into()).ok()?.dyn_into().ok()
}

/// Calls, and waits where the answer is promised; anything can be thrown.
pub(crate) async fn call(function: &Function, this: &JsValue, args: &Array) -> Result<JsValue> {
    let answer = Reflect::apply(function, this, args).map_err(unavailable)?;
    JsFuture::from(promise_of(&answer)).await.map_err(unavailable)
}

fn unavailable(cause: JsValue) -> Error {
    let name = Reflect::get(&cause, &"name".into())
        .ok()
        .and_then(|it| it.as_string())
        .unwrap_or_else(|| "an error".to_owned());
    let told = cat(&["the token store threw ", &crate::redact::scrub(&name)]);
    Error::new(Code::StorageUnavailable, told).with_cause(cause)
}

impl TokenStore for WebStore {
    fn load<'a>(&'a self, key: &'a str) -> Fut<'a, Result<Option<String>>> {
        Box::pin(async move { Ok(self.ask(("getItem", "load"), key, None).await?.as_string()) })
    }

    fn save<'a>(&'a self, key: &'a str, record: &'a str) -> Fut<'a, Result<()>> {
        Box::pin(async move { self.ask(("setItem", "save"), key, Some(record)).await.map(|_| ()) })
    }

    fn clear<'a>(&'a self, key: &'a str) -> Fut<'a, Result<()>> {
        Box::pin(async move { self.ask(("removeItem", "clear"), key, None).await.map(|_| ()) })
    }

    fn kind(&self) -> StoreKind {
        self.kind
    }
}
