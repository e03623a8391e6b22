//! What one call may say for itself: another token, another patience, a way to end it.

use crate::{
    error::{Code, Error, Result},
    token::Token,
    transport::Cancel,
};

/// Options of one call.
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
    #[must_use]
    pub fn anonymous() -> Self {
        Self {
            token: Choice::Anonymous,
            ..Self::default()
        }
    }

    /// In place of the client's timeout; 0 waits for ever.
    #[must_use]
    pub fn timeout_ms(mut self, ms: f64) -> Self {
        self.timeout_ms = Some(ms);
        self
    }

    /// Ends by the caller's signal.
    #[must_use]
    pub fn cancel(mut self, cancel: Cancel) -> Self {
        self.cancel = cancel;
        self
    }
}
