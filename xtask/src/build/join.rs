//! The package's files joined: an entry for each way to load it, and what several share in files of its own.
//!
//! A page without a bundler would otherwise ask for a dozen files one behind the other, and Node reads each at some
//! half a millisecond. One file in common, not a whole copy in each entry: two entries in one program share the class.

use std::path::Path;

use anyhow::Result;
use walkdir::WalkDir;

use crate::project::Project;

/// wasm-bindgen's snippets under a name that stays. What uses no module uses them by it, or they would be a file in common
/// apart from the rest.
pub(super) fn snippets(parts: &Path) -> Result<String> {
    let mut lines = Vec::new();
    for entry in WalkDir::new(parts.join("snippets")).sort_by_file_name() {
        let path = entry?.into_path();
        if path.extension().is_some_and(|it| it == "js") {
            lines.push(format!(
                "export * from \"./{}\";\n",
                path.strip_prefix(parts)?.display()
            ));
        }
    }
    Ok(lines.concat())
}

pub(super) fn join(project: &Project, parts: &Path, entries: &[String], to: &Path) -> Result<()> {
    project
        .cmd("esbuild")
        .args(entries)
        .args(["--bundle", "--splitting", "--format=esm", "--target=es2022"])
        // What an entry imports without using it stays: by that it is where the others are, see pkg-template/vault.js.
        .arg("--ignore-annotations")
        // Found by the file's name: each runtime has its own way to take a module.
        .args(["--external:*.wasm", "--external:*.wasm?module"])
        .args(["--chunk-names=core-[hash]", "--log-level=warning", "--charset=utf8"])
        .arg(format!("--define:VERSION=\"{}\"", project.version()?))
        .arg(format!("--outdir={}", to.display()))
        .dir(parts)
        .run()
}
