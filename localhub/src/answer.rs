//! Answers that succeed or redirect.

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, LOCATION, VARY};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

pub(crate) const JSON: HeaderValue = HeaderValue::from_static("application/json; charset=utf-8");
pub(crate) const TEXT: HeaderValue = HeaderValue::from_static("text/plain; charset=utf-8");
const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");

pub(crate) fn json(body: &Value) -> Response {
    json_with(StatusCode::OK, body)
}

pub(crate) fn json_with(status: StatusCode, body: &Value) -> Response {
    (status, [(CONTENT_TYPE, JSON)], body.to_string()).into_response()
}

pub(crate) fn text(body: &str) -> Response {
    ([(CONTENT_TYPE, TEXT)], body.to_owned()).into_response()
}

pub(crate) fn html(status: StatusCode, title: &str, words: &str) -> Response {
    page(status, title, &format!("<p>{words}</p>"))
}

/// People meet the pages of consent in demos, on phones too.
const STYLE: &str = "
:root { color-scheme: light dark; font: 17px/1.5 system-ui, sans-serif; }
body { max-width: 34rem; margin: 8vh auto; padding: 0 1.25rem; }
h1 { font-size: 1.5rem; line-height: 1.25; }
li { margin: .3rem 0; }
fieldset { border: 1px solid #8886; border-radius: 10px; padding: .25rem 1rem; }
input[type=checkbox] { width: 1.15rem; height: 1.15rem; vertical-align: -.2rem; }
input[type=text], input:not([type]) { font: inherit; padding: .5rem .75rem; border-radius: 10px; border: 1px solid #888; }
button { font: inherit; font-weight: 600; min-height: 44px; padding: 0 1.25rem; margin-right: .5rem; border-radius: 10px; border: 1px solid #8888; background: none; color: inherit; }
button[value=allow] { background: #ffd21e; color: #1c1a14; border-color: #b98f00; }
";

/// `title` and `body` are markup: what comes from outside has been escaped.
pub(crate) fn page(status: StatusCode, title: &str, body: &str) -> Response {
    let page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title}</title>\
         <style>{STYLE}</style></head>\n<body><h1>{title}</h1>{body}</body>\n</html>\n"
    );
    (status, [(CONTENT_TYPE, HTML)], page).into_response()
}

/// A redirect as the Hub words it (recorded: `Temporary Redirect. Redirecting to ...`).
pub(crate) fn redirect(status: StatusCode, to: &str) -> Response {
    let Ok(location) = HeaderValue::try_from(to) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let reason = status.canonical_reason().unwrap_or("Redirect");
    let mut response = Response::new(Body::from(format!("{reason}. Redirecting to {to}")));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, TEXT);
    headers.insert(LOCATION, location);
    headers.insert(VARY, HeaderValue::from_static("Origin, Accept"));
    response
}
