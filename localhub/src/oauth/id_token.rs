//! Who signed in, told to the app (auth.md 1.1). The Hub signs by RS256; ES256 is what this hub can
//! make with less, and a client learns either from the metadata.

use serde_json::{Value, json};

use super::jws::Signer;
use super::state::Session;
use crate::accounts::{Accounts, account_id};

const LIFETIME_S: u64 = 3_600;

pub(crate) fn id_token(accounts: &Accounts, session: &Session, base: &str, now_s: u64) -> String {
    let consent = &session.consent;
    let name = &consent.account;
    let mut claims = json!({ "sub": account_id(name) });
    let mut tell = |key: &str, value: Value| claims[key] = value;
    if let Some(account) = accounts.user(name) {
        if consent.scopes.contains(&"profile") {
            tell("name", json!(account.fullname));
            tell("preferred_username", json!(name));
            tell("profile", json!(format!("{base}/{name}")));
            tell("picture", json!(format!("{base}{}", account.avatar_url())));
        }
        if consent.scopes.contains(&"email") {
            tell("email", json!(account.email()));
            tell("email_verified", json!(true));
        }
    }
    tell("aud", json!(consent.client));
    tell("auth_time", json!(session.began_s));
    tell("iat", json!(now_s));
    tell("exp", json!(now_s + LIFETIME_S));
    tell("iss", json!(base));
    // Whether the Hub gives it back is unconfirmed (auth.md 9, point 4).
    if let Some(nonce) = &session.nonce {
        tell("nonce", json!(nonce));
    }
    Signer::Hub.sign(&claims)
}
