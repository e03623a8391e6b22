//! What a token may do, before anything is tried.

use serde::Deserialize;

pub use page::NewToken;
pub use place::Target;
#[cfg(not(target_arch = "wasm32"))]
pub use table::{Grade, PERMISSIONS, Permission};

pub(crate) use judge::{judge, way};
pub(crate) use need::need;
#[cfg(all(feature = "js", target_arch = "wasm32"))]
pub(crate) use page::wished;
pub(crate) use {page::check as check_permission, page::token_page, place::Place, table::row};

use crate::{
    client::{Call, Hub},
    error::{Code, Error, Result},
    json::Value,
    text::cat,
};

mod judge;
mod need;
mod page;
mod place;
mod table;

/// The answer of [`Hub::can`].
///
/// ```ignore-wasm32
/// # use hubkey::auth::Target;
/// # hubkey::example::with_hub(async |hub| {
/// let it = hub.can("job.write", &Target::Account).await?;
/// assert_eq!(it.allowed, Some(false));
/// assert_eq!(it.reason, "the token `laptop` lacks job.write on the own account");
/// let page = "https://huggingface.co/settings/tokens/new?tokenType=fineGrained&ownUserPermissions=job.write";
/// assert_eq!(it.fix.as_deref(), Some(page));
/// # Ok(())
/// # })?;
/// # Ok::<(), hubkey::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct Verdict {
    /// `None`: unknown, because whoami does not say all that it hangs on.
    #[serde(deserialize_with = "yes_or_no")]
    pub allowed: Option<bool>,
    /// Why, in a sentence.
    pub reason: String,
    /// What to change, or how to find out; none when it is allowed.
    pub hint: Option<String>,
    /// The page where that is done: mostly the one for a new token, with this permission filled in.
    pub fix: Option<String>,
    /// What an organisation asks for before it lets the token in: `sso`, `mfa`, `ip`, `token-policy`, `token-revoked`.
    pub restriction: Option<String>,
}

fn yes_or_no<'de, D: serde::Deserializer<'de>>(from: D) -> std::result::Result<Option<bool>, D::Error> {
    Ok(serde_json::Value::deserialize(from)?.as_bool())
}

impl Hub {
    /// Whether the token may do something, from its role, its scopes, and its person's part in the organisation.
    ///
    /// Costs one whoami, and none within a minute of the last. A permission word that is not known is answered by the rules that all words follow: yes where the
    /// token names it, else unknown.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::auth::Target;
    /// # hubkey::example::with_hub(async |hub| {
    /// let repo: Target = "ada/tiny".parse::<hubkey::RepoId>()?.into();
    /// assert_eq!(hub.can("repo.write", &repo).await?.allowed, Some(true));
    ///
    /// let others: Target = "grace/own".parse::<hubkey::RepoId>()?.into();
    /// assert_eq!(hub.can("repo.write", &others).await?.allowed, Some(false));
    /// assert_eq!(hub.can("repo.content.read", &others).await?.allowed, None, "it may be public");
    ///
    /// let closed = hub.can("repo.write", &Target::Owner("closed".to_owned())).await?;
    /// assert_eq!(closed.restriction.as_deref(), Some("sso"));
    /// # Ok(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    ///
    /// # Errors
    /// `invalid_argument` (no permission, or one that does not apply there), and those of [`Hub::whoami`] but `no_token`,
    /// which is an answer here.
    pub async fn can(&self, permission: &str, target: &Target) -> Result<Verdict> {
        self.asked(permission, target).await?.decode()
    }

    /// The same as an error where the answer is no, so that no work starts in vain.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Code, auth::Target};
    /// # hubkey::example::with_hub(async |hub| {
    /// hub.require("repo.write", &"ada/tiny".parse::<hubkey::RepoId>()?.into()).await?;
    ///
    /// let error = hub.require("job.write", &Target::Account).await.unwrap_err();
    /// assert_eq!(error.code(), Code::InsufficientScope);
    /// assert!(error.fix().is_some_and(|it| it.ends_with("ownUserPermissions=job.write")));
    /// # Ok(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    ///
    /// # Errors
    /// `insufficient_scope`, `org_restricted`, `no_token`, and those of [`Hub::can`].
    pub async fn require(&self, permission: &str, target: &Target) -> Result<Verdict> {
        required(permission, &self.asked(permission, target).await?)?
            .clone()
            .decode()
    }

    /// The Hub's page for a new fine-grained token, with the permissions filled in.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Hub, auth::NewToken, example::answers};
    /// # let hub = Hub::builder().transport(answers).build()?;
    /// let wanted = NewToken { permissions: vec!["inference.serverless.write".to_owned()], ..NewToken::default() };
    /// let page = hub.new_token_url(&wanted)?;
    /// assert!(page.ends_with("?tokenType=fineGrained&ownUserPermissions=inference.serverless.write"));
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    ///
    /// # Errors
    /// `invalid_argument` (no permission; one of organisations, and none is named), `invalid_repo` (no name of one).
    pub fn new_token_url(&self, wanted: &NewToken) -> Result<String> {
        wanted.url(&self.endpoint())
    }

    async fn asked(&self, permission: &str, target: &Target) -> Result<Value> {
        check_permission(permission)?;
        let me = self.known(&Call::default()).await;
        self.allowed(me, permission, &target.into())
    }

    /// Nobody is somebody here.
    #[inline(never)]
    pub(crate) fn allowed(&self, me: Result<Value>, permission: &str, place: &Place) -> Result<Value> {
        let me = match me {
            Err(it) if it.code() == Code::NoToken => None,
            it => Some(it?),
        };
        judge(me.as_ref(), permission, place, &self.endpoint())
    }
}

/// A verdict that is a no, as an error.
#[inline(never)]
pub(crate) fn required<'a>(permission: &str, verdict: &'a Value) -> Result<&'a Value> {
    if verdict.get("allowed").and_then(|it| it.as_bool()) != Some(false) {
        return Ok(verdict);
    }
    let text = |key: &str| verdict.text(key).unwrap_or_default();
    let (reason, restriction) = (text("reason"), verdict.text("restriction"));
    let code = match () {
        () if restriction.is_some() => Code::OrgRestricted,
        () if judge::is_nobody(&reason) => Code::NoToken,
        () => Code::InsufficientScope,
    };
    let mut error = Error::new(code, cat(&["`", permission, "` is refused: ", &reason])).with_hint(text("hint"));
    if let Some(it) = restriction {
        error = error.with_detail(it);
    }
    Err(error.with_fix(verdict.text("fix")))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
