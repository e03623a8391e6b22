use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::prelude::*;

use crate::error::{Code, Error, Result};
use crate::text::cat;

/// A JSON value; in wasm a value of the engine's.
#[derive(Clone, Debug, PartialEq)]
pub struct Value(JsValue);

/// An error of somebody else's, kept beneath ours.
pub type Foreign = JsValue;

#[wasm_bindgen]
extern "C" {
    // Of numbers only, so that nothing is thrown.
    #[wasm_bindgen(js_name = String)]
    fn text_of(value: &JsValue) -> String;
}

// Few imports, of which none throws: catching costs code on both sides, and each crossing on this one.
#[wasm_bindgen(module = "/src/json/value.js")]
extern "C" {
    fn parsed(text: &JsValue) -> JsValue;
    fn stringified(value: &JsValue) -> JsValue;
    fn pick(value: &JsValue, key: &str) -> JsValue;
    fn text(value: &JsValue, key: &str) -> Option<String>;
    fn number(value: &JsValue, key: &str) -> f64;
    fn flag(value: &JsValue, key: &str) -> bool;
    #[cfg(feature = "js")]
    fn peek(value: &JsValue, key: &str) -> JsValue;
    fn put(value: &JsValue, key: &str, it: &JsValue);
    fn made() -> JsValue;
    fn listed() -> JsValue;
    fn append(list: &JsValue, it: &JsValue);
    fn count(value: &JsValue) -> i32;
    fn item(value: &JsValue, at: u32) -> JsValue;
    fn first(value: &JsValue, count: u32) -> JsValue;
    fn keys(value: &JsValue) -> JsValue;
    fn shape(value: &JsValue, rows: &str, base: &str, word: &str) -> JsValue;
}

impl Value {
    /// `{}`.
    #[must_use]
    pub fn object() -> Self {
        Self(made())
    }

    /// `null`.
    #[must_use]
    pub fn null() -> Self {
        Self(JsValue::NULL)
    }

    /// A list of values.
    #[must_use]
    pub fn array(items: Vec<Self>) -> Self {
        let list = listed();
        for it in &items {
            append(&list, &it.0);
        }
        Self(list)
    }

    /// Parses text; `None` when it is no JSON.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::parse_js(&JsValue::from_str(text))
    }

    /// Parses text that never left the engine.
    pub(crate) fn parse_js(text: &JsValue) -> Option<Self> {
        let it = parsed(text);
        (!it.is_undefined()).then_some(Self(it))
    }

    /// The value as JSON text.
    #[must_use]
    pub fn to_json(&self) -> String {
        self.stringify().and_then(|it| it.as_string()).unwrap_or_default()
    }

    /// The same, left in the engine; `None` for what has no JSON form (a function, a cycle).
    pub(crate) fn stringify(&self) -> Option<JsValue> {
        Some(stringified(&self.0)).filter(JsValue::is_string)
    }

    /// The value as a typed struct.
    ///
    /// # Errors
    /// `invalid_response` when the shape is another.
    pub fn decode<T: DeserializeOwned>(self) -> Result<T> {
        serde_json::from_str(&self.to_json()).map_err(|it| {
            let told = cat(&["the answer has another shape than expected: ", &it.to_string()]);
            Error::new(Code::InvalidResponse, crate::redact::scrub(&told))
        })
    }

    /// A typed struct as a value.
    ///
    /// # Errors
    /// `invalid_argument` when it has no JSON form.
    pub fn encode<T: Serialize>(it: &T) -> Result<Self> {
        let text = serde_json::to_string(it).ok();
        text.and_then(|it| Self::parse(&it))
            .ok_or_else(|| Error::new(Code::InvalidArgument, "the request has no JSON form"))
    }

    /// An own property of an object; `None` when it is not there or `undefined`.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Self> {
        let it = pick(&self.0, key);
        (!it.is_undefined()).then_some(Self(it))
    }

    /// A text property that is there and is text.
    pub(crate) fn text(&self, key: &str) -> Option<String> {
        text(&self.0, key)
    }

    /// A property that is there and is a number.
    pub(crate) fn number(&self, key: &str) -> Option<f64> {
        Some(number(&self.0, key)).filter(|it| !it.is_nan())
    }

    /// Whether a property is `true`.
    pub(crate) fn flag(&self, key: &str) -> bool {
        flag(&self.0, key)
    }

    /// A property of anybody's object, own or not, whatever it may throw.
    #[cfg(feature = "js")]
    pub(crate) fn any(of: &JsValue, key: &str) -> Self {
        Self(peek(of, key))
    }

    /// Sets a property of an object.
    pub fn set(&mut self, key: &str, value: impl Into<Self>) {
        put(&self.0, key, &value.into().0);
    }

    /// A part of the value in another shape; how that is described is written down at the native one.
    pub(crate) fn shape(&self, rows: &str, base: &str, word: &str) -> Option<Self> {
        let it = shape(&self.0, rows, base, word);
        (!it.is_undefined()).then_some(Self(it))
    }

    /// The names of an object's properties.
    #[must_use]
    pub fn keys(&self) -> Vec<String> {
        let names = Self(keys(&self.0)).items().unwrap_or_default();
        names.iter().filter_map(Self::as_text).collect()
    }

    /// The items of a list.
    #[must_use]
    pub fn items(&self) -> Option<Vec<Self>> {
        Some((0..self.count()?).map(|at| Self(item(&self.0, at))).collect())
    }

    /// How many items a list has.
    #[must_use]
    pub fn count(&self) -> Option<u32> {
        u32::try_from(count(&self.0)).ok()
    }

    /// The first `count` items of a list.
    #[must_use]
    pub fn head(&self, count: u32) -> Self {
        Self(first(&self.0, count))
    }

    /// Text.
    #[must_use]
    pub fn as_text(&self) -> Option<String> {
        self.0.as_string()
    }

    /// True or false.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        self.0.as_bool()
    }

    /// A number.
    #[must_use]
    pub fn as_number(&self) -> Option<f64> {
        self.0.as_f64()
    }

    pub(crate) fn number_text(&self) -> Option<String> {
        self.0.as_f64()?;
        Some(text_of(&self.0))
    }

    /// `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.0.is_null()
    }

    /// An object, not a list.
    #[must_use]
    pub fn is_object(&self) -> bool {
        self.0.is_object() && self.count().is_none()
    }

    /// The value of the engine's.
    ///
    /// ```
    /// # use hubkey::Value;
    ///
    /// let tags = Value::array(vec!["keys".into()]);
    /// assert!(js_sys::Array::is_array(tags.as_js()));
    /// ```
    #[must_use]
    pub fn as_js(&self) -> &JsValue {
        &self.0
    }

    /// The value of the engine's.
    ///
    /// ```
    /// # use hubkey::Value;
    ///
    /// let list = js_sys::Array::new();
    /// list.push(&Value::from("keys").into_js());
    /// assert_eq!(list.get(0).as_string().as_deref(), Some("keys"));
    /// ```
    #[must_use]
    pub fn into_js(self) -> JsValue {
        self.0
    }
}

impl From<JsValue> for Value {
    fn from(it: JsValue) -> Self {
        Self(it)
    }
}

impl From<&str> for Value {
    fn from(it: &str) -> Self {
        Self(it.into())
    }
}

impl From<String> for Value {
    fn from(it: String) -> Self {
        Self(it.into())
    }
}

impl From<bool> for Value {
    fn from(it: bool) -> Self {
        Self(it.into())
    }
}

impl From<f64> for Value {
    fn from(it: f64) -> Self {
        Self(it.into())
    }
}
