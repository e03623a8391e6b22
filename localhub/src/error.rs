//! Answers that refuse, with the Hub's headers and words (auth.md 4, recorded 2026-09-22).

use axum::http::header::WWW_AUTHENTICATE;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::answer;
use crate::kind::Kind;
use crate::principal::Caller;
use crate::state::State;

pub(crate) const ERROR_CODE: HeaderName = HeaderName::from_static("x-error-code");
pub(crate) const ERROR_MESSAGE: HeaderName = HeaderName::from_static("x-error-message");
pub(crate) const REPO_COMMIT: HeaderName = HeaderName::from_static("x-repo-commit");

const CHALLENGE: HeaderValue = HeaderValue::from_static("Bearer realm=\"Authentication required\", charset=\"UTF-8\"");

/// A refusal, not yet in the form of its route.
#[derive(Debug)]
pub(crate) struct ApiError {
    status: StatusCode,
    code: Option<&'static str>,
    message: String,
    /// What exists already, on a 409.
    url: Option<String>,
    /// A missing file still tells the commit (recorded 2026-05-23).
    commit: Option<String>,
}

pub(crate) type Answer = Result<Response, ApiError>;

impl ApiError {
    pub(crate) fn new(status: StatusCode, message: impl Into<String>) -> ApiError {
        ApiError {
            status,
            code: None,
            message: message.into(),
            url: None,
            commit: None,
        }
    }

    fn code(mut self, code: &'static str) -> ApiError {
        self.code = Some(code);
        self
    }

    /// 401 in the words for this caller; also what hides a repository from strangers.
    pub(crate) fn unauthorized(state: &State, caller: &Caller) -> ApiError {
        let words = match caller {
            Caller::Bad => state.bad_token_words.as_str(),
            Caller::Anonymous | Caller::Known(_) => "Invalid username or password.",
        };
        ApiError::new(StatusCode::UNAUTHORIZED, words)
    }

    /// A repository that is missing, or that this caller may not see (auth.md 4.5).
    pub(crate) fn hidden_repo(state: &State, caller: &Caller) -> ApiError {
        match caller {
            Caller::Known(_) => ApiError::repo_not_found(),
            Caller::Anonymous | Caller::Bad => ApiError::unauthorized(state, caller),
        }
    }

    pub(crate) fn repo_not_found() -> ApiError {
        ApiError::new(StatusCode::NOT_FOUND, "Repository not found").code("RepoNotFound")
    }

    pub(crate) fn revision_not_found(revision: &str) -> ApiError {
        let words = format!("Invalid rev id: {revision}");
        ApiError::new(StatusCode::NOT_FOUND, words).code("RevisionNotFound")
    }

    pub(crate) fn entry_not_found(commit: &str) -> ApiError {
        let error = ApiError::new(StatusCode::NOT_FOUND, "Entry not found").code("EntryNotFound");
        ApiError {
            commit: Some(commit.to_owned()),
            ..error
        }
    }

    /// In trees (recorded 2026-09-22).
    pub(crate) fn path_not_found(path: &str, revision: &str) -> ApiError {
        let words = format!("{path} does not exist on \"{revision}\"");
        ApiError::new(StatusCode::NOT_FOUND, words).code("EntryNotFound")
    }

    pub(crate) fn gated(status: StatusCode, message: String) -> ApiError {
        ApiError::new(status, message).code("GatedRepo")
    }

    /// Recorded in October 2026 for the handling of requests.
    pub(crate) fn not_gated() -> ApiError {
        ApiError::invalid("This repository is not gated").code("RepoNotGated")
    }

    pub(crate) fn forbidden(message: impl Into<String>) -> ApiError {
        ApiError::new(StatusCode::FORBIDDEN, message)
    }

    pub(crate) fn no_write() -> ApiError {
        let words = "You have read access but not the required permissions for this operation";
        ApiError::forbidden(words)
    }

    pub(crate) fn no_create(kind: Kind) -> ApiError {
        let kind = kind.singular();
        ApiError::forbidden(format!(
            "You don't have the rights to create a {kind} under this namespace"
        ))
    }

    pub(crate) fn invalid(message: impl Into<String>) -> ApiError {
        ApiError::new(StatusCode::BAD_REQUEST, message)
    }

    /// A value outside a closed list, in the words of the Hub's validator (auth.md 4.2).
    pub(crate) fn invalid_option(field: &str, expected: &[&str]) -> ApiError {
        let list: Vec<String> = expected.iter().map(|word| format!("\"{word}\"")).collect();
        let list = list.join("|");
        ApiError::invalid(format!("* Invalid option: expected one of {list}\n  * at {field}"))
    }

    pub(crate) fn conflict(message: impl Into<String>, url: String) -> ApiError {
        ApiError {
            url: Some(url),
            ..ApiError::new(StatusCode::CONFLICT, message)
        }
    }

    /// For routes under `/resolve/`, which answer plain text.
    pub(crate) fn into_text(self) -> Response {
        let mut response = answer::text(&self.message);
        *response.status_mut() = self.status;
        self.dress(response)
    }

    /// For the website.
    pub(crate) fn into_page(self) -> Response {
        let response = answer::html(self.status, self.status.as_str(), &self.message);
        self.dress(response)
    }

    fn dress(self, mut response: Response) -> Response {
        let headers = response.headers_mut();
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, CHALLENGE);
        }
        if let Some(code) = self.code {
            headers.insert(ERROR_CODE, HeaderValue::from_static(code));
        }
        // A message of several lines cannot be a header.
        if let Ok(message) = HeaderValue::from_bytes(self.message.as_bytes()) {
            headers.insert(ERROR_MESSAGE, message);
        }
        if let Some(commit) = self.commit.and_then(|commit| HeaderValue::try_from(commit).ok()) {
            headers.insert(REPO_COMMIT, commit);
        }
        response
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut body = json!({ "error": self.message });
        if let Some(url) = &self.url {
            body["url"] = json!(url);
        }
        let status = self.status;
        self.dress(answer::json_with(status, &body))
    }
}
