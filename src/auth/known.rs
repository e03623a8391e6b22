//! Identities of the last minute. whoami has a strict limit of its own at the Hub, and a page asks who somebody is in many
//! places. No client's: a Worker makes a client for each request, and two users in one isolate are told apart by their tokens.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::{
    client::Hub,
    json::Value,
    text::{cat, fingerprint},
    token::{Secret, Token},
};

const KEPT_MS: f64 = 60_000.0;
/// Tokens that are remembered at a time.
const MOST: usize = 50;

static KNOWN: Mutex<Vec<Known>> = Mutex::new(Vec::new());

struct Known {
    /// Of endpoint and token: neither stands here.
    key: u64,
    since: f64,
    /// Text, so that nobody changes what others get. Wiped when it goes.
    identity: Secret,
}

impl Hub {
    /// What whoami said of this token within the last minute.
    #[inline(never)]
    pub(crate) fn recall(&self, token: &Token) -> Option<Value> {
        let (key, now) = (self.key(token), self.0.clock.now_ms());
        // A clock that was set back makes nothing younger.
        let fresh = |it: &&Known| it.key == key && (0.0..KEPT_MS).contains(&(now - it.since));
        let text = known().iter().find(fresh).map(|it| it.identity.clone())?;
        Value::parse(text.expose())
    }

    #[inline(never)]
    pub(super) fn remember(&self, token: &Token, identity: &Value) {
        let (key, now) = (self.key(token), self.0.clock.now_ms());
        // Before the lock: what is called there may call us.
        let identity = Secret::new(identity.to_json());
        let mut known = others(key, now);
        known.truncate(MOST - 1);
        // The newest in front, so that the oldest goes.
        known.insert(
            0,
            Known {
                key,
                since: now,
                identity,
            },
        );
    }

    /// The Hub took the token no more.
    pub(crate) fn unlearn(&self, token: &Token) {
        drop(others(self.key(token), self.0.clock.now_ms()));
    }

    fn key(&self, token: &Token) -> u64 {
        fingerprint(Secret::new(cat(&[&self.endpoint(), " ", token.expose()])).expose())
    }
}

/// Somebody signed out, and leaves nothing behind.
pub(crate) fn forget() {
    known().clear();
}

/// What is fresh and not of this key; the rest goes.
#[inline(never)]
fn others(key: u64, now: f64) -> MutexGuard<'static, Vec<Known>> {
    let mut known = known();
    known.retain(|it| it.key != key && (0.0..KEPT_MS).contains(&(now - it.since)));
    known
}

fn known() -> MutexGuard<'static, Vec<Known>> {
    KNOWN.lock().unwrap_or_else(PoisonError::into_inner)
}
