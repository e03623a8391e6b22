//! Faults: what a test asks this hub to do wrong.

use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::answer;
use crate::call::Call;
use crate::gzip;
use crate::log::Side;

#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<Order>);

/// One order of `POST /_localhub/faults`.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Order {
    #[serde(default, rename = "match")]
    matching: Match,
    /// How often; 0 is for ever.
    #[serde(default = "once")]
    times: u64,
    fault: Fault,
}

fn once() -> u64 {
    1
}

/// What is left out matches everything.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
struct Match {
    /// A preflight is hit only by `OPTIONS`, written out.
    method: Option<String>,
    /// As sent, still percent-encoded; a trailing `*` makes it a prefix.
    path: Option<String>,
    /// Any part of the query, as sent.
    query: Option<String>,
    /// `hub` when left out.
    origin: Option<Place>,
}

#[derive(Clone, Copy, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Place {
    Hub,
    Cdn,
    Any,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(
    tag = "type",
    rename_all = "snake_case",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
enum Fault {
    // These take the place of the real answer; the request is not carried out.
    Status {
        status: u16,
        #[serde(default)]
        headers: Map<String, Value>,
        body: Option<String>,
    },
    Body {
        #[serde(default = "ok")]
        status: u16,
        #[serde(default)]
        headers: Map<String, Value>,
        body: String,
    },
    Redirect {
        #[serde(default = "temporary")]
        status: u16,
        to: String,
        #[serde(default)]
        headers: Map<String, Value>,
    },
    Echo {
        #[serde(default = "bad_request")]
        status: u16,
    },
    /// JSON that is this long when it is unpacked, and 160 times shorter on the wire.
    Gzip {
        bytes: usize,
    },
    /// Never comes to an end.
    Endless {
        #[serde(default = "ok")]
        status: u16,
        #[serde(default)]
        headers: Map<String, Value>,
    },
    // These change what is heard or said; the request is carried out.
    Hears {
        headers: Map<String, Value>,
    },
    Headers {
        headers: Map<String, Value>,
    },
    // These spoil the way of the real answer: the request is carried out.
    Delay {
        ms: u64,
    },
    Stall {
        #[serde(default)]
        bytes: usize,
    },
    Silence,
    Cut {
        bytes: usize,
    },
    CutChunked {
        bytes: usize,
    },
    Reset,
    Garbage,
    Drip {
        bytes: usize,
        every_ms: u64,
    },
}

fn ok() -> u16 {
    200
}
fn temporary() -> u16 {
    307
}
fn bad_request() -> u16 {
    400
}

/// What happens to a response on its way out. The router attaches it as an extension; whoever owns
/// the socket carries it out, see `transport`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mishap {
    /// Wait before the first byte of the answer.
    Delay { ms: u64 },
    /// Send the head and so many bytes, then nothing; the connection stays open.
    Stall { bytes: usize },
    /// Never answer; the connection stays open.
    Silence,
    /// Announce the full length, send so many bytes, close.
    Cut { bytes: usize },
    /// The same without a length: the last chunk never comes.
    CutChunked { bytes: usize },
    /// Reset the connection instead of answering.
    Reset,
    /// Answer with bytes that are not HTTP, then close.
    Garbage,
    /// Send so many bytes at a time.
    Drip { bytes: usize, every_ms: u64 },
    /// Send bytes until the client goes.
    Endless,
}

/// What an order comes to for one request.
#[derive(Debug)]
pub(crate) enum Plan {
    /// Sent in place of the real answer; the headers win over the usual ones.
    Answer(Response, Map<String, Value>),
    Mishap(Mishap),
    /// The real answer to a request with these headers.
    Hears(Map<String, Value>),
    /// The real answer, with these headers.
    Dressed(Map<String, Value>),
}

impl Faults {
    pub(crate) fn add(&mut self, order: Order) {
        self.0.push(order);
    }

    pub(crate) fn orders(&self) -> &[Order] {
        &self.0
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// The first order that fits, used up by one.
    pub(crate) fn take(&mut self, side: Side, method: &Method, path: &str, query: &str) -> Option<TakenFault> {
        let index = self
            .0
            .iter()
            .position(|order| order.matching.fits(side, method, path, query))?;
        let order = self.0.get_mut(index)?;
        let fault = order.fault.clone();
        match order.times {
            0 => {}
            1 => drop(self.0.remove(index)),
            _ => order.times -= 1,
        }
        Some(TakenFault(fault))
    }
}

impl Match {
    fn fits(&self, side: Side, method: &Method, path: &str, query: &str) -> bool {
        let place = match self.origin.unwrap_or(Place::Hub) {
            Place::Any => true,
            Place::Hub => side == Side::Hub,
            Place::Cdn => side == Side::Cdn,
        };
        let method = match &self.method {
            Some(name) => name.eq_ignore_ascii_case(method.as_str()),
            None => method != Method::OPTIONS,
        };
        let path = self
            .path
            .as_deref()
            .is_none_or(|wanted| match wanted.strip_suffix('*') {
                Some(prefix) => path.starts_with(prefix),
                None => path == wanted,
            });
        place && method && path && self.query.as_deref().is_none_or(|part| query.contains(part))
    }
}

/// A fault that is due now.
#[derive(Debug)]
pub(crate) struct TakenFault(Fault);

/// Where `{hub}`, `{cdn}` and `{self}` lead.
pub(crate) struct Places<'a> {
    pub(crate) hub: &'a str,
    pub(crate) cdn: &'a str,
    /// The whole URL of the request.
    pub(crate) own: &'a str,
}

impl Places<'_> {
    pub(crate) fn fill(&self, to: &str) -> String {
        to.replace("{hub}", self.hub)
            .replace("{cdn}", self.cdn)
            .replace("{self}", self.own)
    }
}

impl TakenFault {
    pub(crate) fn plan(self, call: &Call, body: &[u8], places: &Places<'_>) -> Plan {
        let mishap = match self.0 {
            Fault::Status { status, headers, body } => {
                let reason = code(status).canonical_reason().unwrap_or("Fault");
                let body = body.unwrap_or_else(|| json!({ "error": reason }).to_string());
                return Plan::Answer(plain(status, body), headers);
            }
            Fault::Body { status, headers, body } => return Plan::Answer(plain(status, body), headers),
            Fault::Redirect { status, to, headers } => {
                return Plan::Answer(answer::redirect(code(status), &places.fill(&to)), headers);
            }
            Fault::Echo { status } => {
                let error = format!("{}\n{}", lines(&call.headers), String::from_utf8_lossy(body));
                let body = json!({ "error": error }).to_string();
                return Plan::Answer(plain(status, body), Map::new());
            }
            Fault::Gzip { bytes } => {
                let body = gzip::bomb(bytes);
                let said = [
                    (CONTENT_TYPE, answer::JSON),
                    (CONTENT_ENCODING, HeaderValue::from_static("gzip")),
                ];
                return Plan::Answer((said, body).into_response(), Map::new());
            }
            Fault::Endless { status, headers } => {
                let mut response = plain(status, String::new());
                response.extensions_mut().insert(Mishap::Endless);
                return Plan::Answer(response, headers);
            }
            Fault::Hears { headers } => return Plan::Hears(headers),
            Fault::Headers { headers } => return Plan::Dressed(headers),
            Fault::Delay { ms } => Mishap::Delay { ms },
            Fault::Stall { bytes } => Mishap::Stall { bytes },
            Fault::Silence => Mishap::Silence,
            Fault::Cut { bytes } => Mishap::Cut { bytes },
            Fault::CutChunked { bytes } => Mishap::CutChunked { bytes },
            Fault::Reset => Mishap::Reset,
            Fault::Garbage => Mishap::Garbage,
            Fault::Drip { bytes, every_ms } => Mishap::Drip {
                bytes: bytes.max(1),
                every_ms,
            },
        };
        Plan::Mishap(mishap)
    }
}

impl Mishap {
    /// Whether the client is meant to get a status at all.
    pub(crate) fn answers(self) -> bool {
        !matches!(self, Mishap::Silence | Mishap::Reset | Mishap::Garbage)
    }
}

/// Sets the headers of an order: a string, a list of strings for several lines, or null to take a
/// header away.
pub(crate) fn override_headers(headers: &mut HeaderMap, orders: &Map<String, Value>) {
    for (name, value) in orders {
        let Ok(name) = HeaderName::try_from(name.as_str()) else {
            continue;
        };
        headers.remove(&name);
        let texts: Vec<&str> = match value {
            Value::Array(list) => list.iter().filter_map(Value::as_str).collect(),
            other => other.as_str().into_iter().collect(),
        };
        for value in texts
            .into_iter()
            .filter_map(|text| HeaderValue::from_bytes(text.as_bytes()).ok())
        {
            headers.append(&name, value);
        }
    }
}

fn plain(status: u16, body: String) -> Response {
    (code(status), [(CONTENT_TYPE, answer::JSON)], body).into_response()
}

fn code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

fn lines(headers: &HeaderMap) -> String {
    let line =
        |(name, value): (&HeaderName, &HeaderValue)| format!("{name}: {}", String::from_utf8_lossy(value.as_bytes()));
    headers.iter().map(line).collect::<Vec<_>>().join("\n")
}
