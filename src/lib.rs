//! **hubkey**: the key to the Hugging Face Hub for code that runs in a browser tab or at the edge.
//!
//! Signs a person or a worker in, keeps the token safe, knows what it may do, and makes authenticated calls. The npm
//! package `hubkey` is this crate with its default feature `js`; a Rust app takes it with
//! `default-features = false, features = ["web"]`.
//!
//! ```ignore-wasm32
//! use hubkey::{Fut, Hub, MemoryStore, Request, Response, Result};
//!
//! # hubkey::example::block_on(async {
//! // Natively the caller brings the way to the network; in wasm it is the platform's fetch.
//! let answer = |_: Request| -> Fut<'static, Result<Response>> {
//!     Box::pin(async { Ok(Response::new(200, vec![], br#"{"type":"user","name":"ada"}"#.to_vec())) })
//! };
//! let hub = Hub::builder().store(MemoryStore::default()).transport(answer).build()?;
//! let me = hub.login("hf_thisIsAnExampleNoRealTokenAtAll0000").await?;
//! assert_eq!(me.identity.name, "ada");
//! assert!(!me.kept.persisted, "memory ends with the process");
//! # Ok::<(), hubkey::Error>(())
//! # })?;
//! # Ok::<(), hubkey::Error>(())
//! ```
//!
//! Every example in these pages runs as a test, except those of what is in wasm alone, which are compiled. Where one does
//! not make them itself, `answers` is a transport of constants, `TOKEN` a token that it takes, and `hub` a client
//! of both.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]
// The npm package replaces the defaults of a client and has no use for them.
#![cfg_attr(all(target_arch = "wasm32", not(feature = "web")), allow(dead_code, unused_imports))]
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

pub mod auth;
mod client;
#[cfg(not(target_arch = "wasm32"))]
pub mod declare;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod declared;
mod endpoint;
mod error;
// Only for the examples of the documentation, which are crates of their own and reach it no other way.
#[cfg(not(target_arch = "wasm32"))]
#[doc(hidden)]
pub mod example;
// For the crate in fuzz/, and for a test that plays its seeds.
#[cfg(all(any(test, feature = "fuzz"), not(target_arch = "wasm32")))]
#[doc(hidden)]
pub mod fuzz;
pub mod hub;
mod id;
mod json;
mod page;
mod platform;
mod redact;
pub mod store;
mod text;
mod token;
pub mod transport;
mod url;

#[cfg(all(feature = "js", target_arch = "wasm32"))]
// Exported by wasm-bindgen, which wants `pub`.
#[allow(unreachable_pub)]
mod js;

pub use auth::{Identity, Login, Validation};
pub use client::{Builder, Call, Hub, Kept, Pages, RawRequest, Warning};
pub use endpoint::{Endpoint, List, Spec};
pub use error::{Code, Error, HttpContext, Result};
pub use id::{RepoId, RepoType};
pub use json::{Foreign, Value};
pub use platform::{Fut, Portable, Shared};
pub use store::{EnvStore, GetterStore, MemoryStore, TokenStore};
pub use token::{Token, TokenKind, mask};
pub use transport::{Body, Cancel, Request, Response, Transport};
