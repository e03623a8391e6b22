//! What a permission is asked about.

use crate::id::{RepoId, RepoType};
#[cfg(any(test, all(feature = "js", target_arch = "wasm32")))]
use crate::{endpoint::repo_type, error::Result, json::Value};

/// What a permission is asked about.
///
/// ```ignore-wasm32
/// # use hubkey::{RepoType, auth::Target};
/// # hubkey::example::with_hub(async |hub| {
/// let data = Target::Repo("ada/words".parse()?, RepoType::Dataset);
/// assert_eq!(hub.can("repo.write", &data).await?.allowed, Some(true));
/// assert_eq!(hub.can("org.read", &Target::Owner("acme".to_owned())).await?.allowed, Some(false));
/// assert_eq!(hub.can("user.webhooks.read", &Target::Account).await?.allowed, Some(false));
/// # Ok(())
/// # })?;
/// # Ok::<(), hubkey::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Target {
    /// The token's own account; for what hangs on no thing: everywhere.
    #[default]
    Account,
    /// A user or an organisation, and what is theirs.
    Owner(String),
    /// One repo.
    Repo(RepoId, RepoType),
}

impl From<RepoId> for Target {
    fn from(model: RepoId) -> Self {
        Self::Repo(model, RepoType::Model)
    }
}

/// The same as texts that are compared; empty where there is nothing.
#[derive(Debug, Default)]
pub(crate) struct Place {
    pub(crate) owner: String,
    /// With its owner.
    pub(crate) repo: String,
    pub(crate) kind: &'static str,
}

impl Place {
    /// Of `{ repo, type }`, `{ org }`, `{ user }` or nothing; that there is one of them alone is for the facade to see to.
    #[cfg(any(test, all(feature = "js", target_arch = "wasm32")))]
    #[inline(never)]
    pub(crate) fn of(options: &Value) -> Result<Self> {
        match options.text("repo") {
            Some(it) => Ok(Self::repo(&RepoId::parse(&it)?, repo_type(options)?)),
            None => Ok(Self {
                owner: options.text("org").or_else(|| options.text("user")).unwrap_or_default(),
                ..Self::default()
            }),
        }
    }

    pub(crate) fn repo(id: &RepoId, kind: &'static str) -> Self {
        Self {
            owner: id.owner().unwrap_or_default().to_owned(),
            repo: id.as_str().to_owned(),
            kind,
        }
    }
}

impl From<&Target> for Place {
    fn from(it: &Target) -> Self {
        match it {
            Target::Account => Self::default(),
            Target::Owner(it) => Self {
                owner: it.clone(),
                ..Self::default()
            },
            Target::Repo(id, kind) => Self::repo(id, kind.as_str()),
        }
    }
}
