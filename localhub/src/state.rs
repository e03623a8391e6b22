//! What a hub knows: its configuration and everything that changes while it runs.

use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;

use crate::accounts::Accounts;
use crate::faults::Faults;
use crate::limits::Limits;
use crate::log::Log;
use crate::oauth::OAuth;
use crate::principal::Principal;
use crate::repos::Repos;
use crate::seed;

/// What a hub is given from outside, so that a test decides about time and chance.
#[derive(Clone)]
pub struct Config {
    /// Where the hub itself is reached, without a trailing slash: `http://127.0.0.1:8080`.
    pub origin: String,
    /// The second origin, which large files redirect to.
    pub cdn_origin: String,
    /// Milliseconds since 1970.
    pub now_ms: Arc<dyn Fn() -> u64 + Send + Sync>,
    /// Any number; request ids, codes and tokens are made of it.
    pub random: Arc<dyn Fn() -> u64 + Send + Sync>,
    /// The body behind an address, or why there is none: for apps whose id is the address of a document.
    pub fetch: Arc<dyn Fn(String) -> Fetched + Send + Sync>,
}

/// What [`Config::fetch`] will have found.
pub type Fetched = Pin<Box<dyn Future<Output = Result<Bytes, String>> + Send>>;

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("origin", &self.origin)
            .field("cdn_origin", &self.cdn_origin)
            .finish_non_exhaustive()
    }
}

/// One hub. Clones share everything.
#[derive(Clone)]
pub struct Hub(Arc<Inner>);

struct Inner {
    config: Config,
    state: Mutex<State>,
}

impl Hub {
    /// A hub filled with the seeded accounts and repositories.
    pub fn new(config: Config) -> Hub {
        let state = Mutex::new(State::seeded());
        Hub(Arc::new(Inner { config, state }))
    }

    pub(crate) fn config(&self) -> &Config {
        &self.0.config
    }

    pub(crate) fn now_ms(&self) -> u64 {
        (self.0.config.now_ms)()
    }

    /// The end of a lifetime that begins now, however long a test has made it.
    pub(crate) fn in_seconds(&self, seconds: u64) -> u64 {
        self.now_ms().saturating_add(seconds.saturating_mul(1000))
    }

    pub(crate) fn random(&self) -> u64 {
        (self.0.config.random)()
    }

    /// A handler that panicked while it held the lock spoils one answer, not the server.
    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Back to the seeds: accounts, repositories, settings, log and faults.
    pub fn reset(&self) {
        let mut state = self.lock();
        // Entry numbers go on, so that an answer still under way cannot write into a new entry.
        let log = std::mem::take(&mut state.log).emptied();
        *state = State { log, ..State::seeded() };
    }
}

impl fmt::Debug for Hub {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Hub").field(&self.0.config).finish()
    }
}

pub(crate) struct State {
    pub(crate) principals: Vec<Arc<Principal>>,
    pub(crate) repos: Repos,
    pub(crate) accounts: Arc<Accounts>,
    pub(crate) log: Log,
    pub(crate) faults: Faults,
    pub(crate) limits: Limits,
    pub(crate) oauth: OAuth,
    /// What a 401 says to a token that is bad, expired or revoked.
    pub(crate) bad_token_words: String,
    /// What every answer waits for.
    pub(crate) latency_ms: u64,
    /// Whether texts go out as gzip to whoever takes it, without a length, as on the Hub (repos.md 4.3).
    pub(crate) compress: bool,
}

/// The reference has two wordings for a bad token (auth.md 2.3): this one in many recordings of
/// 2024 to April 2026, and `Invalid username or password.` in one of October 2026. The older one is
/// the default because the Python client tells a bad token from a hidden repository by it.
const BAD_TOKEN: &str = "Invalid credentials in Authorization header";

impl State {
    fn seeded() -> State {
        State {
            principals: seed::principals(),
            repos: seed::repos(),
            accounts: seed::accounts(),
            log: Log::default(),
            faults: Faults::default(),
            limits: Limits::default(),
            oauth: OAuth::seeded(),
            bad_token_words: BAD_TOKEN.to_owned(),
            latency_ms: 0,
            compress: false,
        }
    }
}
