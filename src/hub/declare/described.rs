//! Endpoints as the build sees them. Native only.

use crate::endpoint::Spec;

/// What an endpoint gives.
///
/// ```ignore-wasm32
/// # use hubkey::hub::{ALL, Gives};
/// let lists: Vec<_> = ALL.iter().filter(|it| it.gives == Gives::List).map(|it| it.name).collect();
/// assert!(lists.contains(&"listModels") && !lists.contains(&"modelInfo"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gives {
    /// One thing.
    One,
    /// A list, page by page.
    List,
    /// A file as a stream; in Rust its bytes.
    File,
}

/// Where an option goes; read off its word in the spec.
///
/// ```ignore-wasm32
/// # use hubkey::hub::{ALL, Place};
/// let create = ALL.iter().find(|it| it.name == "createRepo").expect("declared");
/// let in_body = create.fields.iter().filter(|it| it.place(create.spec) == Place::Body);
/// assert!(in_body.map(|it| it.name).any(|it| it == "private"));
/// ```
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
///
/// ```ignore-wasm32
/// # use hubkey::hub::ALL;
/// let info = ALL.iter().find(|it| it.name == "modelInfo").expect("declared");
/// assert_eq!((info.rust, info.reply), ("ModelInfo", "Model"));
/// assert!(info.spec.starts_with("GET /api/models/"));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Declared {
    /// The method on the JS class.
    pub name: &'static str,
    /// The Rust struct.
    pub rust: &'static str,
    /// How it is sent.
    pub spec: Spec,
    /// One thing, a list or a file.
    pub gives: Gives,
    /// The name of what it gives, in both languages.
    pub reply: &'static str,
    /// Its documentation, a line each.
    pub docs: &'static [&'static str],
    /// Its options.
    pub fields: &'static [Field],
}

/// An option of an endpoint.
///
/// ```ignore-wasm32
/// # use hubkey::hub::ALL;
/// let info = ALL.iter().find(|it| it.name == "modelInfo").expect("declared");
/// let needed: Vec<_> = info.fields.iter().filter(|it| it.needed).map(|it| (it.name, it.kind)).collect();
/// assert_eq!(needed, [("repo", "repo")]);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name in JavaScript.
    pub name: &'static str,
    /// `text`, `texts`, `flag`, `number`, `repo`, `repo_type`, `json`, `range`.
    pub kind: &'static str,
    /// The TypeScript type of its words, where not any text will do.
    pub words: Option<&'static str>,
    /// Whether the call fails without it.
    pub needed: bool,
    /// Its documentation, a line each.
    pub docs: &'static [&'static str],
}

impl Field {
    /// Where it goes, by the spec of its endpoint.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::hub::{Field, Place};
    /// let field = Field { name: "pageSize", kind: "number", needed: false, words: None, docs: &[] };
    /// assert_eq!(field.place("GET /api/models ?pageSize"), Place::Query);
    /// assert_eq!(field.place("GET /api/models"), Place::Client);
    /// ```
    #[must_use]
    pub fn place(&self, spec: &str) -> Place {
        let named = |sign: char| {
            spec.split(' ').any(|it| {
                it.strip_prefix(sign)
                    .is_some_and(|it| it.split('=').next() == Some(self.name))
            })
        };
        let path = match self.name {
            // As `datasets/`, too.
            "type" => ["{type}", "{prefix}", "{*type}"].map(str::to_owned),
            name => [format!("{{{name}}}"), format!("{{{name}="), format!("{{*{name}}}")],
        };
        match () {
            () if named('?') => Place::Query,
            () if named('.') || named('@') => Place::Body,
            () if path.iter().any(|it| spec.contains(it)) => Place::Path,
            () if spec.contains(&format!("{{?{}}}", self.name)) => Place::Path,
            () => Place::Client,
        }
    }
}
