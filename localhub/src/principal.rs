//! Who a token stands for.

use std::sync::Arc;

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use serde_json::Value;

use crate::state::State;

/// One credential, seeded or issued by a sign-in.
#[derive(Clone, Debug)]
pub(crate) struct Principal {
    /// Name in control routes, such as `testread`, or `oauth-1` for the first that was issued.
    pub(crate) key: String,
    pub(crate) token: String,
    pub(crate) description: String,
    pub(crate) standing: Standing,
    /// When it expires by the clock: where a test ordered that, or where it was issued.
    pub(crate) expires_ms: Option<u64>,
    /// Scopes of an OAuth token; empty for all others.
    pub(crate) scopes: Vec<&'static str>,
    /// Organisations, by name, that the scopes reach too: those ticked on the page of consent.
    pub(crate) granted: Vec<String>,
    /// The app that somebody signed in to.
    pub(crate) app: Option<String>,
    /// Whether the scopes reach what is the account's own; not where an organisation's app has the token.
    pub(crate) personal: bool,
    /// The answer of whoami-v2. Roles and permissions are read from it, so that what a token is
    /// said to do and what it may do cannot differ.
    pub(crate) whoami: Value,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    Good,
    Expired,
    Revoked,
}

impl Standing {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Standing::Good => "good",
            Standing::Expired => "expired",
            Standing::Revoked => "revoked",
        }
    }
}

impl Principal {
    pub(crate) fn standing(&self, now_ms: u64) -> Standing {
        match self.expires_ms {
            Some(at) if self.standing == Standing::Good && at <= now_ms => Standing::Expired,
            _ => self.standing,
        }
    }

    /// The account name; all tokens of an account share its quota.
    pub(crate) fn name(&self) -> &str {
        self.whoami["name"].as_str().unwrap_or_default()
    }

    /// What the token was made as: `read`, `write`, `fineGrained`, ...; `None` for OAuth and others.
    pub(crate) fn role(&self) -> Option<&str> {
        self.whoami["auth"]["accessToken"]["role"].as_str()
    }

    pub(crate) fn org(&self, name: &str) -> Option<&Value> {
        self.whoami["orgs"]
            .as_array()
            .into_iter()
            .flatten()
            .find(|org| org["name"] == name)
    }

    /// What keeps this credential out of an organisation's data: `sso`, `ip`, ...
    pub(crate) fn restrictions(&self, org: &str) -> Vec<&str> {
        let list = self.org(org).and_then(|org| org["securityRestrictions"].as_array());
        list.into_iter().flatten().filter_map(Value::as_str).collect()
    }
}

/// Who sent a request.
#[derive(Clone, Debug)]
pub(crate) enum Caller {
    Anonymous,
    /// A credential that is unknown, expired or revoked.
    Bad,
    Known(Arc<Principal>),
}

impl Caller {
    pub(crate) fn of(state: &State, headers: &HeaderMap, now_ms: u64) -> Caller {
        let Some(value) = headers.get(AUTHORIZATION) else {
            return Caller::Anonymous;
        };
        let token = value.to_str().ok().and_then(|text| {
            let (scheme, token) = text.split_once(' ')?;
            scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
        });
        // Basic is for git (auth.md 7), which is not served here.
        let found = token.and_then(|token| state.principals.iter().find(|p| p.token == token));
        match found {
            Some(principal) if principal.standing(now_ms) == Standing::Good => Caller::Known(Arc::clone(principal)),
            _ => Caller::Bad,
        }
    }

    pub(crate) fn known(&self) -> Option<&Principal> {
        match self {
            Caller::Known(principal) => Some(principal),
            Caller::Anonymous | Caller::Bad => None,
        }
    }
}
