//! Debian packages, where we may install them.

use anyhow::Result;
use nix::unistd::Uid;

use crate::{
    proc::{Cmd, say},
    project::on_path,
};

/// True when it installed them; false when a person has to.
pub(super) fn install(packages: &[&str], takes: &str) -> Result<bool> {
    if !Uid::effective().is_root() || on_path(&["apt-get"]).is_none() {
        return Ok(false);
    }
    say(&format!(
        "Installing {} from Debian's packages; {takes}.",
        packages.join(", ")
    ));
    let apt = || Cmd::new("apt-get").env("DEBIAN_FRONTEND", "noninteractive").arg("-qq");
    // A fresh image has no lists. A failure of one source need not keep the packages from us.
    if let Err(error) = apt().arg("update").run() {
        say(&format!("{error}; trying all the same."));
    }
    apt()
        .args(["install", "--yes", "--no-install-recommends"])
        .args(packages)
        .run()?;
    Ok(true)
}
