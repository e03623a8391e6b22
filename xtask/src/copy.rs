//! A copy of the checkout in which something is tried: another path, other sources.

use std::{fs, os::unix::fs::symlink, path::Path};

use anyhow::Result;

use crate::{project::Project, stage};

/// Neither sources nor worth copying.
const LEFT: &[&str] = &[".git", ".tools", "node_modules", "target"];

/// Makes `to` hold the sources as they are now; what was built there before stays.
pub(crate) fn of(project: &Project, to: &Path) -> Result<Project> {
    stage::mirror(&project.root, to, LEFT)?;
    fs::create_dir_all(to.join("target"))?;
    // The tools are the same. Not target/debug: cargo knows packages of a workspace by their path in it, and would take the
    // copy's library for the checkout's.
    for shared in [".tools", "node_modules"] {
        let link = to.join(shared);
        if !link.is_symlink() {
            symlink(project.path(shared), link)?;
        }
    }
    Ok(Project { root: to.to_path_buf() })
}
