//! Which parts of an incident not all may see who see the report.

use std::collections::HashSet;

use super::{
    carried::{Carried, entry},
    marks::Marks,
    record::{Form, Path, field_at},
    table::Table,
};
use crate::{
    Json,
    stix::{extension::RECORD, marking::Predefined},
};

/// A part of the incident by its path, and the field that it says; no field where it may be any.
pub type Guarded = (Vec<String>, String);

/// The parts of our extension that not all may see.
pub fn parts(form: Form, carried: &Carried, marks: &Marks) -> Vec<Guarded> {
    let mut all: Vec<(Vec<String>, Path)> = Vec::new();
    let base = |part: &str| vec!["extensions".to_owned(), RECORD.to_owned(), part.to_owned()];
    for (part, list) in [("odd", &carried.odd), ("stated", &carried.stated)] {
        let entries = list.iter().enumerate();
        all.extend(entries.map(|(at, path)| ([base(part), vec![entry(at)]].concat(), path.clone())));
    }
    for section in carried.content.get("record").and_then(Json::as_object).unwrap_or_default() {
        let whole = vec![section.name.to_string()];
        match &section.value {
            _ if is_common(&whole) => {}
            Json::Object(members) => all.extend(members.iter().map(|inner| {
                let path = vec![section.name.to_string(), inner.name.to_string()];
                ([base("record"), path.clone()].concat(), path)
            })),
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) | Json::List(_) => {
                all.push(([base("record"), whole.clone()].concat(), whole));
            }
        }
    }
    all.into_iter().filter_map(|(place, path)| Some((place, secret(form, &path, marks)?))).collect()
}

/// The field that a part of a record says, if not all may see it.
fn secret(form: Form, path: &Path, marks: &Marks) -> Option<String> {
    match field_of(form, path) {
        Some(field) => marks.is_guarded(&field).then_some(field),
        None => (marks.narrowest() != marks.report && !is_common(path)).then(String::new),
    }
}

/// The members of a record that hold something by field.
const SECTIONS: [&str; 5] = ["answers", "cleared", "earlier", "facts", "events"];

/// The field that a part of a record is about.
fn field_of(form: Form, path: &Path) -> Option<String> {
    match (path.first().map(String::as_str), path.get(1)) {
        (Some("events"), Some(event)) => Some(Table::own().field_of_event(event).to_owned()),
        (Some(section), Some(field)) if SECTIONS.contains(&section) => Some(field.clone()),
        _ => field_at(form, path),
    }
}

/// The members of a record that tell nothing of any field.
const COMMON: [&str; 12] = [
    "id",
    "organisation",
    "revision",
    "created_at",
    "created_by",
    "updated_at",
    "marks",
    "packs",
    "country",
    "zone",
    "submissions",
    "requests",
];

/// Whether a part of a record tells nothing of any field. Of what a later version adds we do not know.
fn is_common(path: &Path) -> bool {
    path.first().is_some_and(|member| COMMON.contains(&member.as_str()))
}

/// The granular markings of the incident, and the definitions that they name.
pub fn granular(guarded: &[Guarded], marks: &Marks) -> (Json<'static>, Vec<&'static Predefined>) {
    let of_report = marks.report.definitions();
    let mut found: Vec<(&'static Predefined, Vec<Json<'static>>)> = Vec::new();
    let mut seen = HashSet::new();
    for (path, field) in guarded {
        let selector = path.join(".");
        let marking = if field.is_empty() { marks.narrowest() } else { marks.of_field(field) };
        for known in marking.definitions() {
            if of_report.iter().any(|other| other.id == known.id) {
                continue;
            }
            if !seen.insert((known.id, selector.clone())) {
                continue;
            }
            let selector = Json::text(selector.clone());
            match found.iter_mut().find(|(other, _)| other.id == known.id) {
                Some((_, selectors)) => selectors.push(selector),
                None => found.push((known, vec![selector])),
            }
        }
    }
    let definitions = found.iter().map(|(known, _)| *known).collect();
    let list = found.into_iter().map(|(known, selectors)| {
        Json::object([("marking_ref", Json::text(known.id)), ("selectors", Json::List(selectors))])
    });
    (Json::List(list.collect()), definitions)
}
