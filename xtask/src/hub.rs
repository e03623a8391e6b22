//! localhub: building it, running it for a person, and running it for tests and the demo.

use std::{
    fs,
    io::{BufRead, BufReader},
    net::{Ipv4Addr, TcpListener},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::{proc::Child, project::Project};

/// Builds localhub, and gives where the program is.
pub(crate) fn build(project: &Project, release: bool) -> Result<PathBuf> {
    let messages = project
        .cmd("cargo")
        .args(["build", "--package", "localhub", "--bin", "localhub"])
        .args(release.then_some("--release"))
        .arg("--message-format=json-render-diagnostics")
        .read()?;
    let program = messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .find_map(|message| Some(PathBuf::from(message["executable"].as_str()?)));
    program.context("cargo built no program called localhub")
}

/// `cargo xtask hub`: until somebody ends it.
pub(crate) fn run(project: &Project, args: &[String]) -> Result<()> {
    let program = build(project, false)?;
    project.cmd(&program.to_string_lossy()).args(args).run()
}

/// A localhub that ends when this is dropped, or when xtask ends in whatever way.
#[derive(Debug)]
pub(crate) struct Hub {
    pub(crate) url: String,
    pub(crate) cdn_url: String,
    _child: Child,
}

impl Hub {
    /// Starts it on this port and the next, or on any two when one of them is taken.
    pub(crate) fn start(project: &Project, program: &Path, port: u16, log: &Path) -> Result<Self> {
        let ports = if is_free(port) && is_free(port + 1) {
            [port, port + 1]
        } else {
            [0, 0]
        };
        let mut child = project
            .cmd(&program.to_string_lossy())
            .args(["--quiet", "--exit-with-stdin"])
            .args([
                "--port".to_owned(),
                ports[0].to_string(),
                "--cdn-port".to_owned(),
                ports[1].to_string(),
            ])
            .errors_into(log)?
            .start_piped()?;
        let mut line = String::new();
        let out = child.inner.stdout.take().context("localhub has no output")?;
        BufReader::new(out).read_line(&mut line)?;
        let ready: Value = serde_json::from_str(&line).with_context(|| {
            format!(
                "localhub did not start: {line}{}",
                fs::read_to_string(log).unwrap_or_default()
            )
        })?;
        let part = |name: &str| {
            ready[name]
                .as_str()
                .map(str::to_owned)
                .context("localhub printed no address")
        };
        Ok(Self {
            url: part("url")?,
            cdn_url: part("cdnUrl")?,
            _child: child,
        })
    }
}

fn is_free(port: u16) -> bool {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
}

/// This port, or any other that is free.
pub(crate) fn free_port(wanted: u16) -> Result<u16> {
    if is_free(wanted) {
        return Ok(wanted);
    }
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}
