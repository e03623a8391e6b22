//! `cargo xtask matrix`: the packed package in every place that it is for. The cells are in tests/matrix.

use std::{path::PathBuf, process::ExitCode};

use anyhow::Result;
use serde_json::json;

use crate::{
    build, hub,
    hub::Hub,
    proc::{Cmd, say},
    project::Project,
    setup::{self, Need},
};

const HUB_PORT: u16 = 8361;

pub(crate) fn run(project: &Project, words: &[String], short: bool, list: bool) -> Result<ExitCode> {
    setup::run(project, Need::BUILD)?;
    let program = project
        .cmd("node")
        .arg(project.path("tests/matrix/main.mjs"))
        .args(short.then_some("--short"))
        .args(words);
    if list {
        program.arg("--list").run()?;
        return Ok(ExitCode::SUCCESS);
    }

    // What cannot be had here keeps its own cells from running, and they say so.
    let mut missing = Vec::new();
    let needs: &[Need] = if short {
        &[Need::Browser]
    } else {
        &[Need::Browser, Need::OtherBrowsers, Need::MatrixNpm]
    };
    for need in needs {
        if let Err(error) = setup::run(project, &[*need]) {
            say(&format!("{error:#}; going on without."));
            missing.push(format!("{error:#}"));
        }
    }
    let package = build::package(project, false)?;
    let localhub = hub::build(project, false)?;
    let hub = Hub::start(
        project,
        &localhub,
        HUB_PORT,
        &project.path("target/logs/matrix.localhub.log"),
    )?;
    cells(project, program, &hub, &missing.join("; "))
        .env("HUBKEY_TARBALL", &package.tarball)
        .code()
}

fn cells(project: &Project, program: Cmd, hub: &Hub, missing: &str) -> Cmd {
    let text = |path: Option<PathBuf>| path.map(|path| path.to_string_lossy().into_owned());
    let tools = json!({
        "chromium": text(setup::chromium()),
        "firefox": text(setup::firefox()),
        "webkitDriver": text(setup::webkit_driver()),
        "xvfb": text(setup::xvfb()),
    });
    program
        .env("HUBKEY_TOOLS", tools.to_string())
        .env("HUBKEY_NOT_HERE", missing)
        .env("HUBKEY_TEST_HUB", &hub.url)
        .env("HUBKEY_MATRIX_OUT", project.path("target/matrix"))
        // A developer's own sign-in has no place in tests.
        .without_env("HF_TOKEN")
        .without_env("HUGGING_FACE_HUB_TOKEN")
        .without_env("HF_ENDPOINT")
        .without_env("HF_HUB_OFFLINE")
}
