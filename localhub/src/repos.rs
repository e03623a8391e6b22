//! All repositories of a hub, and the names they used to have.

use std::collections::HashMap;
use std::sync::Arc;

use crate::kind::Kind;
use crate::repo::Repo;
use crate::seed;

#[derive(Clone, Debug, Default)]
pub(crate) struct Repos {
    by_id: HashMap<(Kind, String), Arc<Repo>>,
    /// Old or short names and where they lead.
    moved: HashMap<(Kind, String), String>,
}

/// What a name leads to.
pub(crate) enum Found {
    Repo(Arc<Repo>),
    /// The id it has now.
    Moved(String),
    Nothing,
}

impl Repos {
    pub(crate) fn find(&self, kind: Kind, id: &str) -> Found {
        let key = (kind, id.to_owned());
        if let Some(repo) = self.by_id.get(&key) {
            return Found::Repo(Arc::clone(repo));
        }
        if let Some(to) = self.moved.get(&key) {
            return Found::Moved(to.clone());
        }
        let many = seed::many_index(kind, id).and_then(|index| seed::many().get(index));
        many.map_or(Found::Nothing, |repo| Found::Repo(Arc::clone(repo)))
    }

    /// Every repository of a kind, in no order. The models of `many` are left out: they are listed
    /// for their author alone.
    pub(crate) fn all(&self, kind: Kind) -> impl Iterator<Item = &Arc<Repo>> {
        self.by_id.values().filter(move |repo| repo.kind == kind)
    }

    /// By `_id`, for the second origin.
    pub(crate) fn by_oid(&self, oid: &str) -> Option<&Arc<Repo>> {
        let own = self.by_id.values().find(|repo| repo.oid == oid);
        own.or_else(|| seed::many().iter().find(|repo| repo.oid == oid))
    }

    /// To change one; the models of `many` cannot be changed.
    pub(crate) fn change(&mut self, kind: Kind, id: &str) -> Option<&mut Repo> {
        self.by_id.get_mut(&(kind, id.to_owned())).map(Arc::make_mut)
    }

    pub(crate) fn put(&mut self, repo: Repo) {
        let key = (repo.kind, repo.id.clone());
        self.moved.remove(&key);
        self.by_id.insert(key, Arc::new(repo));
    }

    pub(crate) fn remove(&mut self, kind: Kind, id: &str) -> Option<Arc<Repo>> {
        self.by_id.remove(&(kind, id.to_owned()))
    }

    pub(crate) fn lead(&mut self, kind: Kind, from: &str, to: &str) {
        // A chain of moves is answered by one redirect.
        for target in self.moved.iter_mut().filter(|((k, _), to)| *k == kind && *to == from) {
            *target.1 = to.to_owned();
        }
        self.moved.insert((kind, from.to_owned()), to.to_owned());
    }
}
