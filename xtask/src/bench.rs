//! `cargo xtask bench`: ours, the peer's and a bare fetch, taking turns in one run.

use anyhow::Result;

use crate::{
    build,
    hub::{self, Hub},
    project::Project,
    setup::{self, Need},
    stage,
};

const HUB_PORT: u16 = 8351;

pub(crate) fn run(project: &Project, rounds: u32) -> Result<()> {
    setup::run(project, Need::BUILD)?;
    let package = build::package(project, false)?;
    let dir = project.path("target/consumers/bench");
    stage::project(project, &package, &project.path("bench"), &dir)?;
    // Without optimisation the server would be most of what is measured.
    let program = hub::build(project, true)?;
    let hub = Hub::start(project, &program, HUB_PORT, &project.path("target/logs/bench.log"))?;
    project
        .cmd("node")
        .arg("node.mjs")
        .dir(&dir)
        .env("HUBKEY_TEST_HUB", &hub.url)
        .env("HUBKEY_BENCH_ROUNDS", rounds.to_string())
        .env("HUBKEY_BENCH_OUT", project.path("bench/results.json"))
        .run()
}
