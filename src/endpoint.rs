//! Endpoints as data: declared once, sent by one sender.
//!
//! The declaration gives the typed Rust request, one line of text in the module ([`Spec`]), the method on the JS class
//! and its TypeScript type. The line reads
//!
//! ```text
//! POST! /api/repos/create @repo .type=type ~existOk
//! ```
//!
//! method (`!`: a token is needed) · path (`{name}` takes an option, `{name=word}` the word without it, `{*name}` a path
//! of several parts, `[…]` is left out without its option) ·
//! `?option=wire` query (`wire:word:` puts the word before each value that lacks it) · `.option=wire` body · `@option` a
//! repo as `name` and `organization` in the body · `~option` a 409 is a success when the option is true · `-option` gives
//! true, and false where the repo is not there, which without the option is an error · `-` the same, and never an error ·
//! `+` gives true for the Hub's `OK` · `#` a list that gives no page of less than ten · `<` gives the answer's bytes. `{?flag}` gives the flag's own
//! name, in a part of a path that is left out without it.

use serde::{Serialize, de::DeserializeOwned};

use crate::{
    error::{Code, Error, Result},
    id::{RepoId, RepoType},
    json::Value,
    text::cat,
    url::{encode_part, is_dotted},
};

/// One endpoint as a line of text; see the module's head for the grammar.
///
/// ```
/// # use hubkey::{Endpoint, Spec, hub::ModelInfo};
/// let spec: Spec = ModelInfo::SPEC;
/// assert!(spec.starts_with("GET /api/models/{repo}[/revision/{revision}] "));
/// ```
pub type Spec = &'static str;

/// A request that describes itself: [`Hub::send`](crate::Hub::send) does the rest.
///
/// ```ignore-wasm32
/// # use hubkey::{Endpoint, Spec};
/// # hubkey::example::with_hub(async |hub| {
/// #[derive(serde::Serialize)]
/// struct DailyPapers { limit: u32 }
///
/// impl Endpoint for DailyPapers {
///     type Reply = Vec<serde_json::Value>;
///     const SPEC: Spec = "GET /api/daily_papers ?limit";
/// }
///
/// assert_eq!(hub.send(DailyPapers { limit: 2 }).await?.len(), 2);
/// # Ok(())
/// # })?;
/// # Ok::<(), hubkey::Error>(())
/// ```
pub trait Endpoint: Serialize {
    /// What comes back.
    ///
    /// ```ignore-wasm32
    /// # use hubkey::{Endpoint, hub::{CreateRepo, CreatedRepo}};
    /// # hubkey::example::with_hub(async |hub| {
    /// fn page_of(made: <CreateRepo as Endpoint>::Reply) -> String { made.url }
    ///
    /// let made: CreatedRepo = hub.send(CreateRepo::new("ada/made".parse()?)).await?;
    /// assert_eq!(page_of(made), "https://huggingface.co/ada/made");
    /// # Ok(())
    /// # })?;
    /// # Ok::<(), hubkey::Error>(())
    /// ```
    type Reply: DeserializeOwned;
    /// The line that says how it is sent.
    ///
    /// ```
    /// # use hubkey::{Endpoint, hub::{CreateRepo, ListModels}};
    /// let needs_token = |spec: &str| spec.split(' ').next().is_some_and(|it| it.ends_with('!'));
    /// assert!(needs_token(CreateRepo::SPEC) && !needs_token(ListModels::SPEC));
    /// ```
    const SPEC: Spec;
}

/// A list that comes page by page: [`Hub::pages`](crate::Hub::pages) reads it.
///
/// ```ignore-wasm32
/// # use hubkey::{Endpoint, List, Spec};
/// # hubkey::example::with_hub(async |hub| {
/// #[derive(serde::Serialize)]
/// struct DailyPapers {}
///
/// impl Endpoint for DailyPapers {
///     type Reply = Vec<serde_json::Value>;
///     const SPEC: Spec = "GET /api/daily_papers";
/// }
/// impl List for DailyPapers {}
///
/// let mut pages = hub.pages(DailyPapers {});
/// assert_eq!(pages.next().await?.map(|it| it.len()), Some(2));
/// assert!(pages.next().await?.is_none());
/// # Ok(())
/// # })?;
/// # Ok::<(), hubkey::Error>(())
/// ```
pub trait List: Endpoint {}

/// A request made of a spec and its options.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) method: &'static str,
    pub(crate) needs_token: bool,
    pub(crate) path: String,
    pub(crate) query: Vec<(&'static str, String)>,
    pub(crate) body: Option<Value>,
    pub(crate) takes: Takes,
    /// The smallest page that may be asked for.
    pub(crate) least: f64,
}

/// Which answers are no errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Takes {
    Success,
    /// And a 409.
    Existing,
    All,
    /// Success, which gives `true`.
    Done,
    /// And a repo that is not there, which gives `false`.
    Missing,
    /// And a repo that is there behind a gate, or hidden from somebody who sent no token.
    Known,
    /// Success, whose body is a file's.
    Bytes,
    /// The word `OK`, which gives `true`.
    Okay,
}

impl Plan {
    pub(crate) fn new(spec: Spec, options: &Value) -> Result<Self> {
        let mut words = spec.split(' ').filter(|it| !it.is_empty());
        let method = words.next().unwrap_or_default();
        let mut plan = Self {
            method: method.strip_suffix('!').unwrap_or(method),
            needs_token: method.ends_with('!'),
            path: fill(words.next().unwrap_or_default(), options)?,
            query: Vec::new(),
            body: None,
            takes: Takes::Success,
            least: 1.0,
        };
        for word in words {
            let mut rest = word.chars();
            let sign = rest.next();
            let (option, wire) = rest.as_str().split_once('=').unwrap_or((rest.as_str(), rest.as_str()));
            let given = options.get(option).filter(|it| !it.is_null());
            match sign {
                Some('?') => {
                    if let Some(value) = given {
                        let (wire, before) = wire.split_once(':').unwrap_or((wire, ""));
                        for it in value.items().unwrap_or_else(|| vec![value]) {
                            let mut it = it.as_parameter(option)?;
                            if !it.starts_with(before) {
                                it.insert_str(0, before);
                            }
                            plan.query.push((wire, it));
                        }
                    }
                }
                Some('~') if options.flag(option) => plan.takes = Takes::Existing,
                Some('~') => {}
                Some('-') => {
                    plan.takes = match option {
                        "" => Takes::Known,
                        _ if options.flag(option) => Takes::Missing,
                        _ => Takes::Done,
                    }
                }
                Some('+') => plan.takes = Takes::Okay,
                Some('#') => plan.least = 10.0,
                Some('<') => plan.takes = Takes::Bytes,
                Some('@') => {
                    let repo = repo(options, option)?;
                    let body = plan.body.get_or_insert_with(Value::object);
                    body.set("name", repo.name());
                    if let Some(owner) = repo.owner() {
                        body.set("organization", owner);
                    }
                }
                _ => {
                    if wire == "type" {
                        repo_type(options)?;
                    }
                    let body = plan.body.get_or_insert_with(Value::object);
                    if let Some(value) = given {
                        body.set(wire, value);
                    }
                }
            }
        }
        Ok(plan)
    }
}

/// Puts options into a path's places, each encoded so that it stays one part.
fn fill(template: &'static str, options: &Value) -> Result<String> {
    let mut path = String::new();
    for (at, piece) in template.split('[').enumerate() {
        let (optional, always) = if at == 0 {
            ("", piece)
        } else {
            piece.split_once(']').unwrap_or((piece, ""))
        };
        let name = place(optional);
        let given = options
            .get(name.strip_prefix('?').unwrap_or(name))
            .filter(|it| !it.is_null());
        if given.is_some_and(|it| !name.starts_with('?') || it.as_bool() != Some(false)) {
            fill_places(optional, options, &mut path)?;
        }
        fill_places(always, options, &mut path)?;
    }
    Ok(path)
}

fn place(text: &str) -> &str {
    text.split_once('{')
        .and_then(|it| it.1.split_once('}'))
        .map_or("", |it| it.0)
}

fn fill_places(template: &'static str, options: &Value, path: &mut String) -> Result<()> {
    for (at, piece) in template.split('{').enumerate() {
        if at == 0 {
            path.push_str(piece);
            continue;
        }
        let (name, after) = piece.split_once('}').unwrap_or((piece, ""));
        match name {
            "repo" => path.push_str(repo(options, name)?.as_str()),
            "type" => path.push_str(repo_type(options)?),
            // Models are at the root.
            "prefix" => match repo_type(options)? {
                "model" => {}
                it => path.push_str(&cat(&[it, "s/"])),
            },
            _ => {
                if let Some(flag) = name.strip_prefix('?') {
                    // A word that is no flag must not read as "not set".
                    if options.get(flag).is_none_or(|it| it.as_bool().is_none()) {
                        let told = cat(&["`", flag, "` should be true or false"]);
                        return Err(Error::new(Code::InvalidArgument, told));
                    }
                    path.push_str(flag);
                    path.push_str(after);
                    continue;
                }
                let (name, usual) = name.split_once('=').unwrap_or((name, ""));
                let (name, several) = name.strip_prefix('*').map_or((name, false), |it| (it, true));
                let given = options.get(name).filter(|it| !it.is_null() || usual.is_empty());
                let value = given.map(|it| it.as_parameter(name)).transpose()?;
                let value = value.unwrap_or_else(|| usual.to_owned());
                fill_place(name, &value, several, path)?;
            }
        }
        path.push_str(after);
    }
    Ok(())
}

/// Of a path the parts stay apart; anything else is one part, whatever is in it.
#[inline(never)]
fn fill_place(name: &str, value: &str, several: bool, path: &mut String) -> Result<()> {
    for (at, part) in value.split(|it| several && it == '/').enumerate() {
        if at > 0 {
            path.push('/');
        }
        // `.` and `..` survive encoding and climb, and some servers take a backslash for a slash.
        let odd = |it: char| it.is_control() || it == '\\';
        if part.is_empty() || is_dotted(part) || (several && part.contains(odd)) {
            let told = cat(&[
                "`",
                name,
                "` is missing, or has a part that is empty, climbs or cannot be sent",
            ]);
            return Err(Error::new(Code::InvalidPath, told));
        }
        encode_part(part, path);
    }
    Ok(())
}

fn repo(options: &Value, name: &str) -> Result<RepoId> {
    match options.text(name) {
        Some(id) => RepoId::parse(&id),
        None => Err(Error::new(
            Code::InvalidRepo,
            cat(&["`", name, "` is missing: give owner/name as text"]),
        )),
    }
}

pub(crate) fn repo_type(options: &Value) -> Result<&'static str> {
    let Some(given) = options.get("type").filter(|it| !it.is_null()) else {
        return Ok("model");
    };
    let word = given.as_text().unwrap_or_default();
    RepoType::WORDS.iter().find(|it| **it == word).copied().ok_or_else(|| {
        Error::new(
            Code::InvalidArgument,
            "`type` should be model, dataset, space or kernel",
        )
    })
}

#[cfg(test)]
mod tests;
