//! Feeds: built, read, checked.

use std::fs;

use formats::{
    Limits,
    misp::{
        Event,
        feed::{Files, HASHES, MANIFEST, Options, build, check, hashes, read},
    },
    parse,
};
use serde_json::Value;

use crate::{files, shared};

fn folder() -> Option<Files> {
    let folder = shared("samples/misp/feed")?;
    let names = files(&folder, ".json").into_iter().chain([folder.join("hashes.csv")]);
    Some(
        names
            .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap()))
            .collect(),
    )
}

fn lines(files: &Files) -> Vec<&str> {
    let mut lines: Vec<&str> = std::str::from_utf8(&files[HASHES]).unwrap().lines().collect();
    lines.sort_unstable();
    lines
}

#[test]
fn a_feed_of_others_is_built_again_the_same() {
    let Some(theirs) = folder() else { return };
    let report = check(&theirs, &Limits::default());
    assert_eq!(report.findings, []);
    let reading = read(&theirs, &Limits::default());
    assert_eq!((reading.items.len(), reading.losses.as_slice()), (3, [].as_slice()));
    let (ours, losses) = build(&reading.items, Options::default());
    assert_eq!(losses, []);
    assert_eq!(ours.keys().collect::<Vec<_>>(), theirs.keys().collect::<Vec<_>>());
    for (name, bytes) in theirs.iter().filter(|(name, _)| name.ends_with(".json")) {
        let came: Value = serde_json::from_slice(bytes).unwrap();
        let written: Value = serde_json::from_slice(&ours[name]).unwrap();
        assert_eq!(came, written, "{name}");
    }
    assert_eq!(lines(&ours), lines(&theirs));
}

const EVENT: &str = r##"{"uuid":"9f1c4a6d-8e1b-4f9a-9d3e-3a1d2c7f7b01","id":"7","org_id":"1","info":"Shop of Liège","date":"2026-05-15",
 "distribution":"3","threat_level_id":"2","analysis":"1","timestamp":"1778848200","Orgc":{"id":"4","name":"Exemple","uuid":"9f1c4a6d-8e1b-4f9a-9d3e-3a1d2c7f7b02"},
 "Tag":[{"name":"tlp:green","colour":"#33ff00","exportable":true},{"name":"ours","local":true},{"name":"inner","exportable":false}],
 "Attribute":[{"uuid":"9f1c4a6d-8e1b-4f9a-9d3e-3a1d2c7f7b03","event_id":"7","type":"filename|md5","category":"Payload delivery","value":"a.exe|8764605c6f388c89096b534d33565802","distribution":"5"},
 {"uuid":"9f1c4a6d-8e1b-4f9a-9d3e-3a1d2c7f7b04","type":"comment","category":"Other","value":"for us","distribution":"0"}]}"##;

fn event(text: &str) -> Event<'_> {
    Event::new(parse(text.as_bytes(), &Limits::default()).unwrap()).unwrap()
}

#[test]
fn what_is_not_for_everyone_stays_and_is_named() {
    let (files, losses) = build(&[event(EVENT)], Options::default());
    let written = String::from_utf8(files["9f1c4a6d-8e1b-4f9a-9d3e-3a1d2c7f7b01.json"].clone()).unwrap();
    for kept_back in ["for us", "ours", "inner", "event_id", "org_id", "\"id\"", "distribution"] {
        assert!(!written.contains(kept_back), "{kept_back} went out:\n{written}");
    }
    let named: Vec<String> = losses.iter().map(|loss| format!("{} {}", loss.pointer, loss.what)).collect();
    assert_eq!(named, ["/0/Tag/1 ours", "/0/Tag/2 inner", "/0/Attribute/1 Attribute"]);
    assert_eq!(lines(&files).len(), 2);
    let closed = EVENT.replacen("\"distribution\":\"3\"", "\"distribution\":\"4\"", 1);
    let (files, losses) = build(&[event(&closed)], Options::default());
    assert_eq!((files.len(), losses.len()), (2, 1));
}

#[test]
fn each_half_of_a_value_can_be_looked_up() {
    let halves = ["2c3ccd32927839768639b88829a5c04a", "090ef9fc4b62a4b68ea28fc2bbd51e39"];
    assert_eq!(hashes(&event(EVENT))[..2], halves);
}

#[test]
fn a_feed_that_does_not_fit_together_is_told_so() {
    let (good, _) = build(&[event(EVENT)], Options::default());
    assert_eq!(check(&good, &Limits::default()).findings, []);
    let name = "9f1c4a6d-8e1b-4f9a-9d3e-3a1d2c7f7b01.json";
    let rules = |change: &dyn Fn(&mut Files)| {
        let mut files = good.clone();
        change(&mut files);
        let report = check(&files, &Limits::default());
        report.findings.into_iter().map(|found| found.rule).collect::<Vec<_>>()
    };
    assert_eq!(rules(&|files| drop(files.remove(MANIFEST))), ["misp.feed.manifest", "misp.feed.unlisted"]);
    assert_eq!(rules(&|files| drop(files.remove(HASHES))), ["misp.feed.hashes"]);
    assert_eq!(
        rules(&|files| drop(files.remove(name))),
        ["misp.feed.missing", "misp.feed.hashes", "misp.feed.hashes"]
    );
    assert_eq!(rules(&|files| drop(files.insert(name.to_owned(), b"[]".to_vec())))[..1], ["misp.feed.event"]);
    let changed = |from: &str, to: &str| {
        let text = String::from_utf8(good[name].clone()).unwrap().replace(from, to);
        move |files: &mut Files| drop(files.insert(name.to_owned(), text.clone().into_bytes()))
    };
    assert_eq!(rules(&changed("Shop of", "Bank of")), ["misp.feed.differs"]);
    assert_eq!(rules(&changed("2c7f7b01", "2c7f7b09"))[..1], ["misp.feed.name"]);
    assert_eq!(
        rules(&|files| drop(
            files.insert(
                MANIFEST.to_owned(),
                String::from_utf8(good[MANIFEST].clone())
                    .unwrap()
                    .replace("\"info\"", "\"integrity:sha256\":\"00\",\"info\"")
                    .into_bytes()
            )
        )),
        ["misp.feed.integrity"]
    );
}
