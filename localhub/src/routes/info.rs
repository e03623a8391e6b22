//! `GET /api/{type}s/{id}` and `.../revision/{rev}` (repos.md 2.2).

use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};

use super::lookup::{self, Missed};
use crate::answer;
use crate::call::Call;
use crate::encode;
use crate::error::{Answer, ApiError};
use crate::fields;
use crate::kind::Kind;
use crate::properties;
use crate::state::Hub;

pub(crate) fn routes() -> Router<Hub> {
    let mut router = Router::new();
    for kind in Kind::ALL {
        let base = format!("/api/{}", kind.plural());
        let short = async move |hub: State<Hub>, call: Extension<Call>, Path(ns): Path<String>| {
            info(&hub, &call, kind, &ns, None)
        };
        let short_at = async move |hub: State<Hub>, call: Extension<Call>, Path((ns, rev)): Path<(String, String)>| {
            info(&hub, &call, kind, &ns, Some(&rev))
        };
        let long = async move |hub: State<Hub>, call: Extension<Call>, Path((ns, name)): Path<(String, String)>| {
            info(&hub, &call, kind, &format!("{ns}/{name}"), None)
        };
        let long_at = async move |hub: State<Hub>,
                                  call: Extension<Call>,
                                  Path((ns, name, rev)): Path<(String, String, String)>| {
            info(&hub, &call, kind, &format!("{ns}/{name}"), Some(&rev))
        };
        router = router
            .route(&format!("{base}/{{ns}}"), get(short))
            .route(&format!("{base}/{{ns}}/revision/{{rev}}"), get(short_at))
            .route(&format!("{base}/{{ns}}/{{name}}"), get(long))
            .route(&format!("{base}/{{ns}}/{{name}}/revision/{{rev}}"), get(long_at));
    }
    router
}

fn info(hub: &Hub, call: &Call, kind: Kind, id: &str, revision: Option<&str>) -> Answer {
    for name in call.query.all("expand") {
        if !fields::expandable(kind).contains(&name) {
            return Err(ApiError::invalid_option("expand", fields::expandable(kind)));
        }
    }
    let state = hub.lock();
    let repo = match lookup::find(&state, call, kind, id) {
        Ok(repo) => repo,
        Err(Missed::Error(error)) => return Err(error),
        Err(Missed::Moved(to)) => return Ok(moved(call, kind, &to, revision)),
    };
    let revision = revision.unwrap_or("main");
    let Some(commit) = repo.commit(revision) else {
        return Err(ApiError::revision_not_found(revision));
    };
    let mut body = properties::info(&repo, &call.query);
    if body.get("sha").is_some() {
        body["sha"] = commit.into();
    }
    Ok(answer::json(&body))
}

fn moved(call: &Call, kind: Kind, to: &str, revision: Option<&str>) -> Response {
    let base = format!("/api/{}/{}", kind.plural(), encode::path(to));
    match revision {
        Some(revision) => Missed::redirect(&format!("{base}/revision/{}", encode::component(revision)), call),
        None => Missed::redirect(&base, call),
    }
}
