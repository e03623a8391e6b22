use serde::{Serialize, de::DeserializeOwned};

use crate::error::{Code, Error, Result};
use crate::text::cat;

/// A JSON value; natively serde_json's.
///
/// ```
/// # use hubkey::Value;
/// let mut paper = Value::object();
/// paper.set("title", "On keys");
/// assert_eq!(paper.to_json(), r#"{"title":"On keys"}"#);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Value(serde_json::Value);

/// An error of somebody else's, kept beneath ours.
///
/// ```ignore-wasm32
/// # use hubkey::{Error, Foreign};
/// let beneath: Foreign = "the cable was cut".into();
/// assert!(Error::network(beneath).cause().is_some());
/// ```
pub type Foreign = Box<dyn std::error::Error + Send + Sync>;

impl Value {
    /// `{}`.
    ///
    /// ```
    /// # use hubkey::Value;
    /// assert_eq!(Value::object().to_json(), "{}");
    /// ```
    #[must_use]
    pub fn object() -> Self {
        Self(serde_json::Value::Object(serde_json::Map::new()))
    }

    /// `null`.
    ///
    /// ```
    /// # use hubkey::Value;
    ///
    /// let mut change = Value::object();
    /// change.set("license", Value::null());
    /// assert_eq!(change.to_json(), r#"{"license":null}"#, "there, and without a value");
    /// ```
    #[must_use]
    pub fn null() -> Self {
        Self(serde_json::Value::Null)
    }

    /// A list of values.
    ///
    /// ```
    /// # use hubkey::Value;
    ///
    /// let tags = Value::array(vec!["keys".into(), "locks".into()]);
    /// assert_eq!(tags.to_json(), r#"["keys","locks"]"#);
    /// ```
    #[must_use]
    pub fn array(items: Vec<Self>) -> Self {
        Self(serde_json::Value::Array(items.into_iter().map(|it| it.0).collect()))
    }

    /// Parses text; `None` when it is no JSON.
    ///
    /// ```
    /// # use hubkey::Value;
    ///
    /// assert!(Value::parse("[1, 2]").is_some());
    /// assert_eq!(Value::parse("<html>"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok().map(Self)
    }

    /// The value as JSON text.
    ///
    /// ```
    /// # use hubkey::Value;
    ///
    /// let spaced = Value::parse("{ \"a\" : [ 1 ] }").expect("JSON");
    /// assert_eq!(spaced.to_json(), r#"{"a":[1]}"#);
    /// ```
    #[must_use]
    pub fn to_json(&self) -> String {
        self.0.to_string()
    }

    /// The value as a typed struct.
    ///
    /// ```
    /// # use hubkey::{Code, Value};
    /// #[derive(serde::Deserialize)]
    /// struct Paper { title: String }
    ///
    /// let paper = Value::parse(r#"{"title":"On keys","pages":12}"#).expect("JSON").decode::<Paper>()?;
    /// assert_eq!(paper.title, "On keys");
    /// let wrong = Value::object().decode::<Paper>().err().map(|it| it.code());
    /// assert_eq!(wrong, Some(Code::InvalidResponse));
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    ///
    /// # Errors
    /// `invalid_response` when the shape is another.
    pub fn decode<T: DeserializeOwned>(self) -> Result<T> {
        serde_json::from_value(self.0).map_err(|it| {
            let told = cat(&["the answer has another shape than expected: ", &it.to_string()]);
            Error::new(Code::InvalidResponse, crate::redact::scrub(&told))
        })
    }

    /// A typed struct as a value.
    ///
    /// ```
    /// # use hubkey::{Value, hub::ModelInfo};
    /// let mut request = ModelInfo::new("acme/tiny".parse()?);
    /// request.revision = Some("main".to_owned());
    /// assert_eq!(Value::encode(&request)?.to_json(), r#"{"repo":"acme/tiny","revision":"main"}"#);
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    ///
    /// # Errors
    /// `invalid_argument` when it has no JSON form.
    pub fn encode<T: Serialize>(it: &T) -> Result<Self> {
        serde_json::to_value(it)
            .map(Self)
            .map_err(|_| Error::new(Code::InvalidArgument, "the request has no JSON form"))
    }

    /// A property of an object; `None` when it is not there.
    ///
    /// ```
    /// # use hubkey::Value;
    ///
    /// let it = Value::parse(r#"{"title":"On keys"}"#).expect("JSON");
    /// assert_eq!(it.get("title").and_then(|it| it.as_text()).as_deref(), Some("On keys"));
    /// assert_eq!(it.get("pages"), None);
    /// ```
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Self> {
        self.0.as_object()?.get(key).cloned().map(Self)
    }

    /// A text property that is there and is text.
    pub(crate) fn text(&self, key: &str) -> Option<String> {
        self.get(key)?.as_text()
    }

    /// A property that is there and is a number.
    pub(crate) fn number(&self, key: &str) -> Option<f64> {
        self.get(key)?.as_number()
    }

    /// Whether a property is `true`.
    pub(crate) fn flag(&self, key: &str) -> bool {
        self.get(key).and_then(|it| it.as_bool()) == Some(true)
    }

    /// Sets a property of an object.
    ///
    /// ```
    /// # use hubkey::Value;
    ///
    /// let mut it = Value::object();
    /// it.set("private", false);
    /// it.set("private", true);
    /// assert_eq!(it.to_json(), r#"{"private":true}"#);
    /// ```
    pub fn set(&mut self, key: &str, value: impl Into<Self>) {
        if let Some(map) = self.0.as_object_mut() {
            map.insert(key.to_owned(), value.into().0);
        }
    }

    /// A part of the value in another shape, by a description that both sides read: a list of rows `[kind, name, from, rows]`,
    /// where `from` is a dotted path, the name itself when it is left out, the value itself when it is empty. Kinds: `s` text,
    /// `b` boolean, `i` text or `""`, `u` an address made absolute, `w` a list of texts, `l` a list of things shaped by the rows,
    /// `n` the same where a text stands for a name, `p` a list only where there is something, `o` a thing, `r` whatever it is, `k` the
    /// word given. What is of another kind is left out; a kind in capitals gives up the thing it stands in.
    pub(crate) fn shape(&self, description: &str, base: &str, word: &str) -> Option<Self> {
        let rows: serde_json::Value = serde_json::from_str(description).ok()?;
        super::shape::made(&self.0, &rows, [base, word]).map(Self)
    }

    /// The names of an object's properties.
    ///
    /// ```
    /// # use hubkey::Value;
    ///
    /// let it = Value::parse(r#"{"a":1,"b":{"c":2}}"#).expect("JSON");
    /// assert_eq!(it.keys(), ["a", "b"]);
    /// assert!(Value::null().keys().is_empty());
    /// ```
    #[must_use]
    pub fn keys(&self) -> Vec<String> {
        self.0
            .as_object()
            .map(|it| it.keys().cloned().collect())
            .unwrap_or_default()
    }

    /// The items of a list.
    ///
    /// ```
    /// # use hubkey::Value;
    ///
    /// let sum = |it: Value| Some(it.items()?.iter().filter_map(Value::as_number).sum::<f64>());
    /// assert_eq!(Value::parse("[1, 2, 4]").and_then(sum), Some(7.0));
    /// assert_eq!(Value::parse("7").and_then(sum), None, "no list");
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    #[must_use]
    pub fn items(&self) -> Option<Vec<Self>> {
        Some(self.0.as_array()?.iter().cloned().map(Self).collect())
    }

    /// How many items a list has.
    ///
    /// ```
    /// # use hubkey::Value;
    ///
    /// assert_eq!(Value::parse("[[], []]").and_then(|it| it.count()), Some(2));
    /// assert_eq!(Value::object().count(), None, "no list");
    /// ```
    #[must_use]
    pub fn count(&self) -> Option<u32> {
        u32::try_from(self.0.as_array()?.len()).ok()
    }

    /// The first `count` items of a list.
    ///
    /// ```
    /// # use hubkey::Value;
    ///
    /// let list = Value::parse("[1, 2, 4]").expect("JSON");
    /// assert_eq!(list.head(2).to_json(), "[1,2]");
    /// assert_eq!(list.head(9), list);
    /// ```
    #[must_use]
    pub fn head(&self, count: u32) -> Self {
        Self::array(
            self.items()
                .unwrap_or_default()
                .into_iter()
                .take(count as usize)
                .collect(),
        )
    }

    /// Text.
    ///
    /// ```
    /// # use hubkey::Value;
    ///
    /// assert_eq!(Value::from("keys").as_text().as_deref(), Some("keys"));
    /// assert_eq!(Value::from(1.0).as_text(), None, "nothing is converted");
    /// ```
    #[must_use]
    pub fn as_text(&self) -> Option<String> {
        self.0.as_str().map(str::to_owned)
    }

    /// True or false.
    ///
    /// ```
    /// # use hubkey::Value;
    ///
    /// assert_eq!(Value::from(true).as_bool(), Some(true));
    /// assert_eq!(Value::from("true").as_bool(), None);
    /// ```
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        self.0.as_bool()
    }

    /// A number.
    ///
    /// ```
    /// # use hubkey::Value;
    ///
    /// assert_eq!(Value::from(1.5).as_number(), Some(1.5));
    /// assert_eq!(Value::from("1.5").as_number(), None);
    /// ```
    #[must_use]
    pub fn as_number(&self) -> Option<f64> {
        self.0.as_f64()
    }

    pub(crate) fn number_text(&self) -> Option<String> {
        self.0.is_number().then(|| self.0.to_string())
    }

    /// `null`.
    ///
    /// ```
    /// # use hubkey::Value;
    ///
    /// let it = Value::parse(r#"{"gated":null}"#).expect("JSON");
    /// assert!(it.get("gated").is_some_and(|it| it.is_null()), "there and null, not absent");
    /// ```
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.0.is_null()
    }

    /// An object, not a list.
    ///
    /// ```
    /// # use hubkey::Value;
    ///
    /// assert!(Value::object().is_object());
    /// assert!(!Value::array(vec![]).is_object());
    /// ```
    #[must_use]
    pub fn is_object(&self) -> bool {
        self.0.is_object()
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
        // Whole numbers stay whole in the text: 1 and not 1.0, as the engines write them.
        #[allow(clippy::cast_possible_truncation)]
        if it.fract() == 0.0 && it.abs() < 9e15 {
            Self((it as i64).into())
        } else {
            Self(it.into())
        }
    }
}
