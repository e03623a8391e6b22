//! Requests and answers where there is no `fetch`: plain bytes.

use crate::{error::Result, json::Value};

/// What goes along with a request.
///
/// ```ignore-wasm32
/// # use hubkey::{Body, Call, RawRequest, hub::CreatedRepo};
/// # hubkey::example::with_hub(async |hub| {
/// let body = Body::Bytes(br#"{"name":"made"}"#.to_vec());
/// let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
/// let request = RawRequest { path: "/api/repos/create".to_owned(), headers, body, ..RawRequest::default() };
/// let made: CreatedRepo = hub.request(request, &Call::default()).await?.decode()?;
/// assert_eq!(made.name.as_deref(), Some("ada/made"));
/// # Ok(())
/// # })?;
/// # Ok::<(), hubkey::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub enum Body {
    /// Nothing.
    #[default]
    Empty,
    /// Bytes; their type stands in the headers.
    Bytes(Vec<u8>),
}

impl Body {
    // The same shape as in wasm, where the engine can refuse.
    #[allow(clippy::unnecessary_wraps)]
    pub(crate) fn json(value: &Value) -> Result<Self> {
        Ok(Self::Bytes(value.to_json().into_bytes()))
    }

    pub(crate) fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    /// A copy for the next hop of a redirect.
    pub(crate) fn again(&self) -> Self {
        self.clone()
    }
}

/// A body as text.
pub(crate) type Text = String;

pub(crate) fn parse(text: &Text) -> Option<Value> {
    Value::parse(text)
}

pub(crate) fn plain(text: &Text) -> String {
    text.clone()
}

/// An answer, read to its end.
///
/// ```ignore-wasm32
/// # use hubkey::{Code, Fut, Hub, Request, Response, Result, hub::ModelInfo};
/// # hubkey::example::block_on(async {
/// let portal = |_: Request| -> Fut<'static, Result<Response>> {
///     Box::pin(async { Ok(Response::new(200, vec![], b"<html>Sign in to the hotel".to_vec())) })
/// };
/// let hub = Hub::builder().transport(portal).build()?;
/// let error = hub.send(ModelInfo::new("gpt2".parse()?)).await.unwrap_err();
/// assert_eq!(error.code(), Code::InvalidResponse);
/// # Ok::<(), hubkey::Error>(())
/// # })?;
/// # Ok::<(), hubkey::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Response {
    status: u16,
    headers: Vec<(String, String)>,
    body: Text,
}

impl Response {
    /// An answer as a transport gives it.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::Response;
    /// let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
    /// let answer = Response::new(200, headers, br#"{"name":"ada"}"#.to_vec());
    /// assert!(answer.is_success());
    /// ```
    #[must_use]
    pub fn new(status: u16, headers: Vec<(String, String)>, body: Vec<u8>) -> Self {
        let body = String::from_utf8(body).unwrap_or_else(|it| String::from_utf8_lossy(it.as_bytes()).into_owned());
        Self { status, headers, body }
    }

    /// Its status.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::Response;
    /// assert_eq!(Response::new(429, vec![], vec![]).status(), 429);
    /// ```
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// A header, by its name in any case; of several names with spaces between, the first that is there.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::Response;
    /// let answer = Response::new(429, vec![("Retry-After".to_owned(), "5".to_owned())], vec![]);
    /// assert_eq!(answer.header("ratelimit retry-after").as_deref(), Some("5"));
    /// ```
    #[must_use]
    pub fn header(&self, name: &str) -> Option<String> {
        let one = |name: &str| self.headers.iter().find(|it| it.0.eq_ignore_ascii_case(name));
        name.split(' ').find_map(one).map(|it| it.1.clone())
    }

    pub(crate) fn is_opaque_redirect(&self) -> bool {
        false
    }

    pub(crate) fn left(&self) -> bool {
        false
    }

    pub(crate) fn body(&self) -> &Text {
        &self.body
    }
}
