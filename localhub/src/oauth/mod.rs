//! Sign-ins: apps, what was allowed to them, and the tokens that came of it (auth.md 3).

mod access;
pub(crate) mod ci;
mod client;
mod device;
mod document;
mod error;
mod exchange;
mod form;
mod id_token;
mod issue;
mod jws;
pub(crate) mod scopes;
mod settings;
mod state;

pub(crate) use self::client::Client;
pub(crate) use self::device::{poll, start, uuid};
pub(crate) use self::document::learn;
pub(crate) use self::error::OAuthError;
pub(crate) use self::exchange::exchange;
pub(crate) use self::form::{Form, asker};
pub(crate) use self::issue::{redeem, refresh};
pub(crate) use self::jws::Signer;
pub(crate) use self::settings::{AutoApprove, SettingsChange};
pub(crate) use self::state::{Code, Consent, OAuth, Waiting};
