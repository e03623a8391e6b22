//! Deciding about requests for access to gated content (auth.md 8.2). The report of all requests is
//! left out: it is a page of the website, which takes no token.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header::LINK;
use axum::http::{HeaderValue, StatusCode};
use axum::routing::{get, post};
use axum::{Extension, Router};
use serde_json::{Value, json};

use super::lookup::{self, Missed};
use crate::access;
use crate::answer;
use crate::call::Call;
use crate::encode;
use crate::error::{Answer, ApiError};
use crate::kind::Kind;
use crate::repo::{Gated, Repo};
use crate::requests::{Access, Request, request_id};
use crate::state::{Hub, State as Everything};

const PAGE: usize = 1000;
const READ: &str = "repo.access.read";
const WRITE: &str = "repo.access.write";

pub(crate) fn routes() -> Router<Hub> {
    let mut router = Router::new();
    for kind in Kind::ALL {
        let list = async move |hub: State<Hub>, call: Extension<Call>, path: Path<(String, String, String)>| {
            list(&hub, &call, kind, &path)
        };
        let base = format!("/api/{}/{{ns}}/{{name}}/user-access-request", kind.plural());
        router = router.route(&format!("{base}/{{status}}"), get(list));
        for (verb, run) in [("handle", handle as Decide), ("grant", grant), ("batch", batch)] {
            let decide = async move |hub: State<Hub>,
                                     call: Extension<Call>,
                                     Path((ns, name)): Path<(String, String)>,
                                     body: Bytes| {
                let ask = serde_json::from_slice(&body).map_err(|_| ApiError::invalid("Invalid JSON"))?;
                let mut state = hub.lock();
                let repo = reviewed(&state, &call, kind, &format!("{ns}/{name}"), WRITE)?;
                run(&mut state, &call, &repo, &ask, hub.now_ms()).map(|told| answer::json(&told))
            };
            router = router.route(&format!("{base}/{verb}"), post(decide));
        }
    }
    router
}

type Decide = fn(&mut Everything, &Call, &Repo, &Value, u64) -> Result<Value, ApiError>;

/// The repository, where this caller has a say in who gets in.
fn reviewed(state: &Everything, call: &Call, kind: Kind, id: &str, want: &str) -> Result<Arc<Repo>, ApiError> {
    let principal = access::signed_in(state, &call.caller)?;
    let repo = match lookup::find(state, call, kind, id) {
        Ok(repo) => repo,
        Err(Missed::Error(error)) => return Err(error),
        Err(Missed::Moved(_)) => return Err(ApiError::repo_not_found()),
    };
    access::unrestricted(principal, repo.namespace())?;
    if !access::may_review(&repo, principal, want) {
        return Err(ApiError::no_write());
    }
    if repo.gated == Gated::No {
        return Err(ApiError::not_gated());
    }
    Ok(repo)
}

/// Newest first, which is unconfirmed.
fn list(hub: &Hub, call: &Call, kind: Kind, path: &(String, String, String)) -> Answer {
    let (namespace, name, status) = path;
    let status = Access::from_word(status).ok_or_else(|| ApiError::invalid_option("status", &Access::WORDS))?;
    let limit = call.query.limit(PAGE, PAGE)?;
    let state = hub.lock();
    let repo = reviewed(&state, call, kind, &format!("{namespace}/{name}"), READ)?;
    let word = call.query.first("q").unwrap_or_default().to_lowercase();
    // Dates of one form compare as texts.
    let within = |date: &str| {
        call.query.first("after").is_none_or(|after| date > after)
            && call.query.first("before").is_none_or(|before| date < before)
    };
    let mut found: Vec<(&String, &Request)> = repo.requests.iter().collect();
    found.retain(|(user, it)| it.access == status && user.contains(&word) && within(&encode::iso(it.asked_ms)));
    found.sort_by_key(|(user, it)| (u64::MAX - it.asked_ms, *user));
    if let Some(cursor) = call.query.first("cursor") {
        let last = found.iter().position(|(user, _)| request_id(&repo, user) == cursor);
        let last = last.ok_or_else(|| ApiError::invalid("Invalid cursor"))?;
        found.drain(..=last);
    }
    let more = found.len() > limit;
    found.truncate(limit);
    let told = found.iter().map(|(user, it)| it.told(&repo, user, &state.accounts));
    let mut response = answer::json(&Value::Array(told.collect()));
    if let (true, Some((last, _))) = (more, found.last()) {
        let query = call.query.with("cursor", &request_id(&repo, last));
        let (base, kind, status) = (&call.base, kind.plural(), status.word());
        let next = format!("<{base}/api/{kind}/{namespace}/{name}/user-access-request/{status}?{query}>; rel=\"next\"");
        if let Ok(link) = HeaderValue::try_from(next) {
            response.headers_mut().insert(LINK, link);
        }
    }
    Ok(response)
}

fn handle(state: &mut Everything, _: &Call, repo: &Repo, ask: &Value, now_ms: u64) -> Result<Value, ApiError> {
    let access = decision(ask)?;
    let who = named(state, repo, ask)?;
    match review(state, repo, &who, access, now_ms) {
        true => Ok(json!({})),
        false => Err(ApiError::new(
            StatusCode::NOT_FOUND,
            "No access request found matching your criteria",
        )),
    }
}

/// False where there is no request, or it stands like that already.
fn review(state: &mut Everything, repo: &Repo, who: &str, access: Access, now_ms: u64) -> bool {
    let requests = state.repos.change(repo.kind, &repo.id).map(|repo| &mut repo.requests);
    match requests.and_then(|all| all.get_mut(who)) {
        Some(request) if request.access != access => {
            request.review(access, now_ms);
            true
        }
        _ => false,
    }
}

fn grant(state: &mut Everything, call: &Call, repo: &Repo, ask: &Value, now_ms: u64) -> Result<Value, ApiError> {
    let who = named(state, repo, ask)?;
    let accepted = repo.requests.get(&who).is_some_and(|it| it.access == Access::Accepted);
    if accepted || who == repo.namespace() {
        return Err(ApiError::invalid("That user already has access to the repo"));
    }
    let mut request = Request::new(Access::Accepted, now_ms);
    request.reviewed_ms = Some(now_ms);
    request.granted_by = call.caller.known().map(|it| it.name().to_owned());
    if let Some(repo) = state.repos.change(repo.kind, &repo.id) {
        repo.requests.insert(who, request);
    }
    Ok(json!({}))
}

fn batch(state: &mut Everything, _: &Call, repo: &Repo, ask: &Value, now_ms: u64) -> Result<Value, ApiError> {
    let access = decision(ask)?;
    let asked = ask["requests"].as_array().filter(|it| (1..=100).contains(&it.len()));
    let asked = asked.ok_or_else(|| ApiError::invalid("* Invalid input: expected 1 to 100 items\n  * at requests"))?;
    let told = asked.iter().map(|one| {
        let mut it = one.clone();
        let error = match named(state, repo, one) {
            Err(_) => Some("user_not_found"),
            Ok(who) if review(state, repo, &who, access, now_ms) => None,
            Ok(_) => Some("request_not_found"),
        };
        it["ok"] = json!(error.is_none());
        if let Some(error) = error {
            it["error"] = json!(error);
        }
        it
    });
    Ok(Value::Array(told.collect()))
}

fn decision(ask: &Value) -> Result<Access, ApiError> {
    let access = ask["status"].as_str().and_then(Access::from_word);
    let access = access.ok_or_else(|| ApiError::invalid_option("status", &Access::WORDS))?;
    for reason in ["rejectionReason", "resetReason"] {
        if ask[reason].as_str().is_some_and(|it| it.chars().count() > 200) {
            let words = format!("* Too big: expected string to have <=200 characters\n  * at {reason}");
            return Err(ApiError::invalid(words));
        }
    }
    Ok(access)
}

/// By exactly one of `user`, `userId` and `requestId`.
fn named(state: &Everything, repo: &Repo, ask: &Value) -> Result<String, ApiError> {
    let text = |key: &str| ask[key].as_str();
    let found = match (text("user"), text("userId"), text("requestId")) {
        (Some(name), None, None) => state.accounts.user(name),
        (None, Some(id), None) => state.accounts.user_of(id),
        (None, None, Some(id)) => {
            let mut all = repo.requests.keys();
            return all
                .find(|who| request_id(repo, who) == id)
                .cloned()
                .ok_or_else(|| ApiError::new(StatusCode::NOT_FOUND, "No access request found matching your criteria"));
        }
        _ => {
            let words = "* Invalid input: exactly one of user, userId and requestId must be provided";
            return Err(ApiError::invalid(words));
        }
    };
    let found = found.map(|account| account.name.clone());
    found.ok_or_else(|| ApiError::new(StatusCode::NOT_FOUND, "User not found"))
}
