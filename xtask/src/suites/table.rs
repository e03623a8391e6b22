//! The suites. One more is one more row here.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Result, bail};

use super::count::{self, Count};
use crate::{
    api,
    build::Package,
    hub::Hub,
    matrix, panics,
    proc::Cmd,
    project::Project,
    setup::{self, Need},
    site::{self, Site},
    stage,
};

#[derive(Debug)]
pub(super) struct Suite {
    pub(super) name: &'static str,
    pub(super) what: &'static str,
    /// Beyond what a build needs
    pub(super) needs: &'static [Need],
    pub(super) count: fn(&str) -> Count,
    /// What to run, and what has to go on running meanwhile.
    pub(super) commands: fn(&Context<'_>, &Hub) -> Result<Work>,
}

type Work = (Vec<Cmd>, Option<Site>);

#[derive(Debug)]
pub(super) struct Context<'a> {
    pub(super) project: &'a Project,
    pub(super) package: Package,
    pub(super) localhub: PathBuf,
}

pub(super) const SUITES: &[Suite] = &[
    Suite {
        name: "native",
        what: "Rust tests and doc tests of the library and of localhub",
        needs: &[],
        count: count::libtest,
        commands: |at, _| {
            one(cargo(
                at,
                // The output of tests that pass, because one that skips itself says so there.
                &[
                    "test",
                    "--workspace",
                    "--exclude",
                    "xtask",
                    "--no-fail-fast",
                    "--",
                    "--show-output",
                ],
            ))
        },
    },
    Suite {
        name: "xtask",
        what: "tests of xtask itself",
        needs: &[],
        count: count::libtest,
        commands: |at, _| one(cargo(at, &["test", "--package", "xtask"])),
    },
    Suite {
        name: "wasm-node",
        what: "Rust tests compiled to wasm, in Node",
        needs: &[],
        count: count::wasm,
        commands: |at, _| one(wasm_pack(at, &["--node"])),
    },
    Suite {
        name: "wasm-chrome",
        what: "Rust tests compiled to wasm, in Chromium",
        needs: &[Need::Browser],
        count: count::wasm,
        commands: |at, _| one(wasm_pack(at, &["--headless", "--chrome"])),
    },
    Suite {
        name: "rust-app",
        what: "a Rust app in wasm that depends on the crate, in Node",
        needs: &[],
        count: count::node,
        commands: |at, _| {
            let built = at.project.path("target/rust-app");
            let build = at
                .project
                .cmd("wasm-pack")
                .args(["build", "examples/rust-app", "--release", "--target", "web"])
                .args(["--mode", "no-install", "--no-pack", "--no-typescript"])
                .arg("--out-dir")
                .arg(&built)
                .env("CARGO_TARGET_DIR", at.project.path("target/rust-app-build"));
            let tests = node_tests(at, &at.project.path("tests/rust-app"))?.env("HUBKEY_RUST_APP", &built);
            Ok((vec![build, tests], None))
        },
    },
    Suite {
        name: "js",
        what: "the packed package in Node",
        needs: &[],
        count: count::node,
        commands: |at, _| {
            let dir = at.project.path("target/consumers/js");
            stage::project(at.project, &at.package, &at.project.path("tests/js"), &dir)?;
            one(node_tests(at, &dir)?)
        },
    },
    Suite {
        name: "js-without",
        what: "the same over hubkey/js, which runs no WebAssembly",
        needs: &[],
        count: count::node,
        commands: |at, _| {
            let dir = at.project.path("target/consumers/js");
            stage::project(at.project, &at.package, &at.project.path("tests/js"), &dir)?;
            one(node_tests(at, &dir)?.env("HUBKEY_ENTRY", "hubkey/js"))
        },
    },
    Suite {
        name: "js-chromium",
        what: "the cases of js in a page of Chromium, and what only a page has: proxies, policies, ways to sign in, tabs",
        needs: &[Need::Browser],
        count: count::node,
        commands: |at, _| one(place(at, &["chromium", "network", "sign-in", "renewal", "oidc"])?),
    },
    Suite {
        name: "js-firefox",
        what: "the cases of sign-in in Firefox, and its pages, windows and tabs",
        needs: &[Need::Firefox],
        count: count::node,
        commands: |at, _| one(place(at, &["firefox"])?),
    },
    Suite {
        name: "js-workerd",
        what: "the cases of js in workerd, and those of a server's visitors",
        needs: &[],
        count: count::node,
        commands: |at, _| one(place(at, &["workerd", "server"])?),
    },
    Suite {
        name: "worker",
        what: "examples/worker in workerd, by a scripted browser and by Chromium",
        needs: &[Need::Browser],
        count: count::node,
        commands: |at, _| {
            let dir = at.project.path("target/consumers/worker");
            stage::project(at.project, &at.package, &at.project.path("examples/worker"), &dir)?;
            one(node_tests(at, &at.project.path("tests/worker"))?
                .env("HUBKEY_WORKER", &dir)
                .env("HUBKEY_SCREENSHOTS", at.project.path("target/screenshots")))
        },
    },
    Suite {
        name: "types",
        what: "programs compiled with the package's types, and the report of what it exports",
        needs: &[],
        count: count::node,
        commands: |at, _| {
            let dir = at.project.path("target/consumers/types");
            stage::project(at.project, &at.package, &at.project.path("tests/types"), &dir)?;
            // On its own: the report's tool brings another TypeScript.
            let report = api::stage(at.project, &at.package)?;
            Ok((vec![node_tests(at, &dir)?, node_tests(at, &report)?], None))
        },
    },
    Suite {
        name: "packed",
        what: "the packed package in tiny projects: Vite, plain page, Node, workerd",
        needs: &[Need::Browser],
        count: count::node,
        commands: |at, _| {
            let to = at.project.path("target/consumers/packed");
            stage::projects(at.project, &at.package, &at.project.path("tests/packed"), &to)?;
            one(node_tests(at, &to)?)
        },
    },
    Suite {
        name: "matrix",
        what: "the rules by which the cells of `cargo xtask matrix` are judged",
        needs: &[],
        count: count::node,
        commands: |at, _| one(node_tests(at, &at.project.path("tests/matrix"))?),
    },
    Suite {
        name: "cells",
        what: "the cells of `cargo xtask matrix` that need nothing but Node and Chromium",
        needs: &[Need::Browser],
        count: count::cells,
        commands: |at, _| one(matrix::short(at.project)),
    },
    Suite {
        name: "panics",
        what: "panics on purpose, in Node and Chromium",
        needs: &[Need::Browser],
        count: count::node,
        commands: |at, _| one(panics::short(at.project)?),
    },
    Suite {
        name: "page",
        what: "the web page in Chromium",
        needs: &[Need::Browser],
        count: count::node,
        commands: |at, hub| {
            site::build(at.project, &at.package, Some(&hub.url), "dist-test")?;
            let log = at.project.path("target/logs/page-server.log");
            let site = site::serve(at.project, "dist-test", 5183, &log)?;
            let tests = node_tests(at, &at.project.path("www/tests"))?
                .env("HUBKEY_PAGE", &site.url)
                .env("HUBKEY_SCREENSHOTS", at.project.path("target/screenshots"));
            Ok((vec![tests], Some(site)))
        },
    },
    Suite {
        name: "same",
        what: "the official Python client and ours, asked the same",
        needs: &[Need::Python],
        count: count::node,
        commands: |at, _| {
            let dir = at.project.path("target/consumers/same");
            stage::project(at.project, &at.package, &at.project.path("tests/same"), &dir)?;
            one(node_tests(at, &dir)?
                .env("HUBKEY_PYTHON", setup::interpreter(at.project))
                .env("PYTHONDONTWRITEBYTECODE", "1")
                .env("HF_HOME", at.project.path("target/python-home")))
        },
    },
    Suite {
        name: "python",
        what: "the official Python client against localhub",
        needs: &[Need::Python],
        count: count::pytest,
        commands: |at, hub| {
            let python = setup::interpreter(at.project);
            one(at
                .project
                .cmd(&python.to_string_lossy())
                .args([
                    "-m",
                    "pytest",
                    "-q",
                    "-rs",
                    "-p",
                    "no:cacheprovider",
                    "localhub/tests/python",
                ])
                .env("PYTHONDONTWRITEBYTECODE", "1")
                // Neither a developer's stored token nor their cache.
                .env("HF_HOME", at.project.path("target/python-home"))
                .env("LOCALHUB_URL", &hub.url))
        },
    },
];

fn one(cmd: Cmd) -> Result<Work> {
    Ok((vec![cmd], None))
}

fn cargo(at: &Context<'_>, args: &[&str]) -> Cmd {
    at.project.cmd("cargo").args(args)
}

fn wasm_pack(at: &Context<'_>, args: &[&str]) -> Cmd {
    at.project
        .cmd("wasm-pack")
        .args(["test", "--mode", "no-install"])
        .args(args)
        // Seconds. The tool's own 20 and 5 are short for a busy machine.
        .env("WASM_BINDGEN_TEST_TIMEOUT", "120")
        .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60")
}

/// The tables of tests/js/cases, played elsewhere than in Node.
fn place(at: &Context<'_>, names: &[&str]) -> Result<Cmd> {
    let dir = at.project.path("target/consumers/js");
    stage::project(at.project, &at.package, &at.project.path("tests/js"), &dir)?;
    let files = names
        .iter()
        .map(|it| dir.join(format!("places/{it}.test.mjs")))
        .collect();
    // Many cases in one file; each has a limit of its own.
    Ok(node(at, &dir, files, "--test-timeout=600000"))
}

/// All `*.test.mjs` of a folder.
fn node_tests(at: &Context<'_>, dir: &Path) -> Result<Cmd> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(".test.mjs") {
            files.push(path);
        }
    }
    if files.is_empty() {
        bail!("{} has no *.test.mjs", dir.display());
    }
    files.sort();
    Ok(node(at, dir, files, "--test-timeout=120000"))
}

/// `limit` is that of a file as well as of a test.
fn node(at: &Context<'_>, dir: &Path, files: Vec<PathBuf>, limit: &str) -> Cmd {
    let mut cmd = at
        .project
        .cmd("node")
        // One file after the other: they share one localhub, and a test may ask it to misbehave.
        .args(["--test", "--test-reporter=spec", "--test-concurrency=1"])
        // A test that fails may leave its browser open, and the process would wait for it.
        .args([limit, "--test-force-exit"])
        .args(files)
        .dir(dir);
    if let Some(chromium) = setup::chromium() {
        cmd = cmd.env("HUBKEY_CHROMIUM", chromium);
    }
    if let Some(firefox) = setup::firefox() {
        cmd = cmd.env("HUBKEY_FIREFOX", firefox);
    }
    cmd
}
