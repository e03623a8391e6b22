//! Bytes of a file, whole or in part.

use axum::body::Body;
use axum::http::header::{ACCEPT_RANGES, CONTENT_DISPOSITION, CONTENT_RANGE, CONTENT_TYPE, ETAG};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http_range_header::{EndPosition, StartPosition};

use crate::answer;
use crate::call::Call;
use crate::encode;

pub(crate) const OCTETS: HeaderValue = HeaderValue::from_static("application/octet-stream");

/// The content, or the single range that was asked for. Several ranges and nonsense get the whole
/// (RFC 9110, 14.2); a range outside gets 416.
pub(crate) fn serve(call: &Call, bytes: &Bytes, etag: &str, content_type: HeaderValue) -> Response {
    let size = bytes.len() as u64;
    if call.header("if-match").is_some_and(|tags| !matches(tags, etag)) {
        let mut response = answer::text("Precondition Failed");
        *response.status_mut() = StatusCode::PRECONDITION_FAILED;
        return response;
    }
    let mut response = match wanted(call, size, etag) {
        Wanted::Whole => Body::from(bytes.clone()).into_response(),
        Wanted::Part(first, last) => {
            let part = bytes.slice(first as usize..=last as usize);
            let mut response = (StatusCode::PARTIAL_CONTENT, part).into_response();
            insert(
                response.headers_mut(),
                CONTENT_RANGE,
                format!("bytes {first}-{last}/{size}"),
            );
            response
        }
        Wanted::Nothing => {
            let mut response = answer::text("Range Not Satisfiable");
            *response.status_mut() = StatusCode::RANGE_NOT_SATISFIABLE;
            insert(response.headers_mut(), CONTENT_RANGE, format!("bytes */{size}"));
            return response;
        }
    };
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, content_type);
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    insert(headers, ETAG, etag.to_owned());
    response
}

/// Strong comparison (RFC 9110, 13.1.1): a weak tag fits nothing.
fn matches(tags: &str, etag: &str) -> bool {
    tags.split(',')
        .map(str::trim)
        .any(|tag| tag == "*" || (tag == etag && !tag.starts_with("W/")))
}

enum Wanted {
    Whole,
    Part(u64, u64),
    Nothing,
}

fn wanted(call: &Call, size: u64, etag: &str) -> Wanted {
    let Some(header) = call.header("range") else {
        return Wanted::Whole;
    };
    if call.header("if-range").is_some_and(|tag| tag != etag) {
        return Wanted::Whole;
    }
    let Ok(parsed) = http_range_header::parse_range_header(header) else {
        return Wanted::Whole;
    };
    let [range] = parsed.ranges.as_slice() else {
        return Wanted::Whole;
    };
    // Not `validate`: it refuses a suffix longer than the file, which RFC 9110 14.1.2 takes as all.
    let first = match range.start {
        StartPosition::Index(first) => first,
        StartPosition::FromLast(count) => size.saturating_sub(count),
    };
    let last = match range.end {
        EndPosition::Index(last) => last.min(size.saturating_sub(1)),
        EndPosition::LastByte => size.saturating_sub(1),
    };
    // Of an empty file every range lies outside.
    if first > last || size == 0 {
        return Wanted::Nothing;
    }
    Wanted::Part(first, last)
}

/// As recorded: `inline; filename*=UTF-8''config.json; filename="config.json";`
pub(crate) fn disposition(headers: &mut HeaderMap, path: &str) {
    let name = path.rsplit('/').next().unwrap_or(path);
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_graphic() && c != '"' { c } else { '_' })
        .collect();
    let text = format!(
        "inline; filename*=UTF-8''{}; filename=\"{plain}\";",
        encode::component(name)
    );
    insert(headers, CONTENT_DISPOSITION, text);
}

pub(crate) fn insert(headers: &mut HeaderMap, name: impl axum::http::header::IntoHeaderName, value: String) {
    if let Ok(value) = HeaderValue::try_from(value) {
        headers.insert(name, value);
    }
}
