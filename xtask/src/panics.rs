//! `cargo xtask panics`: a build of the module that panics where a test asks for it, in each engine. The cases are in
//! tests/panics; `cargo xtask test panics` runs those of Node and Chromium.

use std::{path::PathBuf, process::ExitCode};

use anyhow::Result;
use serde_json::json;

use crate::{
    build,
    proc::{Cmd, say},
    project::Project,
    setup::{self, Need},
    stage,
};

const HERE: &[&str] = &["node", "chromium"];
const ELSEWHERE: &[&str] = &["elsewhere/workerd", "elsewhere/firefox", "elsewhere/webkit"];

pub(crate) fn run(project: &Project) -> Result<ExitCode> {
    setup::run(project, Need::BUILD)?;
    for need in [Need::Browser, Need::OtherBrowsers, Need::MatrixNpm] {
        // The tests of what is missing fail, and say so.
        if let Err(error) = setup::run(project, &[need]) {
            say(&format!("{error:#}; going on without."));
        }
    }
    tests(project, &[HERE, ELSEWHERE].concat())?.code()
}

/// The part that needs nothing but Node and Chromium.
pub(crate) fn short(project: &Project) -> Result<Cmd> {
    tests(project, HERE)
}

fn tests(project: &Project, names: &[&str]) -> Result<Cmd> {
    let package = build::panicking_package(project)?;
    let dir = project.path("target/consumers/panics");
    stage::project(project, &package, &project.path("tests/panics/consumer"), &dir)?;
    let text = |path: Option<PathBuf>| path.map(|path| path.to_string_lossy().into_owned());
    let tools = json!({
        "chromium": text(setup::chromium()),
        "firefox": text(setup::firefox()),
        "webkitDriver": text(setup::webkit_driver()),
        "xvfb": text(setup::xvfb()),
    });
    Ok(project
        .cmd("node")
        .args([
            "--test",
            "--test-reporter=spec",
            "--test-concurrency=1",
            "--test-timeout=120000",
            "--test-force-exit",
        ])
        .args(
            names
                .iter()
                .map(|name| project.path(format!("tests/panics/{name}.test.mjs"))),
        )
        .env("HUBKEY_PANICKING", &dir)
        .env("HUBKEY_TOOLS", tools.to_string()))
}
