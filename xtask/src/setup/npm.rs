//! Node, and the dev dependencies of the root package.json.

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
    let fingerprint = Fingerprint::default()
        .path(&project.path("package-lock.json"))
        .text(version.trim())
        .finish();
    let stamp = project.path("node_modules/.xtask-stamp");
    if stamp::is_fresh(&stamp, &fingerprint) {
        return Ok(());
    }
    say("Installing the npm dev dependencies (wasm-opt, bundlers, a browser driver); about a quarter of a minute.");
    project
        .cmd("npm")
        .args(["ci", "--ignore-scripts"])
        .run()
        .context("npm could not install the dev dependencies")?;
    stamp::write(&stamp, &fingerprint)
}
