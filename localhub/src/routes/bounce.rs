//! Redirects to order, on both origins: `/_localhub/redirect` and `/_localhub/bounce`. Unlike other
//! control routes these are logged, so that a test sees which hop still had the token.

use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use axum::{Extension, Router};

use crate::answer;
use crate::call::Call;
use crate::encode;
use crate::error::ApiError;
use crate::handle;
use crate::log::Side;
use crate::state::Hub;

pub(crate) const REDIRECT: &str = "/_localhub/redirect";
pub(crate) const BOUNCE: &str = "/_localhub/bounce";

pub(crate) fn routes() -> Router<Hub> {
    Router::new().route(REDIRECT, any(redirect)).route(BOUNCE, any(bounce))
}

/// `?status=302&to=...`; `to` may hold `{hub}`, `{cdn}` and `{self}`.
async fn redirect(
    State(hub): State<Hub>,
    Extension(call): Extension<Call>,
    uri: Uri,
    side: Extension<Side>,
) -> Response {
    let own = call.relative(&format!("{}{}", call.base, uri.path()));
    let places = handle::places(&hub, *side, &call, &own);
    match call.query.first("to") {
        Some(to) => answer::redirect(status(&call), &places.fill(to)),
        None => ApiError::invalid("to: missing").into_response(),
    }
}

/// `?hops=N&to=...`: N redirects, each to the other origin, the last one to `to`.
async fn bounce(State(hub): State<Hub>, Extension(call): Extension<Call>, uri: Uri, side: Extension<Side>) -> Response {
    let Some(to) = call.query.first("to") else {
        return ApiError::invalid("to: missing").into_response();
    };
    let own = call.relative(&format!("{}{}", call.base, uri.path()));
    let places = handle::places(&hub, *side, &call, &own);
    let hops = call.query.number("hops").unwrap_or(1);
    if hops <= 1 {
        return answer::redirect(status(&call), &places.fill(to));
    }
    let other = match *side {
        Side::Hub => places.cdn,
        Side::Cdn => places.hub,
    };
    let (left, code, to) = (hops - 1, status(&call).as_u16(), encode::component(to));
    answer::redirect(
        status(&call),
        &format!("{other}{BOUNCE}?hops={left}&status={code}&to={to}"),
    )
}

fn status(call: &Call) -> StatusCode {
    let asked = call
        .query
        .number("status")
        .and_then(|status| u16::try_from(status).ok());
    let asked = asked.and_then(|status| StatusCode::from_u16(status).ok());
    asked.filter(StatusCode::is_redirection).unwrap_or(StatusCode::FOUND)
}
