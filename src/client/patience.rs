//! Retries, and the two things that all clients of a process share: a budget for retries to an origin, and the pauses that
//! the Hub asks for. A Worker makes a client for each request, so they belong to no client.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{Call, Hub, Outgoing, send::Answer};
use crate::{
    error::{Code, Error, Result},
    text::{cat, fingerprint, has},
    token::Secret,
    transport::{
        Request,
        clock::chance,
        retry::{BUDGET, Failed, LONGEST_PAUSE_MS, SPREAD_MS, Verdict, decide, told_wait},
    },
    url::Url,
};

/// How far a request has come.
#[derive(Default)]
pub(super) struct Attempts {
    /// How often it was repeated.
    done: u32,
    /// How long to wait before it is sent again.
    ms: f64,
}

impl Hub {
    /// How long to wait before the request goes out; an error where others were told to wait longer than this caller would.
    #[inline(never)]
    pub(super) fn before(&self, tries: &mut Attempts, out: &Outgoing, sent: &Request, call: &Call) -> Result<f64> {
        let own = std::mem::take(&mut tries.ms);
        let now = self.0.clock.now_ms();
        let left = shared().left(quota(&out.url, sent), now);
        if left <= 0.0 || own >= left {
            return Ok(own);
        }
        if left <= self.longest(call) {
            return Ok(left + chance() * SPREAD_MS);
        }
        if out.raw {
            // Whoever calls `fetch` wants the Hub's own answer.
            return Ok(0.0);
        }
        let told = "nothing was sent: the Hub asked to wait, and longer than this call would";
        Err(Error::new(Code::RateLimited, told).with_retry_after(Some(left)))
    }

    /// What came of it, or nothing when it is to be sent again.
    #[inline(never)]
    pub(super) fn judged(
        &self,
        tries: &mut Attempts,
        out: &Outgoing,
        quota: u64,
        call: &Call,
        came: Result<Option<Box<Answer>>>,
    ) -> Result<Option<Box<Answer>>> {
        let failed = match &came {
            Ok(Some(it)) => Failed::Status(it.response.status()),
            Err(it) if it.code() == Code::Timeout => Failed::Late,
            Err(it) if matches!(it.code(), Code::Network | Code::Truncated) => Failed::Broken,
            // The next hop of a redirect, or what no repetition changes.
            _ => return came,
        };
        if matches!(failed, Failed::Status(..400)) {
            shared().spend(&out.url.origin, -1.0);
            return came;
        }
        let now = self.0.clock.now_ms();
        let told = came
            .as_ref()
            .ok()
            .and_then(Option::as_ref)
            .and_then(|it| it.told_wait(now));
        if let (Failed::Status(429), Some(ms)) = (failed, told) {
            shared().pause(quota, now, ms.min(LONGEST_PAUSE_MS));
        }
        let most = call.most().unwrap_or(self.0.max_retries);
        if !out.is_read() || tries.done >= most {
            return came;
        }
        match decide(failed, tries.done, told, self.longest(call), chance()) {
            Verdict::Again { ms, cost } if shared().spend(&out.url.origin, cost) => {
                tries.done += 1;
                tries.ms = ms;
                Ok(None)
            }
            _ => came,
        }
    }

    fn longest(&self, call: &Call) -> f64 {
        call.longest().unwrap_or(self.0.max_wait_ms).min(LONGEST_PAUSE_MS)
    }
}

impl Answer {
    /// When the server wants to be asked again, in milliseconds.
    pub(super) fn told_wait(&self, now_ms: f64) -> Option<f64> {
        let header = |name| self.header(name).unwrap_or_default();
        told_wait(&header("ratelimit"), &header("retry-after"), &header("date"), now_ms)
    }
}

/// Whose quota a request counts against: the Hub has one for each kind of path and account. Not the token itself, which has
/// no place in what outlives a client.
pub(super) fn quota(url: &Url, sent: &Request) -> u64 {
    // whoami has a limit of its own, and a strict one: it must not hold up the rest.
    let bucket = if url.path.ends_with(crate::auth::WHOAMI) {
        "w"
    } else if has(&url.path, "/resolve/") || has(&url.path, "/resolve-cache/") {
        "r"
    } else if has(&url.path, "/api/") {
        "a"
    } else {
        "p"
    };
    fingerprint(
        Secret::new(cat(&[
            bucket,
            &url.origin,
            " ",
            sent.authorization().unwrap_or_default(),
        ]))
        .expose(),
    )
}

static SHARED: Mutex<Shared> = Mutex::new(Shared {
    budgets: Vec::new(),
    pauses: Vec::new(),
});

fn shared() -> MutexGuard<'static, Shared> {
    SHARED.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Shared {
    /// What is left for retries, by origin.
    budgets: Vec<(String, f64)>,
    pauses: Vec<Pause>,
}

struct Pause {
    quota: u64,
    /// Both, because a clock may be set back while it lasts.
    since: f64,
    ms: f64,
}

/// Origins and quotas that are remembered at a time.
const MOST: usize = 100;

impl Shared {
    /// Takes from an origin's budget, or gives; false where there is too little.
    fn spend(&mut self, origin: &str, cost: f64) -> bool {
        let known = self.budgets.iter().position(|it| it.0 == origin);
        if known.is_none() {
            make_room(&mut self.budgets);
            self.budgets.push((origin.to_owned(), BUDGET));
        }
        let at = known.unwrap_or(self.budgets.len() - 1);
        let Some((_, left)) = self.budgets.get_mut(at) else {
            return false;
        };
        let enough = *left >= cost;
        if enough {
            *left = (*left - cost).min(BUDGET);
        }
        enough
    }

    fn pause(&mut self, quota: u64, now: f64, ms: f64) {
        if self.left(quota, now) < ms {
            self.pauses.retain(|it| it.quota != quota && it.left(now) > 0.0);
            make_room(&mut self.pauses);
            self.pauses.push(Pause { quota, since: now, ms });
        }
    }

    fn left(&self, quota: u64, now: f64) -> f64 {
        let found = self.pauses.iter().find(|it| it.quota == quota);
        found.map_or(0.0, |it| it.left(now))
    }
}

/// The oldest goes.
fn make_room<T>(list: &mut Vec<T>) {
    if list.len() >= MOST {
        list.remove(0);
    }
}

impl Pause {
    fn left(&self, now: f64) -> f64 {
        let gone = now - self.since;
        if gone < 0.0 { 0.0 } else { (self.ms - gone).max(0.0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn empty() -> Shared {
        Shared {
            budgets: Vec::new(),
            pauses: Vec::new(),
        }
    }

    #[test]
    fn a_storm_empties_the_budget_and_success_fills_it() {
        let mut it = empty();
        assert_eq!((0..200).filter(|_| it.spend("https://a.example", 5.0)).count(), 100);
        assert!(it.spend("https://b.example", 5.0), "another origin has its own");
        for _ in 0..5 {
            it.spend("https://a.example", -1.0);
        }
        assert!(!it.spend("https://a.example", 10.0));
        assert!(it.spend("https://a.example", 5.0));
        for _ in 0..2000 {
            it.spend("https://a.example", -1.0);
        }
        assert_eq!(
            (0..200).filter(|_| it.spend("https://a.example", 5.0)).count(),
            100,
            "it is never fuller than at first"
        );
    }

    #[test]
    fn a_pause_is_of_one_quota_and_ends_by_the_clock() {
        let mut it = empty();
        it.pause(1, 1000.0, 500.0);
        assert_eq!(
            (it.left(1, 1000.0), it.left(1, 1400.0), it.left(1, 1500.0)),
            (500.0, 100.0, 0.0)
        );
        assert_eq!(it.left(2, 1000.0), 0.0);
        it.pause(1, 1200.0, 100.0);
        assert_eq!(it.left(1, 1200.0), 300.0, "a shorter one does not shorten it");
        it.pause(1, 1200.0, 900.0);
        assert_eq!(it.left(1, 1200.0), 900.0);
        assert_eq!(it.left(1, 1100.0), 0.0, "a clock that was set back ends it");
        it.pause(2, 5000.0, 1.0);
        assert_eq!(it.pauses.len(), 1, "what is over is forgotten");
    }

    #[test]
    fn only_so_much_is_remembered() {
        let mut it = empty();
        for at in 0..1000 {
            it.pause(at, 0.0, 1000.0);
            it.spend(&format!("https://{at}.example"), 5.0);
        }
        assert_eq!((it.pauses.len(), it.budgets.len()), (MOST, MOST));
        assert_eq!(it.left(999, 0.0), 1000.0, "the newest is");
    }

    #[test]
    fn quotas_are_told_apart_by_kind_of_path_origin_and_token() {
        let of = |url: &str, token: Option<&str>| {
            let authorization = token.map(|it| crate::token::Token::parse(it, false).unwrap().bearer());
            let sent = Request {
                authorization,
                ..Request::default()
            };
            quota(&Url::parse(url, None).unwrap(), &sent)
        };
        let api = of("https://h.example/api/models", None);
        assert_eq!(api, of("https://h.example/api/datasets/a/b?x=/resolve/", None));
        let others = [
            of("https://h.example/a/b/resolve/main/x", None),
            of("https://h.example/a/b", None),
            of("https://h.example/api/whoami-v2", None),
            of("https://g.example/api/models", None),
            of("https://h.example/api/models", Some("token-of-ada")),
            of("https://h.example/api/models", Some("token-of-bob")),
        ];
        for (at, it) in others.iter().enumerate() {
            assert_ne!(*it, api);
            assert!(!others[..at].contains(it));
        }
        assert_eq!(
            of("https://h.example/a/b/resolve/main/x", None),
            of("https://h.example/api/resolve-cache/models/a/b/c/x", None)
        );
    }
}
