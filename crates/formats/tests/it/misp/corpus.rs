//! Our own events: each with what must come of it beside it. `BEFFROI_UPDATE=1` writes these anew.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use formats::{
    Limits, Profile,
    misp::{Event, Options, check_bytes, from_stix, read, to_stix},
    parse, stix,
};

use crate::{corpus::pinned, files};

fn corpus(folder: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/misp").join(folder);
    let found: Vec<_> =
        files(&root, ".json").into_iter().filter(|path| !path.to_string_lossy().contains(".out.")).collect();
    assert!(!found.is_empty());
    found
}

#[test]
fn valid_events_are_valid_and_come_out_as_they_came_in() {
    for path in corpus("valid") {
        let bytes = fs::read(&path).unwrap();
        let report = check_bytes(&bytes, &Options::default());
        assert_eq!(report.findings, [], "{}", path.display());
        let reading = read(&bytes, &Limits::default());
        let came: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        let came = if came.get("Event").is_some() { came } else { serde_json::json!({"Event": came}) };
        let written: serde_json::Value = serde_json::from_str(&reading.items[0].to_string()).unwrap();
        assert_eq!(came, written, "{}", path.display());
    }
}

#[test]
fn each_fault_is_found() {
    let mut met = BTreeSet::new();
    for path in corpus("faulty") {
        let bytes = fs::read(&path).unwrap();
        let mut text = String::new();
        for profile in [Profile::Text, Profile::Schema] {
            let report = check_bytes(&bytes, &Options { profile, ..Options::default() });
            text += &format!("{profile:?}: {}\n", if report.is_valid() { "valid" } else { "invalid" });
            for found in &report.findings {
                let weight = format!("{:?}", found.severity).to_lowercase();
                text += &format!("  {weight} {} {}\n    {}\n", found.rule, found.pointer, found.message);
                met.insert(found.rule);
            }
        }
        pinned(&path, "findings", &text);
    }
    let all = include_str!("../../../src/misp/README.md");
    for rule in
        all.lines().filter_map(|line| line.strip_prefix("| `misp.")).filter_map(|line| line.split('`').next())
    {
        let rule = format!("misp.{rule}");
        // Feeds and templates are folders, with tests of their own.
        let of_folders = rule.starts_with("misp.feed.") || rule.starts_with("misp.template.");
        assert!(of_folders || met.contains(rule.as_str()), "no file of corpus/misp/faulty meets {rule}");
    }
}

#[test]
fn our_events_have_their_bundles_and_come_back() {
    for path in corpus("valid") {
        let bytes = fs::read(&path).unwrap();
        let reading = read(&bytes, &Limits::default());
        pinned(&path, "bundle", &goes_and_comes_back(&reading.items[0], &path));
    }
}

/// The bundle of an event: valid, and the event comes back from it as it was.
fn goes_and_comes_back(event: &Event<'_>, path: &Path) -> String {
    let bundle = format!("{:#}\n", to_stix(event));
    let report = stix::check_bytes(bundle.as_bytes(), &stix::Options::default());
    assert!(report.is_valid(), "{}: {:#?}", path.display(), report.findings);
    let parsed = parse(bundle.as_bytes(), &Limits::default()).unwrap();
    let back = from_stix(&parsed);
    assert_eq!(back.losses, [], "{}", path.display());
    let value = |text: String| serde_json::from_str::<serde_json::Value>(&text).unwrap();
    assert_eq!(value(back.items[0].to_string()), value(event.to_string()), "{}", path.display());
    bundle
}

#[test]
fn bundles_of_others_have_their_events_and_losses() {
    for path in corpus("foreign") {
        let bytes = fs::read(&path).unwrap();
        let parsed = parse(&bytes, &Limits::default()).unwrap();
        let reading = from_stix(&parsed);
        let mut text = String::new();
        for event in &reading.items {
            assert!(check_bytes(event.to_string().as_bytes(), &Options::default()).is_valid());
            goes_and_comes_back(event, &path);
            text += &format!("{event:#}\n");
        }
        for loss in &reading.losses {
            text += &format!("{} {}\n    {}\n", loss.pointer, loss.what, loss.why);
        }
        pinned(&path, "outcome", &text);
    }
}
