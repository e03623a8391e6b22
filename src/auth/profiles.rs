//! Several sign-ins side by side, each under a name, as the Python client has them.

use serde::Deserialize;

use crate::{
    client::{Call, Choice, Hub, Kept},
    error::Result,
    store::Source,
    token::{Token, TokenKind},
};

/// The answer of [`Hub::auth_list`].
///
/// ```ignore-wasm32
/// # use hubkey::{Hub, auth::AuthList, example::answers};
/// # hubkey::example::block_on(async {
/// let hub = Hub::builder().transport(answers).build()?;
/// hub.login("hf_thisIsAnExampleNoRealTokenAtAll0000").await?;
/// let AuthList { profiles, token, .. } = hub.auth_list().await?;
/// assert_eq!((profiles[0].name.as_str(), token.as_deref()), ("laptop", Some("hf_****0000")));
/// # Ok::<(), hubkey::Error>(())
/// # })?;
/// # Ok::<(), hubkey::Error>(())
/// ```
#[derive(Clone, Debug, Deserialize)]
#[non_exhaustive]
pub struct AuthList {
    /// What the store holds, in the order of the first sign-in under each name.
    pub profiles: Vec<Profile>,
    /// The token that calls go out with, masked; `None` when signed out.
    pub token: Option<String>,
    /// Where that token comes from. A profile is in use where it says [`Source::Store`] or [`Source::Memory`].
    pub source: Option<Source>,
}

/// One sign-in that a store keeps.
///
/// ```ignore-wasm32
/// # use hubkey::{Hub, TokenKind, example::answers};
/// # hubkey::example::block_on(async {
/// let hub = Hub::builder().transport(answers).build()?;
/// hub.login_as("hf_app_thisIsAnExampleNoRealTokenAtAll", "ci").await?;
/// let ci = &hub.auth_list().await?.profiles[0];
/// assert_eq!((ci.name.as_str(), ci.active, ci.kind), ("ci", true, TokenKind::App));
/// # Ok::<(), hubkey::Error>(())
/// # })?;
/// # Ok::<(), hubkey::Error>(())
/// ```
#[derive(Clone, Debug, Deserialize)]
#[non_exhaustive]
pub struct Profile {
    /// The name that it was kept under.
    pub name: String,
    /// The one that the store says is in use.
    #[serde(default)]
    pub active: bool,
    /// First three and last four characters.
    pub token: String,
    /// Told by the token's prefix.
    pub kind: TokenKind,
}

/// The answer of [`Hub::auth_switch`].
///
/// ```ignore-wasm32
/// # use hubkey::{Hub, example::answers};
/// # hubkey::example::block_on(async {
/// let hub = Hub::builder().transport(answers).build()?;
/// hub.login("hf_thisIsAnExampleNoRealTokenAtAll0000").await?;
/// let now = hub.auth_switch("laptop").await?;
/// assert!(now.profile.active && !now.kept.persisted, "memory ends with the process");
/// # Ok::<(), hubkey::Error>(())
/// # })?;
/// # Ok::<(), hubkey::Error>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Switched {
    /// The one in use from now on.
    pub profile: Profile,
    /// Whether the store knows, and whether something takes precedence.
    pub kept: Kept,
}

/// What git asks for at `https://huggingface.co`.
///
/// ```ignore-wasm32
/// # hubkey::example::with_hub(async |hub| {
/// let git = hub.git_credentials().await?;
/// assert_eq!(git.username, "hf_user");
/// assert_eq!(git.password.masked(), "hf_****0000");
/// # Ok(())
/// # })?;
/// # Ok::<(), hubkey::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct GitCredentials {
    /// The same for everybody.
    pub username: &'static str,
    /// The token.
    pub password: Token,
}

/// The Hub looks at the password alone; this is what the Python client puts before it.
pub(crate) const GIT_USER: &str = "hf_user";

impl Hub {
    /// Signs in as [`Hub::login`] does, and keeps the token under a name of one's own.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Hub, example::answers};
    /// # hubkey::example::block_on(async {
    /// let hub = Hub::builder().transport(answers).build()?;
    /// hub.login("hf_thisIsAnExampleNoRealTokenAtAll0000").await?;
    /// hub.login_as("hf_app_thisIsAnExampleNoRealTokenAtAll", "ci").await?;
    /// let names: Vec<_> = hub.auth_list().await?.profiles.into_iter().map(|it| it.name).collect();
    /// assert_eq!(names, ["laptop", "ci"], "the first stays");
    /// # Ok::<(), hubkey::Error>(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Hub::login`].
    pub async fn login_as(&self, pasted: &str, profile: &str) -> Result<super::Login> {
        self.sign_in(pasted, Some(profile.to_owned())).await
    }

    /// The profiles that the store holds, and which token calls go out with.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Hub, example::{TOKEN, answers}, store::Source};
    /// # hubkey::example::block_on(async {
    /// let secret = |name: &str| (name == "HF_TOKEN").then(|| TOKEN.to_owned());
    /// let hub = Hub::builder().environment(secret)?.transport(answers).build()?;
    /// let list = hub.auth_list().await?;
    /// assert_eq!((list.source, list.profiles.len()), (Some(Source::Environment), 0));
    /// # Ok::<(), hubkey::Error>(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    ///
    /// # Errors
    /// `storage_unavailable`
    pub async fn auth_list(&self) -> Result<AuthList> {
        self.listed().await?.decode()
    }

    /// Uses another profile from now on. Sends nothing.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Code, Hub, example::answers};
    /// # hubkey::example::block_on(async {
    /// let hub = Hub::builder().transport(answers).build()?;
    /// hub.login("hf_thisIsAnExampleNoRealTokenAtAll0000").await?;
    /// hub.login_as("hf_app_thisIsAnExampleNoRealTokenAtAll", "ci").await?;
    /// hub.auth_switch("laptop").await?;
    /// assert_eq!(hub.whoami().await?.name, "ada");
    ///
    /// let error = hub.auth_switch("desktop").await.unwrap_err();
    /// assert_eq!((error.code(), error.hint()), (Code::InvalidArgument, "there are: laptop, ci"));
    /// # Ok::<(), hubkey::Error>(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    ///
    /// # Errors
    /// `invalid_argument`, with the profiles that there are, when there is none of that name; `storage_unavailable`.
    pub async fn auth_switch(&self, name: &str) -> Result<Switched> {
        let (mut profile, kept) = self.switched(name).await?;
        profile.set("active", true);
        Ok(Switched {
            profile: profile.decode()?,
            kept,
        })
    }

    /// Forgets one profile; the others stay. When it is the one in use, you are signed out. None of that name is fine.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Hub, example::answers};
    /// # hubkey::example::block_on(async {
    /// let hub = Hub::builder().transport(answers).build()?;
    /// hub.login("hf_thisIsAnExampleNoRealTokenAtAll0000").await?;
    /// hub.login_as("hf_app_thisIsAnExampleNoRealTokenAtAll", "ci").await?;
    /// hub.logout_profile("ci").await?;
    /// assert!(hub.get_token().await?.is_none());
    /// assert_eq!(hub.auth_list().await?.profiles[0].name, "laptop");
    /// # Ok::<(), hubkey::Error>(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    ///
    /// # Errors
    /// `storage_unavailable`: the store may still have it; `aborted`, when a later sign-in or sign-out came in between.
    pub async fn logout_profile(&self, name: &str) -> Result<()> {
        self.forget(Some(name)).await
    }

    /// The token as git takes it, for git clients that run where there is no credential helper.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Code, Hub, example::answers};
    /// # hubkey::example::block_on(async {
    /// let signed_out = Hub::builder().transport(answers).build()?;
    /// assert_eq!(signed_out.git_credentials().await.unwrap_err().code(), Code::NoToken);
    /// # Ok::<(), hubkey::Error>(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    ///
    /// # Errors
    /// `no_token`, `storage_unavailable`
    pub async fn git_credentials(&self) -> Result<GitCredentials> {
        let token = self.choose(&Choice::Stored, true).await?;
        Ok(GitCredentials {
            username: GIT_USER,
            password: token.ok_or_else(|| self.no_token())?,
        })
    }

    pub(super) async fn sign_in(&self, pasted: &str, profile: Option<String>) -> Result<super::Login> {
        let (identity, kept) = self.login_raw(&Call::with_token(self.token(pasted)?), profile).await?;
        Ok(super::Login {
            identity: identity.decode()?,
            kept,
        })
    }
}
