//! The record of requests, for tests to look at.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::http::request::Parts;
use bytes::Bytes;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::state::Hub;

/// The body is kept up to this many bytes.
const BODY_CAP: usize = 64 * 1024;

#[derive(Debug, Default)]
pub(crate) struct Log {
    entries: Vec<Entry>,
    next: u64,
}

/// Which of the two origins a request came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Side {
    Hub,
    Cdn,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Entry {
    #[serde(skip)]
    number: u64,
    origin: Side,
    method: String,
    path: String,
    query: String,
    headers: Map<String, Value>,
    body_length: usize,
    body: String,
    /// Absent answers (silence, reset, garbage) have none.
    status: Option<u16>,
    aborted: bool,
}

impl Log {
    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    pub(crate) fn clear(&mut self) {
        self.entries.clear();
    }

    pub(crate) fn emptied(mut self) -> Log {
        self.clear();
        self
    }

    fn change(&mut self, number: u64, change: impl FnOnce(&mut Entry)) {
        // Newest first: the entry is nearly always the last one.
        if let Some(entry) = self.entries.iter_mut().rev().find(|entry| entry.number == number) {
            change(entry);
        }
    }
}

/// Writes down a request when its head has arrived; the returned ticket writes the rest.
pub(crate) fn record(hub: &Hub, side: Side, parts: &Parts) -> Ticket {
    let mut headers = Map::new();
    for name in parts.headers.keys() {
        let values: Vec<_> = parts
            .headers
            .get_all(name)
            .iter()
            .map(|v| String::from_utf8_lossy(v.as_bytes()))
            .collect();
        headers.insert(name.as_str().to_owned(), Value::String(values.join(", ")));
    }
    let mut state = hub.lock();
    let log = &mut state.log;
    let number = log.next;
    log.next += 1;
    log.entries.push(Entry {
        number,
        origin: side,
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers,
        body_length: 0,
        body: String::new(),
        status: None,
        aborted: false,
    });
    drop(state);
    Ticket(Arc::new(Open {
        hub: hub.clone(),
        number,
        watched: AtomicBool::new(false),
    }))
}

/// The right to complete one entry. Travels with the response as an extension; the socket side
/// watches it, and an entry whose watched ticket is dropped unfinished was aborted by the client.
#[derive(Clone, Debug)]
pub struct Ticket(Arc<Open>);

#[derive(Debug)]
struct Open {
    hub: Hub,
    number: u64,
    watched: AtomicBool,
}

impl Ticket {
    pub(crate) fn body(&self, body: &Bytes) {
        let text = String::from_utf8_lossy(&body[..body.len().min(BODY_CAP)]).into_owned();
        self.0.change(|entry| {
            entry.body_length = body.len();
            entry.body = text;
        });
    }

    pub(crate) fn status(&self, status: Option<u16>) {
        self.0.change(|entry| entry.status = status);
    }

    pub(crate) fn aborted(&self) {
        self.0.change(|entry| entry.aborted = true);
    }

    /// From here on, being dropped without `finish` means that the client went away.
    pub fn watch(&self) {
        self.0.watched.store(true, Ordering::Relaxed);
    }

    /// The answer was handed over completely, or ended by the server.
    pub fn finish(&self) {
        self.0.watched.store(false, Ordering::Relaxed);
    }
}

impl Open {
    fn change(&self, change: impl FnOnce(&mut Entry)) {
        self.hub.lock().log.change(self.number, change);
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        if self.watched.load(Ordering::Relaxed) {
            self.change(|entry| entry.aborted = true);
        }
    }
}
