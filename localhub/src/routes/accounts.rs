//! `GET /api/users/{u}/overview`, `/api/organizations/{o}/overview` (repos.md 7.7).

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Extension, Router};
use serde_json::{Value, json};

use crate::access;
use crate::accounts::{Account, AccountKind};
use crate::answer;
use crate::call::Call;
use crate::encode::iso;
use crate::error::{Answer, ApiError};
use crate::kind::Kind;
use crate::principal::Caller;
use crate::seed;
use crate::state::{self, Hub};

pub(crate) fn routes() -> Router<Hub> {
    Router::new()
        .route("/api/users/{name}/overview", get(user))
        .route("/api/organizations/{name}/overview", get(org))
}

/// The keys of a user's overview are a closed list.
async fn user(State(hub): State<Hub>, Extension(call): Extension<Call>, Path(name): Path<String>) -> Answer {
    let state = hub.lock();
    let account = state.accounts.user(&name).ok_or_else(no_account)?;
    let orgs = state.accounts.orgs_of(&name).map(|org| {
        json!({
            "id": org.oid(),
            "name": org.name,
            "fullname": org.fullname,
            "avatarUrl": org.avatar_url(),
        })
    });
    let mut body = json!({
        "_id": account.oid(),
        "avatarUrl": account.avatar_url(),
        "fullname": account.fullname,
        "isPro": account.is_pro(),
        "user": account.name,
        "type": "user",
        "createdAt": iso(account.created_ms),
        "details": format!("{}, a seeded user.", account.fullname),
        "orgs": orgs.collect::<Vec<_>>(),
        "numDiscussions": 0,
        "numPapers": 0,
        "numUpvotes": 0,
        "numLikes": 3,
        "numFollowers": 2,
        "numFollowing": 1,
        "numFollowingOrgs": 1,
    });
    counts(&state, account, &call.caller, &mut body);
    Ok(answer::json(&body))
}

/// Only the route is in the reference; the fields are those that the Python client reads.
async fn org(State(hub): State<Hub>, Extension(call): Extension<Call>, Path(name): Path<String>) -> Answer {
    let state = hub.lock();
    let account = state.accounts.org(&name).ok_or_else(no_account)?;
    let mut body = json!({
        "_id": account.oid(),
        "avatarUrl": account.avatar_url(),
        "name": account.name,
        "fullname": account.fullname,
        "type": "org",
        "details": format!("{}, a seeded organisation.", account.fullname),
        "isVerified": false,
        "numUsers": account.members().map_or(0, <[_]>::len),
        "numFollowers": 5,
        "numPapers": 0,
    });
    if let AccountKind::Org { plan: Some(plan), .. } = account.kind {
        body["plan"] = json!(plan);
    }
    counts(&state, account, &call.caller, &mut body);
    Ok(answer::json(&body))
}

/// How many repositories of theirs this caller may see, and whether the caller follows.
fn counts(state: &state::State, account: &Account, caller: &Caller, body: &mut Value) {
    for (key, kind) in [
        ("numModels", Kind::Model),
        ("numDatasets", Kind::Dataset),
        ("numSpaces", Kind::Space),
    ] {
        let repos = state.repos.all(kind);
        let own = repos.filter(|repo| repo.namespace() == account.name && access::may_see(repo, caller));
        let many = kind == Kind::Model && account.name == seed::MANY;
        body[key] = json!(if many { seed::many().len() } else { own.count() });
    }
    if caller.known().is_some() {
        body["isFollowing"] = json!(false);
    }
}

/// Status and words are unconfirmed.
pub(super) fn no_account() -> ApiError {
    ApiError::new(
        StatusCode::NOT_FOUND,
        "Sorry, we can't find the page you are looking for.",
    )
}
