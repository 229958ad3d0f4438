//! The formats over our own corpus, and over samples of others where they are at hand.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails on the spot")]

mod cacao;
mod corpus;
mod csaf;
mod idmef_stix;
mod incident;
mod misp;
mod property;
mod samples;
mod schema;
mod stix_corpus;
mod stix_pattern;
mod stix_samples;
mod stix_schema;
mod taxonomy;

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

/// The material shared between the builders of Beffroi, which a clone does not have; loud when absent.
fn shared(path: &str) -> Option<PathBuf> {
    let full = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(path);
    if full.exists() {
        return Some(full);
    }
    let reason = format!("formats: {path} is not at hand");
    println!("SKIPPED: {reason}");
    if let Some(list) = std::env::var_os("BEFFROI_TEST_SKIPS") {
        let mut list = fs::OpenOptions::new().create(true).append(true).open(list).unwrap();
        writeln!(list, "{reason}").unwrap();
    }
    None
}

/// All files below a folder that end so.
fn files(folder: &Path, end: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, end));
        } else if path.to_string_lossy().ends_with(end) {
            found.push(path);
        }
    }
    found.sort();
    found
}
