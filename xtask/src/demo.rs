//! `cargo xtask demo`: the page on an address of this machine, until Ctrl-C.

use std::thread;

use anyhow::Result;

use crate::{
    build, hub,
    hub::Hub,
    project::Project,
    setup::{self, Need},
    site,
};

/// The same each time, so that a page that is still open goes on working.
const PAGE_PORT: u16 = 5173;
const HUB_PORT: u16 = 8321;

pub(crate) fn run(project: &Project, live: bool) -> Result<()> {
    setup::run(project, Need::BUILD)?;
    let package = build::package(project, false)?;
    let log = project.path("target/logs/demo.log");
    let hub = if live {
        None
    } else {
        Some(Hub::start(project, &hub::build(project, false)?, HUB_PORT, &log)?)
    };
    let endpoint = hub.as_ref().map(|hub| hub.url.as_str());
    site::build(project, &package, endpoint, "dist")?;
    let site = site::serve(project, "dist", PAGE_PORT, &log)?;
    println!(
        "The Hub is {}. Ctrl-C ends it.",
        endpoint.unwrap_or("https://huggingface.co")
    );
    println!("Open {}", site.url);
    loop {
        thread::park();
    }
}
