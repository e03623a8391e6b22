//! What every handler may want to know about its request.

use axum::http::HeaderMap;

use crate::principal::Caller;
use crate::query::Query;

#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) caller: Caller,
    /// The origin this request was sent to, for absolute URLs in answers. Taken from the Host header,
    /// so that a client that says `localhost` is not sent to `127.0.0.1`, another origin.
    pub(crate) base: String,
    pub(crate) query: Query,
    pub(crate) raw_query: Option<String>,
    pub(crate) headers: HeaderMap,
}

impl Call {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// A relative Location with the query of this request (repos.md 1.2).
    pub(crate) fn relative(&self, path: &str) -> String {
        match &self.raw_query {
            Some(query) => format!("{path}?{query}"),
            None => path.to_owned(),
        }
    }
}
