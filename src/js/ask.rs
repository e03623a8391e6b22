//! The methods that wait for nothing: calls as well, whose first step has the answer.

use super::ops::{ADMITS, ENDPOINT};
use crate::{auth::wished, client::Hub, error::Result, json::Value, url::Url};

pub(super) fn answer(hub: &Hub, op: u32, given: &Value) -> Result<Value> {
    match op {
        ENDPOINT => Ok(hub.endpoint().into()),
        // Whether the token may go to an address.
        ADMITS => {
            let url = Url::parse(&given.as_text().unwrap_or_default(), None);
            Ok(url.is_some_and(|it| hub.0.gate.admits(&it)).into())
        }
        // The page for a new token.
        _ => wished(given, &hub.endpoint()).map(Into::into),
    }
}
