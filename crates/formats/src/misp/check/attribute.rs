//! Attributes, objects, proposals.

use std::collections::BTreeSet;

use super::{
    context,
    inspector::{Inspector, Place},
    values,
};
use crate::{
    Json, Severity,
    json::short,
    misp::{time, types::lenient, words},
};

const SOURCE: &str = "misp-core-format, 2.4";

pub fn check(inspector: &mut Inspector, place: &Place<'_>, attribute: &Json<'_>, in_object: bool) {
    typed(inspector, place, attribute);
    inspector.range(place, attribute, "distribution", ("misp.distribution", 0, 5));
    for name in ["deleted", "disable_correlation"] {
        inspector.truth(place, attribute, name);
    }
    seen(inspector, place, attribute);
    context::sharing(inspector, place, attribute);
    context::check(inspector, place, attribute);
    if in_object && lenient::text(attribute, "object_relation").is_none_or(str::is_empty) {
        inspector.error(place, "misp.attribute.relation", "misp-core-format, 2.6", || {
            "object_relation is missing: an attribute of an object needs its role in it".to_owned()
        });
    }
    inspector.each(place, attribute, "Sighting", context::sighting);
    inspector.each(place, attribute, "ShadowAttribute", proposal);
}

/// What an attribute and a proposal have in common.
fn typed(inspector: &mut Inspector, place: &Place<'_>, attribute: &Json<'_>) {
    inspector.required(place, attribute, "type", SOURCE);
    inspector.required(place, attribute, "value", SOURCE);
    inspector.uuid(place, attribute, "uuid");
    inspector.seconds(place, attribute, "timestamp");
    inspector.truth(place, attribute, "to_ids");
    words_of(inspector, place, attribute);
    let (Some(kind), Some(value)) = (lenient::text(attribute, "type"), lenient::text(attribute, "value"))
    else {
        return;
    };
    if let Some(flaw) = values::flaw(kind, value) {
        let severity = if values::is_refused(kind) { Severity::Error } else { Severity::Warning };
        inspector.add(severity, &place.name("value"), ("misp.attribute.value", SOURCE), || {
            format!("a value of type {kind} must be {flaw}, got \"{}\"", short(value))
        });
    }
    if attribute.get("data").and_then(Json::as_text).is_some_and(|data| !super::is_base64(data)) {
        inspector
            .error(&place.name("data"), "misp.attribute.data", SOURCE, || "data must be Base64".to_owned());
    }
}

fn words_of(inspector: &mut Inspector, place: &Place<'_>, attribute: &Json<'_>) {
    let Some(kind) = lenient::text(attribute, "type") else { return };
    let category = lenient::text(attribute, "category");
    if !words::is_type(kind) {
        inspector.error(&place.name("type"), "misp.attribute.type", SOURCE, || {
            format!("\"{}\" is not one of the types of attributes", short(kind))
        });
    }
    let Some(category) = category else { return };
    if !words::is_category(category) {
        inspector.error(&place.name("category"), "misp.attribute.category", SOURCE, || {
            format!("\"{}\" is not one of the categories", short(category))
        });
    } else if words::is_type(kind) && !words::is_pair(category, kind) {
        inspector.error(&place.name("category"), "misp.attribute.pair", SOURCE, || {
            let usual = words::default_category(kind).unwrap_or("Other");
            format!("{category} does not hold attributes of type {kind}: use {usual}")
        });
    }
}

fn seen(inspector: &mut Inspector, place: &Place<'_>, part: &Json<'_>) {
    let first = lenient::text(part, "first_seen");
    let last = lenient::text(part, "last_seen");
    for (name, time) in [("first_seen", first), ("last_seen", last)] {
        if let Some(time) = time.filter(|time| time::nanoseconds(time).is_none()) {
            inspector.error(&place.name(name), "misp.time", SOURCE, || {
                format!("{name} must be a time as 2026-05-15T12:30:00.000000+00:00, got \"{}\"", short(time))
            });
        }
    }
    if let (Some(first), Some(last)) = (first.and_then(time::nanoseconds), last.and_then(time::nanoseconds))
        && last < first
    {
        inspector.error(&place.name("last_seen"), "misp.time.order", SOURCE, || {
            "last_seen is before first_seen".to_owned()
        });
    }
}

/// An object with its attributes and references.
pub fn object(inspector: &mut Inspector, place: &Place<'_>, object: &Json<'_>, known: &BTreeSet<&str>) {
    const SOURCE: &str = "misp-core-format, 2.6";
    inspector.required(place, object, "name", SOURCE);
    inspector.uuid(place, object, "uuid");
    for name in ["meta-category", "template_uuid", "template_version"] {
        if lenient::text(object, name).is_none() {
            inspector.warning(place, "misp.object.template", SOURCE, || {
                format!("{name} is missing: servers cannot tell which template the object follows")
            });
        }
    }
    inspector.uuid(place, object, "template_uuid");
    inspector.seconds(place, object, "timestamp");
    inspector.range(place, object, "distribution", ("misp.distribution", 0, 5));
    inspector.truth(place, object, "deleted");
    seen(inspector, place, object);
    context::sharing(inspector, place, object);
    context::check(inspector, place, object);
    inspector.each(place, object, "Attribute", |inspector, at, one| check(inspector, at, one, true));
    inspector
        .each(place, object, "ObjectReference", |inspector, at, one| reference(inspector, at, one, known));
}

fn reference(inspector: &mut Inspector, place: &Place<'_>, reference: &Json<'_>, known: &BTreeSet<&str>) {
    const SOURCE: &str = "misp-core-format, 2.7";
    inspector.required(place, reference, "referenced_uuid", SOURCE);
    inspector.required(place, reference, "relationship_type", SOURCE);
    inspector.uuid(place, reference, "uuid");
    inspector.seconds(place, reference, "timestamp");
    if lenient::flag(reference, "deleted") == Some(true) {
        return;
    }
    if let Some(target) = lenient::text(reference, "referenced_uuid").filter(|target| !known.contains(target))
    {
        inspector.warning(&place.name("referenced_uuid"), "misp.reference.dangling", SOURCE, || {
            format!("{} is no attribute or object of this event", short(target))
        });
    }
}

/// A proposal to add, change or remove an attribute.
pub fn proposal(inspector: &mut Inspector, place: &Place<'_>, proposal: &Json<'_>) {
    typed(inspector, place, proposal);
    inspector.truth(place, proposal, "proposal_to_delete");
    inspector.uuid(place, proposal, "event_uuid");
}
