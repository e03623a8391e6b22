//! Requests for access to gated content (auth.md 8.2).

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::accounts::Accounts;
use crate::encode::{self, iso};
use crate::repo::Repo;

#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) access: Access,
    pub(crate) asked_ms: u64,
    pub(crate) reviewed_ms: Option<u64>,
    /// Who let somebody in that had not asked.
    pub(crate) granted_by: Option<String>,
    /// What the form of the repository asked for, and was told.
    pub(crate) fields: BTreeMap<String, String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    Pending,
    Accepted,
    Rejected,
    /// Access that was given and taken back: one may ask again.
    Reset,
}

impl Access {
    const ALL: [Access; 4] = [Access::Pending, Access::Accepted, Access::Rejected, Access::Reset];
    pub(crate) const WORDS: [&str; 4] = ["pending", "accepted", "rejected", "reset"];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Access::Pending => "pending",
            Access::Accepted => "accepted",
            Access::Rejected => "rejected",
            Access::Reset => "reset",
        }
    }

    pub(crate) fn from_word(word: &str) -> Option<Access> {
        Access::ALL.into_iter().find(|it| it.word() == word)
    }
}

impl Request {
    pub(crate) fn new(access: Access, now_ms: u64) -> Request {
        Request {
            access,
            asked_ms: now_ms,
            reviewed_ms: None,
            granted_by: None,
            fields: BTreeMap::new(),
        }
    }

    pub(crate) fn review(&mut self, access: Access, now_ms: u64) {
        self.access = access;
        self.reviewed_ms = Some(now_ms).filter(|_| access != Access::Pending);
    }

    /// One element of a list. `requestId` is not in the Hub's description of August 2026, and the
    /// Python client of October 2026 cannot do without.
    pub(crate) fn told(&self, repo: &Repo, name: &str, accounts: &Accounts) -> Value {
        let mut it = json!({
            "requestId": request_id(repo, name),
            "status": self.access.word(),
            "timestamp": iso(self.asked_ms),
        });
        let person = |name: &str| accounts.user(name).map(|account| account.person());
        if let Some(mut user) = person(name) {
            user["verifiedOrgNames"] = json!([]);
            it["user"] = user;
        }
        if let Some(by) = self.granted_by.as_deref() {
            it["grantedBy"] = person(by).unwrap_or_else(|| json!({}));
        }
        if !self.fields.is_empty() {
            it["fields"] = json!(self.fields);
        }
        if let Some(reviewed_ms) = self.reviewed_ms {
            it["reviewedAt"] = json!(iso(reviewed_ms));
        }
        it
    }
}

pub(crate) fn request_id(repo: &Repo, name: &str) -> String {
    encode::object_id(&format!("request/{}/{name}", repo.oid))
}
