//! OAuth's own errors (RFC 6749, 5.2; auth.md 3.4). The words are this hub's, except where recorded.

use axum::http::header::WWW_AUTHENTICATE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::answer;

#[derive(Debug)]
pub(crate) struct OAuthError {
    pub(crate) error: &'static str,
    pub(crate) description: String,
    /// The client said who it is by Basic, so it is told so by Basic.
    basic: bool,
}

impl OAuthError {
    pub(crate) fn new(error: &'static str, description: impl Into<String>) -> OAuthError {
        OAuthError {
            error,
            description: description.into(),
            basic: false,
        }
    }

    pub(crate) fn request(description: impl Into<String>) -> OAuthError {
        OAuthError::new("invalid_request", description)
    }

    pub(crate) fn grant(description: impl Into<String>) -> OAuthError {
        OAuthError::new("invalid_grant", description)
    }

    pub(crate) fn client(description: impl Into<String>) -> OAuthError {
        OAuthError::new("invalid_client", description)
    }

    pub(crate) fn basic(self, basic: bool) -> OAuthError {
        OAuthError { basic, ..self }
    }
}

impl IntoResponse for OAuthError {
    fn into_response(self) -> Response {
        let body = json!({ "error": self.error, "error_description": self.description });
        if !self.basic {
            return answer::json_with(StatusCode::BAD_REQUEST, &body);
        }
        let mut response = answer::json_with(StatusCode::UNAUTHORIZED, &body);
        let challenge = HeaderValue::from_static("Basic realm=\"oauth\"");
        response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
        response
    }
}
