//! What browsers are allowed to read (auth.md 6.3, recorded 2026-09-22).

use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_HEADERS,
    ACCESS_CONTROL_REQUEST_METHOD, ORIGIN, VARY,
};
use axum::http::{HeaderMap, HeaderValue, Method};
use axum::response::{IntoResponse, Response};

use crate::log::Side;

const EXPOSED: HeaderValue = HeaderValue::from_static(
    "X-Repo-Commit,X-Request-Id,X-Error-Code,X-Error-Message,X-Total-Count,ETag,Link,Accept-Ranges,\
     Content-Range,X-Linked-Size,X-Linked-ETag,X-Xet-Hash",
);
const NO_ORIGIN: HeaderValue = HeaderValue::from_static("https://huggingface.co");
const ANY: HeaderValue = HeaderValue::from_static("*");

/// Only `authorization` was ever recorded, for a GET; what the Hub allows with a POST is
/// unconfirmed (auth.md 9, point 6). These are the headers its clients send.
const ALLOWED: [&str; 7] = [
    "authorization",
    "content-type",
    "accept",
    "range",
    "if-match",
    "if-none-match",
    "x-hf-bill-to",
];

pub(crate) fn is_preflight(method: &Method, headers: &HeaderMap) -> bool {
    method == Method::OPTIONS && headers.contains_key(ORIGIN) && headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD)
}

/// The answer to a preflight, before `dress`. No `Access-Control-Max-Age`: whether preflights of the
/// Hub carry it is unconfirmed, so no client should come to depend on it.
pub(crate) fn preflight(side: Side, asked: &HeaderMap) -> Response {
    let mut response = ().into_response();
    let headers = response.headers_mut();
    if let Some(method) = asked.get(ACCESS_CONTROL_REQUEST_METHOD) {
        headers.insert(ACCESS_CONTROL_ALLOW_METHODS, method.clone());
    }
    let names = asked
        .get(ACCESS_CONTROL_REQUEST_HEADERS)
        .and_then(|value| value.to_str().ok());
    let granted: Vec<&str> = names
        .unwrap_or_default()
        .split(',')
        .map(str::trim)
        // The CDN's signed URLs want no credential.
        .filter(|name| side == Side::Hub || !name.eq_ignore_ascii_case("authorization"))
        .filter(|name| ALLOWED.iter().any(|allowed| allowed.eq_ignore_ascii_case(name)))
        .collect();
    if let Ok(granted) = HeaderValue::try_from(granted.join(", ")) {
        headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, granted);
    }
    response
}

/// Puts the CORS headers on an ordinary answer or a preflight's.
pub(crate) fn dress(side: Side, origin: Option<&HeaderValue>, preflight: bool, headers: &mut HeaderMap) {
    if side == Side::Cdn {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, ANY);
        headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, ANY);
        headers.insert(
            VARY,
            HeaderValue::from_static("origin, access-control-request-method, access-control-request-headers"),
        );
        return;
    }
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin.cloned().unwrap_or(NO_ORIGIN));
    headers.entry(VARY).or_insert(HeaderValue::from_static("Origin"));
    if !preflight {
        headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("86400"));
    }
}

/// For control routes: any page may call them.
pub(crate) fn open(asked: &HeaderMap, headers: &mut HeaderMap) {
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, ANY);
    headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, ANY);
    for (ask, grant) in [
        (ACCESS_CONTROL_REQUEST_METHOD, ACCESS_CONTROL_ALLOW_METHODS),
        (ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_ALLOW_HEADERS),
    ] {
        if let Some(value) = asked.get(ask) {
            headers.insert(grant, value.clone());
        }
    }
}
