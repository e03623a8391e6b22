//! Chromium and its driver, Firefox, and what only the matrix wants.

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

pub(super) fn get_firefox() -> Result<()> {
    if firefox().is_some() || (apt::install(&["firefox-esr"], "half a minute")? && firefox().is_some()) {
        return Ok(());
    }
    bail!("Firefox is missing: install it so that `firefox-esr` or `firefox` is on PATH, then run this again");
}

pub(super) fn get_others() -> Result<()> {
    let are_there = || firefox().is_some() && webkit_driver().is_some() && xvfb().is_some();
    if are_there() || (apt::install(&["firefox-esr", "webkit2gtk-driver", "xvfb"], "about a minute")? && are_there()) {
        return Ok(());
    }
    bail!(
        "Firefox, WebKitGTK's driver or Xvfb is missing (Debian: `sudo apt-get install firefox-esr webkit2gtk-driver xvfb`)"
    );
}

pub(crate) fn firefox() -> Option<PathBuf> {
    on_path(&["firefox-esr", "firefox"])
}

pub(crate) fn webkit_driver() -> Option<PathBuf> {
    on_path(&["WebKitWebDriver"])
}

/// WebKitGTK opens a window whatever it is told.
pub(crate) fn xvfb() -> Option<PathBuf> {
    on_path(&["Xvfb"])
}
