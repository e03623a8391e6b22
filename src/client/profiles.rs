//! The store's record as a client changes it: profiles added, used, dropped.

use super::{Hub, Kept};
use crate::{
    error::{Code, Error, Result},
    json::Value,
    platform::{Fut, Shared},
    redact,
    store::{Found, Profile, Record, StoreKind, TokenStore, read_only},
    text::{cat, has, row},
    token::Token,
};

#[derive(Clone, Copy)]
pub(super) enum Change<'a> {
    /// Adds or replaces the profile of that name, and uses it.
    Put(&'a str, &'a Token),
    /// Replaces the token of a profile that is still there.
    #[cfg(any(test, all(feature = "js", target_arch = "wasm32")))]
    Renew(&'a str, &'a Token),
    /// Somebody signs in under that name without being remembered: neither an older token of theirs nor anybody else is in
    /// use at the next start.
    Pass(&'a str),
    Drop(&'a str),
    Clear,
}

/// A name as it is kept: any text, but without a token in it, and none that makes a record too long to be read again.
#[inline(never)]
pub(super) fn named(name: &str, token: Option<&Token>) -> String {
    const LONGEST: usize = 200;
    let name = redact::scrub_path(name, token);
    if name.len() > LONGEST || has(&name, "hf_") {
        redact::scrub(&name)
    } else {
        name
    }
}

impl Hub {
    /// The store, where it keeps records.
    pub(super) fn shelf(&self) -> Option<&Shared<dyn TokenStore>> {
        self.0
            .store
            .as_ref()
            .filter(|it| !matches!(it.kind(), StoreKind::Getter | StoreKind::Env))
    }

    /// Changes the store's record; false where there was nothing to change.
    pub(super) fn rewrite<'a>(&'a self, ticket: f64, change: Change<'a>) -> Fut<'a, Result<bool>> {
        Box::pin(async move {
            let mut ended = Ok(false);
            if let Some(store) = self.shelf() {
                let key = self.endpoint();
                let before = match self.patiently(store.load(&key)).await {
                    Ok(it) => it.unwrap_or_default(),
                    // Whatever it is, it is to go.
                    Err(_) if matches!(change, Change::Clear) => String::new(),
                    // To write all the same would cost the other profiles.
                    Err(error) => return Err(error),
                };
                for text in self.changed(&before, change)? {
                    // What a later one wrote stays.
                    if self.0.kept.ruling() != ticket {
                        break;
                    }
                    let work = if text.is_empty() {
                        store.clear(&key)
                    } else {
                        store.save(&key, &text)
                    };
                    let this = self.patiently(work).await;
                    let done = this.is_ok();
                    ended = ended.and(this.map(|()| true));
                    if done {
                        break;
                    }
                }
            }
            ended.and_then(|it| self.beyond(change, it))
        })
    }

    /// What a record cannot change.
    #[inline(never)]
    fn beyond(&self, change: Change<'_>, changed: bool) -> Result<bool> {
        let elsewhere = self.secret().is_some() || self.0.store.is_some() && self.shelf().is_none();
        match change {
            Change::Drop(_) | Change::Pass(_) => Ok(changed),
            Change::Clear if elsewhere => Err(read_only()),
            Change::Clear => Ok(changed),
            _ if self.shelf().is_none() => Err(read_only()),
            _ => Ok(changed),
        }
    }

    /// What to write, and what else if that fails; an empty text clears the record.
    #[inline(never)]
    fn changed(&self, before: &str, change: Change<'_>) -> Result<Vec<String>> {
        let mut record = match (self.found(before), change) {
            // Another endpoint's record stays.
            (Found::Foreign, Change::Put(..)) => {
                let told = "the store holds the record of another endpoint, which is left alone";
                return Err(Error::new(Code::StorageUnavailable, told));
            }
            (Found::Foreign, _) => return Ok(Vec::new()),
            (_, Change::Clear) => return Ok(vec![String::new()]),
            (Found::Record(it), _) => it,
            (Found::Nothing, Change::Put(..)) => Record::empty(&self.endpoint()),
            (Found::Nothing, _) => return Ok(Vec::new()),
        };
        let text = |it: &Record| {
            if it.profiles.is_empty() {
                String::new()
            } else {
                it.to_json()
            }
        };
        if let Change::Put(name, token) = change {
            // Better signed out after a reload than signed in as somebody else.
            record.active = None;
            let idle = text(&record);
            record.put(name, token.clone());
            return Ok(vec![text(&record), idle, String::new()]);
        }
        match change {
            // Signed out of it elsewhere: a renewal brings nobody back.
            #[cfg(any(test, all(feature = "js", target_arch = "wasm32")))]
            Change::Renew(name, token) if !record.renew(name, token.clone()) => return Ok(Vec::new()),
            Change::Pass(name) => {
                record.drop(name);
                record.active = None;
                return Ok(vec![text(&record), String::new()]);
            }
            Change::Drop(name) => record.drop(name),
            _ => {}
        }
        Ok(vec![text(&record)])
    }

    /// Puts a renewed token in the place of the one before: in the store first, because by now the one before is worth
    /// nothing. False where the store no longer has the profile.
    #[cfg(any(test, all(feature = "js", target_arch = "wasm32")))]
    pub(crate) fn renewed<'a>(&'a self, profile: &'a str, token: &'a Token) -> Fut<'a, Result<bool>> {
        Box::pin(async move {
            loop {
                let ruling = self.0.kept.ruling();
                let saved = self.rewrite(ruling, Change::Renew(profile, token)).await;
                // Somebody signed in meanwhile, and the store has their record, without this in it.
                if self.0.kept.ruling() == ruling {
                    return Ok(self.hold_renewed(profile, token, saved));
                }
            }
        })
    }

    #[cfg(any(test, all(feature = "js", target_arch = "wasm32")))]
    #[inline(never)]
    fn hold_renewed(&self, profile: &str, token: &Token, saved: Result<bool>) -> bool {
        let (pinned, used) = self
            .0
            .kept
            .get()
            .map_or((false, false), |it| (it.pinned, it.token.is_some()));
        let kind = self.0.store.as_ref().map(|it| it.kind().source());
        let (there, pinned, source) = match (saved, kind) {
            (Ok(true), Some(source)) => (true, pinned, source),
            // One that never came into the store is missed by nobody.
            (Ok(_), _) => {
                let source = self.0.kept.source();
                (
                    pinned && source.as_deref() == Some(crate::store::MEMORY),
                    true,
                    crate::store::MEMORY,
                )
            }
            // Nowhere but here from now on.
            (Err(_), _) => (true, true, crate::store::MEMORY),
        };
        if there && used && self.0.kept.profile().as_deref() == Some(profile) {
            self.hold(Some(token.clone()), pinned, Some(profile), source);
        }
        there
    }

    fn record(&self) -> Fut<'_, Result<Option<Record>>> {
        Box::pin(async move {
            let Some(store) = self.shelf() else { return Ok(None) };
            let text = self.patiently(store.load(&self.endpoint())).await?;
            Ok(match self.found(&text.unwrap_or_default()) {
                Found::Record(it) => Some(it),
                _ => None,
            })
        })
    }

    /// The profiles, and what is in use, as `AuthList` has it.
    pub(crate) fn listed(&self) -> Fut<'_, Result<Value>> {
        Box::pin(async move {
            let token = self.stored().await?;
            Ok(self.listing(token, self.record().await?))
        })
    }

    #[inline(never)]
    fn listing(&self, token: Option<Token>, record: Option<Record>) -> Value {
        let mut out = Value::object();
        if let (Some(token), Some(source)) = (token, self.0.kept.source()) {
            out.set("token", token.masked());
            out.set("source", source);
        }
        let mut profiles = Vec::new();
        if let Some(record) = record {
            let used = record.used().map(|it| it.name.as_str());
            profiles.extend(record.profiles.iter().map(|it| {
                let mut profile = described(it);
                profile.set("active", used == Some(it.name.as_str()));
                profile
            }));
        }
        out.set("profiles", Value::array(profiles));
        out
    }

    /// Uses another profile: what is known of it, and whether the store knows.
    pub(crate) fn switched<'a>(&'a self, name: &'a str) -> Fut<'a, Result<(Value, Kept)>> {
        Box::pin(async move {
            let ticket = self.0.kept.ticket();
            let profile = self.chosen(name, self.record().await?)?;
            let kept = self.keep(ticket, (&profile.name, true), &profile.token, false).await?;
            Ok((described(&profile), kept))
        })
    }

    #[inline(never)]
    fn chosen(&self, name: &str, record: Option<Record>) -> Result<Profile> {
        let name = named(name, None);
        let all = record.map(|it| it.profiles).unwrap_or_default();
        let there: Vec<_> = all.iter().map(|it| it.name.clone()).collect();
        let there = row(&there, ", ");
        all.into_iter().find(|it| it.name == name).ok_or_else(|| {
            let hint = if there.is_empty() {
                "there are no profiles: sign in first".to_owned()
            } else {
                cat(&["there are: ", &redact::scrub(&there)])
            };
            Error::new(
                Code::InvalidArgument,
                cat(&["no profile is called `", &redact::scrub(&name), "`"]),
            )
            .with_hint(hint)
        })
    }
}

#[inline(never)]
fn described(it: &Profile) -> Value {
    let mut out = Value::object();
    out.set("name", it.name.as_str());
    out.set("token", it.token.masked());
    out.set("kind", it.token.kind().as_str());
    out
}

// What drives them is native.
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
