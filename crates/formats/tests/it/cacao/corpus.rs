//! Our own corpus: each file with what must come of it beside it. `BEFFROI_UPDATE=1` writes these anew; then
//! read the difference before you commit it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use formats::{
    Limits, Profile, Severity,
    cacao::{Options, check_bytes, read},
};

use super::{NOW_MS, meaning};
use crate::files;

pub fn corpus(folder: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/cacao").join(folder);
    let found = files(&root, ".json");
    assert!(!found.is_empty());
    found
}

pub fn pinned(path: &Path, end: &str, text: &str) {
    let beside = path.with_extension(end);
    if std::env::var_os("BEFFROI_UPDATE").is_some() {
        fs::write(&beside, text).unwrap();
    }
    let expected = fs::read_to_string(&beside).unwrap_or_default();
    assert_eq!(text, expected, "{} differs from {}", path.display(), beside.display());
}

fn findings(bytes: &[u8]) -> String {
    let mut text = String::new();
    for profile in [Profile::Text, Profile::Schema] {
        let report = check_bytes(bytes, &Options { profile, now_ms: Some(NOW_MS), ..Options::default() });
        text += &format!("{profile:?}: {}\n", if report.is_valid() { "valid" } else { "invalid" });
        for found in &report.findings {
            let weight = format!("{:?}", found.severity).to_lowercase();
            text += &format!("  {weight} {} {}\n    {}\n", found.rule, found.pointer, found.message);
        }
    }
    text
}

#[test]
fn valid_playbooks_are_valid_and_come_out_as_they_came_in() {
    for path in corpus("valid") {
        let bytes = fs::read(&path).unwrap();
        let report = check_bytes(&bytes, &Options { now_ms: Some(NOW_MS), ..Options::default() });
        assert!(report.worst() < Some(Severity::Warning), "{}: {:#?}", path.display(), report.findings);
        let reading = read(&bytes, &Limits::default());
        let came = meaning(&String::from_utf8(bytes).unwrap());
        let written = reading.items[0].to_string();
        assert_eq!(came, meaning(&written), "{}", path.display());
        assert_eq!(read(written.as_bytes(), &Limits::default()), reading, "{}", path.display());
        // What CACAO does not have is named; that is only what types of one's own bring.
        let own =
            ["own", "/authentication_info_definitions/api-key", "/agent_definitions/soar", "/commands/9/"];
        let is_own = |pointer: &str| own.iter().any(|own| pointer.contains(own));
        assert!(reading.losses.iter().all(|loss| is_own(&loss.pointer)), "{:#?}", reading.losses);
    }
}

#[test]
fn each_fault_is_found_in_its_place() {
    for path in corpus("faulty") {
        pinned(&path, "findings", &findings(&fs::read(&path).unwrap()));
    }
}

/// Every rule that the code names is met by a file of the corpus.
#[test]
fn every_rule_has_its_file() {
    let sources = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cacao"), ".rs");
    let code: String = sources.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let found: String = corpus("faulty").iter().map(|path| findings(&fs::read(path).unwrap())).collect();
    let mut missing: Vec<&str> = code
        .split('"')
        .filter(|text| text.starts_with("cacao.") || text.starts_with("json."))
        .filter(|rule| !found.contains(&format!(" {rule} ")))
        .collect();
    missing.sort_unstable();
    missing.dedup();
    assert_eq!(missing, [""; 0], "rules without a file in corpus/cacao/faulty");
}
