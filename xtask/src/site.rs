//! The web page: built against the packed package as a user would, and served.

use std::{
    net::{Ipv4Addr, TcpStream},
    path::Path,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Result, bail};

use crate::{
    build::Package,
    hub,
    proc::{Child, say},
    project::Project,
    stage,
    stamp::{self, Fingerprint},
};

/// A page being served; dropping it ends the server.
#[derive(Debug)]
pub(crate) struct Site {
    pub(crate) url: String,
    _server: Child,
}

/// Builds www/ into a folder of its copy under target/, for this endpoint or else for huggingface.co.
pub(crate) fn build(project: &Project, package: &Package, endpoint: Option<&str>, out: &str) -> Result<()> {
    let staged = project.path("target/www");
    stage::project(project, package, &project.path("www"), &staged)?;
    let fingerprint = Fingerprint::default()
        .path(&project.path("www"))
        .path(&package.tarball)
        .text(endpoint.unwrap_or_default())
        .finish();
    let stamp = staged.join("node_modules").join(format!(".{out}-stamp"));
    if stamp::is_fresh(&stamp, &fingerprint) && staged.join(out).is_dir() {
        return Ok(());
    }
    say("Building the page.");
    let mut cmd = project
        .cmd("npm")
        .args(["run", "build", "--", "--outDir", out])
        .dir(&staged);
    cmd = match endpoint {
        Some(endpoint) => cmd.env("VITE_HUB_ENDPOINT", endpoint),
        None => cmd.without_env("VITE_HUB_ENDPOINT"),
    };
    cmd.read()?;
    stamp::write(&stamp, &fingerprint)
}

/// Serves what was built on this port, or on any when it is taken.
pub(crate) fn serve(project: &Project, out: &str, port: u16, log: &Path) -> Result<Site> {
    let port = hub::free_port(port)?;
    let server = project
        .cmd("vite")
        .args([
            "preview",
            "--host",
            "127.0.0.1",
            "--strictPort",
            "--outDir",
            out,
            "--port",
        ])
        .arg(port.to_string())
        .dir(&project.path("target/www"))
        .start_into(log)?;
    let started = Instant::now();
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        if started.elapsed() > Duration::from_secs(30) {
            bail!("the page's server did not start: see {}", log.display());
        }
        thread::sleep(Duration::from_millis(50));
    }
    Ok(Site {
        url: format!("http://127.0.0.1:{port}/"),
        _server: server,
    })
}
