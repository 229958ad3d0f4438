//! The pages: built when they are older than their sources, and checked against the API.

use std::{
    collections::BTreeMap,
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
};

use anyhow::Result;

use crate::{command, setup::node, sources, workspace};

/// Folders in `ui/` that are made, not written.
const MADE: [&str; 3] = ["node_modules", "dist", "shots"];

/// Whether the folder of the pages is there.
pub fn is_there(root: &Path) -> bool {
    root.join("ui/package.json").is_file()
}

/// Installs what the pages and their tools need, as their lock files say.
pub fn install(root: &Path) -> Result<()> {
    for folder in ["ui", "ui/tools"] {
        if root.join(folder).join("package.json").is_file() {
            node::install(&root.join(folder))?;
        }
    }
    Ok(())
}

/// Builds `ui/dist` unless it was built from exactly these sources.
pub fn build_when_stale(root: &Path, target: &Path) -> Result<()> {
    let stamp = stamp_file(target)?;
    let fingerprint = fingerprint(&root.join("ui"))?;
    let is_fresh = fs::read_to_string(&stamp).is_ok_and(|built_from| built_from == fingerprint);
    if is_fresh && root.join("ui/dist/index.html").is_file() {
        return Ok(());
    }
    build(root, target)
}

/// Builds `ui/dist` and remembers from what.
pub fn build(root: &Path, target: &Path) -> Result<()> {
    install(root)?;
    command::must(&mut node::npm(&root.join("ui"), &["run", "build"]))?;
    fs::write(stamp_file(target)?, fingerprint(&root.join("ui"))?)?;
    Ok(())
}

/// The generated types as text by file, to be compared before and after generating them again.
pub fn generated_types(root: &Path) -> Result<BTreeMap<PathBuf, Vec<u8>>> {
    let files = sources::files(&root.join("ui/src/api"))?;
    files.into_iter().map(|file| Ok((file.clone(), fs::read(file)?))).collect()
}

fn stamp_file(target: &Path) -> Result<PathBuf> {
    Ok(workspace::scratch_folder(target)?.join("ui-built-from"))
}

/// One number over names, lengths and times of change of all sources of the pages.
fn fingerprint(ui: &Path) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    for entry in sources::entries(ui)? {
        let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if MADE.contains(&name.as_str()) {
            continue;
        }
        let files = if entry.is_dir() { sources::files(&entry)? } else { vec![entry] };
        for file in
            files.iter().filter(|file| !file.components().any(|part| part.as_os_str() == "node_modules"))
        {
            let about = fs::metadata(file)?;
            (file, about.len(), about.modified()?).hash(&mut hasher);
        }
    }
    Ok(format!("{:016x}", hasher.finish()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pages_are_stale_when_a_source_comes_changes_or_goes() {
        let ui = tempfile::tempdir().unwrap();
        fs::create_dir_all(ui.path().join("src")).unwrap();
        fs::create_dir_all(ui.path().join("dist")).unwrap();
        fs::write(ui.path().join("src/main.tsx"), "1").unwrap();
        let first = fingerprint(ui.path()).unwrap();
        assert_eq!(fingerprint(ui.path()).unwrap(), first);

        fs::write(ui.path().join("dist/index.html"), "built").unwrap();
        assert_eq!(fingerprint(ui.path()).unwrap(), first, "what is made is no source");

        fs::write(ui.path().join("src/main.tsx"), "12").unwrap();
        let changed = fingerprint(ui.path()).unwrap();
        assert_ne!(changed, first);

        fs::write(ui.path().join("src/more.tsx"), "").unwrap();
        assert_ne!(fingerprint(ui.path()).unwrap(), changed);
        fs::remove_file(ui.path().join("src/more.tsx")).unwrap();
        assert_eq!(fingerprint(ui.path()).unwrap(), changed);
    }
}
