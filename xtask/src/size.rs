//! `cargo xtask size`: what a page loads, held against the budget.

use std::process::ExitCode;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::{
    build,
    project::Project,
    setup::{self, Need},
    stage,
};

/// Bytes at brotli 11: the module and the minified JavaScript that a page loads through `hubkey/url`.
const CORE: u64 = 26_000;
/// The default entry, with the module inside the JavaScript, may add a tenth.
const INLINE: u64 = CORE + CORE / 10;

pub(crate) fn run(project: &Project) -> Result<ExitCode> {
    setup::run(project, Need::BUILD)?;
    let package = build::package(project, false)?;
    let dir = project.path("target/consumers/size");
    stage::project(project, &package, &project.path("xtask/js"), &dir)?;
    let printed = project.cmd("node").arg("size.mjs").dir(&dir).read()?;
    let rows: Value = serde_json::from_str(&printed).context("size.mjs printed no JSON")?;

    println!(
        "{:<46} {:>9} {:>9} {:>9} {:>9}",
        "bytes", "raw", "gzip 9", "brotli 11", "budget"
    );
    let mut beyond = false;
    for row in rows.as_array().context("size.mjs printed no rows")? {
        let of = |name: &str| row[name].as_u64().with_context(|| format!("no {name} in {row}"));
        let budget = match row["budget"].as_str() {
            Some("core") => Some(CORE),
            Some("inline") => Some(INLINE),
            _ => None,
        };
        let brotli = of("brotli")?;
        println!(
            "{:<46} {:>9} {:>9} {:>9} {:>9}",
            row["what"].as_str().unwrap_or_default(),
            of("raw")?,
            of("gzip")?,
            brotli,
            budget.map_or(String::new(), |bytes| bytes.to_string()),
        );
        beyond |= budget.is_some_and(|bytes| brotli > bytes);
    }
    if beyond {
        println!("Beyond the budget.");
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}
