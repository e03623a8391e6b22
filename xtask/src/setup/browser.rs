//! Chromium and its driver.

use std::path::PathBuf;

use anyhow::{Result, bail};

use super::apt;
use crate::project::on_path;

pub(super) fn get() -> Result<()> {
    if is_there()
        || (apt::install(&["chromium", "chromium-driver", "fonts-liberation"], "about a minute")? && is_there())
    {
        return Ok(());
    }
    bail!(
        "Chromium or its driver is missing: install both so that `chromium` and `chromedriver` are on PATH \
         (Debian: `sudo apt-get install chromium chromium-driver`), then run this again"
    );
}

fn is_there() -> bool {
    chromium().is_some() && on_path(&["chromedriver"]).is_some()
}

pub(crate) fn chromium() -> Option<PathBuf> {
    on_path(&["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"])
}
