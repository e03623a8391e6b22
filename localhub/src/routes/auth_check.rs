//! `GET /api/{type}s/{id}/auth-check[/write]` (auth.md 8.1).

use axum::extract::{Path, State};
use axum::routing::get;
use axum::{Extension, Router};

use super::lookup::{self, Missed};
use crate::access;
use crate::answer;
use crate::call::Call;
use crate::error::{Answer, ApiError};
use crate::kind::Kind;
use crate::state::Hub;

pub(crate) fn routes() -> Router<Hub> {
    let mut router = Router::new();
    for kind in Kind::ALL {
        let base = format!("/api/{}", kind.plural());
        for (end, write) in [("auth-check", false), ("auth-check/write", true)] {
            let short = async move |hub: State<Hub>, call: Extension<Call>, Path(id): Path<String>| {
                check(&hub, &call, kind, &id, write)
            };
            let long = async move |hub: State<Hub>, call: Extension<Call>, Path((ns, name)): Path<(String, String)>| {
                check(&hub, &call, kind, &format!("{ns}/{name}"), write)
            };
            router = router
                .route(&format!("{base}/{{ns}}/{end}"), get(short))
                .route(&format!("{base}/{{ns}}/{{name}}/{end}"), get(long));
        }
    }
    router
}

fn check(hub: &Hub, call: &Call, kind: Kind, id: &str, write: bool) -> Answer {
    let state = hub.lock();
    let repo = match lookup::find(&state, call, kind, id) {
        Ok(repo) => repo,
        Err(Missed::Error(error)) => return Err(error),
        Err(Missed::Moved(to)) => {
            let end = if write { "auth-check/write" } else { "auth-check" };
            return Ok(Missed::redirect(&format!("/api/{}/{to}/{end}", kind.plural()), call));
        }
    };
    if write {
        let principal = access::signed_in(&state, &call.caller)?;
        if !access::may_write(&repo, principal) {
            access::unrestricted(principal, repo.namespace())?;
            return Err(ApiError::no_write());
        }
    }
    access::gate(&repo, &call.caller, &call.base)?;
    Ok(answer::text("OK"))
}
