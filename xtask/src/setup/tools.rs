//! Rust tools built from source into `.tools/bin`, in the quick debug profile: fast enough to use.

use std::fs;

use anyhow::{Context, Result};

use crate::{proc::say, project::Project};

#[derive(Debug)]
pub(super) struct Tool {
    package: &'static str,
    binary: &'static str,
    version: Version,
    /// How it is asked for its version.
    asked: &'static [&'static str],
    args: &'static [&'static str],
    takes: &'static str,
}

#[derive(Debug)]
enum Version {
    Fixed(&'static str),
    /// As Cargo.lock has this package
    Locked(&'static str),
}

pub(super) const WASM_BINDGEN: Tool = Tool {
    package: "wasm-bindgen-cli",
    binary: "wasm-bindgen",
    // Any other number than the library's is refused by the tool.
    version: Version::Locked("wasm-bindgen"),
    asked: &["--version"],
    // Without --locked: its lock file asks for a version that its own manifest rules out.
    args: &["--no-default-features"],
    takes: "one to two minutes",
};

pub(super) const WASM_PACK: Tool = Tool {
    package: "wasm-pack",
    binary: "wasm-pack",
    version: Version::Fixed("0.15.1"),
    asked: &["--version"],
    args: &["--locked"],
    takes: "one to two minutes",
};

pub(super) const DENY: Tool = Tool {
    package: "cargo-deny",
    binary: "cargo-deny",
    version: Version::Fixed("0.20.2"),
    asked: &["--version"],
    args: &["--locked", "--no-default-features"],
    takes: "about two minutes",
};

pub(super) const FUZZ: Tool = Tool {
    package: "cargo-fuzz",
    binary: "cargo-fuzz",
    version: Version::Fixed("0.13.2"),
    asked: &["--version"],
    args: &["--locked"],
    takes: "about half a minute",
};

pub(super) const MUTANTS: Tool = Tool {
    package: "cargo-mutants",
    binary: "cargo-mutants",
    version: Version::Fixed("27.1.0"),
    asked: &["mutants", "--version"],
    args: &["--locked"],
    takes: "about a minute",
};

pub(super) fn get(project: &Project, tool: &Tool) -> Result<()> {
    let version = match tool.version {
        Version::Fixed(version) => version.to_owned(),
        Version::Locked(name) => project.locked_version(name)?,
    };
    let binary = project.tools().join("bin").join(tool.binary);
    if binary.is_file() {
        let found = project
            .cmd(&binary.to_string_lossy())
            .args(tool.asked)
            .read()
            .unwrap_or_default();
        if found.split_whitespace().nth(1) == Some(&version) {
            return Ok(());
        }
    }
    say(&format!(
        "Building {} {version} from source, once; {} on two cores.",
        tool.package, tool.takes
    ));
    project
        .cmd("cargo")
        .args([
            "install",
            tool.package,
            "--version",
            &version,
            "--debug",
            "--force",
            "--no-track",
        ])
        .args(tool.args)
        .arg("--root")
        .arg(project.tools())
        .arg("--target-dir")
        .arg(build_dir(project))
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .without_env("CARGO_TARGET_DIR")
        .run()
        .with_context(|| format!("{} {version} could not be built", tool.package))
}

/// Shared by the tools, which have many dependencies in common, and of no use afterwards.
fn build_dir(project: &Project) -> std::path::PathBuf {
    project.tools().join("build")
}

pub(super) fn forget_build(project: &Project) {
    // Nothing depends on it being gone.
    let _ = fs::remove_dir_all(build_dir(project));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_workflow_installs_the_same_cargo_deny() -> Result<()> {
        let Version::Fixed(version) = DENY.version else {
            anyhow::bail!("cargo-deny is not fixed");
        };
        let workflow = Project::find()?.read(".github/workflows/ci.yml")?;
        assert!(workflow.contains(&format!("cargo-deny --version {version} --locked")));
        Ok(())
    }
}
