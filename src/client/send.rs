//! The only road to the network: the gate attaches the token here and nowhere else.

use super::{Call, Hub, call::Choice};
use crate::{
    endpoint::Plan,
    error::{Code, Error, HttpContext, Result},
    json::Value,
    token::Token,
    transport::{self, Body, Request, Response},
    url::Url,
};

/// A request before it has its token.
#[derive(Debug)]
pub(crate) struct Outgoing {
    pub(crate) method: String,
    pub(crate) url: Url,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Body,
    pub(crate) needs_token: bool,
    pub(crate) no_store: bool,
    /// Give a redirect as it is.
    pub(crate) stay: bool,
    #[cfg(target_arch = "wasm32")]
    pub(crate) init: Option<js_sys::Object>,
}

/// An answer and what is known of its request.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) response: Response,
    pub(crate) request: String,
    /// The last request of the chain, or an earlier one, carried a token.
    pub(crate) token: Option<Token>,
    pub(crate) path: String,
}

impl Answer {
    pub(crate) fn status(&self) -> u16 {
        self.response.status()
    }

    pub(crate) fn header(&self, name: &str) -> Option<String> {
        self.response.header(name)
    }

    pub(crate) fn context(&self) -> HttpContext {
        let id = ["x-request-id", "x-amzn-trace-id", "x-amz-cf-id"].iter().find_map(|it| self.header(it));
        HttpContext {
            status: self.status(),
            request_id: id.map(|it| crate::redact::scrub(&it)),
            request: self.request.clone(),
        }
    }
}

impl Hub {
    pub(crate) fn outgoing(&self, plan: Plan) -> Result<Outgoing> {
        let url = transport::with_query([&self.endpoint(), plan.path.as_str()].concat(), &plan.query);
        let mut out = Outgoing::new(plan.method, self.at_endpoint(&url)?);
        out.needs_token = plan.needs_token;
        // Who one is belongs to this moment and this token.
        out.no_store = plan.path == crate::auth::WHOAMI;
        if let Some(body) = plan.body {
            out.headers.push(("content-type".to_owned(), "application/json".to_owned()));
            out.body = Body::json(&body)?;
        }
        Ok(out)
    }

    /// An address below the endpoint, checked after the parser had its way with it.
    pub(crate) fn at_endpoint(&self, href: &str) -> Result<Url> {
        Url::parse(href, None)
            .filter(|it| self.0.gate.at_endpoint(it))
            .ok_or_else(|| Error::new(Code::InvalidPath, "the address is not below the endpoint"))
    }

    pub(crate) async fn choose(&self, choice: &Choice, needed: bool) -> Result<Option<Token>> {
        let token = match choice {
            Choice::Given(token) => Some(token.clone()),
            Choice::Anonymous => None,
            Choice::Stored => match self.stored().await {
                Ok(token) => token,
                // What can be read without a token can be read without a store.
                Err(_) if !needed => None,
                Err(error) => return Err(error),
            },
        };
        if needed && token.is_none() {
            return Err(self.no_token());
        }
        Ok(token)
    }

    /// Sends, following redirects where the platform shows them; gives the answer whatever its status.
    pub(crate) async fn exchange(&self, mut out: Outgoing, call: &Call) -> Result<Answer> {
        if self.0.offline {
            return Err(Error::new(Code::Offline, "nothing was sent: offline mode is on"));
        }
        call.cancel.check()?;
        let token = self.choose(&call.token, out.needs_token).await?;
        let mut may_have_token = true;
        let mut follow = false;
        let mut hops = 0;
        loop {
            let request = [&out.method, " ", &out.url.plain()].concat();
            let with_context = |it: Error| it.with_http(HttpContext { request: request.clone(), ..HttpContext::default() });
            let sent = Request {
                method: out.method.clone(),
                url: out.url.href.clone(),
                headers: out.headers.clone(),
                body: out.body.again().unwrap_or_else(|| std::mem::take(&mut out.body)),
                follow_redirects: follow || (!out.stay && out.is_read() && browser::hides_redirects()),
                no_store: out.no_store,
                authorization: token.as_ref().filter(|_| may_have_token && self.0.gate.admits(&out.url)).map(Token::bearer),
                #[cfg(target_arch = "wasm32")]
                init: out.init.clone(),
            };
            let response = self.limited(call, self.0.transport.send(sent)).await.map_err(with_context)?;
            let answer = |response| Answer { response, request: request.clone(), token: token.clone(), path: out.url.path.clone() };
            if out.stay {
                return Ok(answer(response));
            }
            if response.is_opaque_redirect() {
                if !out.is_read() || follow {
                    let told = "a write was redirected, and a browser does not show where to";
                    return Err(with_context(Error::new(Code::CrossOriginRedirect, told)));
                }
                follow = true;
                continue;
            }
            let location = response.header("location");
            let hop = transport::hop(response.status(), location.as_deref(), &out.url, &out.method, hops);
            let Some(hop) = hop.map_err(with_context)? else { return Ok(answer(response)) };
            hops += 1;
            out.url = hop.url;
            if hop.becomes_get {
                "GET".clone_into(&mut out.method);
                out.body = Body::default();
                out.headers.retain(|it| it.0 != "content-type");
                out.forget_body();
            }
            if hop.leaves {
                may_have_token = false;
                out.leave_secrets();
            }
        }
    }

    /// The body as JSON; an empty one is `null`.
    pub(crate) async fn read(&self, answer: Answer, call: &Call) -> Result<Value> {
        let context = answer.context();
        let body = self.limited(call, Box::pin(answer.response.json())).await;
        body.map_err(|it| it.with_http(context))
    }
}

impl Outgoing {
    pub(crate) fn new(method: &str, url: Url) -> Self {
        Self {
            method: method.to_owned(),
            url,
            headers: Vec::new(),
            body: Body::default(),
            needs_token: false,
            no_store: false,
            stay: false,
            #[cfg(target_arch = "wasm32")]
            init: None,
        }
    }

    fn is_read(&self) -> bool {
        matches!(self.method.as_str(), "GET" | "HEAD")
    }

    /// Headers that may go to another origin; whatever else the caller set may be a secret under another name.
    fn leave_secrets(&mut self) {
        const HARMLESS: &[&str] = &["accept", "accept-language", "range", "if-match", "if-none-match", "if-range"];
        self.headers.retain(|it| HARMLESS.contains(&it.0.to_ascii_lowercase().as_str()));
        #[cfg(target_arch = "wasm32")]
        transport::fetch::keep_headers(&mut self.init, HARMLESS);
    }

    fn forget_body(&mut self) {
        #[cfg(target_arch = "wasm32")]
        transport::fetch::drop_body(&mut self.init);
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod browser {
    pub(super) fn hides_redirects() -> bool {
        false
    }
}

#[cfg(target_arch = "wasm32")]
mod browser {
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(thread_local_v2, js_namespace = ["globalThis", "navigator"], js_name = userAgent)]
        static USER_AGENT: Option<JsValue>;
    }

    /// Browsers, by their name: asking costs a request. A wrong no is mended by the opaque answer, at the price of a
    /// second request; a wrong yes is what must not be, so simulated documents in Node count as Node.
    pub(super) fn hides_redirects() -> bool {
        let agent = USER_AGENT.with(|it| it.as_ref().and_then(JsValue::as_string)).unwrap_or_default();
        agent.starts_with("Mozilla/") && !agent.contains("jsdom") && !agent.contains("HappyDOM")
    }
}
