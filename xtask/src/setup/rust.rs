//! The wasm target, and the parts of the toolchain that rust-toolchain.toml lists.

use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::{proc::say, project::Project};

pub(super) fn get(project: &Project) -> Result<()> {
    if is_there(&sysroot(project)?) {
        return Ok(());
    }
    say("Adding the wasm target and the parts that rust-toolchain.toml lists; about a minute.");
    // Listed parts do not come by themselves where automatic installation is off.
    project
        .cmd("rustup")
        .args(["toolchain", "install", "--no-self-update"])
        // Set by the cargo that runs us; with it rustup would not read the file.
        .without_env("RUSTUP_TOOLCHAIN")
        .run()
        .context("rustup could not add the parts of the toolchain that rust-toolchain.toml lists")?;
    if !is_there(&sysroot(project)?) {
        bail!("the toolchain still lacks a part that rust-toolchain.toml lists: run `rustup toolchain install` here");
    }
    Ok(())
}

/// What cargo-fuzz compiles with; nothing else here wants it.
pub(super) fn nightly(project: &Project) -> Result<()> {
    let rustc = project
        .cmd("rustup")
        .args(["run", "nightly", "rustc", "--version"])
        .read();
    rustc.map(|_| ()).context(
        "there is no nightly toolchain: `rustup toolchain install nightly --profile minimal`, then run this again",
    )
}

fn sysroot(project: &Project) -> Result<String> {
    let printed = project
        .cmd("rustc")
        .args(["--print", "sysroot"])
        .without_env("RUSTUP_TOOLCHAIN")
        .read()?;
    Ok(printed.trim().to_owned())
}

fn is_there(sysroot: &str) -> bool {
    [
        "lib/rustlib/wasm32-unknown-unknown/lib",
        "lib/rustlib/src/rust/library/Cargo.lock",
        "bin/cargo-clippy",
        "bin/cargo-fmt",
    ]
    .iter()
    .all(|part| Path::new(sysroot).join(part).exists())
}
