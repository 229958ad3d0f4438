//! Where the repository is and what cargo says of it.

use std::{
    env,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::command;

/// The root of the repository: the folder above this crate, as cargo says when it runs us, else where we
/// were built.
pub fn root() -> Result<PathBuf> {
    let crate_folder = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    let crate_folder = PathBuf::from(crate_folder);
    crate_folder.parent().map(Path::to_path_buf).context("xtask has no folder above it")
}

/// `cargo metadata` with the resolved graph of all dependencies.
pub fn metadata(root: &Path) -> Result<Value> {
    let output = command::cargo(root).args(["metadata", "--format-version", "1"]).output()?;
    if !output.status.success() {
        bail!("cargo metadata failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    serde_json::from_slice(&output.stdout).context("cargo metadata printed no JSON")
}

/// The folder cargo builds into.
pub fn target_folder(metadata: &Value) -> Result<PathBuf> {
    let folder = metadata.get("target_directory").and_then(Value::as_str);
    folder.map(PathBuf::from).context("cargo metadata names no target directory")
}

/// The folder in which xtask keeps its stamps; made when absent.
pub fn scratch_folder(target: &Path) -> Result<PathBuf> {
    let folder = target.join("xtask");
    std::fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    Ok(folder)
}
