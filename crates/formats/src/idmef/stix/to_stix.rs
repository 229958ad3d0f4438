//! Alerts to STIX: one bundle for one alert, or for several.

mod attachments;
mod common;
mod ends;
mod head;
mod meaning;
mod parties;
mod traffic;

use std::collections::HashMap;

use super::{
    SPACE,
    carried::{Remainder, extension},
    objects::{Building, Members, Objects, number, object, text, texts},
    words,
};
use crate::{
    Json,
    idmef::Alert,
    stix::{extension as known, identifier::derived, marking::Predefined},
};

/// The alert as a bundle of STIX 2.1. Nothing of it is lost: [`super::from_stix`] gives it back.
#[must_use]
pub fn to_stix(alert: &Alert) -> Json<'static> {
    to_stix_bundle(std::slice::from_ref(alert))
}

/// Several alerts as one bundle of STIX 2.1; what they share stands there once, and where one names another
/// of them, a relationship does too.
#[must_use]
pub fn to_stix_bundle(alerts: &[Alert]) -> Json<'static> {
    let mut objects = Objects::default();
    for object in known::idmef_definition() {
        objects.add(object);
    }
    let built: Vec<Built> = alerts.iter().map(|alert| build(alert, &mut objects)).collect();
    relate(&built, &mut objects);
    let keys: Vec<&str> = built.iter().map(|alert| alert.key.as_str()).collect();
    object(vec![
        ("type", text("bundle")),
        ("id", text(derived("bundle", SPACE, &keys.join(" ")))),
        ("objects", Json::List(objects.into_list())),
    ])
}

pub use parties::industries;

/// What is to be remembered of an alert when all are built.
#[derive(Debug)]
struct Built {
    key: String,
    created: String,
    author: Option<String>,
    markings: Vec<&'static str>,
    /// The object that relationships to other alerts begin and end at.
    end: String,
    /// How it refers to other alerts, and their identifiers.
    others: Vec<(&'static str, String)>,
}

/// What the objects of an alert are about, as far as it stands by now.
#[derive(Debug, Default)]
struct Parts {
    observables: Vec<String>,
    /// Comparisons of a pattern, of what attacks.
    comparisons: Vec<String>,
    sources: Vec<Remainder>,
    targets: Vec<Remainder>,
    attachments: Vec<Remainder>,
    entity: Option<String>,
}

fn build(alert: &Alert, objects: &mut Objects) -> Built {
    let json = alert.to_json().into_owned();
    let whole = json.to_string();
    let mut rest = Remainder::of(json);
    rest.take("Version");
    let key = key_of(&rest, &whole, objects);
    let times = ["CreateTime", "StartTime", "EndTime", "ReportTime"];
    let created = times.into_iter().find_map(|name| rest.text(name).and_then(words::created));
    let created = created.unwrap_or_else(|| "1970-01-01T00:00:00.000Z".to_owned());
    let markings = markings_of(&rest);
    for marking in &markings {
        objects.add(marking.object());
    }
    let markings: Vec<&'static str> = markings.into_iter().map(|marking| marking.id).collect();
    let mut building = Building { objects, key, created, author: None, markings };
    let mut parts = Parts::default();
    parties::add(&mut building, &mut rest, &mut parts);
    attachments::add(&mut building, &mut rest, &mut parts);
    ends::add(&mut building, &mut rest, &mut parts);
    traffic::add(&mut building, &mut parts);
    let meaning = meaning::add(&mut building, &mut rest);
    let others = others_of(&rest);
    let end = head::add(&mut building, rest, parts, meaning);
    let Building { key, created, author, markings, .. } = building;
    Built { key, created, author, markings, end, others }
}

/// What the identifiers follow from: the identifier of the alert, or all that it says; with a
/// number if several alerts have the same.
fn key_of(rest: &Remainder, whole: &str, objects: &mut Objects) -> String {
    let key = rest.text("ID").map_or_else(|| whole.to_owned(), str::to_lowercase);
    let count = objects.keys.entry(key.clone()).or_default();
    *count += 1;
    if *count > 1 { format!("{key} {count}") } else { key }
}

/// The levels of TLP and PAP that stand among the categories of other taxonomies.
fn markings_of(rest: &Remainder) -> Vec<&'static Predefined> {
    let names = rest.texts("AltCategory").unwrap_or_default();
    let mut found: Vec<&'static Predefined> = Vec::new();
    for marking in names.iter().filter_map(|name| marking(name)) {
        if !found.iter().any(|known| known.id == marking.id) {
            found.push(marking);
        }
    }
    found
}

/// The marking of this name, `TLP:AMBER` or `PAP:RED`; where TLP 1 and 2.0 have the same name, that of 2.0.
pub(super) fn marking(name: &str) -> Option<&'static Predefined> {
    let (protocol, level) = name.split_once(':')?;
    let level = level.to_ascii_lowercase();
    match protocol.to_ascii_uppercase().as_str() {
        "TLP" => Predefined::tlp_2(&level).or_else(|| Predefined::tlp_1(&level)),
        "PAP" => Predefined::pap(&level),
        _ => None,
    }
}

fn others_of(rest: &Remainder) -> Vec<(&'static str, String)> {
    let of = |name: &str, kind: &'static str| {
        let ids = rest.texts(name).unwrap_or_default();
        ids.into_iter().map(move |id| (kind, id.to_lowercase())).collect::<Vec<_>>()
    };
    let derived = of("CorrelID", "derived-from").into_iter().chain(of("PredID", "derived-from"));
    derived.chain(of("RelID", "related-to")).collect()
}

/// Relationships between alerts that are at hand; the external references name all of them.
fn relate(built: &[Built], objects: &mut Objects) {
    let ends: HashMap<&str, &str> =
        built.iter().map(|alert| (alert.key.as_str(), alert.end.as_str())).collect();
    for alert in built {
        for (kind, other) in &alert.others {
            let Some(other) = ends.get(other.as_str()).filter(|end| **end != alert.end) else { continue };
            let mut building = Building {
                objects,
                key: alert.key.clone(),
                created: alert.created.clone(),
                author: alert.author.clone(),
                markings: alert.markings.clone(),
            };
            building.relate(&alert.end, kind, other);
        }
    }
}
