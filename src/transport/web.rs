//! Requests and answers in wasm: bodies stay with the engine.

use wasm_bindgen::prelude::*;

use crate::{
    error::{Code, Error, Result},
    json::Value,
};

#[wasm_bindgen(module = "/src/json/value.js")]
extern "C" {
    fn header(headers: &JsValue, names: &str) -> Option<String>;
}

/// What goes along with a request.
#[derive(Clone, Debug)]
pub struct Body(pub(crate) JsValue);

impl Default for Body {
    fn default() -> Self {
        Self(JsValue::UNDEFINED)
    }
}

impl Body {
    pub(crate) fn json(value: &Value) -> Result<Self> {
        let wrong = || Error::new(Code::InvalidArgument, "the body has no JSON form");
        value.stringify().map(Self).ok_or_else(wrong)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_undefined()
    }

    /// As JSON, where it is that.
    pub(crate) fn read(&self) -> Option<Value> {
        // Other bodies are objects, and turned to text by the parser.
        parse(&self.0).filter(|_| self.0.is_string())
    }

    /// A copy for the next hop of a redirect.
    pub(crate) fn again(&self) -> Self {
        self.clone()
    }
}

/// A body as text. It stays with the engine: JSON is parsed there and never enters this module.
pub(crate) type Text = JsValue;

pub(crate) fn parse(text: &Text) -> Option<Value> {
    Value::parse_js(text)
}

pub(crate) fn plain(text: &Text) -> String {
    text.as_string().unwrap_or_default()
}

/// Of a file: an `ArrayBuffer` or a view of one, or a text of a transport that knows no better.
#[cfg(feature = "web")]
pub(crate) fn bytes(body: &Text) -> Vec<u8> {
    match body.as_string() {
        Some(text) => text.into_bytes(),
        None => js_sys::Uint8Array::new(body).to_vec(),
    }
}

/// An answer, read to its end.
#[derive(Clone, Debug)]
pub struct Response {
    pub(crate) status: u16,
    pub(crate) headers: JsValue,
    pub(crate) body: Text,
    /// What a browser shows of a redirect that was not to be followed.
    pub(crate) opaque: bool,
    /// The platform followed to another origin.
    pub(crate) left: bool,
}

impl Response {
    /// An answer as a transport gives it: `headers` is a `Headers` or has a `get` as it has, `body` a text.
    ///
    /// ```
    /// # use hubkey::Response;
    /// let headers = web_sys::Headers::new().expect("a platform with fetch");
    /// let answer = Response::new(200, headers.into(), "{}".into());
    /// assert!(answer.is_success());
    /// ```
    #[must_use]
    pub fn new(status: u16, headers: JsValue, body: JsValue) -> Self {
        Self {
            status,
            headers,
            body,
            opaque: false,
            left: false,
        }
    }

    /// Its status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// A header, by its name in any case; of several names with spaces between, the first that is there.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<String> {
        header(&self.headers, name)
    }

    pub(crate) fn is_opaque_redirect(&self) -> bool {
        self.opaque
    }

    pub(crate) fn left(&self) -> bool {
        self.left
    }

    pub(crate) fn body(&self) -> &Text {
        &self.body
    }
}
