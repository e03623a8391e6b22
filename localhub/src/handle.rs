//! The way of one request: log, fault, limit, route, headers.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::header::{HOST, ORIGIN};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt as _;
use serde_json::Map;
use tower::ServiceExt as _;

use crate::call::Call;
use crate::faults::{self, Places, Plan};
use crate::limits::Bucket;
use crate::log::{self, Side};
use crate::principal::Caller;
use crate::query::Query;
use crate::state::Hub;
use crate::{control, cors, headers};

/// The routes of one origin.
#[derive(Clone, Debug)]
pub(crate) struct Routes {
    pub(crate) side: Side,
    pub(crate) ordinary: Router,
    pub(crate) control: Router,
}

pub(crate) async fn handle(hub: Hub, routes: Routes, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    if control::is_control(parts.uri.path()) {
        return answer_control(&routes, Request::from_parts(parts, body)).await;
    }

    let ticket = log::record(&hub, routes.side, &parts);
    let Ok(body) = body.collect().await else {
        // The client went away while it was sending.
        ticket.aborted();
        return StatusCode::BAD_REQUEST.into_response();
    };
    let body = body.to_bytes();
    ticket.body(&body);

    let mut asked = call(&hub, &parts);
    let preflight = cors::is_preflight(&parts.method, &parts.headers);
    let mut mishap = None;
    let mut last_word = Map::new();
    let mut instead = None;
    match take_fault(&hub, routes.side, &parts, &asked, &body) {
        Some(Plan::Answer(response, headers)) => {
            last_word = headers;
            instead = Some(response);
        }
        Some(Plan::Mishap(it)) => mishap = Some(it),
        Some(Plan::Hears(headers)) => {
            faults::override_headers(&mut parts.headers, &headers);
            asked = call(&hub, &parts);
        }
        Some(Plan::Dressed(headers)) => last_word = headers,
        None => {}
    }
    let response = match instead {
        Some(response) => response,
        None if preflight => cors::preflight(routes.side, &parts.headers),
        None => route(&hub, &routes, &parts, &asked, body).await,
    };

    let compress = hub.lock().compress && routes.side == Side::Hub;
    let mut response = headers::settle(&parts.method, &parts.headers, response, compress).await;
    cors::dress(
        routes.side,
        parts.headers.get(ORIGIN),
        preflight,
        response.headers_mut(),
    );
    if routes.side == Side::Hub {
        headers::dress(&hub, response.headers_mut());
        tell_limits(&hub, &parts, &asked, response.headers_mut());
    }
    faults::override_headers(response.headers_mut(), &last_word);
    let answers = mishap.is_none_or(faults::Mishap::answers);
    ticket.status(answers.then(|| response.status().as_u16()));
    response.extensions_mut().insert(ticket);
    if let Some(mishap) = mishap {
        response.extensions_mut().insert(mishap);
    } else if let (None, Some(delay)) = (response.extensions().get::<faults::Mishap>(), latency(&hub)) {
        response.extensions_mut().insert(delay);
    }
    response
}

fn latency(hub: &Hub) -> Option<faults::Mishap> {
    let ms = hub.lock().latency_ms;
    (ms > 0).then_some(faults::Mishap::Delay { ms })
}

async fn answer_control(routes: &Routes, request: Request) -> Response {
    let asked = request.headers().clone();
    let mut response = if cors::is_preflight(request.method(), &asked) {
        ().into_response()
    } else {
        run(&routes.control, request).await
    };
    cors::open(&asked, response.headers_mut());
    response
}

fn call(hub: &Hub, parts: &Parts) -> Call {
    let host = parts.headers.get(HOST).and_then(|host| host.to_str().ok());
    Call {
        caller: Caller::of(&hub.lock(), &parts.headers, hub.now_ms()),
        base: host.map_or_else(|| hub.config().origin.clone(), |host| format!("http://{host}")),
        query: Query::parse(parts.uri.query().unwrap_or_default()),
        raw_query: parts.uri.query().map(str::to_owned),
        headers: parts.headers.clone(),
    }
}

fn take_fault(hub: &Hub, side: Side, parts: &Parts, call: &Call, body: &Bytes) -> Option<Plan> {
    let (path, query) = (parts.uri.path(), parts.uri.query().unwrap_or_default());
    let fault = hub.lock().faults.take(side, &parts.method, path, query)?;
    let own = call.relative(&format!("{}{path}", call.base));
    Some(fault.plan(call, body, &places(hub, side, call, &own)))
}

pub(crate) fn places<'a>(hub: &'a Hub, side: Side, call: &'a Call, own: &'a str) -> Places<'a> {
    let config = hub.config();
    match side {
        Side::Hub => Places {
            hub: &call.base,
            cdn: &config.cdn_origin,
            own,
        },
        Side::Cdn => Places {
            hub: &config.origin,
            cdn: &call.base,
            own,
        },
    }
}

async fn route(hub: &Hub, routes: &Routes, parts: &Parts, call: &Call, body: Bytes) -> Response {
    if routes.side == Side::Hub {
        let refusal = hub.lock().limits.refuse(&call.caller, parts.uri.path(), hub.now_ms());
        if let Some(response) = refusal {
            return response;
        }
    }
    let mut request = Request::new(Body::from(body));
    // HEAD is GET without the body, which `settle` takes away once it has measured it.
    let head = parts.method == Method::HEAD;
    *request.method_mut() = if head { Method::GET } else { parts.method.clone() };
    *request.uri_mut() = parts.uri.clone();
    *request.headers_mut() = parts.headers.clone();
    request.extensions_mut().insert(call.clone());
    request.extensions_mut().insert(routes.side);
    run(&routes.ordinary, request).await
}

async fn run(router: &Router, request: Request) -> Response {
    match router.clone().oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

fn tell_limits(hub: &Hub, parts: &Parts, call: &Call, headers: &mut HeaderMap) {
    let bucket = Bucket::of(parts.uri.path());
    let standing = hub.lock().limits.standing(&call.caller, bucket, hub.now_ms());
    for (name, value) in [
        ("ratelimit", standing.header()),
        ("ratelimit-policy", standing.policy()),
    ] {
        if let Some(value) = value {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
}
