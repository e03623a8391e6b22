//! Signing in, knowing who it is, signing out.

use serde::Deserialize;

pub use identity::{App, Entity, Identity, OrgMembership, Pattern, ResourceGroup, Scope, Scopes, TokenInfo};
#[cfg(not(target_arch = "wasm32"))]
pub use permissions::{Grade, PERMISSIONS, Permission};
pub use permissions::{NewToken, Target, Verdict};
pub(crate) use permissions::{Place, judge, need, row, token_page, way};
#[cfg(all(feature = "js", target_arch = "wasm32"))]
pub(crate) use permissions::{check_permission, required, wished};
#[cfg(all(feature = "js", target_arch = "wasm32"))]
pub(crate) use profiles::GIT_USER;
pub use profiles::{AuthList, GitCredentials, Profile, Switched};

use crate::{
    client::{Answer, Call, Choice, Hub, Kept, Outgoing},
    error::{Code, Error, Result},
    json::Value,
    platform::Fut,
    text::cat,
    token::{Token, TokenKind},
};

mod identity;
pub(crate) mod known;
mod permissions;
mod profiles;
mod revoke;

/// The only route that tells whose a token is; `/api/whoami` refuses tokens of today.
pub(crate) const WHOAMI: &str = "/api/whoami-v2";

/// The answer of [`Hub::login`].
///
/// ```ignore-wasm32
/// # use hubkey::Login;
/// # hubkey::example::with_hub(async |hub| {
/// let Login { identity, kept } = hub.login("hf_thisIsAnExampleNoRealTokenAtAll0000").await?;
/// println!("hello {}{}", identity.name, if kept.persisted { "" } else { ", until the end of this program" });
/// # assert_eq!((identity.name.as_str(), kept.persisted), ("ada", false));
/// # Ok(())
/// # })?;
/// # Ok::<(), hubkey::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Login {
    /// Whose token it is.
    pub identity: Identity,
    /// Whether it lasts.
    pub kept: Kept,
}

/// The answer of [`Hub::validate_token`].
///
/// ```ignore-wasm32
/// # use hubkey::Validation;
/// # hubkey::example::with_hub(async |hub| {
/// match hub.validate_token("hf_exampleFakeTokenRevokedForTests00000").await? {
///     Validation::Valid(me) => panic!("it is still {}'s", me.name),
///     Validation::Invalid { reason, fix } => {
///         assert!(reason.contains("Invalid user token"));
///         assert!(fix.contains("make a new one"));
///     }
/// }
/// # Ok(())
/// # })?;
/// # Ok::<(), hubkey::Error>(())
/// ```
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
    /// Signs in with a pasted token: cleans it, checks its shape, asks the Hub whose it is, then stores it, as the profile
    /// in use, under the name that the token has at the Hub. Other profiles stay.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::Code;
    /// # hubkey::example::with_hub(async |hub| {
    /// let me = hub.login("  hf_thisIsAnExampleNoRealTokenAtAll0000\n").await?.identity;
    /// assert_eq!(me.token.role.as_deref(), Some("fineGrained"));
    ///
    /// let refused = hub.login("Bearer hf_x").await.unwrap_err();
    /// assert_eq!(refused.code(), Code::InvalidTokenFormat);
    /// # Ok(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    ///
    /// # Errors
    /// `invalid_token_format` (nothing was sent), `invalid_token`, and what a request can meet. A store that fails is no error:
    /// `kept.persisted` is false then.
    pub async fn login(&self, pasted: &str) -> Result<Login> {
        self.sign_in(pasted, None).await
    }

    /// Stores a token without asking the Hub about it.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Hub, example::answers};
    /// # hubkey::example::block_on(async {
    /// let hub = Hub::builder().transport(answers).offline(true).build()?;
    /// hub.set_token("hf_thisIsAnExampleNoRealTokenAtAll0000").await?;
    /// assert!(hub.get_token().await?.is_some(), "kept, though nobody could be asked");
    /// # Ok::<(), hubkey::Error>(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    ///
    /// # Errors
    /// `invalid_token_format`
    pub async fn set_token(&self, pasted: &str) -> Result<Kept> {
        let ticket = self.0.kept.ticket();
        let token = self.token(pasted)?;
        self.keep(ticket, ("default", true), &token, false).await
    }

    /// Forgets the token and every profile, here and in the store. The tokens themselves stay good.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::Code;
    /// # hubkey::example::with_hub(async |hub| {
    /// hub.logout().await?;
    /// assert!(hub.get_token().await?.is_none());
    /// assert_eq!(hub.whoami().await.unwrap_err().code(), Code::NoToken);
    /// # Ok(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    ///
    /// # Errors
    /// `storage_unavailable`, `storage_read_only`: signed out here, but the store still has it.
    pub async fn logout(&self) -> Result<()> {
        self.forget(None).await
    }

    /// The token in use; `None` when signed out.
    ///
    /// ```ignore-wasm32
    /// # hubkey::example::with_hub(async |hub| {
    /// match hub.get_token().await? {
    ///     Some(token) => assert_eq!(token.masked(), "hf_****0000"),
    ///     None => panic!("signed out"),
    /// }
    /// # Ok(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    ///
    /// # Errors
    /// `storage_unavailable`
    pub async fn get_token(&self) -> Result<Option<Token>> {
        self.stored().await
    }

    /// Whose token it is and what it may do; an answer of the last minute is given again, without a request.
    ///
    /// ```ignore-wasm32
    /// # hubkey::example::with_hub(async |hub| {
    /// let me = hub.whoami().await?;
    /// let orgs: Vec<_> = me.orgs.iter().map(|it| it.name.as_str()).collect();
    /// assert_eq!((me.name.as_str(), orgs), ("ada", vec!["acme", "closed"]));
    /// # Ok(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    ///
    /// # Errors
    /// `no_token`, `invalid_token`, `invalid_response`, and what a request can meet.
    pub async fn whoami(&self) -> Result<Identity> {
        self.known(&Call::default()).await?.decode()
    }

    /// The same, asked anew.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::Call;
    /// # hubkey::example::with_hub(async |hub| {
    /// let now = hub.whoami_anew(&Call::default().timeout_ms(5_000.0)).await?;
    /// assert_eq!(now.name, "ada");
    /// # Ok(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Hub::whoami`].
    pub async fn whoami_anew(&self, call: &Call) -> Result<Identity> {
        self.whoami_raw(call).await?.decode()
    }

    /// Of the last minute, or asked.
    pub(crate) fn known<'a>(&'a self, call: &'a Call) -> Fut<'a, Result<Value>> {
        Box::pin(async move {
            let Some(token) = self.choose(&call.token, true).await? else {
                return Err(self.no_token());
            };
            match self.recall(&token) {
                Some(it) if !self.0.offline => Ok(it),
                _ => {
                    let call = Call {
                        token: Choice::Given(token),
                        ..call.clone()
                    };
                    self.whoami_raw(&call).await
                }
            }
        })
    }

    /// Whether a token is good; [`Validation::Invalid`] only when the Hub said so.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Hub, Validation, example::answers};
    /// # hubkey::example::block_on(async {
    /// let hub = Hub::builder().transport(answers).build()?;
    /// let answer = hub.validate_token("hf_thisIsAnExampleNoRealTokenAtAll0000").await?;
    /// assert!(matches!(answer, Validation::Valid(me) if me.name == "ada"));
    /// assert!(hub.get_token().await?.is_none(), "asking is not signing in");
    /// # Ok::<(), hubkey::Error>(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    ///
    /// # Errors
    /// `invalid_token_format`, and whatever keeps it from being decided.
    pub async fn validate_token(&self, pasted: &str) -> Result<Validation> {
        let token = self.token(pasted)?;
        match self.whoami_raw(&Call::with_token(token)).await {
            Ok(it) => Ok(Validation::Valid(Box::new(it.decode()?))),
            Err(it) if it.code() == Code::InvalidToken => Ok(Validation::Invalid {
                reason: it.message().to_owned(),
                fix: it.hint().to_owned(),
            }),
            Err(it) => Err(it),
        }
    }

    /// A token in this endpoint's shape.
    pub(crate) fn token(&self, pasted: &str) -> Result<Token> {
        Token::parse(pasted, self.is_official())
    }

    async fn whoami_raw(&self, call: &Call) -> Result<Value> {
        let out = self.whoami_request()?;
        self.identity(&*self.exchange(out, call).await?)
    }

    pub(crate) fn whoami_request(&self) -> Result<Box<Outgoing>> {
        self.declared_request("GET! /api/whoami-v2", &Value::object())
    }

    /// About the very token that was sent.
    pub(crate) fn identity(&self, answer: &Answer) -> Result<Value> {
        let token = answer.token.as_ref().ok_or_else(|| self.no_token())?;
        if answer.left {
            let told = "whoami was redirected to another origin, which never saw the token";
            return Err(Error::new(Code::InvalidResponse, told).with_http(answer.context()));
        }
        let identity = identity::normalise(&answer.json()?, token, &self.0.gate.endpoint.origin)
            .map_err(|it| it.with_http(answer.context()))?;
        self.remember(token, &identity);
        self.0.kept.heard(token, Some(&identity));
        Ok(identity)
    }

    /// The call's token is the one that signs in.
    pub(super) async fn login_raw(&self, call: &Call, profile: Option<String>) -> Result<(Value, Kept)> {
        let ticket = self.0.kept.ticket();
        let token = call.given()?;
        let identity = self.whoami_raw(call).await?;
        let (profile, can_write) = Self::profile(&identity, profile);
        let kept = self.keep(ticket, (&profile, true), &token, can_write).await?;
        Ok((identity, kept))
    }

    /// The profile's name when none is given, and whether the token may write.
    pub(crate) fn profile(identity: &Value, name: Option<String>) -> (String, bool) {
        let about = identity.get("token").unwrap_or_else(Value::null);
        // As the Python client names its profiles: by the token's own name, which OAuth tokens do not have.
        let name = name
            .filter(|it| !it.is_empty())
            .or_else(|| about.text("displayName").filter(|it| !it.is_empty()))
            .unwrap_or_else(|| match identity.text("name") {
                Some(it) => cat(&["oauth-", &it]),
                None => "default".to_owned(),
            });
        (name, matches!(about.text("role").as_deref(), Some("write" | "god")))
    }
}

impl<'de> Deserialize<'de> for TokenKind {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        Ok(Self::named(&String::deserialize(from)?))
    }
}
