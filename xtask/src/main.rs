//! `cargo xtask`: the one command that sets up, builds, tests and packs everything.

mod api;
mod bench;
mod build;
mod ci;
mod copy;
mod demo;
mod fuzz;
mod hub;
mod matrix;
mod mutants;
mod panics;
mod proc;
mod project;
mod readme;
mod reproducible;
mod setup;
mod site;
mod size;
mod stage;
mod stamp;
mod suites;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::{project::Project, setup::Need};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Sets up, builds, tests and packs hubkey", version)]
struct Cli {
    #[command(subcommand)]
    command: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Get the tools that the other commands need (they do it by themselves)
    Setup,
    /// Make the npm package: target/pkg/ and target/pkg/hubkey-<version>.tgz
    Build {
        /// An ordinary release build in place of the published one: quicker, larger, panics keep their message
        #[arg(long)]
        plain: bool,
    },
    /// Build what is published twice from nothing, at two paths, and compare byte for byte
    Reproducible,
    /// Run localhub, a Hugging Face Hub on this machine
    Hub {
        /// Passed on to localhub, such as `--port 8080`
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<String>,
    },
    /// Serve the token inspector on an address of this machine, together with a localhub
    Demo {
        /// Talk to huggingface.co instead of a localhub
        #[arg(long)]
        live: bool,
    },
    /// Run every test, or only the suites that are named
    Test {
        /// Names of suites, or how they begin (`wasm` is `wasm-node` and `wasm-chrome`)
        suites: Vec<String>,
        /// List the suites
        #[arg(long)]
        list: bool,
    },
    /// Use the packed package in every place that it is for, and print how each went
    Matrix {
        /// Parts of the names of cells or of their groups (`firefox`, `workers`)
        words: Vec<String>,
        /// Only the cells that need nothing but Node and Chromium
        #[arg(long)]
        short: bool,
        /// List the cells
        #[arg(long)]
        list: bool,
    },
    /// Panic on purpose in Node, Chromium, Firefox, WebKitGTK and workerd, and look at what follows
    Panics,
    /// Look for input that breaks what src/fuzz.rs says holds; `test native` plays the seeds
    Fuzz {
        /// Names of targets; all when none is named
        targets: Vec<String>,
        /// How long each is looked at
        #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..))]
        seconds: u32,
    },
    /// Change the library in one place after the other and see whether its tests notice; writes docs/mutants.md
    Mutants {
        /// Parts of the names of files; all when none is given
        files: Vec<String>,
    },
    /// What continuous integration runs: format, lints, licenses, size, then `cargo xtask test`
    Ci,
    /// Print what the package exports; a test compares it with api/hubkey.api.md
    Api {
        /// Write it there
        #[arg(long)]
        write: bool,
    },
    /// Measure what a page loads, beside the peer's, and hold it against the budget; writes the table in the README
    Size {
        /// Also what serde and an endpoint cost; takes further builds, some minutes
        #[arg(long)]
        deep: bool,
        /// Write nothing, and fail only when the core grew without being written down
        #[arg(long, conflicts_with = "deep")]
        check: bool,
    },
    /// Measure speed against the peer and a bare fetch; writes bench/results.json and the table in the README
    Bench {
        /// How often each is measured
        #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..))]
        rounds: u32,
        /// Not everything; the numbers of the rest stay as they are
        #[arg(long, value_delimiter = ',')]
        only: Vec<bench::Place>,
        /// Measure nothing; make the table again from the results
        #[arg(long, conflicts_with = "only")]
        report: bool,
    },
}

fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<ExitCode> {
    proc::end_children_with_us()?;
    let project = Project::find()?;
    match task {
        Task::Setup => setup::run(&project, &Need::ALL)?,
        Task::Build { plain } => {
            setup::run(&project, Need::BUILD)?;
            let package = build::package(&project, plain)?;
            println!("{}", package.tarball.display());
        }
        Task::Reproducible => reproducible::run(&project)?,
        Task::Hub { args } => {
            setup::run(&project, &[Need::Rust])?;
            hub::run(&project, &args)?;
        }
        Task::Demo { live } => demo::run(&project, live)?,
        Task::Test { list: true, .. } => suites::list(),
        Task::Test { suites, .. } => return suites::run(&project, &suites),
        Task::Matrix { words, short, list } => return matrix::run(&project, &words, short, list),
        Task::Panics => return panics::run(&project),
        Task::Fuzz { targets, seconds } => return fuzz::run(&project, &targets, seconds),
        Task::Mutants { files } => return mutants::run(&project, &files),
        Task::Ci => return ci::run(&project),
        Task::Api { write } => api::run(&project, write)?,
        Task::Size { check: true, .. } => size::check(&project)?,
        Task::Size { deep, .. } => return size::run(&project, deep),
        Task::Bench { report: true, .. } => bench::write_report(&project)?,
        Task::Bench { rounds, only, .. } => bench::run(&project, rounds, &only)?,
    }
    Ok(ExitCode::SUCCESS)
}
