//! What a hub remembers of sign-ins.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::ci::Publisher;
use super::client::Client;
use super::settings::Settings;
use crate::seed;

/// What somebody allowed an app to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Consent {
    pub(crate) client: String,
    pub(crate) account: String,
    pub(crate) scopes: Vec<&'static str>,
    /// Organisations, by name, that were ticked.
    pub(crate) orgs: Vec<String>,
    /// Whether it reaches what is the account's own.
    pub(crate) personal: bool,
}

/// A code on its way through the callback.
#[derive(Clone, Debug)]
pub(crate) struct Code {
    pub(crate) code: String,
    pub(crate) consent: Consent,
    pub(crate) redirect_uri: String,
    /// S256 (RFC 7636).
    pub(crate) challenge: Option<String>,
    pub(crate) nonce: Option<String>,
    pub(crate) expires_ms: u64,
    /// Place of the session that came of it.
    pub(crate) spent: Option<usize>,
}

/// One sign-in and all tokens that came of it: a family, which ends as one.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) consent: Consent,
    pub(crate) nonce: Option<String>,
    pub(crate) began_s: u64,
    pub(crate) ended: bool,
    /// Names of its access tokens among the principals.
    pub(crate) tokens: Vec<String>,
}

/// A sign-in that waits for somebody at another screen (RFC 8628).
#[derive(Clone, Debug)]
pub(crate) struct Device {
    pub(crate) device_code: String,
    /// `XXXX-XXXX`.
    pub(crate) user_code: String,
    pub(crate) client: String,
    pub(crate) scopes: Vec<&'static str>,
    pub(crate) expires_ms: u64,
    pub(crate) interval_s: u64,
    pub(crate) polled_ms: Option<u64>,
    pub(crate) standing: Waiting,
}

#[derive(Clone, Debug)]
pub(crate) enum Waiting {
    Pending,
    Denied,
    Allowed(Consent),
    Spent,
}

impl Waiting {
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Waiting::Pending => "pending",
            Waiting::Denied => "denied",
            Waiting::Allowed(_) => "allowed",
            Waiting::Spent => "spent",
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Refresh {
    pub(crate) token: String,
    pub(crate) session: usize,
    pub(crate) spent: bool,
    pub(crate) expires_ms: u64,
}

#[derive(Clone, Copy, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Counts {
    /// Codes sent to a callback.
    pub(crate) codes: u64,
    /// Device codes.
    pub(crate) devices: u64,
    /// Access tokens, of whatever grant.
    pub(crate) issued: u64,
    pub(crate) refreshes: u64,
    pub(crate) exchanges: u64,
    /// Sessions ended because a code or a refresh token came a second time.
    pub(crate) families_killed: u64,
}

#[derive(Debug, Default)]
pub(crate) struct OAuth {
    pub(crate) settings: Settings,
    pub(crate) clients: Vec<Client>,
    pub(crate) publishers: Vec<Publisher>,
    /// By their address: documents of apps that need not be fetched.
    pub(crate) documents: BTreeMap<String, Value>,
    pub(crate) codes: Vec<Code>,
    pub(crate) sessions: Vec<Session>,
    pub(crate) refreshes: Vec<Refresh>,
    pub(crate) devices: Vec<Device>,
    /// Allowed once, so not asked again.
    pub(crate) remembered: Vec<Consent>,
    pub(crate) counts: Counts,
}

impl OAuth {
    pub(crate) fn seeded() -> OAuth {
        OAuth {
            clients: seed::clients(),
            publishers: seed::publishers(),
            ..OAuth::default()
        }
    }

    pub(crate) fn client(&self, id: &str) -> Option<&Client> {
        self.clients.iter().find(|it| it.id == id)
    }

    /// In the place of one with the same id.
    pub(crate) fn register(&mut self, client: Client) {
        self.clients.retain(|it| it.id != client.id);
        self.clients.push(client);
    }

    pub(crate) fn remember(&mut self, consent: &Consent) {
        if self.settings.remember && !self.remembered.contains(consent) {
            self.remembered.push(consent.clone());
        }
    }
}
