//! Do the files of a feed fit together?

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use super::{Files, HASHES, MANIFEST, entry, hashes, uuid_of};
use crate::Report;
use crate::{
    Json, Limits,
    misp::{
        Event,
        check::{Inspector, Place},
        read,
    },
    parse,
};

const SOURCE: &str = "MISP feed format";

/// Checks a feed as a whole; its events one by one are for [`crate::misp::check_bytes`].
#[must_use]
pub fn check(files: &Files, limits: &Limits) -> Report {
    let mut inspector = Inspector::new(limits.findings);
    let root = Place::Root;
    let place = root.name(MANIFEST);
    let empty = Json::object([]);
    let parsed = files.get(MANIFEST).map(|bytes| parse(bytes, limits));
    let manifest = match &parsed {
        Some(Ok(json)) if json.as_object().is_some() => json,
        Some(_) => {
            inspector
                .error(&place, "misp.feed.manifest", SOURCE, || "the manifest is no JSON object".to_owned());
            &empty
        }
        None => {
            inspector.error(&place, "misp.feed.manifest", SOURCE, || {
                "manifest.json is missing: nothing can be pulled".to_owned()
            });
            &empty
        }
    };
    let mut expected = BTreeSet::new();
    for (name, bytes) in files.iter().filter(|(name, _)| uuid_of(name).is_some()) {
        event_file(&mut inspector, (name, bytes), manifest, limits, &mut expected);
    }
    for member in manifest.as_object().unwrap_or_default() {
        if !files.contains_key(&format!("{}.json", member.name)) {
            inspector.error(&place.name(&member.name), "misp.feed.missing", SOURCE, || {
                format!("{}.json is named in the manifest and not there", member.name)
            });
        }
    }
    hash_lines(&mut inspector, files, &expected);
    inspector.into_report()
}

fn event_file(
    inspector: &mut Inspector,
    (name, bytes): (&str, &[u8]),
    manifest: &Json<'_>,
    limits: &Limits,
    expected: &mut BTreeSet<String>,
) {
    let root = Place::Root;
    let place = root.name(name);
    let reading = read(bytes, limits);
    let Some(event) = reading.items.first() else {
        inspector.error(&place, "misp.feed.event", SOURCE, || "there is no event in this file".to_owned());
        return;
    };
    let uuid = uuid_of(name).unwrap_or_default();
    if event.uuid() != Some(uuid) {
        inspector.error(&place, "misp.feed.name", SOURCE, || {
            format!("the file is named {uuid}, the event in it is another")
        });
    }
    expected.extend(hashes(event).into_iter().map(|hash| format!("{hash},{uuid}")));
    match manifest.get(uuid) {
        Some(listed) => compare(inspector, uuid, listed, event, bytes),
        None => inspector.error(&place, "misp.feed.unlisted", SOURCE, || {
            "the event is not in the manifest: nobody will pull it".to_owned()
        }),
    }
}

fn compare(inspector: &mut Inspector, uuid: &str, listed: &Json<'_>, event: &Event<'_>, bytes: &[u8]) {
    let root = Place::Root;
    let manifest = root.name(MANIFEST);
    let place = manifest.name(uuid);
    let real = entry(event);
    for name in ["info", "date", "analysis", "threat_level_id", "timestamp"] {
        let loose = |json: &Json<'_>| crate::misp::types::lenient::text(json, name).map(str::to_owned);
        if listed.get(name).is_some() && loose(listed) != loose(&real) {
            inspector.error(&place.name(name), "misp.feed.differs", SOURCE, || {
                format!("{name} in the manifest is not that of the event: build the manifest anew")
            });
        }
    }
    if let Some(sum) = listed.get("integrity:sha256").and_then(Json::as_text) {
        let real: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        if !sum.eq_ignore_ascii_case(&real) {
            inspector.error(&place.name("integrity:sha256"), "misp.feed.integrity", SOURCE, || {
                "the file is not the one that the manifest was made for".to_owned()
            });
        }
    }
}

fn hash_lines(inspector: &mut Inspector, files: &Files, expected: &BTreeSet<String>) {
    let root = Place::Root;
    let place = root.name(HASHES);
    let Some(bytes) = files.get(HASHES) else {
        inspector.warning(&place, "misp.feed.hashes", SOURCE, || {
            "hashes.csv is missing: pullers cannot look values up".to_owned()
        });
        return;
    };
    let text = String::from_utf8_lossy(bytes);
    let mut listed = BTreeSet::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim_end();
        if !expected.contains(line) {
            inspector.error(&place.index(index), "misp.feed.hashes", SOURCE, || {
                format!("line {} is of no value of the feed", index + 1)
            });
        }
        listed.insert(line);
    }
    for line in expected.iter().filter(|line| !listed.contains(line.as_str())) {
        inspector.error(&place, "misp.feed.hashes", SOURCE, || {
            format!("{line} is missing: build hashes.csv anew")
        });
    }
}
