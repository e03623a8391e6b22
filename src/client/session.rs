//! The current token: asked from the store, held in memory, never lost because a store failed.

use super::Hub;
use crate::{
    error::{Code, Error, Result},
    platform::Fut,
    store::{Found, Record, StoreKind},
    text::cat,
    token::{Secret, Token},
};

/// How long a store may take.
#[cfg(not(all(feature = "js", target_arch = "wasm32")))]
const STORE_MS: f64 = 2_000.0;

/// What became of a token that was to be kept.
///
/// ```ignore-wasm32
/// # hubkey::example::with_hub(async |hub| {
/// let kept = hub.set_token("hf_thisIsAnExampleNoRealTokenAtAll0000").await?;
/// assert!(!kept.persisted, "there is no store but memory");
/// assert!(kept.warnings.is_empty(), "and nothing went wrong");
/// # Ok(())
/// # })?;
/// # Ok::<(), hubkey::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Kept {
    /// Whether it is in the store, and not in memory alone.
    pub persisted: bool,
    /// What a careful person would want to know.
    pub warnings: Vec<Warning>,
}

/// A thing to know, with a stable word.
///
/// ```ignore-wasm32
/// # use hubkey::{EnvStore, Hub, example::answers};
/// # hubkey::example::block_on(async {
/// let read_only = EnvStore::new(&|_| None, true)?;
/// let hub = Hub::builder().store(read_only).transport(answers).build()?;
/// let kept = hub.login("hf_thisIsAnExampleNoRealTokenAtAll0000").await?.kept;
/// let warning = &kept.warnings[0];
/// assert_eq!(warning.code, "storage_read_only");
/// assert!(warning.message.starts_with("signed in, but only until"));
/// # Ok::<(), hubkey::Error>(())
/// # })?;
/// # Ok::<(), hubkey::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Warning {
    /// A stable word.
    pub code: &'static str,
    /// A sentence.
    pub message: String,
}

fn overtaken() -> Error {
    Error::new(Code::Aborted, "a later sign-in or sign-out came in between")
        .with_hint("what was asked for last counts; nothing of this one was kept")
}

impl Hub {
    /// The token in use; `None` when signed out.
    pub(crate) fn stored(&self) -> Fut<'_, Result<Option<Token>>> {
        Box::pin(async move {
            loop {
                let kept = self.0.kept.get();
                let store = match &self.0.store {
                    // What only this client writes is not asked for again.
                    Some(it) if !kept.as_ref().is_some_and(|kept| kept.pinned || !it.kind().is_shared()) => it,
                    _ => return Ok(kept.and_then(|it| it.token)),
                };
                let before = self.0.kept.ruling();
                let record = self.patiently(store.load(&self.endpoint())).await?;
                // A sign-in or sign-out meanwhile: what was read belongs to the past.
                if self.0.kept.ruling() == before {
                    return Ok(self.loaded(record));
                }
            }
        })
    }

    #[inline(never)]
    fn loaded(&self, record: Option<String>) -> Option<Token> {
        // Wiped when it goes.
        let record = Secret::new(record.unwrap_or_default());
        let token = match self.found(record.expose()) {
            Found::Record(it) => it.token().cloned(),
            _ => None,
        };
        self.hold(token.clone(), false);
        token
    }

    fn hold(&self, token: Option<Token>, pinned: bool) {
        let kept = crate::store::Kept { token, pinned };
        self.0.kept.set(Some(kept).filter(|it| pinned || it.token.is_some()));
    }

    /// Keeps a token under a profile's name: in memory always, in the store if it can be.
    ///
    /// `ticket` was taken when the sign-in began: one that was overtaken keeps nothing.
    pub(crate) async fn keep(&self, ticket: f64, profile: &str, token: &Token, can_write: bool) -> Result<Kept> {
        if !self.0.kept.rule(ticket) {
            return Err(overtaken());
        }
        // From now on calls go out with it, whatever the store does.
        self.pin(token);
        let saved = self.rewrite(ticket, Some((profile, token))).await;
        if self.0.kept.ruling() == ticket {
            return Ok(self.kept(token, can_write, saved));
        }
        Err(overtaken())
    }

    #[inline(never)]
    fn kept(&self, token: &Token, can_write: bool, saved: Result<bool>) -> Kept {
        let mut kept = Kept::default();
        let kind = self.0.store.as_ref().map(|it| it.kind());
        match saved {
            Ok(false) => self.pin(token),
            Ok(true) => {
                kept.persisted = kind != Some(StoreKind::Memory);
                self.hold(Some(token.clone()), false);
                if can_write && kind == Some(StoreKind::Local) {
                    let message = "a token that may write is in localStorage, where every script of this origin can read it; \
                                   a fine-grained or read token, or sessionStore(), risks less";
                    kept.warnings.push(Warning {
                        code: "write_token_in_web_storage",
                        message: message.to_owned(),
                    });
                }
            }
            Err(error) => {
                self.pin(token);
                let message = cat(&["signed in, but only until this page or process ends: ", error.message()]);
                kept.warnings.push(Warning {
                    code: error.code().as_str(),
                    message,
                });
            }
        }
        kept
    }

    /// Puts a token into the store's record, or clears the record; false where the store was left alone.
    fn rewrite<'a>(&'a self, ticket: f64, new: Option<(&'a str, &'a Token)>) -> Fut<'a, Result<bool>> {
        Box::pin(async move {
            let Some(store) = &self.0.store else { return Ok(false) };
            let key = self.endpoint();
            // Another endpoint's record stays; a store that cannot be read is written all the same.
            let before = self
                .patiently(store.load(&key))
                .await
                .ok()
                .flatten()
                .unwrap_or_default();
            let Some(text) = self.changed(&before, new)? else {
                return Ok(false);
            };
            if self.0.kept.ruling() != ticket {
                return Ok(false);
            }
            if new.is_none() {
                self.patiently(store.clear(&key)).await?;
            } else if let Err(error) = self.patiently(store.save(&key, &text)).await {
                // Better signed out after a reload than signed in as somebody else; but what a later sign-in wrote stays.
                if self.0.kept.ruling() == ticket {
                    let _ = self.patiently(store.clear(&key)).await;
                }
                return Err(error);
            }
            Ok(true)
        })
    }

    #[inline(never)]
    fn changed(&self, before: &str, new: Option<(&str, &Token)>) -> Result<Option<String>> {
        let found = self.found(before);
        let Some((profile, token)) = new else {
            return Ok((!matches!(found, Found::Foreign)).then(String::new));
        };
        let record = match found {
            Found::Foreign => {
                let told = "the store holds the record of another endpoint, which is left alone";
                return Err(Error::new(Code::StorageUnavailable, told));
            }
            // One token at a time: what nothing shows and nothing drops has no place in a store.
            _ => Record::of(&self.endpoint(), profile, token.clone()),
        };
        Ok(Some(record.to_json()))
    }

    /// Forgets the token, here and in the store.
    pub(crate) async fn forget(&self) -> Result<()> {
        let ticket = self.0.kept.ticket();
        self.0.kept.rule(ticket);
        crate::auth::known::forget();
        // First of all: whatever the store does, no call goes out with it any more.
        self.hold(None, true);
        self.forgotten(ticket, self.rewrite(ticket, None).await)
    }

    #[inline(never)]
    fn forgotten(&self, ticket: f64, cleared: Result<bool>) -> Result<()> {
        let cleared = cleared.map_err(|it| {
            let hint = match it.code() {
                Code::StorageReadOnly => "signed out here; remove the secret where it is set to sign out for good",
                _ => "signed out here, but the token may still be in the store: clear this site's data",
            };
            it.with_hint(hint)
        })?;
        if cleared && self.0.kept.ruling() == ticket {
            // The store is empty now and rules again: another tab may sign in.
            self.hold(None, false);
        }
        Ok(())
    }

    /// Keeps a token in memory and asks the store no more.
    pub(super) fn pin(&self, token: &Token) {
        self.hold(Some(token.clone()), true);
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
            Err(Error::new(
                Code::StorageUnavailable,
                "the token store did not answer within 2 seconds",
            ))
        });
        crate::platform::first(work, late).await
    }

    #[cfg(all(feature = "js", target_arch = "wasm32"))]
    fn patiently<'a, T>(&self, work: Fut<'a, Result<T>>) -> Fut<'a, Result<T>> {
        work
    }
}
