//! Tools of others from the Python registry, in a virtual environment below `target/`, each at a pinned
//! version. Nothing of them is installed on the machine.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::command;

/// The interpreter of an environment of this name that holds these packages; made anew when they changed.
///
/// Errors where there is no Python 3, or its packages cannot be had.
pub fn environment(root: &Path, name: &str, packages: &[&str]) -> Result<PathBuf> {
    let python = command::find("python3").context("python3 is not here")?;
    let home = root.join("target").join(name);
    let own = home.join("bin/python");
    let marker = home.join(".installed");
    let wanted = packages.join("\n");
    if !fs::read_to_string(&marker).is_ok_and(|installed| installed == wanted) {
        command::must(Command::new(python).args(["-m", "venv", "--clear"]).arg(&home))
            .context("no virtual environment can be made: install python3-venv")?;
        command::must(Command::new(&own).args(["-m", "pip", "install", "--quiet"]).args(packages))?;
        fs::write(&marker, &wanted).with_context(|| format!("cannot write {}", marker.display()))?;
    }
    Ok(own)
}
