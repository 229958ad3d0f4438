//! Tags, galaxies, sightings, reports, the word of analysts, and who may see.

use super::inspector::{Inspector, Place};
use crate::{Json, json::short, misp::types::lenient};

/// What events, attributes and objects alike may carry.
pub fn check(inspector: &mut Inspector, place: &Place<'_>, part: &Json<'_>) {
    inspector.each(place, part, "Tag", tag);
    inspector.each(place, part, "Galaxy", galaxy);
    inspector.each(place, part, "Note", |inspector, at, note| {
        inspector.required(at, note, "note", "misp-core-format, 2.17");
        inspector.uuid(at, note, "uuid");
    });
    inspector.each(place, part, "Opinion", |inspector, at, opinion| {
        inspector.range(at, opinion, "opinion", ("misp.opinion", 0, 100));
        inspector.uuid(at, opinion, "uuid");
    });
    inspector.each(place, part, "Relationship", |inspector, at, relationship| {
        inspector.required(at, relationship, "relationship_type", "misp-core-format, 2.17");
        inspector.uuid(at, relationship, "uuid");
        inspector.uuid(at, relationship, "related_object_uuid");
    });
}

/// Distribution 4 needs a sharing group.
pub fn sharing(inspector: &mut Inspector, place: &Place<'_>, part: &Json<'_>) {
    if lenient::number(part, "distribution") != Some(4) {
        return;
    }
    let by_number = lenient::number(part, "sharing_group_id").is_some_and(|number| number > 0);
    if !by_number && part.get("SharingGroup").is_none() {
        inspector.error(place, "misp.sharing-group", "misp-core-format, 2.1", || {
            "distribution 4 is to a sharing group, and none is named: give sharing_group_id or SharingGroup".to_owned()
        });
    }
}

fn tag(inspector: &mut Inspector, place: &Place<'_>, tag: &Json<'_>) {
    const SOURCE: &str = "misp-core-format, 2.10";
    inspector.required(place, tag, "name", SOURCE);
    if let Some(colour) = tag.get("colour").and_then(Json::as_text).filter(|colour| !is_colour(colour)) {
        inspector.error(&place.name("colour"), "misp.tag.colour", SOURCE, || {
            format!("colour must be # and six hexadecimal digits, got \"{}\"", short(colour))
        });
    }
    if let Some(name) = lenient::text(tag, "name").filter(|name| !is_machine_tag(name)) {
        inspector.warning(&place.name("name"), "misp.tag.name", SOURCE, || {
            format!(
                "\"{}\" begins as a machine tag and is none: write namespace:predicate=\"value\"",
                short(name)
            )
        });
    }
}

/// `#` and six hexadecimal digits.
fn is_colour(text: &str) -> bool {
    text.strip_prefix('#')
        .is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Free words pass; what has a `="` must close it and have a namespace.
fn is_machine_tag(name: &str) -> bool {
    match name.split_once("=\"") {
        Some((left, right)) => left.contains(':') && right.ends_with('"'),
        None => true,
    }
}

fn galaxy(inspector: &mut Inspector, place: &Place<'_>, galaxy: &Json<'_>) {
    const SOURCE: &str = "misp-core-format, 2.14";
    inspector.required(place, galaxy, "type", SOURCE);
    inspector.uuid(place, galaxy, "uuid");
    inspector.each(place, galaxy, "GalaxyCluster", |inspector, at, cluster| {
        inspector.required(at, cluster, "value", SOURCE);
        if lenient::text(cluster, "uuid").is_some_and(|text| !text.is_empty()) {
            inspector.uuid(at, cluster, "uuid");
        }
    });
}

pub fn sighting(inspector: &mut Inspector, place: &Place<'_>, sighting: &Json<'_>) {
    inspector.range(place, sighting, "type", ("misp.sighting", 0, 3));
    inspector.seconds(place, sighting, "date_sighting");
    inspector.uuid(place, sighting, "uuid");
}

pub fn report(inspector: &mut Inspector, place: &Place<'_>, report: &Json<'_>) {
    inspector.required(place, report, "name", "misp-core-format, 2.16");
    inspector.uuid(place, report, "uuid");
    inspector.seconds(place, report, "timestamp");
    inspector.range(place, report, "distribution", ("misp.distribution", 0, 5));
    sharing(inspector, place, report);
}
