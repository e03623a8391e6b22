//! Places for the token record. A store knows no HTTP and no format: it keeps text under a key.

use serde::Deserialize;

use crate::{
    error::{Code, Error, Result},
    json::Value,
    platform::{Fut, Portable},
    token::Token,
};

pub mod contract;
mod env;
mod getter;
mod memory;
mod record;
#[cfg(all(feature = "web", target_arch = "wasm32"))]
mod web;

pub use env::EnvStore;
pub use getter::GetterStore;
pub use memory::MemoryStore;
pub(crate) use memory::Session;
pub(crate) use record::{Found, Profile, Record};
#[cfg(all(feature = "web", target_arch = "wasm32"))]
pub use web::WebStore;

/// Keeps one record per key; the key names the endpoint.
///
/// Promises: `load` gives what the last `save` was given; `clear` twice is fine; a blocked, full or read-only store is
/// an error, never a panic and never an empty answer. [`contract`] holds a store to it.
///
/// ```ignore-wasm32
/// # use hubkey::{Fut, Hub, MemoryStore, Result, TokenStore, example::answers};
/// # hubkey::example::block_on(async {
/// /// One key for all endpoints, whose own name is inside the record.
/// struct OneKey(MemoryStore);
///
/// impl TokenStore for OneKey {
///     fn load<'a>(&'a self, _: &'a str) -> Fut<'a, Result<Option<String>>> {
///         self.0.load("token")
///     }
///     fn save<'a>(&'a self, _: &'a str, record: &'a str) -> Fut<'a, Result<()>> {
///         self.0.save("token", record)
///     }
///     fn clear<'a>(&'a self, _: &'a str) -> Fut<'a, Result<()>> {
///         self.0.clear("token")
///     }
/// }
///
/// let hub = Hub::builder().store(OneKey(MemoryStore::default())).transport(answers).build()?;
/// assert!(hub.login("hf_thisIsAnExampleNoRealTokenAtAll0000").await?.kept.persisted);
/// # Ok::<(), hubkey::Error>(())
/// # })?;
/// # Ok::<(), hubkey::Error>(())
/// ```
pub trait TokenStore: Portable {
    /// The record as it was saved; `None` when there is none.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{MemoryStore, TokenStore};
    /// # hubkey::example::block_on(async {
    /// let store = MemoryStore::default();
    /// assert_eq!(store.load("https://huggingface.co").await?, None);
    /// # Ok::<(), hubkey::Error>(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    fn load<'a>(&'a self, key: &'a str) -> Fut<'a, Result<Option<String>>>;
    /// Keeps the record in place of the one before.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{MemoryStore, TokenStore};
    /// # hubkey::example::block_on(async {
    /// let store = MemoryStore::default();
    /// store.save("https://huggingface.co", "first").await?;
    /// store.save("https://huggingface.co", "second").await?;
    /// assert_eq!(store.load("https://huggingface.co").await?.as_deref(), Some("second"));
    /// # Ok::<(), hubkey::Error>(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    fn save<'a>(&'a self, key: &'a str, record: &'a str) -> Fut<'a, Result<()>>;
    /// Forgets the record.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{MemoryStore, TokenStore};
    /// # hubkey::example::block_on(async {
    /// let store = MemoryStore::default();
    /// store.save("https://huggingface.co", "record").await?;
    /// store.clear("https://huggingface.co").await?;
    /// store.clear("https://huggingface.co").await?; // twice is fine
    /// assert_eq!(store.load("https://huggingface.co").await?, None);
    /// # Ok::<(), hubkey::Error>(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    fn clear<'a>(&'a self, key: &'a str) -> Fut<'a, Result<()>>;

    /// What the store is, for warnings.
    ///
    /// ```
    /// # use hubkey::{MemoryStore, TokenStore, store::StoreKind};
    /// assert_eq!(MemoryStore::default().kind(), StoreKind::Memory);
    /// ```
    fn kind(&self) -> StoreKind {
        StoreKind::Custom
    }

    /// What to tell somebody whose token was looked for here and not found.
    ///
    /// ```
    /// # use hubkey::{EnvStore, TokenStore};
    /// let empty = EnvStore::new(&|_| None, true)?;
    /// assert!(empty.absent_hint().is_some_and(|it| it.starts_with("HF_TOKEN is not set")));
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    fn absent_hint(&self) -> Option<String> {
        None
    }
}

/// What a store is.
///
/// ```
/// # use hubkey::{EnvStore, TokenStore, store::StoreKind};
/// let store = EnvStore::new(&|_| None, true)?;
/// let lasts = !matches!(store.kind(), StoreKind::Memory | StoreKind::Session);
/// assert!(lasts, "a secret of the environment is there the next time too");
/// # Ok::<(), hubkey::Error>(())
/// ```
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
    /// Asked for the bare secret, not for a record; only read.
    Getter,
    /// Somebody else's.
    Custom,
}

impl StoreKind {
    /// Cheap to ask, and written by others too: asked anew at each use.
    pub(crate) fn is_shared(self) -> bool {
        !matches!(self, Self::Custom)
    }

    /// How [`Source`] calls it.
    pub(crate) fn source(self) -> &'static str {
        match self {
            Self::Memory => MEMORY,
            Self::Env => ENVIRONMENT,
            Self::Getter => "getter",
            Self::Local | Self::Session | Self::Custom => "store",
        }
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

/// A source's words, where they are not a store's.
pub(crate) const MEMORY: &str = "memory";
pub(crate) const ENVIRONMENT: &str = "environment";
pub(crate) const OPTION: &str = "option";

/// Where a token in use comes from.
///
/// ```ignore-wasm32
/// # use hubkey::store::Source;
/// # hubkey::example::with_hub(async |hub| {
/// assert_eq!(hub.auth_list().await?.source, Some(Source::Option), "it was given to the builder");
/// # Ok(())
/// # })?;
/// # Ok::<(), hubkey::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// The store's profile in use.
    Store,
    /// Memory alone: there is no other store, or it failed.
    Memory,
    /// A secret of the environment, which takes precedence.
    Environment,
    /// A store that is asked for the bare secret.
    Getter,
    /// Given when the client was made.
    Option,
}

pub(crate) trait Memory: Portable {
    fn get(&self) -> Option<Kept>;
    /// Under which name the token is kept, and where it comes from.
    fn hold(&self, kept: Kept, profile: Option<&str>, source: &'static str);
    fn profile(&self) -> Option<String>;
    fn source(&self) -> Option<String>;
    /// What the Hub said of a token: whose it is, or that it is bad.
    fn heard(&self, _: &Token, _: Option<&Value>) {}
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
        "this store is only read: the token is a secret that is set elsewhere",
    )
}
