//! Rate limits: three buckets per account, fixed windows (auth.md 5).

use std::collections::HashMap;

use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;

use crate::encode;
use crate::error::ApiError;
use crate::principal::Caller;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Bucket {
    Api,
    Resolvers,
    Pages,
    /// Beside `api`, and never told of: the number is undocumented (auth.md 2.3).
    Whoami,
}

impl Bucket {
    /// `resolvers` is any path with `/resolve/` (auth.md 5); the file behind the redirect counts as
    /// `api`, which is unconfirmed.
    pub(crate) fn of(path: &str) -> Bucket {
        if path.contains("/resolve/") {
            Bucket::Resolvers
        } else if path == "/oauth/authorize" {
            // The page of consent is a page (auth.md 3.2).
            Bucket::Pages
        } else if path.starts_with("/api/") || path.starts_with("/v1/") || path.starts_with("/oauth/") {
            Bucket::Api
        } else {
            Bucket::Pages
        }
    }

    fn name(self) -> &'static str {
        match self {
            Bucket::Api | Bucket::Whoami => "api",
            Bucket::Resolvers => "resolvers",
            Bucket::Pages => "pages",
        }
    }
}

/// How many requests a window allows; set by `POST /_localhub/limits`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct Quotas {
    /// `true`: the numbers of the caller's plan. Otherwise a number that no test reaches by chance.
    pub(crate) plan: bool,
    pub(crate) api: Option<u64>,
    pub(crate) resolvers: Option<u64>,
    pub(crate) pages: Option<u64>,
    /// whoami's own, below its share of `api`.
    pub(crate) whoami: Option<u64>,
    pub(crate) window_seconds: Option<u64>,
    /// Whether a 429 says when to come again, and how. Unconfirmed for the Hub (auth.md 9, point 7), so
    /// it does not unless asked.
    pub(crate) retry_after: Option<RetryAfter>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum RetryAfter {
    Seconds,
    Date,
}

const GENEROUS: u64 = 1_000_000;
const WINDOW_S: u64 = 300;

#[derive(Debug, Default)]
pub(crate) struct Limits {
    pub(crate) quotas: Quotas,
    /// Per account and bucket: when the window began, how many came since.
    windows: HashMap<(String, Bucket), (u64, u64)>,
}

/// Where a caller stands after this request.
#[derive(Debug)]
pub(crate) struct Standing {
    bucket: Bucket,
    quota: u64,
    window_s: u64,
    remaining: u64,
    reset_s: u64,
    exceeded: bool,
    anonymous: bool,
}

impl Limits {
    pub(crate) fn set(&mut self, quotas: Quotas) {
        *self = Limits {
            quotas,
            windows: HashMap::new(),
        };
    }

    /// Counts one request; the 429 where it is one too many.
    pub(crate) fn refuse(&mut self, caller: &Caller, path: &str, now_ms: u64) -> Option<Response> {
        let mut over = self.look(caller, Bucket::of(path), now_ms, 1);
        if !over.exceeded && path == "/api/whoami-v2" && self.quotas.whoami.is_some() {
            over = self.look(caller, Bucket::Whoami, now_ms, 1);
        }
        let refusal = over.refusal()?;
        // In the form of the route (auth.md 4.2).
        let mut response = match Bucket::of(path) {
            Bucket::Api | Bucket::Whoami => refusal.into_response(),
            Bucket::Resolvers => refusal.into_text(),
            Bucket::Pages => refusal.into_page(),
        };
        let Some(form) = self.quotas.retry_after else {
            return Some(response);
        };
        let when = match form {
            RetryAfter::Seconds => over.reset_s.to_string(),
            RetryAfter::Date => encode::http_date(now_ms + over.reset_s * 1000),
        };
        if let Ok(when) = HeaderValue::try_from(when) {
            response.headers_mut().insert(RETRY_AFTER, when);
        }
        Some(response)
    }

    /// Looks without counting.
    pub(crate) fn standing(&mut self, caller: &Caller, bucket: Bucket, now_ms: u64) -> Standing {
        self.look(caller, bucket, now_ms, 0)
    }

    fn look(&mut self, caller: &Caller, bucket: Bucket, now_ms: u64, more: u64) -> Standing {
        // Anonymous callers share one count by address (auth.md 5); there is only one address here.
        let account = caller.known().map_or("", |principal| principal.name()).to_owned();
        let window_s = self.quotas.window_seconds.unwrap_or(WINDOW_S).max(1);
        let quota = self.quota(caller, bucket);
        let window = self.windows.entry((account, bucket)).or_insert((now_ms, 0));
        if now_ms.saturating_sub(window.0) >= window_s * 1000 {
            *window = (now_ms, 0);
        }
        window.1 += more;
        let gone_ms = now_ms.saturating_sub(window.0);
        Standing {
            bucket,
            quota,
            window_s,
            remaining: quota.saturating_sub(window.1),
            reset_s: (window_s * 1000 - gone_ms).div_ceil(1000),
            exceeded: window.1 > quota,
            anonymous: caller.known().is_none(),
        }
    }

    fn quota(&self, caller: &Caller, bucket: Bucket) -> u64 {
        let set = match bucket {
            Bucket::Api => self.quotas.api,
            Bucket::Resolvers => self.quotas.resolvers,
            Bucket::Pages => self.quotas.pages,
            Bucket::Whoami => self.quotas.whoami,
        };
        match set {
            Some(quota) => quota,
            None if self.quotas.plan => plan_quota(caller, bucket),
            None => GENEROUS,
        }
    }
}

/// Per five minutes (auth.md 5).
fn plan_quota(caller: &Caller, bucket: Bucket) -> u64 {
    let [api, resolvers, pages] = match caller.known() {
        None => [500, 3_000, 100],
        Some(principal) => {
            let orgs = principal.whoami["orgs"].as_array();
            let plans: Vec<_> = orgs
                .into_iter()
                .flatten()
                .filter_map(|org| org["plan"].as_str())
                .collect();
            if plans.contains(&"plus") {
                [10_000, 100_000, 1_000]
            } else if plans.contains(&"enterprise") {
                [6_000, 50_000, 600]
            } else if plans.contains(&"team") || plans.contains(&"academia") {
                [3_000, 20_000, 400]
            } else if principal.whoami["isPro"] == true {
                [2_500, 12_000, 400]
            } else {
                [1_000, 5_000, 200]
            }
        }
    };
    match bucket {
        Bucket::Api | Bucket::Whoami => api,
        Bucket::Resolvers => resolvers,
        Bucket::Pages => pages,
    }
}

impl Standing {
    /// `"api";r=499;t=289`
    pub(crate) fn header(&self) -> Option<HeaderValue> {
        let (name, left, reset) = (self.bucket.name(), self.remaining, self.reset_s);
        HeaderValue::try_from(format!("\"{name}\";r={left};t={reset}")).ok()
    }

    /// `"fixed window";"api";q=500;w=300`
    pub(crate) fn policy(&self) -> Option<HeaderValue> {
        let (name, quota, window) = (self.bucket.name(), self.quota, self.window_s);
        HeaderValue::try_from(format!("\"fixed window\";\"{name}\";q={quota};w={window}")).ok()
    }

    /// The 429, in the words seen by others (auth.md 5).
    fn refusal(&self) -> Option<ApiError> {
        if !self.exceeded {
            return None;
        }
        let (quota, name, minutes) = (self.quota, self.bucket.name(), self.window_s / 60);
        let words = if self.anonymous {
            "We had to rate limit your IP (127.0.0.1). To continue using our service, create a HF \
             account or login to your existing account, and make sure you pass a HF_TOKEN if you're \
             using the API."
                .to_owned()
        } else {
            format!(
                "We had to rate limit you, you hit the quota of {quota} {name} requests per {minutes} \
                 minutes period. Upgrade to a PRO user or Team/Enterprise organization account to get \
                 higher limits."
            )
        };
        Some(ApiError::new(StatusCode::TOO_MANY_REQUESTS, words))
    }
}
