//! What every answer carries, whatever its route.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::Body;
use axum::http::header::{
    ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, IF_NONE_MATCH, RANGE,
    REFERRER_POLICY, TRANSFER_ENCODING, X_FRAME_OPTIONS,
};
use axum::http::response::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::response::Response;
use bytes::Bytes;
use http_body::{Body as HttpBody, Frame};
use http_body_util::BodyExt as _;

use crate::encode;
use crate::gzip;
use crate::state::Hub;

pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The headers of the application behind the Hub. `Strict-Transport-Security`, which the Hub sends
/// too, is left out: this server speaks plain http.
pub(crate) fn dress(hub: &Hub, headers: &mut HeaderMap) {
    let (a, b, c) = (hub.random(), hub.random(), hub.random());
    let seconds = hub.now_ms() / 1000;
    // As recorded: `Root=1-6a27..-56f2..;uuid`.
    let id = format!(
        "Root=1-{:08x}-{:016x}{:08x};{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}",
        seconds as u32,
        a,
        b as u32,
        (b >> 32) as u32,
        c as u16,
        (c >> 16) & 0xfff,
        (c >> 28) & 0xfff,
        (a ^ c) & 0xffff_ffff_ffff
    );
    if let Ok(id) = HeaderValue::try_from(id) {
        headers.insert(REQUEST_ID, id);
    }
    for (name, value) in [
        (HeaderName::from_static("x-powered-by"), "huggingface-moon"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (REFERRER_POLICY, "strict-origin-when-cross-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    let html = headers
        .get(CONTENT_TYPE)
        .is_some_and(|t| t.as_bytes().starts_with(b"text/html"));
    if html {
        headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    }
}

/// Gives a body its length and its weak ETag, answers 304 where the client has it already, and takes
/// the body away for HEAD. Texts go out as gzip where the Hub is told to.
pub(crate) async fn settle(method: &Method, asked: &HeaderMap, response: Response, compress: bool) -> Response {
    let (mut parts, body) = response.into_parts();
    let body = match body.collect().await {
        Ok(body) => body.to_bytes(),
        Err(_) => Bytes::new(),
    };
    let headers = &mut parts.headers;
    // Redirects carry no ETag (recorded).
    if !parts.status.is_redirection()
        && !body.is_empty()
        && !headers.contains_key(ETAG)
        && let Ok(tag) = HeaderValue::try_from(encode::weak_etag(&body))
    {
        headers.insert(ETAG, tag);
    }
    let reading = matches!(*method, Method::GET | Method::HEAD);
    // Before any range (RFC 9110, 13.2.2).
    let given = matches!(parts.status, StatusCode::OK | StatusCode::PARTIAL_CONTENT);
    if reading && given && known(asked, headers) {
        parts.status = StatusCode::NOT_MODIFIED;
        headers.remove(CONTENT_TYPE);
        headers.remove(CONTENT_LENGTH);
        headers.remove(CONTENT_RANGE);
        return Response::from_parts(parts, Body::empty());
    }
    if parts.status == StatusCode::NOT_MODIFIED {
        return Response::from_parts(parts, Body::empty());
    }
    headers.remove(TRANSFER_ENCODING);
    let head = *method == Method::HEAD;
    let body = if compress && may_compress(asked, &parts) {
        parts.headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        parts.headers.remove(CONTENT_LENGTH);
        Body::new(Unmeasured((!head).then(|| Bytes::from(gzip::wrap(&body)))))
    } else {
        parts.headers.insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
        if head { Body::empty() } else { Body::from(body) }
    };
    Response::from_parts(parts, body)
}

/// A body that does not tell its length, so that nobody announces it.
struct Unmeasured(Option<Bytes>);

impl HttpBody for Unmeasured {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.0.take().map(|bytes| Ok(Frame::data(bytes))))
    }
}

/// Texts, whole: a range is never encoded (repos.md 4.3).
fn may_compress(asked: &HeaderMap, told: &Parts) -> bool {
    let takes = asked.get(ACCEPT_ENCODING).and_then(|it| it.to_str().ok());
    let kind = told.headers.get(CONTENT_TYPE).and_then(|it| it.to_str().ok());
    let text = kind.is_some_and(|it| it.starts_with("text/") || it.starts_with("application/json"));
    let fresh = !told.headers.contains_key(CONTENT_ENCODING) && told.status != StatusCode::PARTIAL_CONTENT;
    text && fresh && !asked.contains_key(RANGE) && takes.is_some_and(|it| it.contains("gzip"))
}

/// Whether the client says that it has what these headers stand for.
pub(crate) fn known(asked: &HeaderMap, headers: &HeaderMap) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let (Some(asked), Some(tag)) = (
        asked.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok()),
        headers.get(ETAG).and_then(|value| value.to_str().ok()),
    ) else {
        return false;
    };
    let tag = bare(tag);
    asked.split(',').any(|one| one.trim() == "*" || bare(one) == tag)
}
