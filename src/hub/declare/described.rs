//! Endpoints as the build sees them. Native only.

use crate::endpoint::Spec;

/// What an endpoint gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gives {
    /// One thing.
    One,
    /// A list, page by page.
    List,
}

/// Where an option goes; read off its word in the spec.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Into the path.
    Path,
    /// Into the query.
    Query,
    /// Into the JSON body.
    Body,
    /// It changes what the client does.
    Client,
}

/// An endpoint as the build sees it.
#[derive(Clone, Copy, Debug)]
pub struct Declared {
    /// The method on the JS class.
    pub name: &'static str,
    /// The Rust struct.
    pub rust: &'static str,
    /// How it is sent.
    pub spec: Spec,
    /// One thing or a list.
    pub gives: Gives,
    /// The name of what it gives, in both languages.
    pub reply: &'static str,
    /// Its documentation, a line each.
    pub docs: &'static [&'static str],
    /// Its options.
    pub fields: &'static [Field],
}

/// An option of an endpoint.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name in JavaScript.
    pub name: &'static str,
    /// `text`, `texts`, `flag`, `number`, `repo`, `repo_type`, `json`.
    pub kind: &'static str,
    /// Whether the call fails without it.
    pub needed: bool,
    /// Its documentation, a line each.
    pub docs: &'static [&'static str],
}

impl Field {
    /// Where it goes, by the spec of its endpoint.
    #[must_use]
    pub fn place(&self, spec: &str) -> Place {
        let named = |sign: char| {
            spec.split(' ').any(|it| {
                it.strip_prefix(sign)
                    .is_some_and(|it| it.split('=').next() == Some(self.name))
            })
        };
        match () {
            () if named('?') => Place::Query,
            () if named('.') || named('@') => Place::Body,
            () if spec.contains(&format!("{{{}}}", self.name)) => Place::Path,
            () => Place::Client,
        }
    }
}
