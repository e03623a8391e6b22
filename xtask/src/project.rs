//! Where things are, and how the tools of the checkout are called.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use regex::Regex;

use crate::proc::Cmd;

#[derive(Debug)]
pub(crate) struct Project {
    pub(crate) root: PathBuf,
}

impl Project {
    pub(crate) fn find() -> Result<Self> {
        // Set by `cargo run`; absent when the binary is started by hand.
        let start = match env::var_os("CARGO_MANIFEST_DIR") {
            Some(dir) => PathBuf::from(dir),
            None => env::current_dir()?,
        };
        let root = start
            .ancestors()
            .find(|dir| dir.join("xtask/Cargo.toml").is_file())
            .context("run this inside a checkout of hubkey")?;
        Ok(Self {
            root: root.to_path_buf(),
        })
    }

    pub(crate) fn path(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.root.join(relative)
    }

    /// Tools built from source and the Python environment; never committed.
    pub(crate) fn tools(&self) -> PathBuf {
        self.path(".tools")
    }

    /// A command in the root of the checkout that finds the checkout's own tools first.
    pub(crate) fn cmd(&self, program: &str) -> Cmd {
        let own = [self.tools().join("bin"), self.path("node_modules/.bin")];
        let inherited = env::var_os("PATH").unwrap_or_default();
        let path = env::join_paths(own.into_iter().chain(env::split_paths(&inherited))).unwrap_or(inherited);
        Cmd::new(program).dir(&self.root).env("PATH", path)
    }

    pub(crate) fn read(&self, relative: &str) -> Result<String> {
        let path = self.path(relative);
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
    }

    /// The version in the root Cargo.toml: crate and npm package carry the same.
    pub(crate) fn version(&self) -> Result<String> {
        capture(r#"(?m)^version = "([^"]+)""#, &self.read("Cargo.toml")?).context("Cargo.toml has no version")
    }

    pub(crate) fn locked_version(&self, name: &str) -> Result<String> {
        let pattern = format!(r#"name = "{}"\nversion = "([^"]+)""#, regex::escape(name));
        capture(&pattern, &self.read("Cargo.lock")?).with_context(|| format!("{name} is not in Cargo.lock"))
    }
}

fn capture(pattern: &str, text: &str) -> Option<String> {
    Some(Regex::new(pattern).ok()?.captures(text)?[1].to_owned())
}

/// The first of these programs that stands on PATH.
pub(crate) fn on_path(names: &[&str]) -> Option<PathBuf> {
    let dirs: Vec<_> = env::split_paths(&env::var_os("PATH")?).collect();
    names
        .iter()
        .flat_map(|name| dirs.iter().map(move |dir| dir.join(name)))
        .find(|path| path.is_file())
}
