//! The Hub's page for a new fine-grained token, with everything filled in.

use super::table::letters;
use crate::{
    error::{Code, Error, Result},
    id::RepoId,
    json::Value,
    text::{cat, has},
    transport::with_query,
};

/// What a new token should be able to do: no more than this is ticked on the page.
///
/// The page knows accounts and organisations; a single repo is for a person to pick there.
///
/// ```ignore-wasm32
/// # use hubkey::{Hub, auth::NewToken, example::answers};
/// # let hub = Hub::builder().transport(answers).build()?;
/// let wanted = NewToken { permissions: vec!["repo.write".to_owned()], orgs: vec!["acme".to_owned()], ..NewToken::default() };
/// assert_eq!(
///     hub.new_token_url(&wanted)?,
///     "https://huggingface.co/settings/tokens/new?tokenType=fineGrained&orgs=acme&orgPermissions=repo.write"
/// );
/// # Ok::<(), hubkey::Error>(())
/// ```
#[derive(Clone, Debug, Default, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NewToken {
    /// In the organisations where there are any and the permission applies to such; else on the own account, or everywhere
    /// where it applies to nothing less.
    pub permissions: Vec<String>,
    /// The organisations; all get the same permissions.
    pub orgs: Vec<String>,
    /// On the own account, whatever else.
    pub own_user_permissions: Vec<String>,
    /// On public things of everybody: `discussion.write`, `post.write`.
    pub global_permissions: Vec<String>,
    /// Reading public gated repos that the account was let into.
    pub can_read_gated_repos: bool,
}

impl NewToken {
    /// Its lists in the order of the alphabet, so that the same wish has the same address; the facade does so by itself.
    pub(crate) fn url(&self, endpoint: &str) -> Result<String> {
        let mut it = self.clone();
        for list in [
            &mut it.permissions,
            &mut it.orgs,
            &mut it.own_user_permissions,
            &mut it.global_permissions,
        ] {
            list.sort_unstable();
            list.dedup();
        }
        wished(&Value::encode(&it)?, endpoint)
    }
}

/// The page for a wish.
#[inline(never)]
pub(crate) fn wished(wish: &Value, endpoint: &str) -> Result<String> {
    let orgs = wish.list("orgs");
    let mut query = Vec::new();
    for (key, sign) in [
        ("ownUserPermissions", "u"),
        ("globalPermissions", "g"),
        ("canReadGatedRepos", ""),
        ("orgs", ""),
        ("orgPermissions", "o"),
    ] {
        for it in wish.list(key).iter().filter_map(Value::as_text) {
            if key != "orgs" {
                check(&it)?;
            } else if RepoId::parse(&it)?.owner().is_some() || crate::redact::scrub(&it) != it {
                // Also what would be a token in an address.
                return Err(Error::new(
                    Code::InvalidArgument,
                    "`orgs` should be names of organisations",
                ));
            }
            query.push((key, it));
        }
        if wish.flag(key) {
            query.push((key, "true".to_owned()));
        }
        for it in wish.list("permissions").iter().filter_map(Value::as_text) {
            check(&it)?;
            let letters = match letters(&it) {
                // Not in the table: by how it begins.
                "" if it.starts_with("user.") => "u",
                "" if it.starts_with("org.") || it.starts_with("resourceGroup.") => "o",
                "" => "uo",
                it => it,
            };
            let place = match () {
                () if has(letters, "o") && !orgs.is_empty() => "o",
                () if has(letters, "u") => "u",
                () if has(letters, "g") => "g",
                () => {
                    let told = cat(&["`", &it, "` is about organisations: name them in `orgs`"]);
                    return Err(Error::new(Code::InvalidArgument, told));
                }
            };
            if place == sign {
                query.push((key, it));
            }
        }
    }
    Ok(token_page(endpoint, query))
}

/// The page with these parts of its query.
#[inline(never)]
pub(crate) fn token_page(endpoint: &str, query: Vec<(&'static str, String)>) -> String {
    with_query(cat(&[endpoint, "/settings/tokens/new?tokenType=fineGrained"]), &query)
}

/// The Hub adds words without notice, so their form is all that can be wrong.
#[inline(never)]
pub(crate) fn check(word: &str) -> Result<()> {
    let known = |it: &u8| it.is_ascii_alphanumeric() || matches!(it, b'.' | b'-');
    let form = word.bytes().all(|it| known(&it)) && !word.starts_with('.') && !has(word, "..");
    if form && (word.ends_with(".read") || word.ends_with(".write")) {
        return Ok(());
    }
    let told = cat(&["`", &crate::redact::scrub(word), "` is no permission"]);
    Err(Error::new(Code::InvalidArgument, told)
        .with_hint("it is a dotted path that ends in .read or .write: repo.write"))
}

#[cfg(test)]
mod tests;
