//! One error for everything that can go wrong, with a stable code and a sentence on what to do.

use std::fmt;

pub use code::Code;

use crate::text::cat;
use crate::{json::Foreign, redact::scrub_path, token::Token};

mod code;
mod hint;

/// The result of everything in this crate that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong: a [`Code`] to branch on, a message to read, a hint on what to do.
///
/// No token is ever part of it: the Hub's own words are scrubbed before they come in, and a request is named by
/// its method, origin and path alone.
pub struct Error(Box<Inner>);

struct Inner {
    code: Code,
    message: String,
    hint: Option<String>,
    http: HttpContext,
    detail: Option<String>,
    retry_after_ms: Option<f64>,
    cause: Option<Foreign>,
    /// Must not show, whatever its shape.
    secret: Option<Token>,
}

/// What an error keeps of the answer that it comes from.
#[derive(Clone, Debug, Default)]
pub struct HttpContext {
    /// 0 when there was no answer.
    pub status: u16,
    /// `X-Request-Id`, or what stands in for it: quote it to Hugging Face's support.
    pub request_id: Option<String>,
    /// `GET https://huggingface.co/api/whoami-v2`: never a query, never a fragment.
    pub request: String,
}

impl Error {
    /// An error with a message of its own: lower case, what was met and what was expected.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self::made(code, message.into())
    }

    #[cold]
    #[inline(never)]
    fn made(code: Code, message: String) -> Self {
        Self(Box::new(Inner {
            code,
            message,
            hint: None,
            http: HttpContext::default(),
            detail: None,
            retry_after_ms: None,
            cause: None,
            secret: None,
        }))
    }

    /// In place of the code's general advice.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.0.hint = Some(hint.into());
        self
    }

    pub(crate) fn with_http(mut self, http: HttpContext) -> Self {
        self.0.http = http;
        self
    }

    /// The part of the answer that a caller acts on: the page that exists already, the restriction, the state of an access request.
    pub(crate) fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.0.detail = Some(detail.into());
        self
    }

    pub(crate) fn with_retry_after(mut self, ms: Option<f64>) -> Self {
        self.0.retry_after_ms = ms;
        self
    }

    /// Takes the token out of everything, also where it does not look like one of the Hub's.
    pub(crate) fn hiding(mut self, token: Option<&Token>) -> Self {
        if token.is_some() {
            self.0.message = scrub_path(&self.0.message, token);
            self.0.secret = token.cloned();
        }
        self
    }

    /// What the foreign error beneath must not show.
    #[cfg(all(feature = "js", target_arch = "wasm32"))]
    pub(crate) fn secret(&self) -> Option<&Token> {
        self.0.secret.as_ref()
    }

    pub(crate) fn with_cause(mut self, cause: Foreign) -> Self {
        self.0.cause = Some(cause);
        self
    }

    /// The stable word to branch on.
    #[must_use]
    pub fn code(&self) -> Code {
        self.0.code
    }

    /// What was met and what was expected.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// What to do about it, in a sentence.
    #[must_use]
    pub fn hint(&self) -> &str {
        self.0.hint.as_deref().unwrap_or_else(|| self.0.code.hint())
    }

    /// A page that says more.
    #[must_use]
    pub fn docs(&self) -> String {
        cat(&["https://huggingface.co/docs/", self.0.code.docs()])
    }

    /// The status of the answer, when there was one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        (self.0.http.status > 0).then_some(self.0.http.status)
    }

    /// What to quote to Hugging Face's support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.http.request_id.as_deref()
    }

    /// Method, origin and path of the request; empty when none was made.
    #[must_use]
    pub fn request(&self) -> &str {
        &self.0.http.request
    }

    /// Whether the same call may succeed later without anything being changed.
    #[must_use]
    pub fn retryable(&self) -> bool {
        // A conflict with nothing that exists is one with another change at the same time.
        self.0.code.retryable() || (self.0.code == Code::Conflict && self.0.detail.is_none())
    }

    /// Milliseconds after which the Hub said that it will answer again.
    #[must_use]
    pub fn retry_after_ms(&self) -> Option<f64> {
        self.0.retry_after_ms
    }

    /// `conflict`: the address of what exists. `org_restricted`: the restriction. `gated_repo`: the state of the access request.
    #[must_use]
    pub fn detail(&self) -> Option<&str> {
        self.0.detail.as_deref()
    }

    /// The foreign error beneath: what a store threw, the reason of an abort.
    #[must_use]
    pub fn cause(&self) -> Option<&Foreign> {
        self.0.cause.as_ref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)?;
        if let Some(id) = self.request_id() {
            f.write_str(" (request ")?;
            f.write_str(id)?;
            f.write_str(")")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("code", &self.0.code.as_str())
            .field("message", &self.0.message)
            .field("http", &self.0.http)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for Error {}
