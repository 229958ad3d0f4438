//! The source files that the checks of the house read.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

/// One file of source text; the path is relative to the repository.
#[derive(Clone, Debug)]
pub struct Source {
    pub path: PathBuf,
    pub text: String,
}

/// Hand-written Rust and TypeScript: `crates/*/src` and `ui/src`, without what is generated.
pub fn read(root: &Path) -> Result<Vec<Source>> {
    let mut folders = vec![root.join("ui/src")];
    for folder in entries(&root.join("crates"))? {
        folders.push(folder.join("src"));
    }
    let mut sources = Vec::new();
    for file in folders.iter().map(|folder| files(folder)).collect::<Result<Vec<_>>>()?.concat() {
        if is_written_by_hand(&file) {
            let text =
                fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
            sources.push(Source { path: file.strip_prefix(root).unwrap_or(&file).to_path_buf(), text });
        }
    }
    Ok(sources)
}

/// All files below a folder, sorted; none when the folder does not exist.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in entries(folder)? {
        if entry.is_dir() { found.extend(files(&entry)?) } else { found.push(entry) }
    }
    Ok(found)
}

/// The names in a folder as paths, sorted; none when the folder does not exist.
pub fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let listing = fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    let mut paths = listing.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

fn is_written_by_hand(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    [".rs", ".ts", ".tsx"].iter().any(|ending| name.ends_with(ending)) && !name.ends_with(".d.ts")
}
