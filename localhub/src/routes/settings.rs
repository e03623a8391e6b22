//! `PUT /api/{type}s/{id}/settings` (repos.md 3).

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::routing::put;
use axum::{Extension, Router};
use serde_json::{Map, Value};

use super::lookup::{self, Missed};
use crate::access;
use crate::answer;
use crate::call::Call;
use crate::error::{Answer, ApiError};
use crate::kind::Kind;
use crate::repo::Gated;
use crate::state::Hub;

pub(crate) fn routes() -> Router<Hub> {
    let mut router = Router::new();
    for kind in Kind::ALL {
        let change = async move |hub: State<Hub>, call: Extension<Call>, path: Path<(String, String)>, body: Bytes| {
            change(&hub, &call, kind, &path, &body)
        };
        router = router.route(&format!("/api/{}/{{ns}}/{{name}}/settings", kind.plural()), put(change));
    }
    router
}

/// Answers with what was set.
fn change(hub: &Hub, call: &Call, kind: Kind, path: &(String, String), body: &[u8]) -> Answer {
    let mut state = hub.lock();
    let principal = access::signed_in(&state, &call.caller)?;
    let asked: Map<String, Value> = serde_json::from_slice(body).map_err(|_| ApiError::invalid("Invalid JSON"))?;
    let repo = match lookup::find(&state, call, kind, &format!("{}/{}", path.0, path.1)) {
        Ok(repo) => repo,
        Err(Missed::Error(error)) => return Err(error),
        Err(Missed::Moved(to)) => return Ok(Missed::redirect(&format!("/api/{}/{to}/settings", kind.plural()), call)),
    };
    access::unrestricted(principal, repo.namespace())?;
    if !access::may_write(&repo, principal) {
        return Err(ApiError::no_write());
    }
    let mut after = (*repo).clone();
    let mut told = Map::new();
    for (key, value) in asked {
        match key.as_str() {
            "gated" => after.gated = Gated::from_wire(&value).ok_or_else(|| wrong("gated"))?,
            "private" => after.private = value.as_bool().ok_or_else(|| wrong("private"))?,
            "visibility" => {
                after.private = match value.as_str() {
                    Some("public") => false,
                    Some("private") => true,
                    Some("protected") if kind == Kind::Space => true,
                    _ => return Err(wrong("visibility")),
                }
            }
            "discussionsDisabled" | "orgMembersGated" if value.is_boolean() => {}
            "discussionsSorting" if one_of(&value, &["recently-created", "trending", "reactions"]) => {}
            "gatedNotificationsMode" if one_of(&value, &["bulk", "real-time"]) => {}
            "gatedNotificationsEmail" if value.as_str().is_some_and(|it| it.contains('@')) => {}
            "discussionsDisabled"
            | "orgMembersGated"
            | "discussionsSorting"
            | "gatedNotificationsMode"
            | "gatedNotificationsEmail" => return Err(wrong(&key)),
            // What is not known is left out, as zod does.
            _ => continue,
        }
        told.insert(key, value);
    }
    state.repos.put(after);
    Ok(answer::json(&Value::Object(told)))
}

fn one_of(value: &Value, list: &[&str]) -> bool {
    value.as_str().is_some_and(|it| list.contains(&it))
}

fn wrong(key: &str) -> ApiError {
    ApiError::invalid(format!("* Invalid input\n  * at {key}"))
}
