//! The JavaScript face: converts, calls, converts back. The facade in `pkg-template/` is its only caller.

use js_sys::Set;
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

use crate::{
    client::{Call, Choice, Hub},
    error::{Code, Error, Result},
    json::Value,
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
    /// Options are a copy without a prototype, made by the facade.
    #[wasm_bindgen(constructor)]
    pub fn new(options: JsValue, state: JsValue, running: Set) -> std::result::Result<Core, JsValue> {
        build(&options.into(), state, running).map(Core).map_err(JsValue::from)
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
    pub async fn call(&self, op: u32, options: JsValue, more: JsValue) -> std::result::Result<JsValue, JsValue> {
        ops::run(&self.0, op, &options.into(), more).await
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

fn build(options: &Value, state: JsValue, running: Set) -> Result<Hub> {
    let mut builder = Hub::builder().kept(State(Value::from(state)));
    let own = |key: &str| options.get(key).filter(|it| !it.is_null());
    if let Some(it) = own("endpoint") {
        builder = builder.endpoint(it.as_text().ok_or_else(|| Error::new(Code::InvalidEndpoint, "`endpoint` is not text"))?);
    }
    for it in own("origins").and_then(|it| it.items()).unwrap_or_default() {
        builder = builder.origin(it.as_text().unwrap_or_default());
    }
    let fetch = own("fetch").map(|it| it.into_js().dyn_into().map_err(|_| wrong("`fetch` is not a function"))).transpose()?;
    builder = builder.transport(FetchTransport::new(fetch).watched_by(running));
    if let Some(ms) = timeout(options)? {
        builder = builder.timeout_ms(ms);
    }
    builder = builder.offline(own("offline").and_then(|it| it.as_bool()).unwrap_or(false));
    if options.has("token") {
        builder = builder.token(given_token(options)?);
    }
    if let Some(env) = options.get("env") {
        return builder.environment(|name| env.text(name))?.build();
    }
    let Some(store) = own("store") else { return builder.build() };
    // Its endpoint is needed to read a secret; built twice is cheaper than carried around.
    let plain = || store.text("kind").unwrap_or_default();
    let web = match plain().as_str() {
        "local" => Some(WebStore::local().with_key(store.text("key"))),
        "session" => Some(WebStore::session().with_key(store.text("key"))),
        "env" => None,
        _ => Some(WebStore::custom(store.as_js().clone())?),
    };
    match web {
        Some(web) => builder.store(web).build(),
        None => {
            let env = store.get("env").unwrap_or_else(Value::object);
            let official = own("endpoint").is_none_or(|it| it.as_text().is_some_and(|it| crate::url::Endpoint::parse(&it).is_ok_and(|it| it.is_official())));
            builder.store(EnvStore::new(|name| env.text(name), official)?).build()
        }
    }
}

fn wrong(message: &str) -> Error {
    Error::new(Code::InvalidArgument, message)
}

/// What every call may say for itself.
fn call_of(hub: &Hub, options: &Value) -> Result<Call> {
    let mut call = Call { timeout_ms: timeout(options)?, ..Call::default() };
    if options.has("token") {
        let anonymous = options.get("token").and_then(|it| it.as_bool()) == Some(false);
        call.token = if anonymous { Choice::Anonymous } else { Choice::Given(hub.token(&given_token(options)?)?) };
    }
    if let Some(signal) = options.get("signal").filter(|it| !it.is_null()) {
        // By shape: the signal of another realm is one too.
        let shape = |it: &str| js_sys::Reflect::get(signal.as_js(), &it.into()).unwrap_or_default();
        if shape("aborted").as_bool().is_none() || !shape("addEventListener").is_function() {
            return Err(wrong("`signal` is not an AbortSignal"));
        }
        call = call.cancel(signal.into_js().unchecked_into::<AbortSignal>().into());
    }
    Ok(call)
}

fn timeout(options: &Value) -> Result<Option<f64>> {
    let Some(it) = options.get("timeoutMs").filter(|it| !it.is_null()) else { return Ok(None) };
    match it.as_number() {
        Some(ms) if ms >= 0.0 => Ok(Some(ms)),
        _ => Err(wrong("`timeoutMs` should be a number of milliseconds, 0 for no limit")),
    }
}

/// The key counts as given whatever its value: a forgotten variable is an error and not an anonymous call.
fn given_token(options: &Value) -> Result<String> {
    options.text("token").ok_or_else(|| Error::new(Code::InvalidTokenFormat, "the token is not text"))
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
