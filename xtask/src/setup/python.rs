//! A Python environment with the official client, which localhub is tested with.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result, bail};

use super::apt;
use crate::{
    proc::say,
    project::{Project, on_path},
    stamp::{self, Fingerprint},
};

const REQUIREMENTS: &str = "localhub/tests/python/requirements.txt";

pub(super) fn get(project: &Project) -> Result<()> {
    let requirements = project.path(REQUIREMENTS);
    let fingerprint = Fingerprint::default().path(&requirements).finish();
    let stamp = project.tools().join("venv/.xtask-stamp");
    if stamp::is_fresh(&stamp, &fingerprint) && interpreter(project).is_file() {
        return Ok(());
    }
    if !can_make_environments(project) {
        apt::install(&["python3", "python3-venv"], "a few seconds")?;
        if !can_make_environments(project) {
            bail!(
                "Python 3 or its venv module is missing: install both (Debian: `sudo apt-get install python3 \
                 python3-venv`), then run this again"
            );
        }
    }
    say("Making a Python environment with the official Hugging Face client; about a quarter of a minute.");
    let dir = project.tools().join("venv");
    // Half an environment, left by a run that was interrupted, would stay half.
    if dir.exists() {
        fs::remove_dir_all(&dir)?;
    }
    project.cmd("python3").args(["-m", "venv"]).arg(&dir).run()?;
    project
        .cmd(&interpreter(project).to_string_lossy())
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"])
        .arg(&requirements)
        .run()
        .context("pip could not install the official client")?;
    stamp::write(&stamp, &fingerprint)
}

pub(crate) fn interpreter(project: &Project) -> PathBuf {
    project.tools().join("venv/bin/python")
}

fn can_make_environments(project: &Project) -> bool {
    on_path(&["python3"]).is_some()
        && project
            .cmd("python3")
            .args(["-c", "import venv, ensurepip"])
            .read()
            .is_ok()
}
