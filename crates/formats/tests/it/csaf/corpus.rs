//! Our own advisories: each with what must come of it. `BEFFROI_UPDATE=1` writes the findings anew.

use std::{fs, path::Path};

use formats::{
    Severity,
    csaf::{Options, check_bytes},
};

use super::{findings, own, pinned};
use crate::files;

#[test]
fn valid_advisories_are_valid() {
    for path in own("valid") {
        let report = check_bytes(&fs::read(&path).unwrap(), &Options::default());
        assert!(report.worst() < Some(Severity::Warning), "{}: {:#?}", path.display(), report.findings);
    }
}

#[test]
fn each_fault_is_found_in_its_place() {
    for path in own("faulty") {
        let found = findings(&fs::read(&path).unwrap());
        pinned(&path, "findings", &found);
        // A file is called after the test that it fails.
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let number = name.split('_').next().unwrap();
        if number.starts_with("6.") {
            assert!(found.contains(&format!(" csaf.{number} ")), "{name}: {found}");
        }
    }
}

/// Every rule that the code names is met by a file of the corpus.
#[test]
fn every_rule_has_its_file() {
    let sources = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/csaf"), ".rs");
    let code: String = sources.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let found: String = own("faulty").iter().map(|path| findings(&fs::read(path).unwrap())).collect();
    let mut missing: Vec<&str> = code
        .split('"')
        .filter(|text| text.starts_with("csaf.") || text.starts_with("json."))
        .filter(|rule| !found.contains(&format!(" {rule} ")))
        .collect();
    missing.sort_unstable();
    missing.dedup();
    // A million steps from groups to products take a document that no corpus should hold; see `property`.
    assert_eq!(missing, ["csaf.groups"], "rules without a file in corpus/csaf/faulty");
}
