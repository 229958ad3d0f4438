//! The packs and the vocabularies of this repository, and what the evaluation promises of every pack.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod completions;
mod conversions;
mod cra;
mod dora;
mod dora_stories;
mod exports;
mod fictitious;
mod finder;
mod finder_worlds;
mod gdpr;
mod national;
mod nis2;
mod package;
mod reading;
mod schemas;
mod statistics;
mod summary;
mod thresholds;
mod tracks;
mod versions;
mod visibility;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use model::{Country, Instant};
use regime::{Case, Library, Pack, pack::FormField};
use serde_json::Value;

/// The repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Everything below a folder of the data root, by path relative to it.
pub fn add_files(files: &mut BTreeMap<String, Vec<u8>>, root: &Path, folder: &str) {
    for entry in fs::read_dir(root.join(folder)).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{folder}/{}", entry.file_name().to_str().unwrap());
        if entry.file_type().unwrap().is_dir() {
            add_files(files, root, &path);
        } else {
            files.insert(path, fs::read(entry.path()).unwrap());
        }
    }
}

/// The files of this repository's library.
pub fn library_files() -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    add_files(&mut files, &root(), "vocabularies");
    add_files(&mut files, &root(), "regimes");
    files
}

/// The library, or a readable list of what is wrong with it.
pub fn read(files: &BTreeMap<String, Vec<u8>>) -> Library {
    Library::read(files).unwrap_or_else(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        panic!("{}", lines.join("\n"))
    })
}

/// This repository's library.
pub fn library() -> Library {
    read(&library_files())
}

/// An instant.
pub fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

/// A case in Luxembourg.
pub fn case(entity: Value, facts: Value) -> Case {
    let map = |value: Value| value.as_object().unwrap().clone().into_iter().collect();
    Case {
        entity: map(entity),
        facts: map(facts),
        country: "LU".parse::<Country>().unwrap(),
        zone: "Europe/Luxembourg".to_owned(),
        submissions: vec![],
        requests: vec![],
        opened: None,
        simulated: vec![],
    }
}

/// The questions of a form by number.
pub fn by_number<'a>(pack: &'a Pack, name: &str) -> BTreeMap<String, &'a FormField> {
    let mut found = BTreeMap::new();
    for field in pack.forms[name].fields() {
        for number in field.all_numbers() {
            assert!(found.insert(number.clone(), field).is_none(), "{number} stands twice");
        }
    }
    found
}

/// Says that a test did not run because shared data is not there, and counts it.
pub fn skipped(name: &str) {
    println!("SKIPPED: {name}: the shared standards are not beside this repository");
    if let Ok(path) = std::env::var("BEFFROI_TEST_SKIPS") {
        let mut lines = fs::read_to_string(&path).unwrap_or_default();
        lines.push_str(&format!("regime {name}: the shared standards are not beside this repository\n"));
        fs::write(path, lines).unwrap();
    }
}

/// A file of the shared standards, if they are there.
pub fn shared(path: &str) -> Option<Vec<u8>> {
    fs::read(root().join("../shared/standards").join(path)).ok()
}
