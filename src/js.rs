//! The JavaScript face. The facade in `pkg-template/` is its only caller: it takes options apart, checks their types
//! and hands over values; what they mean is decided here.

use js_sys::{Function, Set};
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

use crate::{
    client::{Builder, Call, Choice, Hub},
    error::{Code, Error, Result},
    json::Value,
    platform::Shared,
    store::{EnvStore, Kept, Memory, WebStore},
    token::{Secret, TokenKind},
    transport::fetch::FetchTransport,
};

mod error;
mod ops;

/// One client inside one instance of the module. What must outlast the instance is on the JavaScript side: `state`
/// holds the record, `running` the requests under way.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Core(Hub);

#[wasm_bindgen]
impl Core {
    /// `store_kind` is `""` for none, `env` for a secret store, `fromEnv` for a whole environment.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::too_many_arguments)]
    pub fn new(
        endpoint: Option<String>,
        origins: &str,
        fetch: Option<Function>,
        token: JsValue,
        timeout_ms: Option<f64>,
        offline: bool,
        store_kind: &str,
        store: JsValue,
        key: Option<String>,
        state: JsValue,
        running: Set,
    ) -> std::result::Result<Core, JsValue> {
        let mut it = Builder { endpoint, timeout_ms, offline, ..Builder::default() };
        it.origins.extend(origins.split(' ').filter(|it| !it.is_empty()).map(str::to_owned));
        it.transport = Some(Shared::new(FetchTransport::new(fetch).watched_by(running)));
        it.kept = Some(Shared::new(State(Value::from(state))));
        build(it, token, store_kind, store.into(), key).map(Core).map_err(JsValue::from)
    }

    /// The endpoint in use.
    pub fn endpoint(&self) -> String {
        self.0.endpoint()
    }

    /// Whether the token may go to an address.
    pub fn admits(&self, url: &str) -> bool {
        crate::url::Url::parse(url, None).is_some_and(|it| self.0.0.gate.admits(&it))
    }

    /// Every asynchronous method, by its number: one export, because each costs a few hundred bytes.
    /// `token`: `undefined` for the stored one, `false` for none, else the one given.
    pub async fn call(
        &self,
        op: u32,
        token: JsValue,
        timeout_ms: Option<f64>,
        signal: Option<AbortSignal>,
        options: JsValue,
        more: JsValue,
    ) -> std::result::Result<JsValue, JsValue> {
        let hub = self.0.clone();
        ops::run(&hub, op, (token, timeout_ms, signal), &options.into(), more).await
    }
}

/// The mask of a token.
#[wasm_bindgen]
pub fn mask(token: &str) -> String {
    crate::token::mask(token)
}

/// The kind of a token.
#[wasm_bindgen]
pub fn kind(token: &str) -> String {
    TokenKind::of(token).as_str().to_owned()
}

fn build(mut it: Builder, token: JsValue, store_kind: &str, store: Value, key: Option<String>) -> Result<Hub> {
    if !token.is_undefined() {
        it.token = Some(text(&token)?);
    }
    let look_up = |name: &str| store.text(name);
    match store_kind {
        "" => {}
        "local" => it.store = Some(Shared::new(WebStore::local().with_key(key))),
        "session" => it.store = Some(Shared::new(WebStore::session().with_key(key))),
        "env" => {
            let official = it.is_official();
            it.store = Some(Shared::new(EnvStore::new(&look_up, official)?));
        }
        "fromEnv" => it.read_environment(&look_up)?,
        _ => it.store = Some(Shared::new(WebStore::custom(store.into_js())?)),
    }
    it.build()
}

/// A key that is there counts as given whatever its value: a forgotten variable is an error and not an anonymous call.
fn text(token: &JsValue) -> Result<String> {
    token.as_string().ok_or_else(|| Error::new(Code::InvalidTokenFormat, "the token is not text"))
}

fn call_of(hub: &Hub, (token, timeout_ms, signal): (JsValue, Option<f64>, Option<AbortSignal>)) -> Result<Call> {
    let token = match token.as_bool() {
        _ if token.is_undefined() => Choice::Stored,
        Some(false) => Choice::Anonymous,
        _ => Choice::Given(hub.token(&text(&token)?)?),
    };
    Ok(Call { token, timeout_ms, cancel: signal.map(Into::into).unwrap_or_default() })
}

/// The session on the JavaScript side.
struct State(Value);

impl Memory for State {
    fn get(&self) -> Option<Kept> {
        let record = Secret::new(self.0.text("record")?);
        Some(Kept { record, pinned: self.0.get("pinned").and_then(|it| it.as_bool()).unwrap_or(false) })
    }

    fn set(&self, kept: Option<Kept>) {
        let mut state = self.0.clone();
        match kept {
            Some(it) => {
                state.set("record", it.record.expose());
                state.set("pinned", it.pinned);
            }
            None => state.set("record", JsValue::UNDEFINED),
        }
    }
}
