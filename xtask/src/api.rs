//! `cargo xtask api`: the report of what the package exports.

use anyhow::Result;

use crate::{
    build::{self, Package},
    project::Project,
    setup::{self, Need},
    stage,
};

/// What a reviewer looks at.
const REPORT: &str = "api/hubkey.api.md";

pub(crate) fn run(project: &Project, write: bool) -> Result<()> {
    setup::run(project, Need::BUILD)?;
    let package = build::package(project, false)?;
    let dir = stage(project, &package)?;
    let cmd = project.cmd("node").arg("write.mjs").dir(&dir);
    if write {
        std::fs::create_dir_all(project.path("api"))?;
        cmd.arg(project.path(REPORT)).run()?;
        println!("{REPORT}");
        return Ok(());
    }
    cmd.run()
}

/// The project that makes the report and tests it.
pub(crate) fn stage(project: &Project, package: &Package) -> Result<std::path::PathBuf> {
    let dir = project.path("target/consumers/api");
    stage::project(project, package, &project.path("tests/api"), &dir)?;
    Ok(dir)
}
