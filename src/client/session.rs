//! The current token: asked from the store, held in memory, never lost because a store failed.

use super::Hub;
use crate::{
    text::cat,
    error::{Code, Error, Result},
    platform::Fut,
    store::{Found, Record, StoreKind},
    token::{Secret, Token},
};

/// How long a store may take.
#[cfg(not(all(feature = "js", target_arch = "wasm32")))]
const STORE_MS: f64 = 2_000.0;

/// What became of a token that was to be kept.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    /// Whether it is in the store, and not in memory alone.
    pub persisted: bool,
    /// What a careful person would want to know.
    pub warnings: Vec<Warning>,
}

/// A thing to know, with a stable word.
#[derive(Clone, Debug)]
pub struct Warning {
    /// A stable word.
    pub code: &'static str,
    /// A sentence.
    pub message: String,
}

impl Hub {
    /// The token in use; `None` when signed out.
    pub(crate) async fn stored(&self) -> Result<Option<Token>> {
        let hub = &self.0;
        let kept = hub.kept.get();
        let held = |it: &crate::store::Kept| match self.found(it.record.expose()) {
            Found::Record(it) => it.token().cloned(),
            _ => None,
        };
        let Some(store) = &hub.store else { return Ok(kept.as_ref().and_then(held)) };
        if let Some(it) = kept.filter(|it| it.pinned || !store.kind().is_shared()) {
            return Ok(held(&it));
        }
        let record = self.patiently(store.load(&self.endpoint())).await?;
        let record = crate::store::Kept { record: Secret::new(record.unwrap_or_default()), pinned: false };
        let token = held(&record);
        hub.kept.set(token.is_some().then_some(record));
        Ok(token)
    }

    /// Keeps a token under a profile's name: in memory always, in the store if it can be.
    pub(crate) async fn keep(&self, profile: &str, token: Token, can_write: bool) -> Kept {
        let mut kept = Kept::default();
        let Some(store) = &self.0.store else {
            self.pin(profile, token);
            return kept;
        };
        match self.save(profile, &token).await {
            Ok(record) => {
                kept.persisted = store.kind() != StoreKind::Memory;
                self.0.kept.set(Some(crate::store::Kept { record: Secret::new(record), pinned: false }));
                if can_write && store.kind() == StoreKind::Local {
                    let message = "a token that may write is in localStorage, where every script of this origin can read it; \
                                   a fine-grained or read token, or sessionStore(), risks less";
                    kept.warnings.push(Warning { code: "write_token_in_web_storage", message: message.to_owned() });
                }
            }
            Err(error) => {
                self.pin(profile, token);
                let message = cat(&["signed in, but only until this page or process ends: ", error.message()]);
                kept.warnings.push(Warning { code: error.code().as_str(), message });
            }
        }
        kept
    }

    async fn save(&self, profile: &str, token: &Token) -> Result<String> {
        let Some(store) = &self.0.store else { return Ok(String::new()) };
        let key = self.endpoint();
        // Other profiles stay; a store that cannot be read is written all the same.
        let before = self.patiently(store.load(&key)).await.ok().flatten().unwrap_or_default();
        let record = match self.found(&before) {
            Found::Foreign => {
                let told = "the store holds the record of another endpoint, which is left alone";
                return Err(Error::new(Code::StorageUnavailable, told));
            }
            Found::Record(mut it) => {
                it.put(profile, token.clone());
                it
            }
            Found::Nothing => Record::of(&key, profile, token.clone()),
        };
        let text = record.to_json();
        self.patiently(store.save(&key, &text)).await?;
        Ok(text)
    }

    /// Forgets the token, here and in the store.
    pub(crate) async fn forget(&self) -> Result<()> {
        // First of all: whatever the store does, no call goes out with it any more.
        self.0.kept.set(Some(crate::store::Kept { record: Secret::new(String::new()), pinned: true }));
        let Some(store) = &self.0.store else { return Ok(()) };
        let key = self.endpoint();
        let before = self.patiently(store.load(&key)).await;
        if let Ok(Some(text)) = &before
            && matches!(self.found(text), Found::Foreign)
        {
            return Ok(());
        }
        self.patiently(store.clear(&key)).await.map_err(|it| {
            let hint = match it.code() {
                Code::StorageReadOnly => "signed out here; remove the secret where it is set to sign out for good",
                _ => "signed out here, but the token may still be in the store: clear this site's data",
            };
            it.with_hint(hint)
        })?;
        // The store is empty now and rules again: another tab may sign in.
        self.0.kept.set(None);
        Ok(())
    }

    /// Keeps a token in memory and asks the store no more.
    pub(super) fn pin(&self, profile: &str, token: Token) {
        let record = Secret::new(Record::of(&self.endpoint(), profile, token).to_json());
        self.0.kept.set(Some(crate::store::Kept { record, pinned: true }));
    }

    pub(crate) fn no_token(&self) -> Error {
        let error = Error::new(Code::NoToken, "this call needs a token and there is none");
        match self.0.store.as_ref().and_then(|it| it.absent_hint()) {
            Some(hint) => error.with_hint(hint),
            None => error,
        }
    }

    fn found(&self, text: &str) -> Found {
        Record::find(text, &self.endpoint(), self.is_official())
    }

    /// A store may never answer. The npm package's host minds that by itself.
    #[cfg(not(all(feature = "js", target_arch = "wasm32")))]
    async fn patiently<T>(&self, work: Fut<'_, Result<T>>) -> Result<T> {
        let clock = &self.0.clock;
        let late: Fut<'_, Result<T>> = Box::pin(async move {
            clock.sleep(STORE_MS).await;
            Err(Error::new(Code::StorageUnavailable, "the token store did not answer within 2 seconds"))
        });
        crate::platform::first(work, late).await
    }

    #[cfg(all(feature = "js", target_arch = "wasm32"))]
    fn patiently<'a, T>(&self, work: Fut<'a, Result<T>>) -> Fut<'a, Result<T>> {
        work
    }
}
