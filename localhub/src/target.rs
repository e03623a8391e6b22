//! What somebody would like to do something to.

use crate::kind::Kind;
use crate::repo::Repo;

/// A repository, or one that is yet to be made and so has no id.
pub(crate) struct Target<'a> {
    pub(crate) kind: Kind,
    pub(crate) namespace: &'a str,
    pub(crate) id: Option<&'a str>,
    pub(crate) creator: Option<&'a str>,
    pub(crate) app: Option<&'a str>,
    pub(crate) group: Option<&'a str>,
}

impl<'a> Target<'a> {
    pub(crate) fn of(repo: &'a Repo) -> Target<'a> {
        Target {
            kind: repo.kind,
            namespace: repo.namespace(),
            id: Some(&repo.id),
            creator: repo.creator.as_deref(),
            app: repo.app.as_deref(),
            group: repo.resource_group.as_deref(),
        }
    }

    /// As a web path has it: `ns/name`, `datasets/ns/name`.
    pub(crate) fn path(&self) -> Option<String> {
        self.id.map(|id| format!("{}{id}", self.kind.prefix()))
    }
}
