//! The body of a request to the token endpoint, and who sent it.

use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::{Client, OAuth, OAuthError};
use crate::call::Call;

/// Each name once; an empty value counts as none (RFC 6749, 3.2).
#[derive(Debug)]
pub(crate) struct Form(Vec<(String, String)>);

impl Form {
    /// A form, or JSON with the same keys.
    pub(crate) fn read(call: &Call, body: &[u8]) -> Result<Form, OAuthError> {
        let kind = call.header(CONTENT_TYPE.as_str()).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let pairs = match kind.as_str() {
            "application/x-www-form-urlencoded" => form_urlencoded::parse(body).into_owned().collect(),
            "application/json" => from_json(body)?,
            _ => return Err(OAuthError::request("The body is neither a form nor JSON")),
        };
        Form::once(pairs)
    }

    pub(crate) fn once(pairs: Vec<(String, String)>) -> Result<Form, OAuthError> {
        for (at, (name, _)) in pairs.iter().enumerate() {
            if pairs[..at].iter().any(|(other, _)| other == name) {
                return Err(OAuthError::request(format!("The parameter {name} came twice")));
            }
        }
        Ok(Form(pairs))
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(it, _)| it == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    pub(crate) fn need(&self, name: &str) -> Result<&str, OAuthError> {
        self.get(name)
            .ok_or_else(|| OAuthError::request(format!("Missing parameter: {name}")))
    }
}

fn from_json(body: &[u8]) -> Result<Vec<(String, String)>, OAuthError> {
    let Ok(Value::Object(map)) = serde_json::from_slice(body) else {
        return Err(OAuthError::request("The body is not a JSON object"));
    };
    let pair = |(name, value): (String, Value)| match value {
        Value::String(text) => Ok((name, text)),
        _ => Err(OAuthError::request(format!("The parameter {name} is not a string"))),
    };
    map.into_iter().map(pair).collect()
}

/// The client that sent this form, and has proved it where it has a secret. `None` where the form says
/// nothing of a client: the JS client leaves it out when it redeems a code (auth.md 3.3).
pub(crate) fn asker(oauth: &OAuth, call: &Call, form: &Form) -> Result<Option<Client>, OAuthError> {
    let basic = call.headers.contains_key(AUTHORIZATION);
    let refuse = |words: &str| OAuthError::client(words).basic(basic);
    let (id, secret) = if basic {
        let (id, secret) = credentials(call).ok_or_else(|| refuse("The Authorization header is not Basic"))?;
        if form.get("client_secret").is_some() {
            return Err(OAuthError::request("The client proves itself in two ways"));
        }
        if form.get("client_id").is_some_and(|it| it != id) {
            return Err(refuse("client_id is not that of the Authorization header"));
        }
        (id, Some(secret).filter(|it| !it.is_empty()))
    } else {
        let Some(id) = form.get("client_id") else {
            return Ok(None);
        };
        (id.to_owned(), form.get("client_secret").map(str::to_owned))
    };
    let client = oauth.client(&id).ok_or_else(|| refuse("Unknown client"))?;
    match (&client.secret, secret) {
        (None, None) => Ok(Some(client.clone())),
        (None, Some(_)) => Err(refuse("The app has no secret")),
        (Some(known), Some(given)) if *known == given => Ok(Some(client.clone())),
        (Some(_), Some(_)) => Err(refuse("Wrong client secret")),
        (Some(_), None) => Err(refuse(
            "The app has a secret: authenticate with it, or delete it to make the app public",
        )),
    }
}

/// Both parts are encoded as in a form before they are joined (RFC 6749, 2.3.1).
fn credentials(call: &Call) -> Option<(String, String)> {
    let (scheme, rest) = call.header(AUTHORIZATION.as_str())?.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let text = String::from_utf8(STANDARD.decode(rest.trim()).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    let decode = |part: &str| {
        let spaced = part.replace('+', " ");
        percent_decode_str(&spaced).decode_utf8().ok().map(|it| it.into_owned())
    };
    Some((decode(id)?, decode(secret)?))
}
