//! JSON without a decoder of our own: the engine's in wasm (no bytes, and what passes through keeps its fields),
//! serde_json natively. Reads own properties only, so a polluted prototype changes nothing.

#[cfg(not(target_arch = "wasm32"))]
mod native;
#[cfg(not(target_arch = "wasm32"))]
mod shape;
#[cfg(target_arch = "wasm32")]
mod wasm;

#[cfg(not(target_arch = "wasm32"))]
pub use native::{Foreign, Value};
#[cfg(target_arch = "wasm32")]
pub use wasm::{Foreign, Value};

use crate::error::{Code, Error, Result};
use crate::text::cat;

impl Value {
    /// A list property; empty when it is not there or no list.
    pub(crate) fn list(&self, key: &str) -> Vec<Self> {
        self.get(key).and_then(|it| it.items()).unwrap_or_default()
    }

    /// Whether a text property says this, in whatever case.
    #[inline(never)]
    pub(crate) fn is(&self, key: &str, text: &str) -> bool {
        self.text(key).is_some_and(|it| it.eq_ignore_ascii_case(text))
    }

    /// Which of the words a text property is; more than any place for none of them.
    #[inline(never)]
    pub(crate) fn one_of(&self, key: &str, words: &str) -> usize {
        let text = self.text(key).unwrap_or_default();
        words.split(' ').position(|it| it == text).unwrap_or(usize::MAX)
    }

    /// A parameter as the Hub's queries want it: text, number, `true` or `false`.
    pub(crate) fn as_parameter(&self, name: &str) -> Result<String> {
        if let Some(text) = self.as_text() {
            return Ok(text);
        }
        if let Some(flag) = self.as_bool() {
            return Ok(if flag { "true" } else { "false" }.to_owned());
        }
        self.number_text().ok_or_else(|| {
            Error::new(
                Code::InvalidArgument,
                cat(&["`", name, "` should be text, a number, true or false"]),
            )
        })
    }
}
