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
    pub(crate) max_retries: Option<u32>,
    pub(crate) max_wait_ms: Option<f64>,
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

    /// How often it is repeated at most.
    #[cfg(not(all(feature = "js", target_arch = "wasm32")))]
    pub(crate) fn most(&self) -> Option<u32> {
        self.max_retries
    }

    /// How long a wait that the Hub asks for is waited out.
    #[cfg(not(all(feature = "js", target_arch = "wasm32")))]
    pub(crate) fn longest(&self) -> Option<f64> {
        self.max_wait_ms
    }

    /// Asked for when something failed, and not before: each look costs a crossing.
    #[cfg(all(feature = "js", target_arch = "wasm32"))]
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    pub(crate) fn most(&self) -> Option<u32> {
        self.max_retries.or_else(|| self.said("maxRetries").map(|it| it as u32))
    }

    #[cfg(all(feature = "js", target_arch = "wasm32"))]
    pub(crate) fn longest(&self) -> Option<f64> {
        self.max_wait_ms.or_else(|| self.said("maxWaitMs"))
    }

    #[cfg(all(feature = "js", target_arch = "wasm32"))]
    fn said(&self, name: &str) -> Option<f64> {
        crate::json::Value::from(self.cancel.0.clone()).number(name)
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

    /// In place of the client's number of retries; 0 sends the request once.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Call, hub::ModelInfo};
    /// # hubkey::example::with_hub(async |hub| {
    /// let once = Call::default().max_retries(0);
    /// assert_eq!(hub.send_with(ModelInfo::new("ada/tiny".parse()?), &once).await?.id, "ada/tiny");
    /// # Ok(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    #[must_use]
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.max_retries = Some(retries);
        self
    }

    /// In place of the client's: how long a wait that the Hub asks for is waited out.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Call, Code, Fut, Hub, Request, Response, Result, hub::ModelInfo};
    /// # hubkey::example::block_on(async {
    /// # let busy = |_: Request| -> Fut<'static, Result<Response>> { Box::pin(async {
    /// #     Ok(Response::new(429, vec![("ratelimit".to_owned(), r#""api";r=0;t=200"#.to_owned())], b"{}".to_vec()))
    /// # }) };
    /// let hub = Hub::builder().endpoint("https://busy.example").transport(busy).build()?;
    /// let hurried = Call::default().max_wait_ms(1_000.0);
    /// let error = hub.send_with(ModelInfo::new("gpt2".parse()?), &hurried).await.unwrap_err();
    /// assert_eq!((error.code(), error.retry_after_ms()), (Code::RateLimited, Some(200_000.0)));
    /// # Ok::<(), hubkey::Error>(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    #[must_use]
    pub fn max_wait_ms(mut self, ms: f64) -> Self {
        self.max_wait_ms = Some(ms);
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
