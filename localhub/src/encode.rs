//! Small conversions: dates, digests, percent-encoding.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha1::Sha1;
use sha2::{Digest as _, Sha256};

/// What `encodeURIComponent` leaves alone.
const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

pub(crate) fn component(text: &str) -> String {
    utf8_percent_encode(text, COMPONENT).to_string()
}

/// Encodes each segment, keeps the slashes.
pub(crate) fn path(text: &str) -> String {
    text.split('/').map(component).collect::<Vec<_>>().join("/")
}

/// `2026-01-02T03:04:05.000Z`, as everywhere on the wire.
pub(crate) fn iso(unix_ms: u64) -> String {
    i64::try_from(unix_ms)
        .ok()
        .and_then(|ms| jiff::Timestamp::from_millisecond(ms).ok())
        .map(|time| time.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string())
        .unwrap_or_default()
}

/// `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, 5.6.7).
pub(crate) fn http_date(unix_ms: u64) -> String {
    i64::try_from(unix_ms)
        .ok()
        .and_then(|ms| jiff::Timestamp::from_millisecond(ms).ok())
        .map(|time| time.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string())
        .unwrap_or_default()
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Git's id of a blob: the ETag of a small file (repos.md 4.3).
pub(crate) fn git_blob(bytes: &[u8]) -> String {
    let mut hash = Sha1::new();
    hash.update(format!("blob {}\0", bytes.len()));
    hash.update(bytes);
    hex(&hash.finalize())
}

/// Express' weak ETag, which the Hub's JSON answers carry: hex length, 27 base64 characters of the
/// sha1. Recorded: `Entry not found` gives `W/"f-mY2VvLxuxB7KhsoOdQTlMTccuAQ"`.
pub(crate) fn weak_etag(body: &[u8]) -> String {
    let mut digest = STANDARD_NO_PAD.encode(Sha1::digest(body));
    digest.truncate(27);
    format!("W/\"{:x}-{digest}\"", body.len())
}

/// A stable 24-hex object id made of a name.
pub(crate) fn object_id(seed: &str) -> String {
    let mut id = sha256(seed.as_bytes());
    id.truncate(24);
    id
}

/// A stable 40-hex commit id made of a name.
pub(crate) fn commit_id(seed: &str) -> String {
    hex(&Sha1::digest(seed.as_bytes()))
}

pub(crate) fn base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(crate) fn from_base64url(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_etags_are_the_recorded_ones() {
        assert_eq!(weak_etag(b"Entry not found"), "W/\"f-mY2VvLxuxB7KhsoOdQTlMTccuAQ\"");
        assert_eq!(
            weak_etag(br#"{"error":"Invalid username or password."}"#),
            "W/\"29-dEMcHWfJi78ZR1aqzb1ELAhp3Us\"",
        );
    }

    #[test]
    fn dates_have_milliseconds() {
        assert_eq!(iso(0), "1970-01-01T00:00:00.000Z");
        assert_eq!(iso(1_790_000_000_007), "2026-09-21T14:13:20.007Z");
    }

    #[test]
    fn http_dates_have_the_one_form() {
        assert_eq!(http_date(784_111_777_000), "Sun, 06 Nov 1994 08:49:37 GMT");
    }

    #[test]
    fn a_blob_has_the_id_git_gives_it() {
        assert_eq!(git_blob(b"hello\n"), "ce013625030ba8dba906f756967f9e9ca394464a");
    }
}
