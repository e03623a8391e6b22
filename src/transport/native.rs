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

    /// As JSON, where it is that.
    pub(crate) fn read(&self) -> Option<Value> {
        match self {
            Self::Empty => None,
            Self::Bytes(it) => parse(it),
        }
    }

    /// A copy for the next hop of a redirect.
    pub(crate) fn again(&self) -> Self {
        self.clone()
    }
}

/// A body as it came.
pub(crate) type Text = Vec<u8>;

pub(crate) fn parse(text: &Text) -> Option<Value> {
    Value::parse(&String::from_utf8_lossy(text))
}

pub(crate) fn plain(text: &Text) -> String {
    String::from_utf8_lossy(text).into_owned()
}

pub(crate) fn bytes(text: &Text) -> Vec<u8> {
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

    /// Itself, unless it is longer than any answer of the Hub's.
    pub(crate) fn within_limit(mut self, file: bool) -> Result<Self> {
        if self.body.len() > Self::most(self.status, file) {
            if !self.is_page_of_error() {
                return Err(super::too_large());
            }
            self.body.clear();
        }
        Ok(self)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn limited(status: u16, kind: &str, size: usize, file: bool) -> std::result::Result<usize, &'static str> {
        let headers = vec![("content-type".to_owned(), kind.to_owned())];
        match Response::new(status, headers, vec![b' '; size]).within_limit(file) {
            Ok(it) => Ok(it.body.len()),
            Err(error) => Err(error.code().as_str()),
        }
    }

    #[test]
    fn an_answer_has_a_largest_size_and_a_file_has_none() {
        const LARGE: usize = 1 << 24;
        const ERROR: usize = 1 << 16;
        for (status, kind, size, file, is) in [
            (200, "application/json", LARGE, false, Ok(LARGE)),
            (200, "application/json", LARGE + 1, false, Err("response_too_large")),
            (200, "text/html", LARGE + 1, false, Err("response_too_large")),
            (206, "text/plain", LARGE + 1, true, Ok(LARGE + 1)),
            (500, "text/plain", ERROR, false, Ok(ERROR)),
            (500, "text/plain", ERROR + 1, true, Err("response_too_large")),
            (502, "text/html; charset=utf-8", ERROR + 1, false, Ok(0)),
        ] {
            assert_eq!(limited(status, kind, size, file), is, "{status} {kind} {size}");
        }
    }
}
