//! Requests and answers where there is no `fetch`: plain bytes.

use crate::{error::Result, json::Value};

/// What goes along with a request.
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
#[derive(Clone, Debug, Default)]
pub struct Response {
    status: u16,
    headers: Vec<(String, String)>,
    body: Text,
}

impl Response {
    /// An answer as a transport gives it.
    #[must_use]
    pub fn new(status: u16, headers: Vec<(String, String)>, body: Vec<u8>) -> Self {
        let body = String::from_utf8(body).unwrap_or_else(|it| String::from_utf8_lossy(it.as_bytes()).into_owned());
        Self { status, headers, body }
    }

    /// Its status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// A header, by its name in any case; of several names with spaces between, the first that is there.
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
