//! The laws as they stand in the source tree.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use regime::Library;

/// The root of the source tree.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the source tree is there")
}

/// The folder of the invented law that no program knows.
#[must_use]
pub fn invented_law() -> PathBuf {
    root().join("crates/regime/tests/fictitious-law")
}

/// The laws of the source tree, read once per test binary.
#[must_use]
pub fn library() -> Arc<Library> {
    static LIBRARY: OnceLock<Arc<Library>> = OnceLock::new();
    Arc::clone(LIBRARY.get_or_init(|| Arc::new(read(&files()))))
}

/// Path relative to the data root to content, for `Library::read`.
#[must_use]
pub fn files() -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for part in ["regimes", "vocabularies"] {
        collect(&root().join(part), part, &mut files);
    }
    files
}

/// Adds the files under `folder` as paths under `prefix`.
pub fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy();
        let target = format!("{prefix}/{name}");
        if path.is_dir() {
            collect(&path, &target, files);
        } else {
            files.insert(target, std::fs::read(&path).expect("a file of the law"));
        }
    }
}

fn read(files: &BTreeMap<String, Vec<u8>>) -> Library {
    Library::read(files).unwrap_or_else(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        panic!("the laws of the source tree cannot be read:\n{}", lines.join("\n"))
    })
}
