//! `cargo xtask bench`: ours, the peer's and a bare fetch, taking turns in one run.

mod report;

use std::fs;

use anyhow::{Context, Result};
use clap::ValueEnum;

use crate::{
    build,
    hub::{self, Hub},
    project::Project,
    readme,
    setup::{self, Need},
    stage,
};

const HUB_PORT: u16 = 8351;
const RESULTS: &str = "bench/results.json";
/// The part of the README that is made from the results.
const PART: &str = "bench";

/// Where, or what, is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Place {
    /// Start of a process, whoami, a long list, in Node
    Node,
    /// Import in a fresh context, also with a slow processor, whoami, a long list, in Chromium
    Chromium,
    /// What 10,000 calls leave behind, in Node
    Memory,
}

pub(crate) fn run(project: &Project, rounds: u32, only: &[Place]) -> Result<()> {
    setup::run(project, Need::BUILD)?;
    let places = if only.is_empty() { Place::value_variants() } else { only };
    if places.contains(&Place::Chromium) {
        setup::run(project, &[Need::Browser])?;
    }
    let package = build::package(project, false)?;
    let dir = project.path("target/consumers/bench");
    stage::project(project, &package, &project.path("bench"), &dir)?;
    // Without optimisation the server would be most of what is measured.
    let program = hub::build(project, true)?;
    let hub = Hub::start(project, &program, HUB_PORT, &project.path("target/logs/bench.log"))?;
    let names: Vec<_> = places
        .iter()
        .filter_map(|it| Some(it.to_possible_value()?.get_name().to_owned()))
        .collect();
    let mut cmd = project
        .cmd("node")
        .arg("bench.mjs")
        .dir(&dir)
        .env("HUBKEY_TEST_HUB", &hub.url)
        .env("HUBKEY_BENCH_ROUNDS", rounds.to_string())
        .env("HUBKEY_BENCH_PLACES", names.join(","))
        .env("HUBKEY_BENCH_OUT", project.path(RESULTS));
    if let Some(chromium) = setup::chromium() {
        cmd = cmd.env("HUBKEY_CHROMIUM", chromium);
    }
    cmd.run()?;
    write_report(project)
}

/// The README's table from the results that are there.
pub(crate) fn write_report(project: &Project) -> Result<()> {
    let text = report(project)?;
    println!("{text}");
    readme::put(project, PART, &text)
}

fn report(project: &Project) -> Result<String> {
    let results = fs::read_to_string(project.path(RESULTS)).with_context(|| format!("cannot read {RESULTS}"))?;
    report::markdown(&serde_json::from_str(&results)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_readme_shows_what_was_measured() -> Result<()> {
        let project = Project::find()?;
        assert_eq!(
            readme::part(&project.read("README.md")?, PART)?,
            report(&project)?.trim_end(),
            "README.md and {RESULTS} differ: `cargo xtask bench --report` makes the table again"
        );
        Ok(())
    }
}
