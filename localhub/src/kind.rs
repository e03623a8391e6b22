//! The kinds of repository and how each is spelled.

/// What a repository holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    Model,
    Dataset,
    Space,
}

impl Kind {
    pub(crate) const ALL: [Kind; 3] = [Kind::Model, Kind::Dataset, Kind::Space];

    /// As in JSON bodies and messages.
    pub(crate) fn singular(self) -> &'static str {
        match self {
            Kind::Model => "model",
            Kind::Dataset => "dataset",
            Kind::Space => "space",
        }
    }

    /// As in API paths.
    pub(crate) fn plural(self) -> &'static str {
        match self {
            Kind::Model => "models",
            Kind::Dataset => "datasets",
            Kind::Space => "spaces",
        }
    }

    /// In front of the id in web, resolve and git paths (repos.md 1.1).
    pub(crate) fn prefix(self) -> &'static str {
        match self {
            Kind::Model => "",
            Kind::Dataset => "datasets/",
            Kind::Space => "spaces/",
        }
    }

    pub(crate) fn from_singular(word: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.singular() == word)
    }

    pub(crate) fn from_plural(word: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.plural() == word)
    }
}
