//! Whether to try again, and when: pure, so that it is tested as a table. Who is asked, and who waits, is `client::patience`.

use super::clock::http_date;

/// How a request failed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Failed {
    /// With an answer.
    Status(u16),
    /// No answer, or half of one.
    Broken,
    /// The time was up.
    Late,
}

/// What to do about it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Verdict {
    Stop,
    Again {
        ms: f64,
        /// What it takes from the budget.
        cost: f64,
    },
}

/// The budget that all retries to one origin share: a storm of failures empties it, and what succeeds fills it again.
pub(crate) const BUDGET: f64 = 500.0;
/// The longest that one answer makes others wait. The Hub's windows have 300 seconds; what asks for more is a mistake.
pub(crate) const LONGEST_PAUSE_MS: f64 = 310_000.0;
/// Callers that waited for the same moment come back spread over this.
pub(crate) const SPREAD_MS: f64 = 250.0;

const RETRY_COST: f64 = 5.0;
const LATE_COST: f64 = 10.0;
const BASE_MS: f64 = 100.0;
/// After a 429 that says nothing.
const LIMITED_BASE_MS: f64 = 1000.0;
const CAP_MS: f64 = 20_000.0;

/// Of a request that may be repeated, which was repeated `done` times and failed once more. `told` is when the server wants
/// it again, `longest` how long the caller would wait for that, `chance` any number from 0 to 1.
pub(crate) fn decide(failed: Failed, done: u32, told: Option<f64>, longest: f64, chance: f64) -> Verdict {
    let (base, cost) = match failed {
        Failed::Status(429) => (LIMITED_BASE_MS, RETRY_COST),
        Failed::Status(408 | 500 | 502..=504) | Failed::Broken => (BASE_MS, RETRY_COST),
        Failed::Late => (BASE_MS, LATE_COST),
        Failed::Status(_) => return Verdict::Stop,
    };
    match told {
        Some(ms) if ms > longest => Verdict::Stop,
        Some(ms) => Verdict::Again {
            ms: ms + chance * SPREAD_MS,
            // Whoever waits as long as the server said makes no storm.
            cost: if failed == Failed::Status(429) { 0.0 } else { cost },
        },
        None => {
            let doubled = base * f64::from(1_u32 << done.min(16));
            Verdict::Again {
                ms: doubled.min(CAP_MS) * chance,
                cost,
            }
        }
    }
}

/// The wait that an answer asks for, in milliseconds: by its `RateLimit`, in any draft's form, when nothing remains, else by its
/// `Retry-After`, seconds or a date. A date counts from the answer's own `Date`: a device's clock may be days off.
pub(crate) fn told_wait(rate_limit: &str, retry_after: &str, date: &str, now_ms: f64) -> Option<f64> {
    reset(rate_limit).or_else(|| seconds(retry_after)).or_else(|| {
        let until = http_date(retry_after.trim())?;
        Some((until - http_date(date.trim()).unwrap_or(now_ms)).max(0.0))
    })
}

/// `"api";r=0;t=55`, several of them, or `limit=500, remaining=0, reset=55`. It stands on every answer; only where nothing
/// remains is it the reason for a refusal.
fn reset(rate_limit: &str) -> Option<f64> {
    let (mut none_left, mut after, mut longest) = (false, None, None);
    for part in rate_limit.split([';', ',']) {
        let Some((name, value)) = part.split_once('=') else {
            // The name of the next bucket.
            (none_left, after) = (false, None);
            continue;
        };
        match name.trim() {
            "r" | "remaining" => none_left = seconds(value) == Some(0.0),
            "t" | "reset" => after = seconds(value),
            _ => {}
        }
        if let (true, Some(ms)) = (none_left, after) {
            longest = Some(ms.max(longest.unwrap_or_default()));
        }
    }
    longest
}

/// As milliseconds. Nine digits are thirty years; more are no time at all.
fn seconds(text: &str) -> Option<f64> {
    let text = text.trim();
    let number = !text.is_empty() && text.len() <= 9 && text.bytes().all(|it| it.is_ascii_digit());
    let value = text.bytes().fold(0.0, |sum, it| sum * 10.0 + f64::from(it & 15));
    number.then_some(value * 1000.0)
}

#[cfg(test)]
mod tests;
