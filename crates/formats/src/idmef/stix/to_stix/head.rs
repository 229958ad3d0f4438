//! The object that stands for the alert: the incident if there is one, else the sighting of what it means,
//! else what was observed, else a note. On it is what belongs to the alert as a whole.

use super::{
    Building, Members, Parts, Remainder, common::common, extension, meaning::Meaning, number, object, text,
    texts, words,
};
use crate::{Json, Member, idmef::words::label, stix::extension as known};

/// What the head can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Incident,
    Sighting,
    ObservedData,
    Note,
}

/// What the objects around the head need of each other.
#[derive(Debug)]
struct Around {
    head: String,
    observed: Option<String>,
    window: (String, String),
    title: String,
    common: Members,
    meaning: Meaning,
    indicator: Option<String>,
}

/// Adds the head and what goes with it; gives the object at which relationships to other alerts end.
pub fn add(building: &mut Building<'_>, mut rest: Remainder, mut parts: Parts, meaning: Meaning) -> String {
    let created = building.created.clone();
    rest.said("CreateTime", &created);
    let observables = std::mem::take(&mut parts.observables);
    let kind = kind(&meaning, &observables);
    let observed = (!observables.is_empty()).then(|| building.id("observed-data", "observed"));
    let window = words::window(rest.text("StartTime"), rest.text("EndTime"), &created);
    let indicator = meaning.indicator(building, &parts, (&window.0, observed.as_deref()));
    let title = rest.texts("Category").and_then(|all| all.first().map(|first| label(first)));
    let entity = parts.entity.take();
    let mut beside = if observed.is_some() || kind == Kind::Sighting {
        vec![("observed", times(&mut rest, &window))]
    } else {
        Vec::new()
    };
    beside.extend(ends(parts));
    let head = match kind {
        Kind::Incident => building.id("incident", "head"),
        Kind::Sighting => building.id("sighting", "sighting"),
        Kind::ObservedData => building.id("observed-data", "observed"),
        Kind::Note => building.id("note", "head"),
    };
    note(building, &mut rest, &head);
    if let Some(id) = &observed {
        rest.refer("observed_data_ref", id);
    }
    let title = title.unwrap_or_else(|| "Alert".to_owned());
    let common = common(&mut rest);
    let around = Around { head, observed, window, title, common, meaning, indicator };
    if kind != Kind::ObservedData && around.observed.is_some() {
        let extensions = extension(std::mem::take(&mut beside));
        observe(building, &around, observables, (extensions, Vec::new()));
    } else if kind == Kind::ObservedData {
        let mut own = vec![("alert", rest.into_json())];
        own.append(&mut beside);
        observe(building, &around, observables, (extension(own), around.common.clone()));
        return around.head;
    }
    let end = match kind {
        Kind::Incident => incident(building, &around, (rest, beside)),
        Kind::Sighting => sighting_as_head(building, &around, (rest, beside)),
        Kind::ObservedData | Kind::Note => note_as_head(building, &around, (rest, beside)),
    };
    connect(building, &around, entity.as_deref());
    end
}

fn kind(meaning: &Meaning, observables: &[String]) -> Kind {
    if meaning.is_incident {
        Kind::Incident
    } else if !meaning.threats.is_empty() {
        Kind::Sighting
    } else if !observables.is_empty() {
        Kind::ObservedData
    } else {
        Kind::Note
    }
}

/// Beginning and end, unless they are written as they are where they stand.
fn times(rest: &mut Remainder, (first, last): &(String, String)) -> Json<'static> {
    let mut own = Remainder::default();
    rest.give("StartTime", &mut own);
    rest.give("EndTime", &mut own);
    own.said("StartTime", first);
    own.said("EndTime", last);
    own.into_json()
}

fn ends(parts: Parts) -> Members {
    let list = |name, parts: Vec<Remainder>| {
        let items: Vec<Json<'static>> = parts.into_iter().map(Remainder::into_json).collect();
        (!items.is_empty()).then_some((name, Json::List(items)))
    };
    let lists = [
        list("sources", parts.sources),
        list("targets", parts.targets),
        list("attachments", parts.attachments),
    ];
    lists.into_iter().flatten().collect()
}

/// What people are told more.
fn note(building: &mut Building<'_>, rest: &mut Remainder, head: &str) {
    let Some(content) = rest.text("Note").map(str::to_owned) else { return };
    rest.take("Note");
    let members = vec![("content", text(content)), ("object_refs", texts([head]))];
    rest.refer("note_ref", &building.add("note", "note", members));
}

fn observe(
    building: &mut Building<'_>,
    around: &Around,
    observables: Vec<String>,
    (extensions, common): (Json<'static>, Members),
) {
    let mut ids: Vec<String> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for id in observables {
        if seen.insert(id.clone()) {
            ids.push(id);
        }
    }
    let mut members = vec![
        ("first_observed", text(around.window.0.clone())),
        ("last_observed", text(around.window.1.clone())),
        ("number_observed", number(1)),
        ("object_refs", texts(ids)),
    ];
    members.extend(common);
    members.push(("extensions", extensions));
    building.add("observed-data", "observed", members);
}

/// The description of the alert, where the object has a place for it.
fn describe(rest: &mut Remainder, members: &mut Members) {
    if let Some(description) = rest.text("Description") {
        members.push(("description", text(description)));
        rest.take("Description");
    }
}

type Own = (Remainder, Members);

fn incident(building: &mut Building<'_>, around: &Around, (mut rest, mut beside): Own) -> String {
    let mut members = vec![("name", text(around.title.clone()))];
    describe(&mut rest, &mut members);
    members.extend(around.common.clone());
    let core = core(&mut rest, &around.meaning.events);
    let mut own = vec![("alert", rest.into_json())];
    own.append(&mut beside);
    let mut extensions = extension(own);
    if let Json::Object(all) = &mut extensions {
        all.insert(0, Member { name: known::INCIDENT_CORE.into(), value: core });
    }
    members.push(("extensions", extensions));
    let id = building.add("incident", "head", members);
    if !around.meaning.threats.is_empty() {
        let mut members = sighted(building, around);
        members.push(("extensions", extension(vec![("incident_ref", text(id.clone()))])));
        building.add("sighting", "sighting", members);
    }
    id
}

/// The incident core of the suite.
fn core(rest: &mut Remainder, events: &[String]) -> Json<'static> {
    let status = rest.texts("Status").unwrap_or_default();
    let (determination, investigation) = words::investigation(&status);
    match rest.texts("Status") {
        Some(own) if own == words::status(determination, investigation) => drop(rest.take("Status")),
        Some(_) => {}
        None => rest.lacks("Status"),
    }
    let mut members = vec![
        ("extension_type", text("property-extension")),
        ("determination", text(determination)),
        ("investigation_status", text(investigation)),
        ("detection_methods", texts(["automated-tool"])),
    ];
    if let Some(level) = rest.text("Priority").and_then(words::criticality) {
        members.push(("criticality", number(level)));
        rest.take("Priority");
    }
    if !events.is_empty() {
        members.push(("incident_types", texts(events.iter().cloned())));
    }
    object(members)
}

/// What was seen, when, and by whom.
fn sighted(building: &Building<'_>, around: &Around) -> Members {
    let mut members = vec![
        ("first_seen", text(around.window.0.clone())),
        ("last_seen", text(around.window.1.clone())),
        ("count", number(1)),
    ];
    let what = around.indicator.as_ref().or_else(|| around.meaning.threats.first());
    members.extend(what.map(|id| ("sighting_of_ref", text(id.clone()))));
    members.extend(around.observed.as_ref().map(|id| ("observed_data_refs", texts([id.clone()]))));
    members.extend(building.author.as_ref().map(|id| ("where_sighted_refs", texts([id.clone()]))));
    members
}

/// Nothing may be related to a sighting: what it is of, or was observed, stands for it.
fn sighting_as_head(building: &mut Building<'_>, around: &Around, (mut rest, mut beside): Own) -> String {
    let mut members = sighted(building, around);
    describe(&mut rest, &mut members);
    members.extend(around.common.clone());
    let mut own = vec![("alert", rest.into_json())];
    own.append(&mut beside);
    members.push(("extensions", extension(own)));
    building.add("sighting", "sighting", members);
    let end = around.observed.as_ref().or_else(|| around.meaning.threats.first());
    end.cloned().unwrap_or_default()
}

fn note_as_head(building: &mut Building<'_>, around: &Around, (mut rest, mut beside): Own) -> String {
    let content = rest.text("Description").unwrap_or(&around.title).to_owned();
    rest.said("Description", &content);
    let author = building.author.clone().unwrap_or_default();
    let mut members = vec![("content", text(content)), ("object_refs", texts([author]))];
    members.extend(around.common.clone());
    let mut own = vec![("alert", rest.into_json())];
    own.append(&mut beside);
    members.push(("extensions", extension(own)));
    building.add("note", "head", members)
}

/// An incident is related to what was observed, to what it means, and to whom it happened.
fn connect(building: &mut Building<'_>, around: &Around, entity: Option<&str>) {
    if !around.head.starts_with("incident") {
        return;
    }
    let threats = around.meaning.threats.iter().map(String::as_str);
    for other in around.observed.as_deref().into_iter().chain(threats).chain(around.indicator.as_deref()) {
        building.relate(&around.head, "related-to", other);
    }
    if let Some(entity) = entity {
        building.relate(&around.head, "related-to", entity);
    }
}
