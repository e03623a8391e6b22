//! Names on the Hub: parsed once, valid from then on.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::{Code, Error, Result};
use crate::text::{cat, has};

/// A repo's name: `owner/name`, or the bare `name` of a canonical repo.
///
/// ```
/// # use hubkey::RepoId;
/// let id: RepoId = "acme/tiny".parse()?;
/// assert_eq!((id.owner(), id.name()), (Some("acme"), "tiny"));
/// assert!("acme/../secrets".parse::<RepoId>().is_err());
/// # Ok::<(), hubkey::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RepoId(String);

impl RepoId {
    /// Checks the Hub's rules for a repo's name.
    ///
    /// ```
    /// # use hubkey::{Code, RepoId};
    /// assert!(RepoId::parse("01-ai/Yi-6B").is_ok());
    /// assert_eq!(RepoId::parse("acme/tiny.git").unwrap_err().code(), Code::InvalidRepo);
    /// ```
    ///
    /// # Errors
    /// `invalid_repo`
    pub fn parse(id: &str) -> Result<Self> {
        let mut parts = id.split('/');
        let (first, second, third) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
        let name = second.unwrap_or(first);
        let fine = third.is_none()
            && is_part(first)
            && is_part(name)
            && name.len() <= 96
            && first.len() <= 96
            && !has(id, "--")
            && !has(id, "..")
            && !id.ends_with(".git");
        if fine {
            Ok(Self(id.to_owned()))
        } else {
            Err(Error::new(
                Code::InvalidRepo,
                cat(&["`", &crate::redact::scrub(id), "` is not the name of a repo"]),
            ))
        }
    }

    /// The user or organisation; none for a canonical name.
    ///
    /// ```
    /// # use hubkey::RepoId;
    /// assert_eq!(RepoId::parse("acme/tiny")?.owner(), Some("acme"));
    /// assert_eq!(RepoId::parse("gpt2")?.owner(), None);
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    #[must_use]
    pub fn owner(&self) -> Option<&str> {
        self.0.split_once('/').map(|it| it.0)
    }

    /// The name without its owner.
    ///
    /// ```
    /// # use hubkey::RepoId;
    /// assert_eq!(RepoId::parse("acme/tiny")?.name(), "tiny");
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.split_once('/').map_or(&self.0, |it| it.1)
    }

    /// `owner/name`.
    ///
    /// ```
    /// # use hubkey::RepoId;
    /// let id = RepoId::parse("acme/tiny")?;
    /// assert_eq!(format!("https://huggingface.co/{}", id.as_str()), "https://huggingface.co/acme/tiny");
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Begins and ends on a letter, a digit or `_`.
fn is_part(part: &str) -> bool {
    let word = |it: u8| it.is_ascii_alphanumeric() || it == b'_';
    let bytes = part.as_bytes();
    bytes.first().copied().is_some_and(word)
        && bytes.last().copied().is_some_and(word)
        && bytes.iter().all(|&it| word(it) || it == b'-' || it == b'.')
}

impl std::str::FromStr for RepoId {
    type Err = Error;

    fn from_str(id: &str) -> Result<Self> {
        Self::parse(id)
    }
}

impl TryFrom<String> for RepoId {
    type Error = Error;

    fn try_from(id: String) -> Result<Self> {
        Self::parse(&id)
    }
}

impl From<RepoId> for String {
    fn from(id: RepoId) -> Self {
        id.0
    }
}

impl fmt::Display for RepoId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a repo holds.
///
/// ```ignore-wasm32
/// # use hubkey::{RepoType, hub::CreateRepo};
/// # hubkey::example::with_hub(async |hub| {
/// let mut request = CreateRepo::new("ada/made".parse()?);
/// request.repo_type = Some(RepoType::Space);
/// request.sdk = Some("static".to_owned());
/// hub.send(request).await?;
/// # Ok(())
/// # })?;
/// # Ok::<(), hubkey::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RepoType {
    /// A model, the default.
    #[default]
    Model,
    /// A dataset.
    Dataset,
    /// A Space.
    Space,
    /// A kernel.
    Kernel,
}

impl RepoType {
    /// The words of the four, as in JSON bodies.
    pub(crate) const WORDS: &[&str] = &["model", "dataset", "space", "kernel"];

    /// Its word.
    pub(crate) fn as_str(self) -> &'static str {
        Self::WORDS.get(self as usize).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_hub_are_taken() {
        for it in [
            "gpt2",
            "acme/tiny",
            "a/b",
            "Acme-1/Llama_3.1-8B",
            "_x/_y_",
            "01-ai/Yi-6B",
        ] {
            assert_eq!(RepoId::parse(it).unwrap().as_str(), it);
        }
    }

    #[test]
    fn what_could_lead_elsewhere_is_refused() {
        let long = format!("a/{}", "b".repeat(97));
        for it in [
            "", "/", "a/", "/b", "a/b/c", "..", "a/..", "../a", "a/b?c", "a/b#c", "a b", "a/b%2f", "-a/b", "a/b-",
            "a/.b", "a/b.", "a--b/c", "a/b..c", "a/b.git", "a\\b", "ä/b", "a/b\n", &long,
        ] {
            assert_eq!(RepoId::parse(it).unwrap_err().code(), Code::InvalidRepo, "{it}");
        }
    }
}
