//! The module itself, by wasm-pack.

use std::{env, fs, path::PathBuf};

use anyhow::{Context, Result};

use super::Kind;
use crate::{
    proc::say,
    project::Project,
    stamp::{self, Fingerprint},
};

#[derive(Debug)]
pub(super) struct Wasm {
    /// wasm-pack's output for bundlers
    pub(super) dir: PathBuf,
    pub(super) fingerprint: String,
}

/// rustc's own output, beside wasm-pack's.
pub(super) const RAW: &str = "raw.wasm";

/// The standard library is built along, made for size and without panic messages: a third smaller.
const BUILD_STD: [&str; 2] = ["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"];

pub(super) fn build(project: &Project, kind: Kind) -> Result<Wasm> {
    let plain = kind == Kind::Plain;
    let name = match kind {
        Kind::Published => "wasm-pack",
        Kind::Plain => "wasm-pack-plain",
        Kind::Panicking => "wasm-pack-panicking",
    };
    let dir = project.path("target").join(name);
    let flags = rustc_flags(project, plain);
    let mut print = Fingerprint::default().text(name).text(&flags.join(" "));
    for input in [
        "src",
        "module",
        "Cargo.toml",
        "Cargo.lock",
        "rust-toolchain.toml",
        "package-lock.json",
    ] {
        print = print.path(&project.path(input));
    }
    let fingerprint = print.finish();
    let stamp = dir.with_extension("stamp");
    if stamp::is_fresh(&stamp, &fingerprint) && dir.join(RAW).is_file() {
        return Ok(Wasm { dir, fingerprint });
    }

    say("Building the wasm module; about a minute the first time.");
    if dir.exists() {
        fs::remove_dir_all(&dir)?;
    }
    let mut cmd = project
        .cmd("wasm-pack")
        // The path comes first, or wasm-pack takes the first cargo option for it.
        .args([
            "build",
            "module",
            "--release",
            "--target",
            "bundler",
            "--out-name",
            "hubkey",
        ])
        // Tools are in place; without this a missing one would be looked for on the network.
        .args(["--mode", "no-install", "--no-pack", "--no-typescript"])
        .arg("--out-dir")
        .arg(&dir)
        // Takes precedence over RUSTFLAGS, and copes with spaces in paths.
        .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
    // Flags are part of what cargo goes by: in a shared folder each build would undo the other.
    let target = project.path(if plain { "target" } else { "target/published" });
    cmd = cmd.env("CARGO_TARGET_DIR", &target);
    if !plain {
        cmd = cmd
            // What follows is unstable, but works on this very toolchain, which rust-toolchain.toml names.
            .env("RUSTC_BOOTSTRAP", "1");
    }
    cmd = cmd.arg("--");
    if kind == Kind::Panicking {
        cmd = cmd.args(["--features", "panic-hook"]);
    }
    if !plain {
        cmd = cmd.args(BUILD_STD);
    }
    cmd.run().context("the wasm module could not be built")?;
    fs::copy(
        target.join("wasm32-unknown-unknown/release/hubkey_module.wasm"),
        dir.join(RAW),
    )?;
    stamp::write(&stamp, &fingerprint)?;
    Ok(Wasm { dir, fingerprint })
}

fn rustc_flags(project: &Project, plain: bool) -> Vec<String> {
    let mut flags = Vec::new();
    if !plain {
        flags.extend(["-Zunstable-options", "-Cpanic=immediate-abort"].map(str::to_owned));
        // File names of panics are of no use without messages.
        flags.push("-Zlocation-detail=none".to_owned());
    }
    // The same bytes wherever it is built, and nobody's folders in them.
    let mut homes = vec![(project.root.clone(), "hubkey")];
    for (variable, folder, name) in [("CARGO_HOME", ".cargo", "cargo"), ("RUSTUP_HOME", ".rustup", "rustup")] {
        let given = env::var_os(variable).map(PathBuf::from);
        if let Some(home) = given.or_else(|| Some(env::home_dir()?.join(folder))) {
            homes.push((home, name));
        }
    }
    flags.extend(
        homes
            .iter()
            .map(|(home, name)| format!("--remap-path-prefix={}=/{name}", home.display())),
    );
    flags
}
