//! Our own corpus: each file with what must come of it beside it. `BEFFROI_UPDATE=1` writes these anew;
//! then read the difference before you commit it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use formats::{
    Limits, Profile, Reading, Report, Severity, idea,
    idmef::{Alert, Options, check, check_bytes, read},
};

use crate::files;

/// The documents of a folder of the corpus, without what lies beside them.
pub fn corpus(folder: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus").join(folder);
    let found: Vec<_> =
        files(&root, ".json").into_iter().filter(|path| !path.to_string_lossy().contains(".out.")).collect();
    assert!(!found.is_empty());
    found
}

/// What must come of a document lies beside it.
pub fn pinned(path: &Path, end: &str, text: &str) {
    let beside = path.with_extension(end);
    if std::env::var_os("BEFFROI_UPDATE").is_some() {
        fs::write(&beside, text).unwrap();
    }
    let expected = fs::read_to_string(&beside).unwrap_or_default();
    assert_eq!(text, expected, "{} differs from {}", path.display(), beside.display());
}

/// Verdict and findings of both profiles.
pub fn findings(check: impl Fn(Profile) -> Report) -> String {
    let mut text = String::new();
    for profile in [Profile::Text, Profile::Schema] {
        let report = check(profile);
        text += &format!("{profile:?}: {}\n", if report.is_valid() { "valid" } else { "invalid" });
        for found in &report.findings {
            let weight = format!("{:?}", found.severity).to_lowercase();
            text += &format!("  {weight} {} {}\n    {}\n", found.rule, found.pointer, found.message);
        }
    }
    text
}

/// The rules that the code of a folder names and no file of the corpus meets.
pub fn unmet(source: &str, prefix: &str, met: &str) -> Vec<String> {
    let sources = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join(source), ".rs");
    let code: String = sources.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let mut missing: Vec<String> = code
        .split('"')
        .filter(|text| text.starts_with(prefix) || text.starts_with("json."))
        .filter(|text| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte)))
        .filter(|rule| {
            !rule.ends_with(".toml") && !rule.ends_with('.') && !met.contains(&format!(" {rule} "))
        })
        .map(str::to_owned)
        .collect();
    missing.sort_unstable();
    missing.dedup();
    missing
}

fn alert_findings(bytes: &[u8]) -> String {
    findings(|profile| check_bytes(bytes, &Options { profile, ..Options::default() }))
}

#[test]
fn valid_alerts_are_valid_and_come_out_as_they_came_in() {
    for path in corpus("idmef/valid") {
        let bytes = fs::read(&path).unwrap();
        let report = check_bytes(&bytes, &Options::default());
        assert!(report.worst() < Some(Severity::Warning), "{}: {:#?}", path.display(), report.findings);
        let reading = read(&bytes, &Limits::default());
        assert_eq!(reading.losses, [], "{}", path.display());
        let mut came: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        came["Version"] = "2.D.V08".into();
        let written: serde_json::Value = serde_json::from_str(&reading.items[0].to_string()).unwrap();
        assert_eq!(came, written, "{}", path.display());
    }
}

#[test]
fn each_fault_is_found_in_its_place() {
    for path in corpus("idmef/faulty") {
        pinned(&path, "findings", &alert_findings(&fs::read(&path).unwrap()));
    }
}

/// One alert per line, then the losses.
pub fn outcome(reading: &Reading<Alert>) -> String {
    let mut text: String = reading.items.iter().map(|alert| format!("{alert:#}\n")).collect();
    for loss in &reading.losses {
        text += &format!("- {} {}: {}\n", loss.pointer, loss.what, loss.why);
    }
    text
}

#[test]
fn older_versions_become_valid_alerts_of_draft_08() {
    for path in corpus("idmef/older") {
        let reading = read(&fs::read(&path).unwrap(), &Limits::default());
        for alert in &reading.items {
            let report = check(&alert.to_json(), &Options::default());
            // What says it is of draft 08 keeps its faults; only what Concerto writes is mended.
            assert!(
                report.is_valid() || path.ends_with("concerto-v08.json"),
                "{}: {:#?}",
                path.display(),
                report.findings
            );
        }
        pinned(&path, "outcome", &outcome(&reading));
    }
}

#[test]
fn events_of_idea_become_valid_alerts() {
    for path in corpus("idmef/idea") {
        let reading = idea::read(&fs::read(&path).unwrap(), &Limits::default());
        for alert in &reading.items {
            let report = check(&alert.to_json(), &Options::default());
            assert!(report.is_valid(), "{}: {:#?}", path.display(), report.findings);
        }
        pinned(&path, "outcome", &outcome(&reading));
    }
}

/// Every rule that the code names is met by a file of the corpus.
#[test]
fn every_rule_has_its_file() {
    let found: String =
        corpus("idmef/faulty").iter().map(|path| alert_findings(&fs::read(path).unwrap())).collect();
    assert_eq!(
        unmet("src/idmef", "idmef.", &found),
        ["idmef.pattern"],
        "rules without a file in corpus/idmef/faulty"
    );
}
