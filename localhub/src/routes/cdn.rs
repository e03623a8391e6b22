//! The second origin: large files behind signed addresses.

use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};

use crate::call::Call;
use crate::encode;
use crate::ranges::{self, OCTETS};
use crate::state::Hub;

pub(crate) fn routes() -> Router<Hub> {
    Router::new()
        .route("/xet-bridge-us/{repo}/{hash}", get(file))
        .fallback(|| async { denied() })
}

/// Answers also when an Authorization header came along, where the real one may refuse: the log
/// shows the header, which is what a test wants to see.
async fn file(
    State(hub): State<Hub>,
    Extension(call): Extension<Call>,
    Path((repo, hash)): Path<(String, String)>,
) -> Response {
    let fresh = call
        .query
        .number("Expires")
        .is_some_and(|expires| expires >= hub.now_ms() / 1000);
    if !fresh || call.query.first("Signature").is_none() {
        return denied();
    }
    let repo = hub.lock().repos.by_oid(&repo).cloned();
    let file = repo.as_ref().and_then(|repo| {
        repo.files
            .iter()
            .find(|file| file.lfs.as_deref() == Some(hash.as_str()))
    });
    let Some(file) = file else {
        return denied();
    };
    // Not the sha256: the CDN has a hash of its own (recorded), and a client must not take one for
    // the other.
    let etag = format!("\"{}\"", encode::sha256(format!("cdn {hash}").as_bytes()));
    let mut response = ranges::serve(&call, &file.bytes, &etag, OCTETS);
    ranges::disposition(response.headers_mut(), &file.path);
    response
}

/// As CloudFront refuses an expired signature.
fn denied() -> Response {
    let body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>AccessDenied</Code>\
                <Message>Access denied</Message></Error>";
    let xml = HeaderValue::from_static("text/xml");
    (StatusCode::FORBIDDEN, [(CONTENT_TYPE, xml)], body).into_response()
}
