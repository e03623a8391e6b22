//! One error for everything that can go wrong, with a stable code and a sentence on what to do.

use std::fmt;

pub use code::Code;

use crate::text::cat;
use crate::{json::Foreign, redact::scrub_path, token::Token};

mod code;
mod hint;

/// The result of everything in this crate that can fail.
///
/// ```
/// fn owner_of(repo: &str) -> hubkey::Result<Option<String>> {
///     let repo = hubkey::RepoId::parse(repo)?;
///     Ok(repo.owner().map(str::to_owned))
/// }
/// assert_eq!(owner_of("acme/tiny")?.as_deref(), Some("acme"));
/// # Ok::<(), hubkey::Error>(())
/// ```
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong: a [`Code`] to branch on, a message to read, a hint on what to do.
///
/// No token is ever part of it: the Hub's own words are scrubbed before they come in, and a request is named by
/// its method, origin and path alone.
///
/// ```ignore-wasm32
/// # use hubkey::{Code, hub::ModelInfo};
/// # hubkey::example::with_hub(async |hub| {
/// let error = hub.send(ModelInfo::new("ada/misspelt".parse()?)).await.unwrap_err();
/// match error.code() {
///     Code::RepoNotFound => assert!(error.hint().starts_with("check the spelling")),
///     _ => panic!("{error}: {}", error.hint()),
/// }
/// # Ok(())
/// # })?;
/// # Ok::<(), hubkey::Error>(())
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    code: Code,
    message: String,
    hint: Option<String>,
    http: HttpContext,
    detail: Option<String>,
    fix: Option<String>,
    retry_after_ms: Option<f64>,
    cause: Option<Foreign>,
    /// Must not show, whatever its shape.
    secret: Option<Token>,
}

/// What an error keeps of the answer that it comes from.
///
/// ```
/// # use hubkey::HttpContext;
/// let none_yet = HttpContext::default();
/// assert_eq!((none_yet.status, none_yet.request.as_str()), (0, ""));
/// ```
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
    ///
    /// ```
    /// # use hubkey::{Code, Error};
    /// let error = Error::new(Code::StorageUnavailable, "the keyring is locked");
    /// assert_eq!(error.to_string(), "the keyring is locked");
    /// ```
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
            fix: None,
            retry_after_ms: None,
            cause: None,
            secret: None,
        }))
    }

    /// In place of the code's general advice.
    ///
    /// ```
    /// # use hubkey::{Code, Error};
    /// let error = Error::new(Code::StorageUnavailable, "the keyring is locked").with_hint("unlock it");
    /// assert_eq!(error.hint(), "unlock it");
    /// ```
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

    /// The page where it is mended.
    pub(crate) fn with_fix(mut self, page: Option<String>) -> Self {
        self.0.fix = page;
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
    ///
    /// ```
    /// # use hubkey::{Code, RepoId};
    /// let error = RepoId::parse("acme/../secrets").unwrap_err();
    /// assert_eq!(error.code(), Code::InvalidRepo);
    /// ```
    #[must_use]
    pub fn code(&self) -> Code {
        self.0.code
    }

    /// What was met and what was expected.
    ///
    /// ```
    /// # use hubkey::RepoId;
    /// let error = RepoId::parse("no/such/name").unwrap_err();
    /// assert_eq!(error.message(), "`no/such/name` is not the name of a repo");
    /// ```
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// What to do about it, in a sentence.
    ///
    /// ```
    /// # use hubkey::{Code, Error};
    /// let error = Error::new(Code::InsecureEndpoint, "`http://hub.example` is not encrypted");
    /// assert_eq!(error.hint(), "use https; http is for localhost, 127.0.0.1 and [::1]");
    /// ```
    #[must_use]
    pub fn hint(&self) -> &str {
        self.0.hint.as_deref().unwrap_or_else(|| self.0.code.hint())
    }

    /// A page that says more.
    ///
    /// ```
    /// # use hubkey::{Code, Error};
    /// let error = Error::new(Code::GatedRepo, "access to this model is restricted");
    /// assert_eq!(error.docs(), "https://huggingface.co/docs/hub/models-gated");
    /// ```
    #[must_use]
    pub fn docs(&self) -> String {
        cat(&["https://huggingface.co/docs/", self.0.code.docs()])
    }

    /// The status of the answer, when there was one.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{RepoId, hub::ModelInfo};
    /// # hubkey::example::with_hub(async |hub| {
    /// let error = hub.send(ModelInfo::new("ada/misspelt".parse()?)).await.unwrap_err();
    /// assert_eq!(error.status(), Some(404));
    /// assert_eq!(RepoId::parse("a b").unwrap_err().status(), None, "nothing was sent");
    /// # Ok(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        (self.0.http.status > 0).then_some(self.0.http.status)
    }

    /// What to quote to Hugging Face's support.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::hub::ModelInfo;
    /// # hubkey::example::with_hub(async |hub| {
    /// let error = hub.send(ModelInfo::new("ada/misspelt".parse()?)).await.unwrap_err();
    /// assert_eq!(error.request_id(), Some("Root=1-example"));
    /// assert!(error.to_string().ends_with("(request Root=1-example)"));
    /// # Ok(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.http.request_id.as_deref()
    }

    /// Method, origin and path of the request; empty when none was made.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Call, RawRequest};
    /// # hubkey::example::with_hub(async |hub| {
    /// let path = "/api/nowhere?code=secret".to_owned();
    /// let error = hub.request(RawRequest { path, ..RawRequest::default() }, &Call::default()).await.unwrap_err();
    /// assert_eq!(error.request(), "GET https://huggingface.co/api/nowhere", "without the query");
    /// # Ok(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    #[must_use]
    pub fn request(&self) -> &str {
        &self.0.http.request
    }

    /// Whether the same call may succeed later without anything being changed.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Call, RawRequest, RepoId};
    /// # hubkey::example::with_hub(async |hub| {
    /// let busy = RawRequest { path: "/api/busy".to_owned(), ..RawRequest::default() };
    /// let error = hub.request(busy, &Call::default()).await.unwrap_err();
    /// assert!(error.retryable(), "the Hub may have time later");
    /// assert!(!RepoId::parse("a b").unwrap_err().retryable(), "it will never be a name");
    /// # Ok(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    #[must_use]
    pub fn retryable(&self) -> bool {
        // A conflict with nothing that exists is one with another change at the same time.
        self.0.code.retryable() || (self.0.code == Code::Conflict && self.0.detail.is_none())
    }

    /// Milliseconds after which the Hub said that it will answer again.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Call, RawRequest};
    /// # hubkey::example::with_hub(async |hub| {
    /// let busy = RawRequest { path: "/api/busy".to_owned(), ..RawRequest::default() };
    /// let error = hub.request(busy, &Call::default()).await.unwrap_err();
    /// assert_eq!(error.retry_after_ms(), Some(5_000.0));
    /// # Ok(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    #[must_use]
    pub fn retry_after_ms(&self) -> Option<f64> {
        self.0.retry_after_ms
    }

    /// `conflict`: the address of what exists. `org_restricted`: the restriction. `gated_repo`: the state of the access request.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Code, hub::CreateRepo};
    /// # hubkey::example::with_hub(async |hub| {
    /// let error = hub.send(CreateRepo::new("ada/tiny".parse()?)).await.unwrap_err();
    /// assert_eq!(error.code(), Code::Conflict);
    /// assert_eq!(error.detail(), Some("https://huggingface.co/ada/tiny"));
    /// # Ok(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    #[must_use]
    pub fn detail(&self) -> Option<&str> {
        self.0.detail.as_deref()
    }

    /// The page where it is mended, where there is one: a new token with what is missing filled in, the gate of a repo.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::auth::Target;
    /// # hubkey::example::with_hub(async |hub| {
    /// let error = hub.require("job.write", &Target::Account).await.unwrap_err();
    /// assert!(error.fix().is_some_and(|it| it.starts_with("https://huggingface.co/settings/tokens/new?")));
    /// # Ok(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    #[must_use]
    pub fn fix(&self) -> Option<&str> {
        self.0.fix.as_deref()
    }

    /// The foreign error beneath: what a store threw, the reason of an abort.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::Error;
    /// let error = Error::network(std::io::Error::other("connection refused").into());
    /// assert_eq!(error.cause().map(|it| it.to_string()).as_deref(), Some("connection refused"));
    /// ```
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
