//! Signing in, knowing who it is, signing out.

use serde::Deserialize;

pub use identity::{App, Entity, Identity, OrgMembership, Pattern, ResourceGroup, Scope, Scopes, TokenInfo};

use crate::{
    text::cat,
    client::{Call, Choice, Hub, Kept},
    error::{Code, Error, Result},
    json::Value,
    platform::Fut,
    token::{Token, TokenKind},
};

mod identity;

/// The only route that tells whose a token is; `/api/whoami` refuses tokens of today.
pub(crate) const WHOAMI: &str = "/api/whoami-v2";

/// The answer of [`Hub::login`].
#[derive(Clone, Debug)]
pub struct Login {
    /// Whose token it is.
    pub identity: Identity,
    /// Whether it lasts.
    pub kept: Kept,
}

/// The answer of [`Hub::validate_token`].
#[derive(Clone, Debug)]
pub enum Validation {
    /// The Hub took the token.
    Valid(Box<Identity>),
    /// The Hub refused it.
    Invalid {
        /// The Hub's reason.
        reason: String,
        /// What to do.
        fix: String,
    },
}

impl Hub {
    /// Signs in with a pasted token: cleans it, checks its shape, asks the Hub whose it is, then stores it.
    ///
    /// # Errors
    /// `invalid_token_format` (nothing was sent), `invalid_token`, and what a request can meet. A store that fails is no error:
    /// `kept.persisted` is false then.
    pub async fn login(&self, pasted: &str) -> Result<Login> {
        let call = Call::with_token(self.token(pasted)?);
        let (identity, kept) = self.login_raw(None, &call).await?;
        Ok(Login { identity: identity.decode()?, kept })
    }

    /// Stores a token without asking the Hub about it.
    ///
    /// # Errors
    /// `invalid_token_format`
    pub async fn set_token(&self, pasted: &str) -> Result<Kept> {
        let token = self.token(pasted)?;
        Ok(self.keep("default", token, false).await)
    }

    /// Forgets the token, here and in the store. The token itself stays good.
    ///
    /// # Errors
    /// `storage_unavailable`, `storage_read_only`: signed out here, but the store still has it.
    pub async fn logout(&self) -> Result<()> {
        self.forget().await
    }

    /// The token in use; `None` when signed out.
    ///
    /// # Errors
    /// `storage_unavailable`
    pub async fn get_token(&self) -> Result<Option<Token>> {
        self.stored().await
    }

    /// Whose token it is and what it may do.
    ///
    /// # Errors
    /// `no_token`, `invalid_token`, `invalid_response`, and what a request can meet.
    pub async fn whoami(&self) -> Result<Identity> {
        self.whoami_raw(&Call::default()).await?.decode()
    }

    /// Whether a token is good; [`Validation::Invalid`] only when the Hub said so.
    ///
    /// # Errors
    /// `invalid_token_format`, and whatever keeps it from being decided.
    pub async fn validate_token(&self, pasted: &str) -> Result<Validation> {
        let token = self.token(pasted)?;
        match self.whoami_raw(&Call::with_token(token)).await {
            Ok(it) => Ok(Validation::Valid(Box::new(it.decode()?))),
            Err(it) if it.code() == Code::InvalidToken => {
                Ok(Validation::Invalid { reason: it.message().to_owned(), fix: it.hint().to_owned() })
            }
            Err(it) => Err(it),
        }
    }

    /// A token in this endpoint's shape.
    pub(crate) fn token(&self, pasted: &str) -> Result<Token> {
        Token::parse(pasted, self.is_official())
    }

    pub(crate) fn whoami_raw<'a>(&'a self, call: &'a Call) -> Fut<'a, Result<Value>> {
        Box::pin(async move {
            // Chosen here, so that the answer is about the very token that was sent.
            let token = self.choose(&call.token, true).await?.ok_or_else(|| self.no_token())?;
            let call = Call { token: Choice::Given(token.clone()), ..call.clone() };
            let raw = self.run("GET! /api/whoami-v2", &Value::object(), &call).await.map_err(|it| short(it, &token))?;
            identity::normalise(&raw, &token, &self.0.gate.endpoint.origin)
        })
    }

    /// The call's token is the one that signs in.
    pub(crate) async fn login_raw(&self, profile: Option<String>, call: &Call) -> Result<(Value, Kept)> {
        let token = call.given()?;
        let identity = self.whoami_raw(call).await?;
        let about = identity.get("token").unwrap_or_else(Value::object);
        // As the Python client names its profiles: by the token's own name, which OAuth tokens do not have.
        let name = profile.or_else(|| about.text("displayName")).unwrap_or_else(|| {
            cat(&["oauth-", &identity.text("name").unwrap_or_default()])
        });
        let can_write = matches!(about.text("role").as_deref(), Some("write" | "god"));
        let kept = self.keep(&name, token, can_write).await;
        Ok((identity, kept))
    }
}

/// A user token has 37 characters; the most common reason for a refusal is a paste that lost some.
fn short(error: Error, token: &Token) -> Error {
    const WHOLE: usize = 37;
    let cut = error.code() == Code::InvalidToken && token.kind() == TokenKind::User && token.expose().len() < WHOLE;
    if cut { error.with_hint("the token is shorter than the Hub's 37 characters: copy all of it") } else { error }
}

impl<'de> Deserialize<'de> for TokenKind {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        Ok(Self::named(&String::deserialize(from)?))
    }
}
