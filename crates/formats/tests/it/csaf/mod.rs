//! Advisories of CSAF: our own corpus, the published schemas, samples of others.

mod convert;
mod corpus;
mod property;
mod samples;
mod schema;

use std::{
    fs,
    path::{Path, PathBuf},
};

use formats::{
    Profile,
    csaf::{Options, check_bytes},
};

use crate::files;

/// The files of a folder of our corpus.
fn own(folder: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/csaf").join(folder);
    let found = files(&root, ".json");
    assert!(!found.is_empty());
    found
}

/// Verdict and findings of both profiles.
fn findings(bytes: &[u8]) -> String {
    let mut text = String::new();
    for profile in [Profile::Text, Profile::Schema] {
        let report = check_bytes(bytes, &Options { profile, ..Options::default() });
        text += &format!("{profile:?}: {}\n", if report.is_valid() { "valid" } else { "invalid" });
        for found in &report.findings {
            let weight = format!("{:?}", found.severity).to_lowercase();
            text += &format!("  {weight} {} {}\n    {}\n", found.rule, found.pointer, found.message);
        }
    }
    text
}

fn pinned(path: &Path, end: &str, text: &str) {
    let beside = path.with_extension(end);
    if std::env::var_os("BEFFROI_UPDATE").is_some() {
        fs::write(&beside, text).unwrap();
    }
    let expected = fs::read_to_string(&beside).unwrap_or_default();
    assert_eq!(text, expected, "{} differs from {}", path.display(), beside.display());
}
