//! The browser that the journeys drive: that of the system, never one downloaded by a test library.

use std::{env, path::PathBuf};

use anyhow::{Context, Result};

use super::packages;
use crate::command;

/// The names under which distributions ship it.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// The path of the browser: `CHROMIUM` from the environment, else from the search path, else installed.
///
/// Errors with what to install when it is absent and cannot be installed from here.
pub fn find_or_install() -> Result<PathBuf> {
    if let Some(named) = env::var_os("CHROMIUM").map(PathBuf::from).filter(|path| path.is_file()) {
        return Ok(named);
    }
    if let Some(found) = find() {
        return Ok(found);
    }
    packages::install("chromium").context("browser tests need Chromium (or CHROMIUM=/path/to/it)")?;
    find().context("chromium was installed but is not on the search path")
}

fn find() -> Option<PathBuf> {
    NAMES.into_iter().find_map(command::find)
}
