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
    let program = main(project).args(short.then_some("--short")).args(words);
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
    told(project, program)
        .env("HUBKEY_NOT_HERE", missing.join("; "))
        .env("HUBKEY_TEST_HUB", &hub.url)
        .env("HUBKEY_TARBALL", &package.tarball)
        // A developer's own sign-in has no place in tests.
        .without_env("HF_TOKEN")
        .without_env("HUGGING_FACE_HUB_TOKEN")
        .without_env("HF_ENDPOINT")
        .without_env("HF_HUB_OFFLINE")
        .code()
}

/// The cells that need nothing but Node and Chromium, for a suite, which brings the Hub and the package.
pub(crate) fn short(project: &Project) -> Cmd {
    told(project, main(project).arg("--short")).env("HUBKEY_NOT_HERE", "")
}

fn main(project: &Project) -> Cmd {
    project.cmd("node").arg(project.path("tests/matrix/main.mjs"))
}

fn told(project: &Project, program: Cmd) -> Cmd {
    let text = |path: Option<PathBuf>| path.map(|path| path.to_string_lossy().into_owned());
    let tools = json!({
        "chromium": text(setup::chromium()),
        "firefox": text(setup::firefox()),
        "webkitDriver": text(setup::webkit_driver()),
        "xvfb": text(setup::xvfb()),
    });
    program
        .env("HUBKEY_TOOLS", tools.to_string())
        .env("HUBKEY_MATRIX_OUT", project.path("target/matrix"))
}
