//! Copies of small projects under target/, with the packed package installed as a user would.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use walkdir::WalkDir;

use crate::{
    build::Package,
    project::Project,
    stamp::{self, Fingerprint},
};

const INSTALLED: &str = "node_modules";

/// An empty folder.
pub(crate) fn clear(dir: &Path) -> Result<()> {
    if dir.exists() {
        fs::remove_dir_all(dir)?;
    }
    Ok(fs::create_dir_all(dir)?)
}

/// Makes `to` hold what `from` holds. Entries of `from`'s top folder with these names are left alone, on
/// both sides.
pub(crate) fn mirror(from: &Path, to: &Path, leave: &[&str]) -> Result<()> {
    fs::create_dir_all(to)?;
    let left = |name: &std::ffi::OsStr| leave.iter().any(|word| name == *word);
    for entry in fs::read_dir(to)? {
        let entry = entry?;
        if left(&entry.file_name()) {
            continue;
        }
        if entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())?;
        } else {
            fs::remove_file(entry.path())?;
        }
    }
    let inside = WalkDir::new(from).min_depth(1).into_iter();
    for entry in inside.filter_entry(|entry| entry.depth() != 1 || !left(entry.file_name())) {
        let entry = entry.with_context(|| format!("cannot read {}", from.display()))?;
        let target = to.join(entry.path().strip_prefix(from)?);
        if entry.file_type().is_dir() {
            fs::create_dir_all(target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// A copy of a project in `to` in which the tarball is installed.
pub(crate) fn project(project: &Project, package: &Package, from: &Path, to: &Path) -> Result<()> {
    mirror(from, to, &[INSTALLED, "dist", "dist-test"])?;
    let manifest = to.join("package.json");
    if !manifest.is_file() {
        fs::write(&manifest, "{ \"private\": true, \"type\": \"module\" }\n")?;
    }
    let fingerprint = Fingerprint::default().path(&manifest).path(&package.tarball).finish();
    let stamp = to.join(INSTALLED).join(".xtask-stamp");
    if stamp::is_fresh(&stamp, &fingerprint) {
        return Ok(());
    }
    // npm takes a tarball of the same name and version for the one that it has.
    for old in ["hubkey", ".package-lock.json"] {
        let old = to.join(INSTALLED).join(old);
        if old.is_dir() {
            fs::remove_dir_all(old)?;
        } else if old.exists() {
            fs::remove_file(old)?;
        }
    }
    project
        .cmd("npm")
        .args([
            "install",
            "--no-save",
            "--prefer-offline",
            "--no-package-lock",
            "--ignore-scripts",
        ])
        .args(["--loglevel=error"])
        .arg(&package.tarball)
        .dir(to)
        .read()
        .with_context(|| format!("the package could not be installed in {}", to.display()))?;
    stamp::write(&stamp, &fingerprint)
}

/// The same for each folder in `from`, with the files that they share beside them.
pub(crate) fn projects(project: &Project, package: &Package, from: &Path, to: &Path) -> Result<()> {
    let folders: Vec<_> = fs::read_dir(from)?
        .flatten()
        .filter(|entry| entry.path().is_dir())
        .collect();
    let names: Vec<_> = folders
        .iter()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    mirror(from, to, &names.iter().map(String::as_str).collect::<Vec<_>>())?;
    folders
        .iter()
        .try_for_each(|entry| self::project(project, package, &entry.path(), &to.join(entry.file_name())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mirror_drops_what_is_gone_and_keeps_what_is_left_alone() -> Result<()> {
        let dir = tempfile::tempdir()?;
        let (from, to) = (dir.path().join("from"), dir.path().join("to"));
        for file in ["from/a/b.js", "from/dist/x", "to/old.js", "to/node_modules/m"] {
            let file = dir.path().join(file);
            fs::create_dir_all(file.parent().context("no parent")?)?;
            fs::write(file, "1")?;
        }
        mirror(&from, &to, &["node_modules", "dist"])?;
        let there = |name: &str| to.join(name).exists();
        assert!(there("a/b.js") && there("node_modules/m") && !there("old.js") && !there("dist"));
        Ok(())
    }
}
