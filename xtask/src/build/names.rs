//! Short names between the module and its glue. wasm-bindgen's carry a hash each and stand in both files.

use std::{collections::HashMap, path::Path};

use anyhow::{Context, Result};

use crate::project::Project;

/// The module whose functions the short names are.
pub(super) const MODULE: &str = "a";

/// What was called how.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Module, name, short name.
    pub(super) imports: Vec<[String; 3]>,
    /// Name, short name.
    pub(super) exports: HashMap<String, String>,
}

/// wasm-pack strips the section that says what the module uses; these are what rustc uses unasked.
const FEATURES: [&str; 6] = [
    "bulk-memory",
    "nontrapping-float-to-int",
    "sign-ext",
    "mutable-globals",
    "reference-types",
    "multivalue",
];

/// Writes the module with short names, all imports from [`MODULE`].
pub(super) fn shorten(project: &Project, module: &Path, to: &Path) -> Result<Names> {
    let printed = project
        .cmd("wasm-opt")
        .args(FEATURES.map(|it| format!("--enable-{it}")))
        .arg("--minify-imports-and-exports-and-modules")
        .arg(module)
        .arg("-o")
        .arg(to)
        .read()?;
    parse(&printed).context("wasm-opt printed no list of names")
}

fn parse(printed: &str) -> Result<Names> {
    let mut lists: HashMap<String, Vec<Vec<String>>> = serde_json::from_str(printed)?;
    let mut rows = |name: &str| lists.remove(name).with_context(|| format!("no {name}"));
    let imports = rows("imports")?.into_iter().map(<[String; 3]>::try_from);
    let exports = rows("exports")?.into_iter().map(<[String; 2]>::try_from);
    let unknown = |row| anyhow::anyhow!("a row of another shape: {row:?}");
    Ok(Names {
        imports: imports.collect::<Result<_, _>>().map_err(unknown)?,
        exports: exports
            .map(|row| row.map(|[name, short]| (name, short)))
            .collect::<Result<_, _>>()
            .map_err(unknown)?,
    })
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn both_lists_are_read() -> anyhow::Result<()> {
        let names = parse(r#"{"imports":[["./hubkey_bg.js","__wbg_a_1","a"]],"exports":[["memory","b"]]}"#)?;
        assert_eq!(names.imports, [["./hubkey_bg.js", "__wbg_a_1", "a"]]);
        assert_eq!(names.exports["memory"], "b");
        assert!(parse(r#"{"imports":[["x"]],"exports":[]}"#).is_err());
        Ok(())
    }
}
