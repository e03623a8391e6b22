//! Node, the dev dependencies of the root package.json, and those of the matrix.

use anyhow::{Context, Result, bail};

use crate::{
    proc::say,
    project::Project,
    stamp::{self, Fingerprint},
};

pub(super) fn get(project: &Project) -> Result<()> {
    let version = project
        .cmd("node")
        .arg("--version")
        .read()
        .context("Node is missing: install Node 20.19 or newer with npm, then run this again")?;
    let mut numbers = version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .flat_map(str::parse::<u32>);
    let (major, minor) = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    if (major, minor) < (20, 19) {
        bail!(
            "Node {} is too old: install Node 20.19 or newer with npm, then run this again",
            version.trim()
        );
    }
    install(
        project,
        "",
        version.trim(),
        "the npm dev dependencies (wasm-opt, bundlers, a browser driver); about a quarter of a minute",
    )
}

pub(super) fn get_for_matrix(project: &Project) -> Result<()> {
    install(project, "tests/matrix", "", "the drivers of the matrix; some seconds")
}

/// What the lock file of a folder lists.
fn install(project: &Project, dir: &str, version: &str, what: &str) -> Result<()> {
    let dir = project.path(dir);
    let fingerprint = Fingerprint::default()
        .path(&dir.join("package-lock.json"))
        .text(version)
        .finish();
    let stamp = dir.join("node_modules/.xtask-stamp");
    if stamp::is_fresh(&stamp, &fingerprint) {
        return Ok(());
    }
    say(&format!("Installing {what}."));
    project
        .cmd("npm")
        .args(["ci", "--ignore-scripts"])
        .dir(&dir)
        .run()
        .with_context(|| format!("npm could not install what {} lists", dir.display()))?;
    stamp::write(&stamp, &fingerprint)
}
