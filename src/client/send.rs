//! The only road to the network: the gate attaches the token here and nowhere else.

use super::{
    Call, Hub,
    answer::Said,
    call::Choice,
    patience::{Attempts, quota},
};
use crate::{
    endpoint::{Plan, Takes},
    error::{Code, Error, HttpContext, Result},
    json::Value,
    platform::Fut,
    text::cat,
    token::Token,
    transport::{self, Body, Request, Response},
    url::{Gate, Url},
};

/// A request before it has its token.
#[derive(Debug)]
pub(crate) struct Outgoing {
    pub(crate) method: String,
    pub(crate) url: Url,
    /// The npm package's host has the caller's own, and adds what a body asks for.
    #[cfg(any(feature = "web", not(target_arch = "wasm32")))]
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Body,
    pub(crate) needs_token: bool,
    pub(crate) no_store: bool,
    /// The token is known and stays here.
    pub(crate) bare: bool,
    /// Give a redirect as it is.
    pub(crate) stay: bool,
    /// `fetch`: whoever asks wants the answer itself.
    pub(crate) raw: bool,
    pub(crate) takes: Takes,
    /// What answers on the way said of a file, by name.
    #[cfg(any(feature = "web", not(target_arch = "wasm32")))]
    pub(crate) told: Vec<(&'static str, String)>,
}

/// An answer and what is known of its request. Boxed wherever it goes: moving it costs code at every step.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) response: Response,
    pub(crate) method: String,
    /// What the first request carried, or would have carried.
    pub(crate) token: Option<Token>,
    /// It came from another origin, which never saw the token.
    pub(crate) left: bool,
    pub(crate) url: Url,
    /// As its request had it.
    pub(crate) takes: Takes,
    /// As its request had gathered it.
    #[cfg(any(feature = "web", not(target_arch = "wasm32")))]
    pub(crate) told: Vec<(&'static str, String)>,
}

impl Answer {
    fn is_taken(&self) -> bool {
        self.takes == Takes::All
            || self.response.is_success()
            || (self.takes == Takes::Existing && self.existing().is_some())
    }

    /// Where what was to be created already is. "Another conflicting operation is in progress" is a 409 without it.
    pub(super) fn existing(&self) -> Option<String> {
        (self.response.status() == 409).then(|| transport::parse(self.response.body())?.text("url"))?
    }

    /// The body as JSON.
    pub(crate) fn json(&self) -> Result<Value> {
        let told = || Error::new(Code::InvalidResponse, "the answer is not JSON").with_http(self.context());
        transport::parse(self.response.body()).ok_or_else(told)
    }

    /// For an error; what succeeds has no use for it.
    #[inline(never)]
    pub(crate) fn context(&self) -> HttpContext {
        let token = self.token.as_ref();
        let id = self.header("x-request-id x-amzn-trace-id x-amz-cf-id");
        HttpContext {
            status: self.response.status(),
            request_id: id.map(|it| crate::redact::scrub_of(&it, token)),
            ..named(&self.method, &self.url, token)
        }
    }

    /// A header; of several names the first that is there.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        self.response.header(name)
    }
}

impl Hub {
    pub(crate) fn outgoing(&self, plan: &Plan) -> Result<Box<Outgoing>> {
        let url = transport::with_query(cat(&[&self.endpoint(), plan.path.as_str()]), &plan.query);
        let mut out = Outgoing::new(plan.method, self.at_endpoint(&url)?);
        out.needs_token = plan.needs_token;
        // Who one is belongs to this moment and this token.
        out.no_store = plan.path == crate::auth::WHOAMI;
        out.takes = plan.takes;
        if let Some(body) = &plan.body {
            out.json(body)?;
        }
        Ok(out)
    }

    /// An address below the endpoint, checked after the parser had its way with it.
    pub(crate) fn at_endpoint(&self, href: &str) -> Result<Url> {
        Url::parse(href, None)
            .filter(|it| self.0.gate.at_endpoint(it))
            .ok_or_else(|| Error::new(Code::InvalidPath, "the address is not below the endpoint"))
    }

    pub(crate) fn choose<'a>(&'a self, choice: &'a Choice, needed: bool) -> Fut<'a, Result<Option<Token>>> {
        Box::pin(async move {
            let token = match choice {
                Choice::Given(token) => Some(token.clone()),
                Choice::Anonymous => None,
                Choice::Stored => match self.stored().await {
                    Ok(token) => token,
                    // What can be read without a token can be read without a store; but a bad secret is never nobody's.
                    Err(error) if !needed && error.code() != Code::InvalidTokenFormat => None,
                    Err(error) => return Err(error),
                },
            };
            if needed && token.is_none() {
                return Err(self.no_token());
            }
            Ok(token)
        })
    }

    /// Sends, following redirects where the platform shows them; gives the answers that the request takes.
    pub(crate) fn exchange<'a>(&'a self, mut out: Box<Outgoing>, call: &'a Call) -> Fut<'a, Result<Box<Answer>>> {
        Box::pin(async move {
            if self.0.offline {
                return Err(offline());
            }
            let token = self.choose(&call.token, out.needs_token).await?;
            let mut trip = Trip {
                left: out.bare,
                follow: out.follows(),
                hops: 0,
            };
            let mut tries = Attempts::default();
            let answer = loop {
                let sent = self.request_of(&out, token.as_ref(), &trip, call);
                let quota = quota(&out.url, &sent);
                let ms = self.before(&mut tries, &out, &sent, call)?;
                let waited = if ms > 0.0 {
                    self.0.clock.wait(ms, &call.cancel).await
                } else {
                    Ok(())
                };
                let answer = match waited {
                    Ok(()) => self.in_time(sent).await,
                    Err(it) => Err(it),
                };
                let answer = self.arrived(&mut out, &mut trip, answer, &token);
                if let Some(answer) = self.judged(&mut tries, &out, quota, call, answer)? {
                    break answer;
                }
            };
            if answer.is_taken() {
                return Ok(answer);
            }
            let mut said = Said::of(&answer, self.0.clock.now_ms());
            let whoami = match self.doubt(&mut said, &answer, call) {
                Some(call) => Some(self.known(&call).await),
                None => None,
            };
            self.explain(&mut said, &out, &answer, whoami)?;
            if said.is_taken(&answer) {
                return Ok(answer);
            }
            self.refused(&said, &answer);
            Err(self.condemned(said.error(&answer), answer.token.as_ref()))
        })
    }

    #[inline(never)]
    fn request_of(&self, out: &Outgoing, token: Option<&Token>, trip: &Trip, call: &Call) -> Request {
        let ms = call.timeout_ms.unwrap_or(self.0.timeout_ms);
        Request {
            method: out.method.clone(),
            url: out.url.href.clone(),
            #[cfg(any(feature = "web", not(target_arch = "wasm32")))]
            headers: out.headers.clone(),
            #[cfg(not(any(feature = "web", not(target_arch = "wasm32"))))]
            headers: Vec::new(),
            body: out.body.again(),
            follow_redirects: trip.follow,
            no_store: out.no_store,
            left: trip.left,
            bytes: out.takes == Takes::Bytes,
            timeout_ms: if ms > 0.0 { ms } else { f64::INFINITY },
            cancel: call.cancel.clone(),
            authorization: token
                .filter(|_| !trip.left && self.0.gate.admits(&out.url))
                .map(Token::bearer),
        }
    }

    /// The answer when it is the last one; nothing when there is another request to make.
    #[inline(never)]
    fn arrived(
        &self,
        out: &mut Outgoing,
        trip: &mut Trip,
        answer: Result<Response>,
        token: &Option<Token>,
    ) -> Result<Option<Box<Answer>>> {
        match answer.and_then(|it| step(out, trip, it, &self.0.gate)) {
            Ok(None) => Ok(None),
            Ok(Some(response)) => {
                let left = trip.left || response.left();
                Ok(Some(Box::new(Answer {
                    left,
                    response,
                    method: out.method.clone(),
                    token: token.clone(),
                    url: out.url.clone(),
                    takes: out.takes,
                    #[cfg(any(feature = "web", not(target_arch = "wasm32")))]
                    told: std::mem::take(&mut out.told),
                })))
            }
            // A redirect that is refused leaves the request as it was.
            Err(error) => {
                let context = named(&out.method, &out.url, token.as_ref());
                Err(error.with_http(context).hiding(token.as_ref()))
            }
        }
    }

    /// In wasm the transport minds the time and the caller's signal.
    #[cfg(target_arch = "wasm32")]
    fn in_time(&self, request: Request) -> Fut<'_, Result<Response>> {
        self.0.transport.send(request)
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn in_time(&self, request: Request) -> Fut<'_, Result<Response>> {
        let ms = request.timeout_ms;
        let late: Fut<'_, Result<Response>> = Box::pin(async move {
            if ms.is_finite() {
                self.0.clock.sleep(ms).await;
            } else {
                std::future::pending::<()>().await;
            }
            Err(Error::new(Code::Timeout, "the time was up before the answer came"))
        });
        let file = request.bytes;
        let sent = crate::platform::first(self.0.transport.send(request), late);
        Box::pin(async move { sent.await?.within_limit(file) })
    }
}

fn named(method: &str, url: &Url, token: Option<&Token>) -> HttpContext {
    // A redirect may lead to a path with the token in it.
    let request = crate::redact::scrub_path(&cat(&[method, " ", &url.plain()]), token);
    HttpContext {
        request,
        ..HttpContext::default()
    }
}

#[cold]
pub(super) fn offline() -> Error {
    Error::new(Code::Offline, "nothing was sent: offline mode is on")
}

/// What changes from one hop to the next.
struct Trip {
    /// The chain was at another origin: token and secrets stay behind for the rest of it.
    left: bool,
    /// The platform follows, because it hides where to.
    follow: bool,
    hops: u32,
}

/// Takes a redirect as the next request; gives back what is none.
fn step(out: &mut Outgoing, trip: &mut Trip, response: Response, gate: &Gate) -> Result<Option<Response>> {
    if out.stay {
        return Ok(Some(response));
    }
    if response.is_opaque_redirect() {
        if !out.is_read() || trip.follow {
            let told = "a write was redirected, and a browser does not show where to";
            return Err(Error::new(Code::CrossOriginRedirect, told));
        }
        trip.follow = true;
        return Ok(None);
    }
    let location = (response.status() / 100 == 3).then(|| response.header("location"));
    let location = location.flatten();
    let Some(hop) = transport::hop(
        response.status(),
        location.as_deref(),
        &out.url,
        &out.method,
        trip.hops,
        gate,
    )?
    else {
        return Ok(Some(response));
    };
    trip.hops += 1;
    #[cfg(any(feature = "web", not(target_arch = "wasm32")))]
    out.hear(&response);
    out.url = hop.url;
    if hop.becomes_get {
        out.become_get();
    }
    if hop.leaves {
        trip.left = true;
        #[cfg(any(feature = "web", not(target_arch = "wasm32")))]
        out.leave_secrets();
    }
    Ok(None)
}

impl Outgoing {
    pub(crate) fn new(method: &str, url: Url) -> Box<Self> {
        Box::new(Self {
            method: method.to_owned(),
            url,
            #[cfg(any(feature = "web", not(target_arch = "wasm32")))]
            headers: Vec::new(),
            body: Body::default(),
            needs_token: false,
            no_store: false,
            bare: false,
            stay: false,
            raw: false,
            takes: Takes::Success,
            #[cfg(any(feature = "web", not(target_arch = "wasm32")))]
            told: Vec::new(),
        })
    }

    /// The Hub's own words alone: what is elsewhere may say what it likes.
    #[cfg(any(feature = "web", not(target_arch = "wasm32")))]
    fn hear(&mut self, response: &Response) {
        for name in ["x-linked-size", "x-linked-etag", "x-repo-commit"] {
            if let Some(it) = response.header(name).filter(|_| self.takes == Takes::Bytes) {
                self.told.push((name, it));
            }
        }
    }

    pub(crate) fn json(&mut self, body: &Value) -> Result<()> {
        #[cfg(any(feature = "web", not(target_arch = "wasm32")))]
        self.headers
            .push(("content-type".to_owned(), "application/json".to_owned()));
        self.body = Body::json(body)?;
        Ok(())
    }

    pub(super) fn is_read(&self) -> bool {
        matches!(self.method.as_str(), "GET" | "HEAD")
    }

    fn follows(&self) -> bool {
        !self.stay && self.is_read() && super::browser::hides_redirects()
    }

    /// Headers that may go to another origin; whatever else the caller set may be a secret under another name.
    #[cfg(any(feature = "web", not(target_arch = "wasm32")))]
    fn leave_secrets(&mut self) {
        const HARMLESS: &[&str] = &[
            "accept",
            "accept-language",
            "range",
            "if-match",
            "if-none-match",
            "if-range",
        ];
        self.headers.retain(|it| HARMLESS.contains(&it.0.as_str()));
    }

    fn become_get(&mut self) {
        "GET".clone_into(&mut self.method);
        self.body = Body::default();
        #[cfg(any(feature = "web", not(target_arch = "wasm32")))]
        self.headers.retain(|it| it.0 != "content-type");
    }
}
