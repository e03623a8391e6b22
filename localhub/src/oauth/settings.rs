//! What a test may set about sign-ins.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::scopes;
use crate::accounts::Accounts;

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Settings {
    pub(crate) access_seconds: u64,
    /// The Hub's is unconfirmed (auth.md 9, point 5).
    pub(crate) refresh_seconds: u64,
    pub(crate) code_seconds: u64,
    pub(crate) device_seconds: u64,
    /// Of what a trusted publisher gets.
    pub(crate) publisher_seconds: u64,
    /// How often a device may ask; told to it only where a test set it (auth.md 3.6).
    pub(crate) interval: Option<u64>,
    /// Whether a refresh gives a new refresh token and spends the old one.
    pub(crate) rotate: bool,
    /// Whether the callback says who sent it (RFC 9207), and the metadata that it does.
    pub(crate) iss: bool,
    pub(crate) auto_approve: AutoApprove,
    /// Whether what was allowed once is allowed again without asking (auth.md 3.2).
    pub(crate) remember: bool,
    /// Who sits in front of the page.
    pub(crate) account: String,
    /// Organisations that are ticked where nobody sees the page.
    pub(crate) orgs: Vec<String>,
    /// At most these are granted; none: all that was asked for.
    pub(crate) scopes: Option<Vec<&'static str>>,
    /// Laid over the claims that a job of the continuous integration has.
    pub(crate) ci_claims: Map<String, Value>,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            access_seconds: 28_800,
            refresh_seconds: 30 * 86_400,
            code_seconds: 600,
            device_seconds: 300,
            publisher_seconds: 3_600,
            interval: None,
            rotate: true,
            iss: true,
            auto_approve: AutoApprove::Flag(false),
            remember: true,
            account: "ada".to_owned(),
            orgs: Vec::new(),
            scopes: None,
            ci_claims: Map::new(),
        }
    }
}

impl Settings {
    pub(crate) fn granted(&self, asked: &[&'static str]) -> Vec<&'static str> {
        let most = self.scopes.as_ref();
        let granted = asked.iter().filter(|it| most.is_none_or(|most| most.contains(it)));
        granted.copied().collect()
    }
}

/// `true`, `"deny"`, or `false` for the page of consent.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(untagged)]
pub(crate) enum AutoApprove {
    Flag(bool),
    Word(Deny),
}

#[derive(Clone, Copy, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Deny {
    Deny,
}

/// `POST /_localhub/oauth`; what is left out stays.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct SettingsChange {
    access_seconds: Option<u64>,
    refresh_seconds: Option<u64>,
    code_seconds: Option<u64>,
    device_seconds: Option<u64>,
    publisher_seconds: Option<u64>,
    interval: Option<u64>,
    rotate: Option<bool>,
    iss: Option<bool>,
    auto_approve: Option<AutoApprove>,
    remember: Option<bool>,
    account: Option<String>,
    orgs: Option<Vec<String>>,
    scopes: Option<String>,
    ci_claims: Option<Map<String, Value>>,
}

impl SettingsChange {
    /// What is wrong with it.
    pub(crate) fn apply(self, to: &mut Settings, accounts: &Accounts) -> Result<(), String> {
        if let Some(name) = self.account {
            accounts.user(&name).ok_or("account: no such user")?;
            to.account = name;
        }
        if let Some(names) = self.orgs {
            let member = |name: &String| accounts.role_in(name, &to.account).is_some();
            if !names.iter().all(member) {
                return Err(format!("orgs: {} is not a member of each", to.account));
            }
            to.orgs = names;
        }
        if let Some(text) = self.scopes {
            let list = scopes::parse(&text).map_err(|word| format!("scopes: no {word}"))?;
            to.scopes = (!list.is_empty()).then_some(list);
        }
        if let Some(claims) = self.ci_claims {
            to.ci_claims = claims;
        }
        to.access_seconds = self.access_seconds.unwrap_or(to.access_seconds);
        to.refresh_seconds = self.refresh_seconds.unwrap_or(to.refresh_seconds);
        to.code_seconds = self.code_seconds.unwrap_or(to.code_seconds);
        to.device_seconds = self.device_seconds.unwrap_or(to.device_seconds);
        to.publisher_seconds = self.publisher_seconds.unwrap_or(to.publisher_seconds);
        to.interval = self.interval.or(to.interval);
        to.rotate = self.rotate.unwrap_or(to.rotate);
        to.iss = self.iss.unwrap_or(to.iss);
        to.auto_approve = self.auto_approve.unwrap_or(to.auto_approve);
        to.remember = self.remember.unwrap_or(to.remember);
        Ok(())
    }
}
