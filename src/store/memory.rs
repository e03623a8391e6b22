use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use super::{Kept, Memory, StoreKind, TokenStore};
use crate::{error::Result, platform::Fut, token::Secret};

/// Keeps the record for as long as the store lives.
///
/// ```ignore-wasm32
/// # use hubkey::{Hub, MemoryStore, example::answers};
/// # hubkey::example::block_on(async {
/// let hub = Hub::builder().store(MemoryStore::default()).transport(answers).build()?;
/// let kept = hub.login("hf_thisIsAnExampleNoRealTokenAtAll0000").await?.kept;
/// assert!(!kept.persisted, "gone with the process");
/// # Ok::<(), hubkey::Error>(())
/// # })?;
/// # Ok::<(), hubkey::Error>(())
/// ```
#[derive(Debug, Default)]
pub struct MemoryStore(Mutex<HashMap<String, Secret>>);

impl TokenStore for MemoryStore {
    fn load<'a>(&'a self, key: &'a str) -> Fut<'a, Result<Option<String>>> {
        Box::pin(async move { Ok(lock(&self.0).get(key).map(|it| it.expose().to_owned())) })
    }

    fn save<'a>(&'a self, key: &'a str, record: &'a str) -> Fut<'a, Result<()>> {
        Box::pin(async move {
            lock(&self.0).insert(key.to_owned(), Secret::new(record.to_owned()));
            Ok(())
        })
    }

    fn clear<'a>(&'a self, key: &'a str) -> Fut<'a, Result<()>> {
        Box::pin(async move {
            lock(&self.0).remove(key);
            Ok(())
        })
    }

    fn kind(&self) -> StoreKind {
        StoreKind::Memory
    }
}

/// The session of a client in Rust.
#[derive(Debug, Default)]
pub(crate) struct Session(Mutex<Held>);

#[derive(Debug, Default)]
struct Held {
    kept: Option<Kept>,
    profile: Option<String>,
    source: Option<&'static str>,
    given: f64,
    ruling: f64,
}

impl Memory for Session {
    fn get(&self) -> Option<Kept> {
        lock(&self.0).kept.clone()
    }

    fn hold(&self, kept: Kept, profile: Option<&str>, source: &'static str) {
        let mut it = lock(&self.0);
        it.source = kept.token.as_ref().map(|_| source);
        it.profile = profile.map(str::to_owned);
        it.kept = Some(kept).filter(|it| it.pinned || it.token.is_some());
    }

    fn profile(&self) -> Option<String> {
        lock(&self.0).profile.clone()
    }

    fn source(&self) -> Option<String> {
        lock(&self.0).source.map(str::to_owned)
    }

    fn ticket(&self) -> f64 {
        let mut it = lock(&self.0);
        it.given += 1.0;
        it.given
    }

    fn rule(&self, ticket: f64) -> bool {
        let mut it = lock(&self.0);
        let newest = ticket >= it.ruling;
        if newest {
            it.ruling = ticket;
        }
        newest
    }

    fn ruling(&self) -> f64 {
        lock(&self.0).ruling
    }
}

/// A holder that panicked left a whole value behind: nothing here is changed in two steps.
fn lock<T>(it: &Mutex<T>) -> MutexGuard<'_, T> {
    it.lock().unwrap_or_else(PoisonError::into_inner)
}
