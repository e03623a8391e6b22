//! Places for the token record. A store knows no HTTP and no format: it keeps text under a key.

use crate::{
    error::{Code, Error, Result},
    platform::{Fut, Portable},
    token::Token,
};

pub mod contract;
mod env;
mod memory;
mod record;
#[cfg(all(feature = "web", target_arch = "wasm32"))]
mod web;

pub use env::EnvStore;
pub use memory::MemoryStore;
pub(crate) use memory::Session;
pub(crate) use record::{Found, Record};
#[cfg(all(feature = "web", target_arch = "wasm32"))]
pub use web::WebStore;

/// Keeps one record per key; the key names the endpoint.
///
/// Promises: `load` gives what the last `save` was given; `clear` twice is fine; a blocked, full or read-only store is
/// an error, never a panic and never an empty answer. [`contract`] holds a store to it.
pub trait TokenStore: Portable {
    /// The record as it was saved; `None` when there is none.
    fn load<'a>(&'a self, key: &'a str) -> Fut<'a, Result<Option<String>>>;
    /// Keeps the record in place of the one before.
    fn save<'a>(&'a self, key: &'a str, record: &'a str) -> Fut<'a, Result<()>>;
    /// Forgets the record.
    fn clear<'a>(&'a self, key: &'a str) -> Fut<'a, Result<()>>;

    /// What the store is, for warnings.
    fn kind(&self) -> StoreKind {
        StoreKind::Custom
    }

    /// What to tell somebody whose token was looked for here and not found.
    fn absent_hint(&self) -> Option<String> {
        None
    }
}

/// What a store is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreKind {
    /// Gone with the process.
    Memory,
    /// `localStorage`: outlives the tab.
    Local,
    /// `sessionStorage`.
    Session,
    /// A secret binding.
    Env,
    /// Somebody else's.
    Custom,
}

impl StoreKind {
    /// Cheap to ask, and written by others too: asked anew at each use.
    pub(crate) fn is_shared(self) -> bool {
        matches!(self, Self::Local | Self::Session | Self::Memory | Self::Env)
    }
}

/// What the client holds on to while it lives. In the npm package it lives on the JavaScript side, so that it
/// outlasts the module's instance.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    /// None: signed out here.
    pub(crate) token: Option<Token>,
    /// The store is not to be asked again: it failed, or this client's token was never meant for it.
    pub(crate) pinned: bool,
}

pub(crate) trait Memory: Portable {
    fn get(&self) -> Option<Kept>;
    fn set(&self, kept: Option<Kept>);
    /// The ticket of a sign-in or sign-out that begins now.
    fn ticket(&self) -> f64;
    /// Makes the ticket the one that rules; false when a later one does already.
    fn rule(&self, ticket: f64) -> bool;
    /// The ticket that rules; 0 at first.
    fn ruling(&self) -> f64;
}

pub(crate) fn read_only() -> Error {
    Error::new(
        Code::StorageReadOnly,
        "this store is only read: the token is a secret of the environment",
    )
}
