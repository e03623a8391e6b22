//! `cargo xtask size`: what a page loads, by job, beside the peer's, and held against the budget.

mod deep;
mod report;

use std::{fs, process::ExitCode};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::{
    build::{self, Package},
    project::Project,
    readme,
    setup::{self, Need},
    stage,
};

/// Bytes at brotli 11: the module and the minified JavaScript that a page loads through `hubkey/url`.
const CORE: u64 = 30_000;
/// The default entry, with the module inside the JavaScript, may add a tenth.
const INLINE: u64 = CORE + CORE / 10;

/// What the core may have grown by since it was last written down.
const SLACK: u64 = 300;

const RESULTS: &str = "bench/sizes.json";
/// The part of the README that is made from the results.
const PART: &str = "size";

pub(crate) fn run(project: &Project, deep: bool) -> Result<ExitCode> {
    setup::run(project, Need::BUILD)?;
    let package = build::package(project, false)?;
    let mut sizes = measure(project, &package, &[])?;
    print!("{}", report::parts(&sizes["parts"])?);
    println!("\n{}", report::jobs(&sizes["jobs"])?);
    // What takes further builds is kept from the last time that they were made.
    sizes["deep"] = if deep {
        deep::measure(project, brotli(&sizes, "core")?)?
    } else {
        let old = fs::read_to_string(project.path(RESULTS)).unwrap_or_default();
        serde_json::from_str::<Value>(&old).map_or(json!(null), |mut it| it["deep"].take())
    };
    print!("{}", report::deep(&sizes)?);
    fs::write(project.path(RESULTS), serde_json::to_string_pretty(&sizes)? + "\n")?;
    readme::put(project, PART, &report::markdown(&sizes)?)?;

    for (name, budget) in [("core", CORE), ("inline", INLINE)] {
        if brotli(&sizes, name)? > budget {
            println!("Beyond the budget.");
            return Ok(ExitCode::FAILURE);
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes nothing. The budget is a goal, so it fails for nobody's change in particular; growth that nobody wrote down does.
pub(crate) fn check(project: &Project) -> Result<()> {
    setup::run(project, Need::BUILD)?;
    let package = build::package(project, false)?;
    let now = brotli(&measure(project, &package, &["--parts"])?, "core")?;
    let written = brotli(&serde_json::from_str(&project.read(RESULTS)?)?, "core")?;
    println!("The core is {now} bytes, written down are {written}, wanted are {CORE}.");
    ensure!(
        now <= written + SLACK,
        "the core grew without being written down: `cargo xtask size` does, and the commit says why"
    );
    Ok(())
}

/// What size.mjs finds in the package.
fn measure(project: &Project, package: &Package, args: &[&str]) -> Result<Value> {
    let dir = project.path("target/consumers/size");
    stage::project(project, package, &project.path("xtask/js"), &dir)?;
    let printed = project.cmd("node").arg("size.mjs").args(args).dir(&dir).read()?;
    serde_json::from_str(&printed).context("size.mjs printed no JSON")
}

/// Of the part that has this budget.
fn brotli(sizes: &Value, budget: &str) -> Result<u64> {
    let parts = sizes["parts"].as_array().context("size.mjs printed no parts")?;
    parts
        .iter()
        .find(|it| it["budget"] == budget)
        .and_then(|it| it["brotli"].as_u64())
        .with_context(|| format!("size.mjs printed no {budget}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_readme_shows_what_was_measured() -> Result<()> {
        let project = Project::find()?;
        let sizes = serde_json::from_str(&project.read(RESULTS)?)?;
        assert_eq!(
            readme::part(&project.read("README.md")?, PART)?,
            report::markdown(&sizes)?.trim_end(),
            "README.md and {RESULTS} differ: `cargo xtask size` writes both"
        );
        Ok(())
    }
}
