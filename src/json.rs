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
