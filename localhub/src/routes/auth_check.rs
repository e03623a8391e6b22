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
        let read = async move |hub: State<Hub>, call: Extension<Call>, path: Path<(String, String)>| {
            check(&hub, &call, kind, &path, false)
        };
        let write = async move |hub: State<Hub>, call: Extension<Call>, path: Path<(String, String)>| {
            check(&hub, &call, kind, &path, true)
        };
        let base = format!("/api/{}/{{ns}}/{{name}}/auth-check", kind.plural());
        router = router
            .route(&base, get(read))
            .route(&format!("{base}/write"), get(write));
    }
    router
}

fn check(hub: &Hub, call: &Call, kind: Kind, path: &(String, String), write: bool) -> Answer {
    let state = hub.lock();
    let repo = match lookup::find(&state, call, kind, &format!("{}/{}", path.0, path.1)) {
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
