//! The JavaScript face. The facade in `pkg-template/` is its only caller: it takes options apart, checks their types
//! and hands over values; what they mean is decided here.

use lol_alloc::{AssumeSingleThreaded, FreeListAllocator};
use wasm_bindgen::prelude::*;

use crate::{
    client::{Builder, Call, Choice, Hub},
    error::{Code, Error, Result},
    json::Value,
    platform::Shared,
    store::{EnvStore, Kept, Memory},
    token::{Secret, Token, TokenKind},
    transport::Cancel,
};

mod ask;
mod error;
#[cfg(feature = "panic-hook")]
mod hook;
mod host;
mod ops;
mod task;

use host::Host;
use task::Tasks;

// SAFETY: the module is built without threads; each instance has its own memory.
#[global_allocator]
static ALLOCATOR: AssumeSingleThreaded<FreeListAllocator> =
    unsafe { AssumeSingleThreaded::new(FreeListAllocator::new()) };

/// One client inside one instance of the module. What must outlast the instance is on the JavaScript side: `state`
/// holds the record, the host the requests under way.
#[wasm_bindgen]
pub struct Core {
    hub: Hub,
    tasks: Tasks,
}

impl std::fmt::Debug for Core {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.hub.fmt(f)
    }
}

#[wasm_bindgen]
impl Core {
    /// The client's options, and `env` for a whole environment, `secrets` for a secret store, `state`. The host's `kind` is
    /// `""` for a store of this client alone.
    #[wasm_bindgen(constructor)]
    pub fn new(options: JsValue, host: Host) -> std::result::Result<Core, JsValue> {
        let hub = build(&options.into(), host)?;
        Ok(Self {
            hub,
            tasks: Tasks::default(),
        })
    }

    /// Starts a method, by its number: one export, because each costs a few hundred bytes. Gives the call's number.
    ///
    /// `token` is `undefined` for the stored one, `false` for none, else the one given; `says` is for the host; `more` is the
    /// address of a request, or where a list stands.
    pub fn call(&self, op: u32, token: JsValue, says: JsValue, options: JsValue, more: JsValue) -> usize {
        let told = ops::Told {
            token: token.into(),
            says,
            options: options.into(),
            more: more.into(),
        };
        self.tasks.add(Box::pin(ops::run(self.hub.clone(), op, told)))
    }

    /// Goes on with a call: at first with nothing, then with how the promise ended that the step before gave. What is no
    /// promise is the call's answer.
    pub fn step(&self, call: usize, failed: bool, came: JsValue) -> std::result::Result<JsValue, JsValue> {
        self.tasks.step(call, if failed { Err(came) } else { Ok(came) })
    }
}

/// A token's mask (0) or kind (1), or an address without its query and without secrets (2). One export and no text in its
/// signature: wasm-bindgen has glue for each.
#[wasm_bindgen]
pub fn tell(text: JsValue, what: u32) -> JsValue {
    let text = text.as_string().unwrap_or_default();
    #[cfg(feature = "panic-hook")]
    hook::token(&text);
    match what {
        0 => crate::token::mask(&text).into(),
        1 => TokenKind::of(&text).as_str().into(),
        _ => crate::redact::plain_url(&text).into(),
    }
}

#[inline(never)]
fn build(options: &Value, host: Host) -> Result<Hub> {
    let mut it = Builder {
        endpoint: options.text("endpoint"),
        offline: options.flag("offline"),
        ..Builder::default()
    };
    it.origins
        .extend(options.list("origins").iter().filter_map(Value::as_text));
    it.token = options.get("token").map(|it| text(&it)).transpose()?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let retries = options.number("maxRetries").map(|it| it as u32);
    it.max_retries = retries;
    it.max_wait_ms = options.number("maxWaitMs");
    if let Some(env) = options.get("env") {
        it.read_environment(&|name| env.text(name))?;
    }
    if let Some(secrets) = options.get("secrets") {
        it.secret = Some(EnvStore::new(&|name| secrets.text(name), it.is_official())?);
    }
    let host = Shared::new(host);
    it.own_store = host.named().is_empty();
    if !it.own_store || it.secret.is_none() {
        it.store = Some(host.clone());
    }
    let state = options.get("state").unwrap_or_else(Value::null);
    it.finish(host.clone(), Shared::new(State(state)), host)
}

/// A key that is there counts as given whatever its value: a forgotten variable is an error and not an anonymous call.
fn text(token: &Value) -> Result<String> {
    token
        .as_text()
        .ok_or_else(|| Error::new(Code::InvalidTokenFormat, "the token is not text"))
}

fn call_of(hub: &Hub, told: &ops::Told) -> Result<Call> {
    let token = &told.token;
    let token = if token.as_js().is_undefined() {
        Choice::Stored
    } else if token.as_bool() == Some(false) {
        Choice::Anonymous
    } else {
        Choice::Given(hub.token(Secret::new(text(token)?).expose())?)
    };
    Ok(Call {
        token,
        cancel: Cancel(told.says.clone()),
        ..Call::default()
    })
}

#[wasm_bindgen]
extern "C" {
    /// See `pkg-template/session.js`.
    type Session;
    #[wasm_bindgen(method)]
    fn hold(this: &Session, token: Option<&str>, pinned: bool, profile: Option<&str>, source: &str, grant: &str);
    #[wasm_bindgen(method)]
    fn heard(this: &Session, token: &str, identity: &JsValue);
}

/// The session on the JavaScript side.
struct State(Value);

impl Memory for State {
    fn get(&self) -> Option<Kept> {
        let token = self.0.text("token").map(Token::again);
        let pinned = self.0.flag("pinned");
        (pinned || token.is_some()).then_some(Kept { token, pinned })
    }

    fn hold(&self, kept: Kept, profile: Option<&str>, source: &'static str) {
        let token = kept.token.as_ref().map(Token::expose);
        let grant = kept.token.as_ref().map_or("", Token::grant);
        self.as_session().hold(token, kept.pinned, profile, source, grant);
    }

    fn profile(&self) -> Option<String> {
        self.0.text("profile")
    }

    fn source(&self) -> Option<String> {
        self.0.text("source")
    }

    fn heard(&self, token: &Token, identity: Option<&Value>) {
        let undefined = JsValue::UNDEFINED;
        let identity = identity.map_or(&undefined, Value::as_js);
        self.as_session().heard(token.expose(), identity);
    }

    fn ticket(&self) -> f64 {
        let next = self.number("given") + 1.0;
        self.0.clone().set("given", next);
        next
    }

    fn rule(&self, ticket: f64) -> bool {
        let newest = ticket >= self.ruling();
        if newest {
            self.0.clone().set("ruling", ticket);
        }
        newest
    }

    fn ruling(&self) -> f64 {
        self.number("ruling")
    }
}

impl State {
    fn as_session(&self) -> &Session {
        self.0.as_js().unchecked_ref()
    }

    fn number(&self, key: &str) -> f64 {
        self.0.number(key).unwrap_or_default()
    }
}
