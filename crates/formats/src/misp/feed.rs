//! A feed: events as files of a folder that anyone can serve and any MISP can pull. `manifest.json` says what
//! is there, `hashes.csv` lets a puller look a value up without reading the events, `UUID.json` is an event.
//! Names and bytes come in and go out; the folder is the caller's.

mod build;
mod check;

use std::collections::BTreeMap;

use md5::{Digest, Md5};

use super::{Attribute, Event, types::lenient};
use crate::{Json, Limits, Loss, Reading};

pub use build::{Options, build};
pub use check::check;

/// The files of a feed by their names.
pub type Files = BTreeMap<String, Vec<u8>>;

/// What is there.
pub const MANIFEST: &str = "manifest.json";
/// Which values are there.
pub const HASHES: &str = "hashes.csv";

/// The events of a feed, in the order of their files.
#[must_use]
pub fn read<'f>(files: &'f Files, limits: &Limits) -> Reading<Event<'f>> {
    let mut reading = Reading::default();
    for (name, bytes) in files.iter().filter(|(name, _)| uuid_of(name).is_some()) {
        let one = super::read(bytes, limits);
        let place = crate::pointer::of(&[name]);
        if one.items.is_empty() && one.losses.is_empty() {
            reading.losses.push(Loss {
                pointer: place.clone(),
                what: name.clone(),
                why: "there is no event in this file".to_owned(),
            });
        }
        reading.append(&place, one);
    }
    reading
}

/// The identifier that the name of an event's file holds.
fn uuid_of(name: &str) -> Option<&str> {
    name.strip_suffix(".json").filter(|stem| super::check::is_uuid(stem))
}

/// MD5 of each value of the event, both halves of composite ones, in the order of the event.
#[must_use]
pub fn hashes(event: &Event<'_>) -> Vec<String> {
    let mut found = Vec::new();
    event.attributes().for_each(|attribute| add(&mut found, attribute));
    for object in event.objects() {
        object.attributes().for_each(|attribute| add(&mut found, attribute));
    }
    found
}

fn add(found: &mut Vec<String>, attribute: Attribute<'_>) {
    let (Some(kind), Some(value)) = (attribute.kind(), attribute.value()) else { return };
    if kind.contains('|') || kind == "malware-sample" {
        found.extend(value.split('|').map(md5));
    } else {
        found.push(md5(value));
    }
}

fn md5(text: &str) -> String {
    Md5::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The entry of an event in the manifest.
fn entry(event: &Event<'_>) -> Json<'static> {
    let text = |name: &str| Json::text(lenient::text(event.json(), name).unwrap_or_default().to_owned());
    let number =
        |found: Option<i64>, otherwise: i64| Json::Number(found.unwrap_or(otherwise).to_string().into());
    let copy = |name: &str, otherwise: Json<'static>| {
        event.json().get(name).map_or(otherwise, |json| json.clone().into_owned())
    };
    Json::object([
        ("Orgc", copy("Orgc", Json::object([]))),
        ("Tag", copy("Tag", Json::List(Vec::new()))),
        ("info", text("info")),
        ("date", text("date")),
        ("analysis", number(event.analysis(), 0)),
        ("threat_level_id", number(event.threat_level_id(), 4)),
        ("timestamp", number(event.timestamp(), 0)),
    ])
}
