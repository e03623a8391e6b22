//! Calls that have no declaration: any path of the Hub's API.

use super::{Answer, Call, Hub, Outgoing, send::offline};
use crate::{
    error::{Code, Error, Result},
    json::Value,
    text::cat,
    transport::{self, Body, with_query},
    url::{Url, check_path},
};

/// A call by its path.
///
/// ```ignore-wasm32
/// # use hubkey::{Call, RawRequest};
/// # hubkey::example::with_hub(async |hub| {
/// let request = RawRequest {
///     path: "/api/daily_papers".to_owned(),
///     query: vec![("limit".to_owned(), "2".to_owned())],
///     ..RawRequest::default()
/// };
/// assert!(hub.request(request, &Call::default()).await?.items().is_some());
/// # Ok(())
/// # })?;
/// # Ok::<(), hubkey::Error>(())
/// ```
#[derive(Debug, Default)]
pub struct RawRequest {
    /// `GET`, or `POST` where there is a body, when empty.
    pub method: String,
    /// Below the endpoint: `/api/daily_papers`; or a whole address at an origin that may get the token.
    pub path: String,
    /// Added to the path's own.
    pub query: Vec<(String, String)>,
    /// One's own; Authorization is always the client's.
    pub headers: Vec<(String, String)>,
    /// What goes along.
    pub body: Body,
}

impl Hub {
    /// Sends a call by its path; gives the parsed JSON, text where the answer is no JSON, `null` where it is empty.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Call, Code, RawRequest};
    /// # hubkey::example::with_hub(async |hub| {
    /// let to = |path: &str| RawRequest { path: path.to_owned(), ..RawRequest::default() };
    /// let papers = hub.request(to("/api/daily_papers"), &Call::default()).await?;
    /// assert_eq!(papers.head(1).to_json(), r#"[{"title":"On keys"}]"#);
    ///
    /// let outside = hub.request(to("/api/../settings"), &Call::default()).await;
    /// assert_eq!(outside.unwrap_err().code(), Code::InvalidPath);
    /// # Ok(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    ///
    /// # Errors
    /// `invalid_path`, `invalid_argument`, and what a request can meet.
    #[cfg(any(feature = "web", not(target_arch = "wasm32")))]
    pub async fn request(&self, raw: RawRequest, call: &Call) -> Result<Value> {
        let query: Vec<_> = raw
            .query
            .iter()
            .map(|(key, value)| (key.as_str(), value.clone()))
            .collect();
        let url = self.address(&raw.path, &query)?;
        let method = match raw.method.as_str() {
            "" if raw.body.is_empty() => "GET",
            "" => "POST",
            it => it,
        };
        let mut out = Outgoing::new(&method.to_ascii_uppercase(), url);
        if !out.method.bytes().all(|it| it.is_ascii_uppercase())
            || matches!(out.method.as_str(), "CONNECT" | "TRACE" | "TRACK")
        {
            return Err(Error::new(Code::InvalidArgument, "`method` is none that can be sent"));
        }
        for (name, value) in raw.headers {
            out.headers.push(header(&name, &value)?);
        }
        out.body = raw.body;
        self.exchange(out, call).await?.parsed()
    }

    /// A path below the endpoint, or a whole address at an origin that may get the token.
    pub(crate) fn address(&self, path: &str, query: &[(&str, String)]) -> Result<Url> {
        if self.0.offline {
            return Err(offline());
        }
        let href = if path.starts_with('/') {
            check_path(path)?;
            cat(&[&self.endpoint(), path])
        } else {
            path.to_owned()
        };
        Url::parse(&with_query(href, query), None)
            .filter(|it| self.0.gate.admits(it))
            .ok_or_else(|| {
                let told = "a path begins with / and stays below the endpoint; for other addresses there is hub.fetch";
                Error::new(Code::InvalidPath, told)
            })
    }
}

impl Answer {
    /// The answer of a call whose shape is not known: parsed JSON, or text, or `null`.
    pub(crate) fn parsed(&self) -> Result<Value> {
        let kind = self.header("content-type").unwrap_or_default().to_ascii_lowercase();
        let kind = kind.split([';', ',']).next().unwrap_or_default().trim();
        let json = kind == "application/json" || kind.ends_with("+json");
        // Parsed where it is: a long answer is not copied for a look at its length.
        if let Some(it) = transport::parse(self.response.body()).filter(|_| json) {
            return Ok(it);
        }
        let text = transport::plain(self.response.body());
        let silent = matches!(self.response.status(), 204 | 205) || self.method == "HEAD";
        Ok(if text.is_empty() && (silent || !json) {
            Value::null()
        } else if json {
            return self.json();
        } else {
            Value::from(text)
        })
    }
}

#[cfg(any(feature = "web", not(target_arch = "wasm32")))]
/// Checked before the platform sees it: some print what they refuse.
fn header(name: &str, value: &str) -> Result<(String, String)> {
    let is_token = |it: u8| it.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&it);
    let fine = !name.is_empty()
        && name.bytes().all(is_token)
        && value
            .chars()
            .all(|it| matches!(it, '\t' | ' '..='~' | '\u{a0}'..='\u{ff}'));
    if fine {
        return Ok((name.to_ascii_lowercase(), value.to_owned()));
    }
    Err(Error::new(
        Code::InvalidArgument,
        "a header's name or value holds a character that none may have",
    ))
}

#[cfg(test)]
mod tests {
    use super::header;

    #[test]
    fn a_header_cannot_be_split() {
        assert_eq!(
            header("X-HF-Bill-To", "acme").unwrap(),
            ("x-hf-bill-to".to_owned(), "acme".to_owned())
        );
        for (name, value) in [
            ("", "x"),
            ("a b", "x"),
            ("a:", "x"),
            ("a", "x\r\ny: z"),
            ("a", "x\0"),
            ("a\n", "x"),
            ("a", "☃"),
        ] {
            assert!(header(name, value).is_err(), "{name:?} {value:?}");
        }
    }
}
