//! The website's side: HTML pages, and what no other route answers.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::access;
use crate::answer;
use crate::error::ApiError;
use crate::kind::Kind;
use crate::principal::Caller;
use crate::repos::Found;
use crate::state::Hub;

pub(crate) fn routes() -> Router<Hub> {
    let mut router = Router::new().route("/", get(front));
    for kind in Kind::ALL {
        let page = async move |hub: State<Hub>, Path((ns, name)): Path<(String, String)>| {
            repo_page(&hub, kind, &format!("{ns}/{name}"))
        };
        router = router.route(&format!("/{}{{ns}}/{{name}}", kind.prefix()), get(page));
    }
    router.fallback(unknown).method_not_allowed_fallback(unknown)
}

async fn front() -> Response {
    answer::html(StatusCode::OK, "localhub", "A Hub on your own machine.")
}

/// Pages ignore bearer tokens (auth.md 6.3), so a private repository has none.
fn repo_page(hub: &Hub, kind: Kind, id: &str) -> Response {
    match hub.lock().repos.find(kind, id) {
        Found::Repo(repo) if access::may_see(&repo, &Caller::Anonymous) => {
            answer::html(StatusCode::OK, &repo.id, kind.singular())
        }
        Found::Moved(to) => answer::redirect(StatusCode::TEMPORARY_REDIRECT, &format!("/{}{to}", kind.prefix())),
        _ => not_found(),
    }
}

async fn unknown(uri: Uri) -> Response {
    if uri.path().starts_with("/api/") || uri.path().starts_with("/v1/") {
        let words = "Sorry, we can't find the page you are looking for.";
        return ApiError::new(StatusCode::NOT_FOUND, words).into_response();
    }
    not_found()
}

fn not_found() -> Response {
    answer::html(
        StatusCode::NOT_FOUND,
        "404",
        "Sorry, we can't find the page you are looking for.",
    )
}
