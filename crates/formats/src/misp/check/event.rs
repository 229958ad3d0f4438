//! The event and what ties its parts together.

use std::collections::BTreeSet;

use super::{
    attribute, context,
    inspector::{Inspector, Place},
    values,
};
use crate::{Json, misp::types::lenient};

const SOURCE: &str = "misp-core-format, 2.1";

pub fn check(inspector: &mut Inspector, place: &Place<'_>, event: &Json<'_>) {
    members(inspector, place, event);
    let known = identifiers(inspector, place, event);
    inspector
        .each(place, event, "Attribute", |inspector, at, one| attribute::check(inspector, at, one, false));
    inspector
        .each(place, event, "Object", |inspector, at, one| attribute::object(inspector, at, one, &known));
    inspector.each(place, event, "ShadowAttribute", attribute::proposal);
    context::check(inspector, place, event);
    inspector.each(place, event, "EventReport", context::report);
    let is_empty =
        ["Attribute", "Object", "EventReport"].iter().all(|name| lenient::list(event, name).is_empty());
    if is_empty {
        inspector.warning(place, "misp.event.empty", SOURCE, || {
            "the event has no attribute, object or report: servers that pull refuse it as empty".to_owned()
        });
    }
}

fn members(inspector: &mut Inspector, place: &Place<'_>, event: &Json<'_>) {
    for name in ["uuid", "info", "date"] {
        inspector.required(place, event, name, SOURCE);
    }
    inspector.uuid(place, event, "uuid");
    if lenient::text(event, "extends_uuid").is_some_and(|text| !text.is_empty()) {
        inspector.uuid(place, event, "extends_uuid");
    }
    if let Some(date) = lenient::text(event, "date").filter(|date| !values::is_date(date)) {
        inspector.error(&place.name("date"), "misp.date", SOURCE, || {
            format!("date must be a day as YYYY-MM-DD, got \"{}\"", crate::json::short(date))
        });
    }
    inspector.seconds(place, event, "timestamp");
    inspector.seconds(place, event, "publish_timestamp");
    inspector.truth(place, event, "published");
    inspector.range(place, event, "distribution", ("misp.distribution", 0, 4));
    inspector.range(place, event, "threat_level_id", ("misp.threat-level", 1, 4));
    inspector.range(place, event, "analysis", ("misp.analysis", 0, 2));
    context::sharing(inspector, place, event);
    for name in ["Org", "Orgc"] {
        if let Some(organisation) = event.get(name) {
            inspector.uuid(&place.name(name), organisation, "uuid");
        }
    }
}

/// The identifiers of attributes and objects; one that stands twice is named.
fn identifiers<'e>(inspector: &mut Inspector, place: &Place<'_>, event: &'e Json<'_>) -> BTreeSet<&'e str> {
    let mut known = BTreeSet::new();
    let mut add = |inspector: &mut Inspector, at: &Place<'_>, one: &'e Json<'_>| {
        if let Some(uuid) = lenient::text(one, "uuid")
            && !known.insert(uuid)
        {
            inspector.error(&at.name("uuid"), "misp.uuid.double", SOURCE, || {
                format!("{} stands twice in this event: each part needs its own", crate::json::short(uuid))
            });
        }
    };
    inspector.each(place, event, "Attribute", &mut add);
    inspector.each(place, event, "Object", |inspector, at, object| {
        add(inspector, at, object);
        inspector.each(at, object, "Attribute", &mut add);
    });
    known
}
