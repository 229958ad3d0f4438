//! MISP: the object `security-playbook`, template version 3.

use super::{Card, CarryError, text};
use crate::{
    Json, Limits, Loss, Reading,
    cacao::{Identifier, Playbook, Timestamp},
    json::short,
};

const NAME: &str = "security-playbook";
const TEMPLATE: &str = "48894c92-447b-4abe-b093-360c4d823e9d";

/// The playbook as an object of MISP, with the UUID of the playbook. Its attributes have no UUID: the event
/// into which it comes gives them theirs.
///
/// # Errors
/// When the playbook has no identifier.
pub fn to_misp_object(playbook: &Playbook) -> Result<Json<'static>, CarryError> {
    let uuid = playbook.id.as_ref().and_then(Identifier::uuid).ok_or(CarryError::Missing("id"))?;
    let modified = playbook.modified.as_ref().and_then(Timestamp::milliseconds).unwrap_or(0);
    let mut attributes = Vec::new();
    for (relation, values) in values(Card::of(playbook)) {
        attributes.extend(values.into_iter().map(|value| attribute(relation, value)));
    }
    Ok(Json::object([
        ("name", Json::text(NAME)),
        ("meta-category", Json::text("misc")),
        ("description", Json::text("A playbook, and what is said about it.")),
        ("template_uuid", Json::text(TEMPLATE)),
        ("template_version", Json::text("3")),
        ("uuid", Json::text(uuid.to_ascii_lowercase())),
        ("timestamp", Json::text(modified.div_euclid(1000).max(0).to_string())),
        ("deleted", Json::Bool(false)),
        ("Attribute", Json::List(attributes)),
    ]))
}

/// What the template has a place for, in its words. The name of the playbook has none: it is in the playbook.
fn values(card: Card) -> Vec<(&'static str, Vec<String>)> {
    let one = |text: Option<String>| text.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>();
    let score = |number: Option<u64>| one(number.map(|number| number.to_string()));
    let revoked = card.revoked.map(|revoked| if revoked { "1" } else { "0" }.to_owned());
    vec![
        ("playbook-id", one(card.id)),
        ("description", one(card.description)),
        ("playbook-creator", one(card.creator)),
        ("playbook-creation-time", one(card.created)),
        ("playbook-modification-time", one(card.modified)),
        ("revoked", one(revoked)),
        ("playbook-valid-from", one(card.valid_from)),
        ("playbook-valid-until", one(card.valid_until)),
        ("labels", card.labels),
        ("organization-type", card.organization_types),
        ("playbook-type", card.types),
        ("playbook-impact", score(card.impact)),
        ("playbook-severity", score(card.severity)),
        ("playbook-priority", score(card.priority)),
        ("playbook-standard", one(card.standard)),
        ("playbook-abstraction", vec!["executable".to_owned()]),
        ("playbook-base64", one(card.content)),
    ]
}

fn attribute(relation: &'static str, value: String) -> Json<'static> {
    let kind = match relation {
        "playbook-creation-time"
        | "playbook-modification-time"
        | "playbook-valid-from"
        | "playbook-valid-until" => "datetime",
        "revoked" => "boolean",
        _ => "text",
    };
    Json::object([
        ("object_relation", Json::text(relation)),
        ("type", Json::text(kind)),
        ("category", Json::text("Other")),
        ("to_ids", Json::Bool(false)),
        ("disable_correlation", Json::Bool(relation != "playbook-id")),
        ("value", Json::text(value)),
    ])
}

/// The playbooks of an object `security-playbook`, of a list of objects, or of an event.
#[must_use]
pub fn from_misp(value: &Json<'_>, limits: &Limits) -> Reading<Playbook> {
    let mut reading = Reading::default();
    match (value, value.get("Event"), value.get("Object")) {
        (Json::List(objects), _, _) => list(&mut reading, "", objects, limits),
        (_, Some(event), _) => {
            let objects = event.get("Object").and_then(Json::as_list).unwrap_or_default();
            list(&mut reading, "/Event/Object", objects, limits);
        }
        (_, None, Some(objects)) => {
            list(&mut reading, "/Object", objects.as_list().unwrap_or_default(), limits);
        }
        (_, None, None) => object(&mut reading, "", value, limits),
    }
    reading
}

fn list(reading: &mut Reading<Playbook>, place: &str, objects: &[Json<'_>], limits: &Limits) {
    for (index, value) in objects.iter().enumerate() {
        object(reading, &format!("{place}/{index}"), value, limits);
    }
}

fn object(reading: &mut Reading<Playbook>, place: &str, value: &Json<'_>, limits: &Limits) {
    let name = value.get("name").and_then(Json::as_text).unwrap_or_default();
    if name != NAME {
        let what = format!("an object \"{}\"", short(name));
        let why = format!("only an object {NAME} becomes a playbook");
        reading.losses.push(Loss { pointer: place.to_owned(), what, why });
        return;
    }
    let attributes = value.get("Attribute").and_then(Json::as_list).unwrap_or_default();
    reading.append("", card(attributes).playbook(place, limits));
}

fn card(attributes: &[Json<'_>]) -> Card {
    let all = |relation: &str| -> Vec<String> {
        let is_it = |attribute: &&Json<'_>| {
            attribute.get("object_relation").and_then(Json::as_text) == Some(relation)
                && attribute.get("deleted") != Some(&Json::Bool(true))
        };
        attributes.iter().filter(is_it).filter_map(|attribute| text(attribute, "value")).collect()
    };
    let one = |relation: &str| all(relation).into_iter().next();
    let score = |relation: &str| one(relation).and_then(|text| text.parse().ok());
    let revoked = one("revoked").map(|text| matches!(text.as_str(), "1" | "true" | "True"));
    Card {
        id: one("playbook-id"),
        name: None,
        description: one("description"),
        creator: one("playbook-creator"),
        created: one("playbook-creation-time"),
        modified: one("playbook-modification-time"),
        revoked,
        valid_from: one("playbook-valid-from"),
        valid_until: one("playbook-valid-until"),
        labels: all("labels"),
        types: all("playbook-type"),
        organization_types: all("organization-type"),
        impact: score("playbook-impact"),
        severity: score("playbook-severity"),
        priority: score("playbook-priority"),
        standard: one("playbook-standard"),
        content: one("playbook-base64").or_else(|| file(attributes)),
    }
}

/// The other way of the template: a file attached.
fn file(attributes: &[Json<'_>]) -> Option<String> {
    let is_file = |attribute: &&Json<'_>| {
        attribute.get("object_relation").and_then(Json::as_text) == Some("playbook-file")
    };
    attributes.iter().find(is_file).and_then(|attribute| text(attribute, "data"))
}
