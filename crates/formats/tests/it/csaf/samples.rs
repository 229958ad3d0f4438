//! The advisories that OASIS publishes as examples.

use std::fs;

use formats::{
    Severity,
    csaf::{Options, check_bytes},
};

use crate::{files, shared};

#[test]
fn the_examples_of_the_standard_are_valid_and_their_provider_metadata_is_no_advisory() {
    let Some(folder) = shared("standards/csaf/samples") else { return };
    let mut valid = 0;
    for path in files(&folder, ".json") {
        let report = check_bytes(&fs::read(&path).unwrap(), &Options::default());
        if path.ends_with("provider-metadata-example.json") {
            assert!(report.findings.iter().any(|found| found.rule == "csaf.missing"), "{report:#?}");
            assert_eq!(report.worst(), Some(Severity::Error));
            continue;
        }
        assert!(report.is_valid(), "{}: {:#?}", path.display(), report.findings);
        valid += 1;
    }
    assert_eq!(valid, 7);
}
