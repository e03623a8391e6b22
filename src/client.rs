//! The client: an endpoint, a store, a transport, and the only road to the network.

use crate::{
    endpoint::{Endpoint, List, Plan, Spec, Takes},
    error::{Code, Error, Result},
    json::Value,
    platform::Shared,
    store::{EnvStore, Memory, TokenStore},
    text::{cat, trimmed},
    transport::{self, Transport, clock::Clock},
    url::{self, Gate},
};

mod answer;
mod browser;
mod builder;
mod call;
#[cfg(any(feature = "web", not(target_arch = "wasm32")))]
mod download;
mod patience;
mod profiles;
mod raw;
mod send;
mod session;

pub use builder::Builder;
pub use call::Call;
pub(crate) use call::Choice;
pub use raw::RawRequest;
pub(crate) use send::{Answer, Outgoing};
pub use session::{Kept, Warning};

/// A client of one Hub. Cheap to clone: clones share everything.
///
/// ```ignore-wasm32
/// # use hubkey::example::answers as transport;
/// use hubkey::{Hub, hub::ModelInfo};
///
/// # hubkey::example::block_on(async {
/// let hub = Hub::builder().transport(transport).build()?;
/// let me = hub.login("hf_thisIsAnExampleNoRealTokenAtAll0000").await?;
/// let model = hub.clone().send(ModelInfo::new("ada/tiny".parse()?)).await?;
/// println!("{} reads {}", me.identity.name, model.id);
/// # assert_eq!((me.identity.name.as_str(), model.id.as_str()), ("ada", "ada/tiny"));
/// # Ok::<(), hubkey::Error>(())
/// # })?;
/// # Ok::<(), hubkey::Error>(())
/// ```
#[derive(Clone)]
pub struct Hub(pub(crate) Shared<Inner>);

pub(crate) struct Inner {
    pub(crate) gate: Gate,
    pub(crate) store: Option<Shared<dyn TokenStore>>,
    /// Nobody else writes into the store.
    pub(crate) own_store: bool,
    /// Comes before the store.
    pub(crate) secret: Option<EnvStore>,
    pub(crate) kept: Shared<dyn Memory>,
    pub(crate) transport: Shared<dyn Transport>,
    pub(crate) clock: Shared<dyn Clock>,
    pub(crate) timeout_ms: f64,
    pub(crate) max_retries: u32,
    pub(crate) max_wait_ms: f64,
    pub(crate) offline: bool,
}

impl std::fmt::Debug for Hub {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Hub")
            .field("endpoint", &self.endpoint())
            .finish_non_exhaustive()
    }
}

impl Hub {
    /// Starts a client.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Hub, example::answers};
    /// let hub = Hub::builder().transport(answers).build()?;
    /// assert_eq!(hub.endpoint(), "https://huggingface.co");
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    #[must_use]
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// The endpoint in use, without a slash at the end.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Hub, example::answers};
    /// let hub = Hub::builder().endpoint("http://127.0.0.1:8080/hub/").transport(answers).build()?;
    /// assert_eq!(hub.endpoint(), "http://127.0.0.1:8080/hub");
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    #[must_use]
    pub fn endpoint(&self) -> String {
        self.0.gate.endpoint.href()
    }

    pub(crate) fn is_official(&self) -> bool {
        self.0.gate.endpoint.is_official()
    }

    /// Sends a request that describes itself.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Code, hub::ModelInfo};
    /// # hubkey::example::with_hub(async |hub| {
    /// let model = hub.send(ModelInfo::new("ada/tiny".parse()?)).await?;
    /// assert_eq!(model.pipeline_tag.as_deref(), Some("text-generation"));
    ///
    /// let error = hub.send(ModelInfo::new("ada/misspelt".parse()?)).await.unwrap_err();
    /// assert_eq!((error.code(), error.status()), (Code::RepoNotFound, Some(404)));
    /// # Ok(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    ///
    /// # Errors
    /// Any [`Code`]; the endpoint's documentation names those that are its own.
    pub async fn send<E: Endpoint>(&self, request: E) -> Result<E::Reply> {
        self.send_with(request, &Call::default()).await
    }

    /// The same, with a token, a timeout or a signal of its own.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Call, Code, hub::CreateRepo};
    /// # hubkey::example::with_hub(async |hub| {
    /// let request = CreateRepo::new("ada/made".parse()?);
    /// let error = hub.send_with(request.clone(), &Call::anonymous()).await.unwrap_err();
    /// assert_eq!(error.code(), Code::NoToken);
    /// assert!(hub.send_with(request, &Call::default().timeout_ms(5_000.0)).await?.url.ends_with("/ada/made"));
    /// # Ok(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Hub::send`].
    pub async fn send_with<E: Endpoint>(&self, request: E, call: &Call) -> Result<E::Reply> {
        let options = Value::encode(&request)?;
        self.run(E::SPEC, &options, call).await?.decode()
    }

    /// Reads a list page by page.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::hub::ListModels;
    /// # hubkey::example::with_hub(async |hub| {
    /// let mut request = ListModels::new();
    /// request.limit = Some(2);
    /// let mut pages = hub.pages(request);
    /// assert_eq!(pages.next().await?.map(|it| it.len()), Some(2));
    /// assert!(pages.next().await?.is_none(), "no more than was asked for");
    /// # Ok(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    #[must_use]
    pub fn pages<L: List>(&self, request: L) -> Pages<L> {
        Pages {
            hub: self.clone(),
            request,
            turn: Turn::First,
            seen: Vec::new(),
        }
    }

    /// The road that every declared endpoint takes.
    pub(crate) async fn run(&self, spec: Spec, options: &Value, call: &Call) -> Result<Value> {
        let out = self.declared_request(spec, options)?;
        self.exchange(out, call).await?.body()
    }

    pub(crate) fn declared_request(&self, spec: Spec, options: &Value) -> Result<Box<Outgoing>> {
        self.outgoing(&Plan::new(spec, options)?)
    }

    /// One page of a list: its items, and where the next one is.
    async fn page(
        &self,
        spec: Spec,
        options: &Value,
        next: Option<&str>,
        left: Option<f64>,
        call: &Call,
    ) -> Result<Page> {
        let left = left.or_else(|| wanted(options));
        let out = self.page_request(spec, options, next, left)?;
        self.exchange(out, call).await?.page(left)
    }

    #[inline(never)]
    pub(crate) fn page_request(
        &self,
        spec: Spec,
        options: &Value,
        next: Option<&str>,
        left: Option<f64>,
    ) -> Result<Box<Outgoing>> {
        let mut plan = Plan::new(spec, options)?;
        let most = options.number("pageSize");
        if let Some(size) = left.into_iter().chain(most).reduce(f64::min) {
            plan.query.push((
                "limit",
                Value::from(size.clamp(plan.least, LARGEST_PAGE)).as_parameter("limit")?,
            ));
        }
        let mut out = self.outgoing(&plan)?;
        if let Some(next) = next {
            out.url = url::Url::parse(next, None)
                .map(|it| self.0.gate.home(it))
                .filter(|it| self.0.gate.at_endpoint(it))
                .ok_or_else(|| {
                    let told = cat(&["the next page is said to be at ", &crate::redact::plain_url(next)]);
                    Error::new(Code::CrossOriginLink, told)
                })?;
        }
        Ok(out)
    }
}

/// How many items of a list are asked for; none: all.
pub(crate) fn wanted(options: &Value) -> Option<f64> {
    options.number("limit")
}

impl Answer {
    /// What a declared endpoint gives.
    pub(crate) fn body(&self) -> Result<Value> {
        if matches!(self.takes, Takes::Done | Takes::Missing | Takes::Known) {
            let gated = self.header("x-error-code").is_some_and(|it| it == "GatedRepo");
            let there = self.response.is_success();
            // A portal's page says nothing about a repo; a deletion is answered with a bare word.
            if there && self.takes == Takes::Known {
                self.json()?;
            }
            return Ok((there || gated).into());
        }
        if self.takes == Takes::Okay {
            let said = transport::plain(self.response.body());
            // A portal's page says nothing of what one may do.
            if trimmed(said.trim(), "\"") == "OK" {
                return Ok(true.into());
            }
            return Err(Error::new(Code::InvalidResponse, "the answer is not the Hub's OK").with_http(self.context()));
        }
        let Some(url) = self.existing() else { return self.json() };
        // Without the sentence beside it, which reads as a failure.
        let mut out = Value::object();
        out.set("url", url);
        Ok(out)
    }

    /// A page, of a list from which so many items are still wanted.
    #[inline(never)]
    pub(crate) fn page(&self, left: Option<f64>) -> Result<Page> {
        let items = self.json()?;
        let count = items
            .count()
            .ok_or_else(|| Error::new(Code::InvalidResponse, "the answer is not a list"))?;
        let left = left.map(|it| it - f64::from(count));
        let done = left.is_some_and(|it| it <= 0.0);
        let link = self.header("link").filter(|_| !done);
        let here = &self.url.href;
        // Relative targets are allowed by RFC 8288; a link to the page itself would never end.
        // What is no address is kept, to be refused when it is asked for: a list must not end early without a word.
        let next = link.as_deref().and_then(crate::page::next_link);
        let next = next
            .map(|it| url::Url::parse(it, Some(here)).map_or_else(|| it.to_owned(), |it| it.href))
            .filter(|it| it != here);
        let items = match left {
            // The Hub may give more than was asked for.
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            Some(over) if over < 0.0 => items.head((f64::from(count) + over).max(0.0) as u32),
            _ => items,
        };
        Ok(Page { items, next, left })
    }
}

/// What the Hub gives at most at once.
const LARGEST_PAGE: f64 = 1000.0;

pub(crate) struct Page {
    pub(crate) items: Value,
    pub(crate) next: Option<String>,
    /// How many items the caller still wants; none: all.
    pub(crate) left: Option<f64>,
}

/// A list that is read page by page.
///
/// ```ignore-wasm32
/// # use hubkey::hub::ListModels;
/// # hubkey::example::with_hub(async |hub| {
/// let mut pages = hub.pages(ListModels::new());
/// let mut likes = 0;
/// while let Some(page) = pages.next().await? {
///     likes += page.iter().filter_map(|it| it.likes).sum::<u64>();
/// }
/// assert_eq!(likes, 13);
/// # Ok(())
/// # })?;
/// # Ok::<(), hubkey::Error>(())
/// ```
#[derive(Debug)]
pub struct Pages<L> {
    hub: Hub,
    request: L,
    turn: Turn,
    /// Pages that lead to each other would never end.
    seen: Vec<String>,
}

#[derive(Debug)]
enum Turn {
    First,
    Next(String, Option<f64>),
    Over,
}

impl<L: List> Pages<L> {
    /// The next page; `None` after the last.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::hub::ListModels;
    /// # hubkey::example::with_hub(async |hub| {
    /// let mut pages = hub.pages(ListModels::new());
    /// let (first, second) = (pages.next().await?, pages.next().await?);
    /// assert_eq!(first.unwrap()[0].id, "ada/tiny");
    /// assert_eq!(second.unwrap()[0].id, "ada/nano");
    /// assert!(pages.next().await?.is_none());
    /// # Ok(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Hub::send`], and `cross_origin_link` when the Hub points elsewhere. After an error the same page is tried again.
    pub async fn next(&mut self) -> Result<Option<L::Reply>> {
        let (next, left) = match &self.turn {
            Turn::First => (None, None),
            Turn::Next(url, left) => (Some(url.as_str()), *left),
            Turn::Over => return Ok(None),
        };
        let options = Value::encode(&self.request)?;
        let page = self.hub.page(L::SPEC, &options, next, left, &Call::default()).await?;
        self.turn = Turn::Over;
        if let Some(url) = page.next.filter(|it| !self.seen.contains(it)) {
            self.seen.push(url.clone());
            self.turn = Turn::Next(url, page.left);
        }
        page.items.decode().map(Some)
    }
}
