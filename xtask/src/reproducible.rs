//! `cargo xtask reproducible`: the published package, built twice from nothing, here and at another path, byte for byte.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Result, bail, ensure};
use walkdir::WalkDir;

use crate::{
    build, copy,
    proc::say,
    project::Project,
    setup::{self, Need},
};

/// What a build leaves behind and would find again.
const BUILT: &[&str] = &["published", "wasm-pack", "wasm-pack.stamp", "pkg", "pkg.stamp"];
/// Longer than the checkout's own path, and under it: paths of both kinds would show.
const ELSEWHERE: &str = "target/copies/under/another/name";

pub(crate) fn run(project: &Project) -> Result<()> {
    setup::run(project, Need::BUILD)?;
    let first = from_nothing(project)?;
    let second = from_nothing(&copy::of(project, &project.path(ELSEWHERE))?)?;
    let differing = differences(&first, &second);
    ensure!(
        first.contains_key("hubkey_bg.wasm") && first.keys().any(|name| name.ends_with(".tgz")),
        "the package has no module, or was not packed"
    );
    if !differing.is_empty() {
        bail!(
            "built twice, and not the same: {} (in target/pkg and in {ELSEWHERE}/target/pkg)",
            differing.join(", ")
        );
    }
    println!("Built twice from nothing: all {} files are the same.", first.len());
    Ok(())
}

fn from_nothing(project: &Project) -> Result<BTreeMap<String, Vec<u8>>> {
    say(&format!("Building from nothing in {}.", project.root.display()));
    for name in BUILT {
        let old = project.path("target").join(name);
        if old.is_dir() {
            fs::remove_dir_all(old)?;
        } else if old.exists() {
            fs::remove_file(old)?;
        }
    }
    contents(&build::package(project, false)?.dir)
}

fn contents(dir: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut found = BTreeMap::new();
    for entry in WalkDir::new(dir) {
        let entry = entry?;
        if entry.file_type().is_file() {
            let name = entry.path().strip_prefix(dir)?.to_string_lossy().into_owned();
            found.insert(name, fs::read(entry.path())?);
        }
    }
    Ok(found)
}

/// Names of files that only one of them has, or that hold something else.
fn differences<'a>(first: &'a BTreeMap<String, Vec<u8>>, second: &'a BTreeMap<String, Vec<u8>>) -> Vec<&'a str> {
    let mut names: Vec<_> = first.keys().chain(second.keys()).map(String::as_str).collect();
    names.sort_unstable();
    names.dedup();
    names.retain(|name| first.get(*name) != second.get(*name));
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_and_a_file_are_differences() {
        let of = |files: &[(&str, &str)]| -> BTreeMap<String, Vec<u8>> {
            files
                .iter()
                .map(|(name, text)| ((*name).into(), (*text).into()))
                .collect()
        };
        let first = of(&[("a", "1"), ("b", "2"), ("c", "3")]);
        let second = of(&[("a", "1"), ("b", "x"), ("d", "3")]);
        assert_eq!(differences(&first, &second), ["b", "c", "d"]);
        assert!(differences(&first, &first).is_empty());
    }
}
