//! What one call may say for itself: another token, another patience, a way to end it.

use crate::{
    error::{Code, Error, Result},
    token::Token,
    transport::Cancel,
};

/// Options of one call.
///
/// ```ignore-wasm32
/// # use hubkey::{Call, hub::ModelInfo};
/// # hubkey::example::with_hub(async |hub| {
/// let patient = Call::default().timeout_ms(60_000.0);
/// let model = hub.send_with(ModelInfo::new("ada/tiny".parse()?), &patient).await?;
/// assert_eq!(model.id, "ada/tiny");
/// # Ok(())
/// # })?;
/// # Ok::<(), hubkey::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Call {
    pub(crate) token: Choice,
    pub(crate) timeout_ms: Option<f64>,
    pub(crate) cancel: Cancel,
}

#[derive(Clone, Debug, Default)]
pub(crate) enum Choice {
    #[default]
    Stored,
    Given(Token),
    Anonymous,
}

impl Call {
    /// With another token.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Call, Code, Token, hub::ModelInfo};
    /// # hubkey::example::with_hub(async |hub| {
    /// let call = Call::with_token(Token::parse("hf_exampleFakeTokenRevokedForTests00000", true)?);
    /// let error = hub.send_with(ModelInfo::new("ada/tiny".parse()?), &call).await.unwrap_err();
    /// assert_eq!(error.code(), Code::InvalidToken);
    /// assert_eq!(hub.whoami().await?.name, "ada", "the client's own token is as it was");
    /// # Ok(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    #[must_use]
    pub fn with_token(token: Token) -> Self {
        Self {
            token: Choice::Given(token),
            ..Self::default()
        }
    }

    /// The token that was given, for what cannot do with the stored one.
    pub(crate) fn given(&self) -> Result<Token> {
        match &self.token {
            Choice::Given(token) => Ok(token.clone()),
            _ => Err(Error::new(Code::InvalidTokenFormat, "the token is not text")),
        }
    }

    /// Without any token.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Call, RawRequest};
    /// # hubkey::example::with_hub(async |hub| {
    /// let public = RawRequest { path: "/api/daily_papers".to_owned(), ..RawRequest::default() };
    /// let papers = hub.request(public, &Call::anonymous()).await?;
    /// assert_eq!(papers.count(), Some(2));
    /// # Ok(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    #[must_use]
    pub fn anonymous() -> Self {
        Self {
            token: Choice::Anonymous,
            ..Self::default()
        }
    }

    /// In place of the client's timeout; 0 waits for ever.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Call, Code, Fut, Hub, Request, Response, Result, hub::ModelInfo};
    /// # hubkey::example::block_on(async {
    /// # let silent = |_: Request| -> Fut<'static, Result<Response>> { Box::pin(std::future::pending()) };
    /// let hub = Hub::builder().transport(silent).build()?;
    /// let hurried = Call::default().timeout_ms(20.0);
    /// let error = hub.send_with(ModelInfo::new("gpt2".parse()?), &hurried).await.unwrap_err();
    /// assert_eq!(error.code(), Code::Timeout);
    /// # Ok::<(), hubkey::Error>(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    #[must_use]
    pub fn timeout_ms(mut self, ms: f64) -> Self {
        self.timeout_ms = Some(ms);
        self
    }

    /// Ends by the caller's signal.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Call, Cancel, RawRequest};
    /// # hubkey::example::with_hub(async |hub| {
    /// let call = Call::default().cancel(Cancel::default()); // in wasm: Cancel::from(abort_signal)
    /// let papers = RawRequest { path: "/api/daily_papers".to_owned(), ..RawRequest::default() };
    /// assert!(hub.request(papers, &call).await.is_ok(), "nobody ended it");
    /// # Ok(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    #[must_use]
    pub fn cancel(mut self, cancel: Cancel) -> Self {
        self.cancel = cancel;
        self
    }
}
