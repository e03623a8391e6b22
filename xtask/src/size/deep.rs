//! What serde and endpoints cost in the published module: the same build of a copy of the sources with a change in each,
//! compared.

use std::fs;

use anyhow::{Context, Result, ensure};
use regex::Regex;
use serde_json::{Value, json};

use crate::{build, copy, proc::say, project::Project};

#[derive(Clone, Copy, Debug)]
enum Change {
    /// These endpoints besides
    Endpoints(&'static [&'static str]),
    /// No endpoint at all
    NoEndpoints,
    /// An export that does this to a value
    Serde(&'static str),
}

impl Change {
    /// By texts that only such a module holds, or holds no more.
    fn is_in(self, module: &[u8]) -> bool {
        let holds = |text: &str| module.windows(text.len()).any(|it| it == text.as_bytes());
        match self {
            Self::Endpoints(names) => holds("/branch/{branch}") && holds("/restart") == names.contains(&"RestartSpace"),
            Self::NoEndpoints => !holds("/api/repos/create"),
            Self::Serde(_) => holds("missing field"),
        }
    }
}

const BUILDS: &[(&str, Change)] = &[
    (
        "one more endpoint (wanted: under 100)",
        Change::Endpoints(&["CreateBranch"]),
    ),
    ("eight more endpoints", Change::Endpoints(EIGHT)),
    ("no endpoint", Change::NoEndpoints),
    (
        "whoami's answer decoded with serde",
        Change::Serde("std::hint::black_box(serde_wasm_bindgen::from_value::<crate::Identity>(it)?);"),
    ),
    (
        "the same, and a model's decoded and encoded",
        Change::Serde(
            "std::hint::black_box(serde_wasm_bindgen::from_value::<crate::Identity>(it.clone())?);
            return Ok(serde_wasm_bindgen::to_value(&serde_wasm_bindgen::from_value::<crate::hub::Model>(it)?)?);",
        ),
    ),
];

const EIGHT: &[&str] = &[
    "CreateBranch",
    "DatasetInfo",
    "ListDatasets",
    "SpaceInfo",
    "DeleteRepo",
    "MoveRepo",
    "ListRefs",
    "RestartSpace",
];

/// Of different kinds, as the Hub has them, so that none is cheap by likeness alone.
const DECLARED: &str = r#"
use super::Model;

endpoint! {
    /// Creates a branch.
    pub struct CreateBranch = "createBranch", One Model, "POST! /api/{type}s/{repo}/branch/{branch}",
    path { /// Repo.
        repo: repo, /// Name.
        branch: text, },
    options { /// Type.
        repo_type: repo_type = "type"; /// Commit.
        starting_point: text = "startingPoint", ".startingPoint"; }
}
endpoint! {
    /// Reads one dataset.
    pub struct DatasetInfo = "datasetInfo", One Model, "GET /api/datasets/{repo}[/revision/{revision}]",
    path { /// Repo.
        repo: repo, },
    options { /// Revision.
        revision: text = "revision"; /// Properties.
        expand: texts = "expand", "?expand"; /// Sizes.
        blobs: flag = "blobs", "?blobs"; }
}
endpoint! {
    /// Lists datasets.
    pub struct ListDatasets = "listDatasets", List Model, "GET /api/datasets",
    options { /// Part of the name.
        search: texts = "search", "?search"; /// Owner.
        author: text = "author", "?author"; /// Tags.
        filter: texts = "filter", "?filter"; /// Name of a benchmark.
        benchmark: text = "benchmark", "?benchmark"; /// Order.
        sort: text = "sort", "?sort"; /// All fields.
        full: flag = "full", "?full"; /// In all.
        limit: number = "limit"; /// In one request.
        page_size: number = "pageSize"; }
}
endpoint! {
    /// Reads one Space.
    pub struct SpaceInfo = "spaceInfo", One Model, "GET /api/spaces/{repo}[/revision/{revision}]",
    path { /// Repo.
        repo: repo, },
    options { /// Revision.
        revision: text = "revision"; /// Properties.
        expand: texts = "expand", "?expand"; }
}
endpoint! {
    /// Deletes a repo.
    pub struct DeleteRepo = "deleteRepo", One Model, "DELETE! /api/repos/delete @repo .type",
    path { /// Repo.
        repo: repo, },
    options { /// Type.
        repo_type: repo_type = "type"; }
}
endpoint! {
    /// Moves a repo.
    pub struct MoveRepo = "moveRepo", One Model, "POST! /api/repos/move .fromRepo .toRepo .type",
    options { /// From.
        from: text = "fromRepo"; /// To.
        to: text = "toRepo"; /// Type.
        repo_type: repo_type = "type"; }
}
endpoint! {
    /// Lists branches and tags.
    pub struct ListRefs = "listRefs", One Model, "GET /api/{type}s/{repo}/refs",
    path { /// Repo.
        repo: repo, },
    options { /// Type.
        repo_type: repo_type = "type"; /// Pull requests too.
        include_prs: flag = "includePrs", "?includePrs=include_prs"; }
}
endpoint! {
    /// Restarts a Space.
    pub struct RestartSpace = "restartSpace", One Model, "POST! /api/spaces/{repo}/restart",
    path { /// Repo.
        repo: repo, },
    options { /// From scratch.
        factory: flag = "factory", "?factory"; }
}
"#;

/// Some minutes: the standard library is built along once, the rest for each.
pub(super) fn measure(project: &Project, core: u64) -> Result<Value> {
    let mut builds = Vec::new();
    for (what, change) in BUILDS {
        say(&format!("Building with {what}."));
        let copy = copy::of(project, &project.path("target/copies/size"))?;
        apply(&copy, *change)?;
        let package = build::package(&copy, false).with_context(|| format!("cannot build with {what}"))?;
        ensure!(
            change.is_in(&fs::read(package.dir.join("hubkey_bg.wasm"))?),
            "the module that was built with {what} is none"
        );
        let sizes = super::measure(&copy, &package, &["--parts"])?;
        let changed = super::brotli(&sizes, "core")?;
        builds.push(json!({ "what": what, "more": i64::try_from(changed)? - i64::try_from(core)? }));
    }
    Ok(json!({ "core": core, "builds": builds }))
}

fn apply(copy: &Project, change: Change) -> Result<()> {
    let edit = |file: &str, how: &dyn Fn(String) -> Result<String>| -> Result<()> {
        Ok(fs::write(copy.path(file), how(copy.read(file)?)?)?)
    };
    match change {
        Change::Endpoints(names) => {
            fs::write(copy.path("src/hub/size_probe.rs"), DECLARED)?;
            edit("src/hub.rs", &|text| {
                Ok(text + "\nmod size_probe;\npub use size_probe::*;\n")
            })?;
            edit("src/hub/declare.rs", &|text| {
                listed(&text, |all| format!("{all} {}", names.join(" ")))
            })
        }
        Change::NoEndpoints => edit("src/hub/declare.rs", &|text| listed(&text, |_| String::new())),
        Change::Serde(body) => {
            edit("Cargo.toml", &|text| depending(&text))?;
            edit("src/lib.rs", &|text| Ok(text + &exported(body)))
        }
    }
}

/// The list of endpoints, changed.
fn listed(text: &str, change: impl Fn(&str) -> String) -> Result<String> {
    let list = Regex::new(r"(?m)^all! \{([^{}]*)\}")?;
    ensure!(
        list.find_iter(text).count() == 1,
        "src/hub/declare.rs lists the endpoints in another form than `all! {{ … }}`"
    );
    Ok(list
        .replace(text, |found: &regex::Captures| {
            format!("all! {{{}}}", change(&found[1]))
        })
        .into_owned())
}

/// With the crate that decodes values of JavaScript, which the published module does without.
fn depending(manifest: &str) -> Result<String> {
    const TABLE: &str = "[target.'cfg(target_arch = \"wasm32\")'.dependencies]\n";
    ensure!(
        manifest.contains(TABLE) && !manifest.contains("serde-wasm-bindgen"),
        "Cargo.toml has no dependencies for wasm, or serde-wasm-bindgen among them"
    );
    Ok(manifest.replacen(TABLE, &format!("{TABLE}serde-wasm-bindgen = \"=0.6.5\"\n"), 1))
}

fn exported(body: &str) -> String {
    format!(
        "
#[cfg(all(feature = \"js\", target_arch = \"wasm32\"))]
mod size_probe {{
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    #[allow(unreachable_pub, unreachable_code)]
    pub fn probe(it: JsValue) -> Result<JsValue, JsValue> {{
        {body}
        Ok(JsValue::NULL)
    }}
}}
"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_endpoint_that_is_added_is_declared() {
        assert_eq!(EIGHT.len(), DECLARED.matches("endpoint! {").count());
        for name in EIGHT {
            assert!(DECLARED.contains(&format!("pub struct {name} = ")), "{name}");
        }
    }

    #[test]
    fn what_is_changed_is_where_the_change_looks() -> Result<()> {
        let text = Project::find()?.read("src/hub/declare.rs")?;
        assert!(listed(&text, |all| format!("{all} Thing"))?.contains(" Thing}"));
        assert!(listed("nothing", str::to_owned).is_err());
        assert!(depending(&Project::find()?.read("Cargo.toml")?)?.contains("\nserde-wasm-bindgen = "));
        Ok(())
    }
}
