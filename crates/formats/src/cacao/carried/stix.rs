//! STIX 2.1: a course of action with the extension for security playbooks.

use std::collections::HashSet;

use super::{Card, CarryError, text, texts};
use crate::{
    Json, Limits, Loss, Member, Reading,
    cacao::{
        Identifier, MarkingType, Playbook,
        identifier::parts,
        timestamp::{Moment, instant},
    },
    json::short,
};

/// The identifier of the extension definition, version 3.0.0.
pub const EXTENSION: &str = "extension-definition--1e1c1bd7-c527-4215-8e18-e199e74da57c";

/// The playbook as a course of action. Its identifier has the UUID of the playbook, so that the same playbook
/// is the same object wherever it is made; a marking of TLP becomes that of STIX.
///
/// # Errors
/// When the playbook has no identifier or name, or no times that are timestamps.
pub fn to_course_of_action(playbook: &Playbook) -> Result<Json<'static>, CarryError> {
    let uuid = playbook.id.as_ref().and_then(Identifier::uuid).ok_or(CarryError::Missing("id"))?;
    let card = Card::of(playbook);
    let modified = time(card.modified.as_deref()).ok_or(CarryError::Time("modified"))?;
    let created = time(card.created.as_deref()).ok_or(CarryError::Time("created"))?;
    // Published playbooks have them the other way about; no object of STIX may.
    let created = if instant(&created) <= instant(&modified) { created } else { modified.clone() };
    let name = card.name.clone().ok_or(CarryError::Missing("name"))?;
    let mut object = Builder::default();
    object.text("type", Some("course-of-action".to_owned()));
    object.text("spec_version", Some("2.1".to_owned()));
    object.text("id", Some(format!("course-of-action--{uuid}")));
    object.text("created_by_ref", identity(card.creator.as_ref()));
    object.text("created", Some(created.clone()));
    object.text("modified", Some(modified.clone()));
    object.truth("revoked", card.revoked);
    object.text("name", Some(name));
    object.text("description", card.description.clone());
    object.texts("labels", &card.labels);
    object.texts(
        "object_marking_refs",
        &tlp(playbook).map(|(_, id, _)| format!("marking-definition--{id}")).collect::<Vec<_>>(),
    );
    object.put(
        "extensions",
        Json::Object(vec![Member { name: EXTENSION.into(), value: extension(card, created, modified) }]),
    );
    Ok(object.finish())
}

/// A timestamp with at least three digits behind the point, as objects of STIX have them.
fn time(text: Option<&str>) -> Option<String> {
    let text = text.filter(|text| instant(text).is_some())?;
    let digits = Moment::read(text)?.digits;
    if digits >= 3 {
        return Some(text.to_owned());
    }
    let (point, seconds) = (if digits == 0 { "." } else { "" }, text.trim_end_matches('Z'));
    Some(format!("{seconds}{point}{}Z", "0".repeat(3 - digits)))
}

/// The identifier, if it is one of an identity.
fn identity(id: Option<&String>) -> Option<String> {
    id.filter(|id| parts(id).is_some_and(|(kind, _)| kind == "identity")).cloned()
}

fn extension(card: Card, created: String, modified: String) -> Json<'static> {
    let mut extension = Builder::default();
    extension.text("extension_type", Some("property-extension".to_owned()));
    extension.text("playbook_id", card.id);
    extension.text("created", Some(created));
    extension.text("modified", Some(modified));
    extension.text("playbook_creator", identity(card.creator.as_ref()));
    extension.truth("revoked", card.revoked);
    extension.texts("labels", &card.labels);
    extension.text("description", card.description);
    extension.text("playbook_valid_from", time(card.valid_from.as_deref()));
    extension.text("playbook_valid_until", time(card.valid_until.as_deref()));
    extension.text("playbook_creation_time", time(card.created.as_deref()));
    extension.text("playbook_modification_time", time(card.modified.as_deref()));
    extension.whole("playbook_impact", card.impact);
    extension.whole("playbook_severity", card.severity);
    extension.whole("playbook_priority", card.priority);
    // One text in the extension: with several sectors, only the playbook itself says which.
    let mut sectors = card.organization_types.into_iter();
    let only = sectors.next();
    extension.text("organization_type", only.filter(|_| sectors.next().is_none()));
    extension.texts("playbook_type", &card.types);
    extension.text("playbook_standard", card.standard);
    extension.text("playbook_abstraction", Some("executable".to_owned()));
    extension.text("playbook_bin", card.content);
    extension.finish()
}

/// A bundle of the course of action, the extension definition, and the markings that it refers to. The bundle
/// has the UUID of the playbook too.
///
/// # Errors
/// As [`to_course_of_action`].
pub fn to_stix_bundle(playbook: &Playbook) -> Result<Json<'static>, CarryError> {
    let course_of_action = to_course_of_action(playbook)?;
    let uuid = playbook.id.as_ref().and_then(Identifier::uuid).ok_or(CarryError::Missing("id"))?;
    let mut objects = vec![extension_definition()];
    objects.extend(tlp(playbook).map(marking_definition));
    objects.push(course_of_action);
    Ok(Json::object([
        ("type", Json::text("bundle")),
        ("id", Json::text(format!("bundle--{uuid}"))),
        ("objects", Json::List(objects)),
    ]))
}

/// Who keeps the extension, and where it is described: facts of its definition.
fn extension_definition() -> Json<'static> {
    Json::object([
        ("type", Json::text("extension-definition")),
        ("spec_version", Json::text("2.1")),
        ("id", Json::text(EXTENSION)),
        ("created_by_ref", Json::text("identity--ae82a5e5-ec07-4863-ad88-6504b29f24e9")),
        ("created", Json::text("2022-01-18T23:22:03.933931Z")),
        ("modified", Json::text("2022-08-25T19:15:25.577633Z")),
        ("name", Json::text("Course of Action extension for Security Playbooks")),
        ("description", Json::text("Says in a course of action what a playbook is for, and carries it.")),
        (
            "schema",
            Json::text(
                "https://raw.githubusercontent.com/fovea-research/stix2.1-coa-playbook-extension/main/schema/course-of-action_playbook.json",
            ),
        ),
        ("version", Json::text("3.0.0")),
        ("extension_types", Json::List(vec![Json::text("property-extension")])),
    ])
}

/// The levels of TLP 2.0: as CACAO writes them, the UUID of the marking, as STIX writes them.
type Level = (&'static str, &'static str, &'static str);

const LEVELS: [Level; 5] = [
    ("TLP:CLEAR", "94868c89-83c2-464b-929b-a1a8aa3c8487", "clear"),
    ("TLP:GREEN", "bab4a63c-aed9-4cf5-a766-dfca5abac2bb", "green"),
    ("TLP:AMBER", "55d920b0-5e8b-4f79-9ee9-91f868d9b421", "amber"),
    ("TLP:AMBER+STRICT", "939a9414-2ddd-4d32-a0cd-375ea402b003", "amber+strict"),
    ("TLP:RED", "e828b379-4e03-4974-9ac4-e53a884c97c1", "red"),
];

/// The levels at which the playbook is marked.
fn tlp(playbook: &Playbook) -> impl Iterator<Item = Level> {
    let used: HashSet<&str> = playbook.markings.iter().map(Identifier::as_str).collect();
    let levels: HashSet<&str> = playbook
        .data_marking_definitions
        .iter()
        .filter(|(key, _)| used.contains(key.as_str()))
        .filter_map(|(_, marking)| match &marking.marking_type {
            MarkingType::Tlp { tlpv2_level } => tlpv2_level.as_deref(),
            MarkingType::Statement { .. } | MarkingType::Iep | MarkingType::Unknown(_) => None,
        })
        .collect();
    LEVELS.into_iter().filter(move |(level, _, _)| levels.contains(level))
}

fn marking_definition((name, uuid, level): Level) -> Json<'static> {
    const TLP_2: &str = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";
    Json::object([
        ("type", Json::text("marking-definition")),
        ("spec_version", Json::text("2.1")),
        ("id", Json::text(format!("marking-definition--{uuid}"))),
        ("created", Json::text("2022-10-01T00:00:00.000Z")),
        ("name", Json::text(name)),
        (
            "extensions",
            Json::object([(
                TLP_2,
                Json::object([
                    ("extension_type", Json::text("property-extension")),
                    ("tlp_2_0", Json::text(level)),
                ]),
            )]),
        ),
    ])
}

/// The playbooks of a course of action, of a list of objects, or of a bundle. Older forms of the extension are
/// read too: `playbook_base64`, and several playbooks in a list.
#[must_use]
pub fn from_stix(value: &Json<'_>, limits: &Limits) -> Reading<Playbook> {
    let mut reading = Reading::default();
    match (value.as_list(), value.get("objects").and_then(Json::as_list)) {
        (Some(objects), _) => list(&mut reading, "", objects, limits),
        (None, Some(objects)) => list(&mut reading, "/objects", objects, limits),
        (None, None) => object(&mut reading, "", value, limits),
    }
    reading
}

fn list(reading: &mut Reading<Playbook>, place: &str, objects: &[Json<'_>], limits: &Limits) {
    for (index, value) in objects.iter().enumerate() {
        object(reading, &format!("{place}/{index}"), value, limits);
    }
}

fn object(reading: &mut Reading<Playbook>, place: &str, value: &Json<'_>, limits: &Limits) {
    let kind = value.get("type").and_then(Json::as_text).unwrap_or_default();
    let extension = value.get("extensions").and_then(|extensions| extensions.get(EXTENSION));
    let (Some(extension), "course-of-action") = (extension, kind) else {
        // What only describes a playbook is not lost with it.
        if !matches!(kind, "extension-definition" | "identity" | "marking-definition") {
            let what = format!("an object of type \"{}\"", short(kind));
            let why =
                "only a course of action with the extension for playbooks becomes a playbook".to_owned();
            reading.losses.push(Loss { pointer: place.to_owned(), what, why });
        }
        return;
    };
    let place = format!("{place}/extensions/{EXTENSION}");
    let nested = nested(extension);
    if nested.is_empty() {
        reading.append("", card(value, extension).playbook(&place, limits));
    }
    for (at, inner) in nested {
        reading.append("", card(value, inner).playbook(&format!("{place}/{at}"), limits));
    }
}

/// Older forks: lists of objects that each carry a playbook, under whatever name.
fn nested<'v>(extension: &'v Json<'v>) -> Vec<(String, &'v Json<'v>)> {
    let is_playbook =
        |item: &Json<'_>| item.get("playbook_bin").is_some() || item.get("playbook_base64").is_some();
    let mut found = Vec::new();
    for member in extension.as_object().unwrap_or_default() {
        let items = member.value.as_list().unwrap_or_default();
        let playbooks = items.iter().enumerate().filter(|(_, item)| is_playbook(item));
        found.extend(playbooks.map(|(index, item)| (format!("{}/{index}", member.name), item)));
    }
    found
}

fn card(object: &Json<'_>, extension: &Json<'_>) -> Card {
    let score = |name: &str| match extension.get(name) {
        Some(Json::Number(digits)) => digits.parse().ok(),
        Some(_) | None => None,
    };
    let truth = |value: &Json<'_>| match value.get("revoked") {
        Some(Json::Bool(truth)) => Some(*truth),
        Some(_) | None => None,
    };
    let labels = texts(extension, "labels");
    Card {
        id: text(extension, "playbook_id"),
        name: text(object, "name"),
        description: text(extension, "description").or_else(|| text(object, "description")),
        creator: text(extension, "playbook_creator").or_else(|| text(object, "created_by_ref")),
        created: text(extension, "playbook_creation_time"),
        modified: text(extension, "playbook_modification_time"),
        revoked: truth(object).filter(|revoked| *revoked).or_else(|| truth(extension)),
        valid_from: text(extension, "playbook_valid_from"),
        valid_until: text(extension, "playbook_valid_until"),
        labels: if labels.is_empty() { texts(object, "labels") } else { labels },
        types: texts(extension, "playbook_type"),
        organization_types: texts(extension, "organization_type"),
        impact: score("playbook_impact"),
        severity: score("playbook_severity"),
        priority: score("playbook_priority"),
        standard: text(extension, "playbook_standard"),
        content: text(extension, "playbook_bin").or_else(|| text(extension, "playbook_base64")),
    }
}

/// Collects the members that are there.
#[derive(Default)]
struct Builder(Vec<Member<'static>>);

impl Builder {
    fn put(&mut self, name: &'static str, value: Json<'static>) {
        self.0.push(Member { name: name.into(), value });
    }

    fn text(&mut self, name: &'static str, text: Option<String>) {
        if let Some(text) = text {
            self.put(name, Json::text(text));
        }
    }

    fn truth(&mut self, name: &'static str, truth: Option<bool>) {
        if let Some(truth) = truth {
            self.put(name, Json::Bool(truth));
        }
    }

    fn whole(&mut self, name: &'static str, number: Option<u64>) {
        if let Some(number) = number.filter(|number| *number <= 100) {
            self.put(name, Json::Number(number.to_string().into()));
        }
    }

    fn texts(&mut self, name: &'static str, texts: &[String]) {
        if !texts.is_empty() {
            self.put(name, Json::List(texts.iter().map(|text| Json::text(text.clone())).collect()));
        }
    }

    fn finish(self) -> Json<'static> {
        Json::Object(self.0)
    }
}
