//! Puts a client together.

use super::{Hub, Inner};
use crate::{
    error::{Code, Error, Result},
    platform::Shared,
    store::{EnvStore, Memory, OPTION, TokenStore},
    token::Token,
    transport::{Transport, clock::Clock},
    url::{self, Gate},
};

/// Time for an answer's headers, and again for its body.
const TIMEOUT_MS: f64 = 30_000.0;
const RETRIES: u32 = 2;
const WAIT_MS: f64 = 30_000.0;

/// Puts a [`Hub`] together.
///
/// ```ignore-wasm32
/// # use hubkey::{Hub, MemoryStore, example::answers};
/// let hub = Hub::builder()
///     .store(MemoryStore::default())
///     .timeout_ms(10_000.0)
///     .transport(answers)
///     .build()?;
/// # assert_eq!(hub.endpoint(), "https://huggingface.co");
/// # Ok::<(), hubkey::Error>(())
/// ```
#[derive(Default)]
pub struct Builder {
    pub(crate) endpoint: Option<String>,
    pub(crate) origins: Vec<String>,
    pub(crate) store: Option<Shared<dyn TokenStore>>,
    pub(crate) own_store: bool,
    pub(crate) secret: Option<EnvStore>,
    pub(crate) kept: Option<Shared<dyn Memory>>,
    pub(crate) transport: Option<Shared<dyn Transport>>,
    pub(crate) clock: Option<Shared<dyn Clock>>,
    pub(crate) token: Option<String>,
    pub(crate) timeout_ms: Option<f64>,
    pub(crate) max_retries: Option<u32>,
    pub(crate) max_wait_ms: Option<f64>,
    pub(crate) offline: bool,
}

impl Builder {
    /// Where the Hub is. Default `https://huggingface.co`; `http` on loopback only.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Code, Hub, example::answers};
    /// let at = |url: &str| Hub::builder().transport(answers).endpoint(url).build();
    /// assert!(at("http://127.0.0.1:8080").is_ok());
    /// assert_eq!(at("http://hub.example").unwrap_err().code(), Code::InsecureEndpoint);
    /// assert_eq!(at("hub.example").unwrap_err().code(), Code::InvalidEndpoint);
    /// ```
    #[must_use]
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.endpoint = Some(endpoint.into());
        self
    }

    /// A further origin that may get the token, such as a private Space's host.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Call, Code, Hub, RawRequest, example::{TOKEN, answers}};
    /// # hubkey::example::block_on(async {
    /// let space = || RawRequest { path: "https://ada-space.example/api/busy".to_owned(), ..Default::default() };
    /// let hub = Hub::builder().transport(answers).token(TOKEN);
    /// let refused = hub.build()?.request(space(), &Call::default()).await.unwrap_err();
    /// assert_eq!(refused.code(), Code::InvalidPath);
    ///
    /// let hub = Hub::builder().transport(answers).token(TOKEN).origin("https://ada-space.example").build()?;
    /// assert_eq!(hub.request(space(), &Call::default()).await.unwrap_err().status(), Some(404), "it was asked");
    /// # Ok::<(), hubkey::Error>(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    #[must_use]
    pub fn origin(mut self, origin: impl Into<String>) -> Self {
        self.origins.push(origin.into());
        self
    }

    /// Where the token is kept. Default: memory.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{EnvStore, Hub, example::answers};
    /// # hubkey::example::block_on(async {
    /// let secret = EnvStore::new(&|name| (name == "HF_TOKEN").then(|| "hf_thisIsAnExampleNoRealTokenAtAll0000".to_owned()), true)?;
    /// let hub = Hub::builder().store(secret).transport(answers).build()?;
    /// assert_eq!(hub.whoami().await?.name, "ada");
    /// # Ok::<(), hubkey::Error>(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    #[must_use]
    pub fn store(mut self, store: impl TokenStore + 'static) -> Self {
        self.store = Some(Shared::new(store));
        self
    }

    /// How requests are sent. Default in wasm: the platform's `fetch`; natively there is none.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Fut, Hub, Request, Response, Result};
    /// # hubkey::example::block_on(async {
    /// let transport = |request: Request| -> Fut<'static, Result<Response>> {
    ///     Box::pin(async move { Ok(Response::new(200, vec![], format!(r#"{{"id":"{}"}}"#, request.url).into())) })
    /// };
    /// let hub = Hub::builder().transport(transport).build()?;
    /// let model = hub.send(hubkey::hub::ModelInfo::new("gpt2".parse()?)).await?;
    /// assert_eq!(model.id, "https://huggingface.co/api/models/gpt2");
    /// # Ok::<(), hubkey::Error>(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    #[must_use]
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Shared::new(transport));
        self
    }

    /// Another clock, for tests.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Code, Fut, Hub, Request, Response, Result, transport::clock::Clock};
    /// # hubkey::example::block_on(async {
    /// # let silent = |_: Request| -> Fut<'static, Result<Response>> { Box::pin(std::future::pending()) };
    /// struct Hasty;
    /// impl Clock for Hasty {
    ///     fn now_ms(&self) -> f64 { 0.0 }
    ///     fn sleep(&self, _: f64) -> Fut<'static, ()> { Box::pin(async {}) }
    /// }
    ///
    /// let hub = Hub::builder().clock(Hasty).transport(silent).token("hf_thisIsAnExampleNoRealTokenAtAll0000").build()?;
    /// assert_eq!(hub.whoami().await.unwrap_err().code(), Code::Timeout, "without waiting for it");
    /// # Ok::<(), hubkey::Error>(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    #[must_use]
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Some(Shared::new(clock));
        self
    }

    /// A token to use from the start, kept in memory only.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Hub, example::answers};
    /// # hubkey::example::block_on(async {
    /// let hub = Hub::builder().token("hf_thisIsAnExampleNoRealTokenAtAll0000").transport(answers).build()?;
    /// assert_eq!(hub.whoami().await?.name, "ada");
    /// # Ok::<(), hubkey::Error>(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    #[must_use]
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.token = Some(token.into());
        self
    }

    /// Milliseconds to wait for an answer's headers, and again for its body. Default 30,000; 0 waits for ever.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Code, Fut, Hub, Request, Response, Result};
    /// # hubkey::example::block_on(async {
    /// # let silent = |_: Request| -> Fut<'static, Result<Response>> { Box::pin(std::future::pending()) };
    /// let hub = Hub::builder().timeout_ms(20.0).transport(silent).token("hf_thisIsAnExampleNoRealTokenAtAll0000").build()?;
    /// let error = hub.whoami().await.unwrap_err();
    /// assert_eq!((error.code(), error.retryable()), (Code::Timeout, true));
    /// # Ok::<(), hubkey::Error>(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    #[must_use]
    pub fn timeout_ms(mut self, ms: f64) -> Self {
        self.timeout_ms = Some(ms);
        self
    }

    /// How often a read that failed is sent again; 2 by default, 0: never. Writes are sent once.
    ///
    /// What is tried again: no answer, half of one, none in time, and 408, 429, 500, 502, 503, 504. All clients of a process share
    /// a budget for each origin, so that a storm of failures is not made worse.
    ///
    /// ```ignore-wasm32
    /// # use std::sync::atomic::{AtomicU32, Ordering};
    /// # use hubkey::{Code, Fut, Hub, Request, Response, Result, hub::ModelInfo};
    /// # hubkey::example::block_on(async {
    /// static SENT: AtomicU32 = AtomicU32::new(0);
    /// let down = |_: Request| -> Fut<'static, Result<Response>> {
    ///     SENT.fetch_add(1, Ordering::Relaxed);
    ///     Box::pin(async { Ok(Response::new(503, vec![], vec![])) })
    /// };
    /// let hub = Hub::builder().endpoint("https://down.example").transport(down).max_retries(1).build()?;
    /// assert_eq!(hub.send(ModelInfo::new("gpt2".parse()?)).await.unwrap_err().code(), Code::ServerError);
    /// assert_eq!(SENT.load(Ordering::Relaxed), 2);
    /// # Ok::<(), hubkey::Error>(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    #[must_use]
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.max_retries = Some(retries);
        self
    }

    /// How long a wait that the Hub asks for is waited out; 30 s by default, more than 310 s are never. A longer one ends the call
    /// with `rate_limited` at once.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Hub, example::answers};
    /// let hub = Hub::builder().transport(answers).max_wait_ms(310_000.0).build()?; // a whole window of the Hub's
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    #[must_use]
    pub fn max_wait_ms(mut self, ms: f64) -> Self {
        self.max_wait_ms = Some(ms);
        self
    }

    /// Refuse every request before it is sent.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Code, Hub, example::{TOKEN, answers}};
    /// # hubkey::example::block_on(async {
    /// let hub = Hub::builder().offline(true).token(TOKEN).transport(answers).build()?;
    /// assert_eq!(hub.whoami().await.unwrap_err().code(), Code::Offline);
    /// # Ok::<(), hubkey::Error>(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    #[must_use]
    pub fn offline(mut self, offline: bool) -> Self {
        self.offline = offline;
        self
    }

    /// Takes what an environment says, by a function that looks up a name: `HF_TOKEN` (or the legacy name), `HF_ENDPOINT`,
    /// `HF_HUB_OFFLINE`. Nothing else is read, and nothing from anywhere else. The secret takes precedence over what a
    /// [`store`](Self::store) holds; without a store, a sign-in lasts as long as the client.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Hub, example::answers};
    /// # hubkey::example::block_on(async {
    /// let set = |name: &str| match name {
    ///     "HF_TOKEN" => Some("hf_thisIsAnExampleNoRealTokenAtAll0000".to_owned()),
    ///     _ => None, // in a program: std::env::var(name).ok()
    /// };
    /// let hub = Hub::builder().environment(set)?.transport(answers).build()?;
    /// assert_eq!(hub.whoami().await?.name, "ada");
    /// # Ok::<(), hubkey::Error>(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    ///
    /// # Errors
    /// `invalid_token_format` when the secret cannot be a token, `invalid_endpoint`, `insecure_endpoint`.
    pub fn environment(mut self, look_up: impl Fn(&str) -> Option<String>) -> Result<Self> {
        self.read_environment(&look_up)?;
        Ok(self)
    }

    pub(crate) fn read_environment(&mut self, look_up: &dyn Fn(&str) -> Option<String>) -> Result<()> {
        if self.endpoint.is_none() {
            self.endpoint = look_up("HF_ENDPOINT")
                .map(|it| it.trim().to_owned())
                .filter(|it| !it.is_empty());
        }
        let endpoint = url::Endpoint::parse(self.endpoint.as_deref().unwrap_or(url::DEFAULT))?;
        let on = |name| {
            look_up(name).is_some_and(|it| matches!(it.to_ascii_uppercase().as_str(), "1" | "ON" | "YES" | "TRUE"))
        };
        self.offline |= on("HF_HUB_OFFLINE");
        self.secret = Some(EnvStore::new(look_up, endpoint.is_official())?);
        Ok(())
    }

    /// Whether the endpoint is Hugging Face's own, as far as it is known yet.
    #[cfg(all(feature = "js", target_arch = "wasm32"))]
    pub(crate) fn is_official(&self) -> bool {
        self.endpoint
            .as_deref()
            .is_none_or(|it| url::Endpoint::parse(it).is_ok_and(|it| it.is_official()))
    }

    /// The client.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Code, Hub, example::answers};
    /// assert!(Hub::builder().transport(answers).build().is_ok());
    /// let error = Hub::builder().build().unwrap_err();
    /// assert_eq!(error.code(), Code::InvalidArgument, "natively there is no way to the network of its own");
    /// ```
    ///
    /// # Errors
    /// `invalid_endpoint`, `insecure_endpoint`, `invalid_token_format`; `invalid_argument` without a transport.
    #[cfg(any(feature = "web", not(target_arch = "wasm32")))]
    pub fn build(mut self) -> Result<Hub> {
        #[cfg(target_arch = "wasm32")]
        if self.transport.is_none() {
            self.transport = Some(Shared::new(crate::transport::fetch::FetchTransport::default()));
        }
        let none = || {
            Error::new(
                Code::InvalidArgument,
                "a native client needs a transport: Hub::builder().transport(..)",
            )
        };
        let transport = self.transport.take().ok_or_else(none)?;
        if self.store.is_none() && self.secret.is_none() {
            self.store = Some(Shared::new(crate::store::MemoryStore::default()));
            self.own_store = true;
        }
        let kept = self
            .kept
            .take()
            .unwrap_or_else(|| Shared::new(crate::store::Session::default()));
        let clock = self
            .clock
            .take()
            .unwrap_or_else(|| Shared::new(crate::transport::clock::SystemClock));
        self.finish(transport, kept, clock)
    }

    /// Without the defaults, which the npm package replaces and therefore must not hold.
    #[inline(never)]
    pub(crate) fn finish(
        self,
        transport: Shared<dyn Transport>,
        kept: Shared<dyn Memory>,
        clock: Shared<dyn Clock>,
    ) -> Result<Hub> {
        let endpoint = url::Endpoint::parse(self.endpoint.as_deref().unwrap_or(url::DEFAULT))?;
        let hub = Hub(Shared::new(Inner {
            gate: Gate::new(endpoint, &self.origins)?,
            store: self.store,
            own_store: self.own_store,
            secret: self.secret,
            kept,
            transport,
            clock,
            timeout_ms: self.timeout_ms.unwrap_or(TIMEOUT_MS),
            max_retries: self.max_retries.unwrap_or(RETRIES),
            max_wait_ms: self.max_wait_ms.unwrap_or(WAIT_MS),
            offline: self.offline,
        }));
        let token = self.token.map(|it| Token::parse(&it, hub.is_official())).transpose()?;
        // An instance that replaces a dead one finds what the caller did since: signed out stays signed out.
        if hub.0.kept.ruling() == 0.0 {
            if let Some(token) = token {
                hub.0.kept.rule(hub.0.kept.ticket());
                hub.hold(Some(token), true, None, OPTION);
            } else {
                hub.hold_at_first();
            }
        }
        Ok(hub)
    }
}

impl std::fmt::Debug for Builder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Builder")
            .field("endpoint", &self.endpoint)
            .finish_non_exhaustive()
    }
}
