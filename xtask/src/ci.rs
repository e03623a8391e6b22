//! `cargo xtask ci`: what has to hold before a change lands.

use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::{
    proc::say,
    project::Project,
    setup::{self, Need},
    size, suites,
};

/// What it is, what it needs, and the cargo command.
const CHECKS: &[(&str, Need, &str)] = &[
    ("Format", Need::Rust, "fmt --all --check"),
    (
        "Lints on this machine",
        Need::Rust,
        "clippy --quiet --workspace --all-targets -- -D warnings",
    ),
    (
        "Lints for wasm",
        Need::Rust,
        "clippy --quiet --package hubkey --all-targets --features panic-hook --target wasm32-unknown-unknown -- -D warnings",
    ),
    // Not `advisories`: their database comes from the network, which a build machine need not have.
    (
        "Licenses, sources and bans of dependencies",
        Need::Deny,
        "deny --log-level error check bans licenses sources",
    ),
];

pub(crate) fn run(project: &Project) -> Result<ExitCode> {
    for (what, need, args) in CHECKS {
        setup::run(project, &[*need])?;
        say(&format!("{what}: cargo {args}"));
        let args = args.split_whitespace();
        project
            .cmd("cargo")
            .args(args)
            .run()
            .with_context(|| format!("{what}: not fine"))?;
    }
    say("Size: what the core grew by since it was written down");
    size::check(project)?;
    suites::run(project, &[])
}
