//! From a name in a path to a repository that the caller may see.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::Response;

use crate::access;
use crate::answer;
use crate::call::Call;
use crate::error::ApiError;
use crate::kind::Kind;
use crate::repo::Repo;
use crate::repos::Found;
use crate::state::State;

/// Why a name did not lead to a repository: an error, or the redirect to its present name.
pub(crate) enum Missed {
    Error(ApiError),
    /// The present id.
    Moved(String),
}

pub(crate) fn find(state: &State, call: &Call, kind: Kind, id: &str) -> Result<Arc<Repo>, Missed> {
    let hidden = || Missed::Error(ApiError::hidden_repo(state, &call.caller));
    match state.repos.find(kind, id) {
        Found::Repo(repo) if access::may_see(&repo, &call.caller) => readable(repo, call),
        Found::Repo(repo) => Err(shut_out(&repo, call).map_or_else(hidden, Missed::Error)),
        // A private repository must not be given away by its old name.
        Found::Moved(to) => match state.repos.find(kind, &to) {
            Found::Repo(repo) if access::may_see(&repo, &call.caller) => Err(Missed::Moved(to)),
            _ => Err(hidden()),
        },
        Found::Nothing => Err(hidden()),
    }
}

fn readable(repo: Arc<Repo>, call: &Call) -> Result<Arc<Repo>, Missed> {
    let own = call.caller.known().is_some_and(|p| p.name() == repo.namespace());
    if repo.disabled && !own {
        let words = "Access to this resource is disabled.";
        return Err(Missed::Error(ApiError::forbidden(words)));
    }
    Ok(repo)
}

/// A member whom SSO or an address rule keeps out is told so.
fn shut_out(repo: &Repo, call: &Call) -> Option<ApiError> {
    access::unrestricted(call.caller.known()?, repo.namespace()).err()
}

impl Missed {
    /// The redirect keeps the query. Recorded: 307, relative Location, plain text.
    pub(crate) fn redirect(to: &str, call: &Call) -> Response {
        answer::redirect(StatusCode::TEMPORARY_REDIRECT, &call.relative(to))
    }
}
