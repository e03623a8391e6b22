//! The current token: asked from the store, held in memory, never lost because a store failed.

use super::{
    Hub,
    profiles::{Change, named},
};
use crate::{
    error::{Code, Error, Result},
    platform::Fut,
    store::{self, EnvStore, Found, Record, StoreKind, TokenStore},
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
        .with_hint("what was asked for last counts; this one is not in use")
}

impl Hub {
    /// The token in use; `None` when signed out.
    pub(crate) fn stored(&self) -> Fut<'_, Result<Option<Token>>> {
        Box::pin(async move {
            loop {
                let kept = self.0.kept.get();
                let pinned = kept.as_ref().is_some_and(|it| it.pinned);
                if let Some(secret) = self.secret().filter(|_| !pinned) {
                    return Ok(Some(secret.clone()));
                }
                let store = match &self.0.store {
                    // What only this client writes is not asked for again.
                    Some(it) if !(pinned || self.0.own_store || kept.is_some() && !it.kind().is_shared()) => it,
                    _ => return Ok(kept.and_then(|it| it.token)),
                };
                let before = self.0.kept.ruling();
                let record = self.patiently(store.load(&self.endpoint())).await?;
                // A sign-in, sign-out or renewal meanwhile: what was read belongs to the past.
                if self.0.kept.ruling() == before && self.holds(kept.as_ref()) {
                    return self.loaded(store.kind(), record);
                }
            }
        })
    }

    #[inline(never)]
    fn holds(&self, token: Option<&store::Kept>) -> bool {
        self.0.kept.get().and_then(|it| it.token).as_ref() == token.and_then(|it| it.token.as_ref())
    }

    #[inline(never)]
    fn loaded(&self, kind: StoreKind, record: Option<String>) -> Result<Option<Token>> {
        // Wiped when it goes.
        let record = Secret::new(record.unwrap_or_default());
        let (token, profile) = if kind == StoreKind::Getter {
            (Token::from_secret(record.expose(), self.is_official())?, None)
        } else {
            match self.found(record.expose()) {
                Found::Record(it) => it.used().map(|it| (it.token.clone(), it.name.clone())).unzip(),
                _ => (None, None),
            }
        };
        self.hold(token.clone(), false, profile.as_deref(), kind.source());
        Ok(token)
    }

    /// The secret of an environment, which comes before what a store holds.
    pub(super) fn secret(&self) -> Option<&Token> {
        self.0.secret.as_ref()?.token.as_ref()
    }

    pub(super) fn hold(&self, token: Option<Token>, pinned: bool, profile: Option<&str>, source: &'static str) {
        self.0.kept.hold(store::Kept { token, pinned }, profile, source);
    }

    /// What is known before any store was asked.
    pub(super) fn hold_at_first(&self) {
        if let Some(secret) = self.secret() {
            self.hold(Some(secret.clone()), false, None, store::ENVIRONMENT);
        } else if self.0.own_store || self.0.store.is_none() {
            self.hold(None, false, None, store::MEMORY);
        }
    }

    /// Keeps a token under a profile's name: in memory always, in the store if it can be.
    ///
    /// `ticket` was taken when the sign-in began: one that was overtaken keeps nothing. One that is not to last is kept in this
    /// client alone.
    pub(crate) async fn keep(
        &self,
        ticket: f64,
        (profile, lasts): (&str, bool),
        token: &Token,
        can_write: bool,
    ) -> Result<Kept> {
        if !self.0.kept.rule(ticket) {
            return Err(overtaken());
        }
        let profile = &*named(profile, Some(token));
        // Signed out of the secret, one is free to sign in as somebody else.
        let beneath = lasts && self.shelf().is_some() && self.secret().is_some() && !self.is_pinned();
        if !beneath {
            // From now on calls go out with it, whatever the store does.
            self.hold(Some(token.clone()), true, Some(profile), store::MEMORY);
        }
        let change = if lasts {
            Change::Put(profile, token)
        } else {
            Change::Pass(profile)
        };
        let saved = self.rewrite(ticket, change).await;
        if self.0.kept.ruling() == ticket {
            return Ok(match saved {
                Ok(_) if !lasts => Kept::default(),
                saved => self.kept(profile, token, (can_write, lasts), beneath, saved),
            });
        }
        Err(overtaken())
    }

    #[inline(never)]
    fn kept(
        &self,
        profile: &str,
        token: &Token,
        (can_write, lasts): (bool, bool),
        beneath: bool,
        saved: Result<bool>,
    ) -> Kept {
        let mut kept = Kept::default();
        let kind = self.0.store.as_ref().map_or(StoreKind::Memory, |it| it.kind());
        let mut warn = |code, message| kept.warnings.push(Warning { code, message });
        match saved {
            Err(error) => {
                let what = if beneath {
                    "not kept: "
                } else if !lasts {
                    "signed in, but whoever was before may be again after a reload: "
                } else {
                    "signed in, but only until this page or process ends: "
                };
                warn(error.code().as_str(), cat(&[what, error.message()]));
            }
            Ok(_) => {
                kept.persisted = kind != StoreKind::Memory;
                if !beneath {
                    self.hold(
                        Some(token.clone()),
                        self.secret().is_some(),
                        Some(profile),
                        kind.source(),
                    );
                }
                if self.secret().is_some() {
                    let message =
                        "a secret of the environment takes precedence over what the store holds, until it is removed";
                    warn("secret_in_use", message.to_owned());
                }
                if can_write && kind == StoreKind::Local {
                    let message = "a token that may write is in localStorage, where every script of this origin can read it; \
                                   a fine-grained or read token, or sessionStore(), risks less";
                    warn("write_token_in_web_storage", message.to_owned());
                }
            }
        }
        kept
    }

    /// Forgets one profile, or all of them: here and in the store.
    pub(crate) async fn forget(&self, profile: Option<&str>) -> Result<()> {
        let ticket = self.0.kept.ticket();
        self.0.kept.rule(ticket);
        crate::auth::known::forget();
        let profile = profile.map(|it| named(it, None));
        let ends = match &profile {
            None => true,
            it => *it == self.0.kept.profile(),
        };
        if ends {
            // First of all: whatever the store does, no call goes out with it any more.
            self.hold(None, true, None, store::MEMORY);
        }
        let change = profile.as_deref().map_or(Change::Clear, Change::Drop);
        self.forgotten(ticket, profile.is_some(), ends, self.rewrite(ticket, change).await)
    }

    #[inline(never)]
    fn forgotten(&self, ticket: f64, one: bool, ends: bool, cleared: Result<bool>) -> Result<()> {
        let cleared = cleared.map_err(|it| {
            let hint = match it.code() {
                Code::StorageReadOnly => "signed out here; remove the secret where it is set to sign out for good",
                _ => "signed out here, but the token may still be in the store: clear this site's data",
            };
            it.with_hint(hint)
        })?;
        if self.0.kept.ruling() != ticket {
            // The later one went by what it read; whether this profile was still in it, nobody knows.
            return if one { Err(overtaken()) } else { Ok(()) };
        }
        if cleared && ends && self.secret().is_none() {
            // The store has its say again: another tab may sign in.
            self.hold(None, false, None, store::MEMORY);
        }
        Ok(())
    }

    fn is_pinned(&self) -> bool {
        self.0.kept.get().is_some_and(|it| it.pinned)
    }

    /// The Hub was asked, and called a token bad.
    #[inline(never)]
    pub(super) fn condemned(&self, error: Error, token: Option<&Token>) -> Error {
        if let (Code::InvalidToken, Some(token)) = (error.code(), token) {
            self.0.kept.heard(token, None);
        }
        error
    }

    pub(crate) fn no_token(&self) -> Error {
        let error = Error::new(Code::NoToken, "this call needs a token and there is none");
        let secret = self.0.secret.as_ref().and_then(EnvStore::absent_hint);
        match secret.or_else(|| self.0.store.as_ref()?.absent_hint()) {
            Some(hint) => error.with_hint(hint),
            None => error,
        }
    }

    pub(super) fn found(&self, text: &str) -> Found {
        Record::find(text, &self.endpoint(), self.is_official())
    }

    /// A store may never answer. The npm package's host minds that by itself.
    #[cfg(not(all(feature = "js", target_arch = "wasm32")))]
    pub(super) async fn patiently<T>(&self, work: Fut<'_, Result<T>>) -> Result<T> {
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
    pub(super) fn patiently<'a, T>(&self, work: Fut<'a, Result<T>>) -> Fut<'a, Result<T>> {
        work
    }
}
