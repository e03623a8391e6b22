//! `cargo xtask ci`: what has to hold before a change lands.

use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::{
    proc::say,
    project::Project,
    setup::{self, Need},
    suites,
};

const CLIPPY: &[&str] = &[
    "clippy",
    "--quiet",
    "--workspace",
    "--all-targets",
    "--",
    "-D",
    "warnings",
];
const CLIPPY_WASM: &[&str] = &[
    "clippy",
    "--quiet",
    "--package",
    "hubkey",
    "--all-targets",
    "--target",
    "wasm32-unknown-unknown",
    "--",
    "-D",
    "warnings",
];
// Not `advisories`: their database comes from the network, which a build machine need not have.
const DENY: &[&str] = &["deny", "--log-level", "error", "check", "bans", "licenses", "sources"];

pub(crate) fn run(project: &Project) -> Result<ExitCode> {
    setup::run(project, &[Need::Rust, Need::Deny])?;
    for (what, args) in [
        ("Format", &["fmt", "--all", "--check"][..]),
        ("Lints on this machine", CLIPPY),
        ("Lints for wasm", CLIPPY_WASM),
        ("Licenses, sources and bans of dependencies", DENY),
    ] {
        say(&format!("{what}: cargo {}", args.join(" ")));
        project
            .cmd("cargo")
            .args(args)
            .run()
            .with_context(|| format!("{what}: not fine"))?;
    }
    suites::run(project, &[])
}
