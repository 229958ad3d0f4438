//! Alerts that we made: what the STIX objects say, and what the extension adds.

use super::{
    Run, attachments, categories, ends,
    observables::Observables,
    parties,
    store::{Store, digits, text, texts},
    words,
};
use crate::{
    Json,
    idmef::{
        Category, IncidentType,
        stix::{
            ALERTS, ALT_NAME, ATTACK, ID, REFERENCE,
            carried::{Carried, part, parts},
            to_stix::marking,
        },
        words::label,
    },
    stix::{extension::INCIDENT_CORE, marking::Predefined},
    syntax::address::fault_of_uri,
};

pub fn alert(store: &Store<'_>, place: usize, run: &mut Run<'_>) -> Json<'static> {
    let head = store.at(place);
    let mut alert = Carried::of(part(head, "alert"), run.limits);
    // What is no time could not be said by the object, which has another one for it.
    let odd = alert.get("CreateTime").is_some_and(|time| time.as_text().and_then(words::created).is_none());
    if let Some(created) = text(head, "created").filter(|_| !odd && !alert.is_absent("CreateTime")) {
        alert.heard("CreateTime", created, words::created);
    }
    labels(head, &mut alert);
    confidence(head, &mut alert);
    references(store, place, &mut alert, run);
    techniques(store, &mut alert, run);
    markings(store, place, &mut alert, run);
    match text(head, "type") {
        Some("incident") => incident(store, place, &mut alert, run),
        Some("note") => content(head, &mut alert),
        _ => {}
    }
    if let Some(description) = text(head, "description") {
        alert.set("Description", Json::text(description.to_owned()));
    }
    if let Some(id) = alert.reference("note_ref") {
        match store.place(id) {
            Some(note) if run.visit(store, note) => {
                let content = text(store.at(note), "content").unwrap_or_default();
                alert.set("Note", Json::text(content.to_owned()));
            }
            Some(_) | None => run.lose(store.pointer(place), "the note of the alert", GONE),
        }
    }
    parties::of_alert(store, place, &mut alert, run);
    observed(store, place, &mut alert, run);
    alert.into_json()
}

pub const GONE: &str = "the object that said it is not in the bundle";

/// Objects of the makers of our alerts are part of these, unless they are alerts themselves.
pub fn claim_rest(store: &Store<'_>, run: &mut Run<'_>) {
    let author = crate::stix::extension::idmef_definition();
    let author = author.first().and_then(|author| text(author, "id").and_then(|id| store.place(id)));
    run.used.extend(author);
    let heads = store.places().filter(|place| part(store.at(*place), "alert").is_some());
    let makers: Vec<&str> = heads.filter_map(|place| text(store.at(place), "created_by_ref")).collect();
    let makers: std::collections::HashSet<&str> = makers.into_iter().collect();
    if makers.is_empty() {
        return;
    }
    for place in store.places() {
        let object = store.at(place);
        let made = text(object, "created_by_ref").is_some_and(|maker| makers.contains(maker));
        let is_maker = text(object, "id").is_some_and(|id| makers.contains(id));
        let own =
            object.get("extensions").is_some_and(|all| all.get(crate::stix::extension::IDMEF).is_some());
        let is_event = matches!(store.kind(place), "sighting" | "incident" | "observed-data");
        if is_maker || made && (own || !is_event) {
            run.used.insert(place);
        }
    }
}

fn labels(head: &Json<'static>, alert: &mut Carried<'_>) {
    for word in texts(head, "labels") {
        if IncidentType::parse(word).is_some() {
            alert.add("Type", word);
        } else if Category::parse(word).is_some() {
            alert.add("Category", word);
        } else {
            alert.add("AltCategory", word);
        }
    }
}

pub fn confidence(head: &Json<'static>, alert: &mut Carried<'_>) {
    let said = digits(head, "confidence");
    let carried = match alert.get("Confidence") {
        Some(Json::Number(digits)) => words::percentage(digits),
        _ => None,
    };
    match (said, carried) {
        (Some(said), Some(carried)) if said == carried => {}
        (Some(said), _) => {
            if let Some(share) = words::share(said) {
                alert.set("Confidence", Json::Number(share.into()));
            }
        }
        (None, Some(_)) => drop(alert.take("Confidence")),
        (None, None) => {}
    }
}

/// Identifiers and addresses elsewhere.
pub fn references(store: &Store<'_>, place: usize, alert: &mut Carried<'_>, run: &mut Run<'_>) {
    let all = store.at(place).get("external_references").and_then(Json::as_list).unwrap_or_default();
    for (index, reference) in all.iter().enumerate() {
        let source = text(reference, "source_name").unwrap_or_default();
        let id = text(reference, "external_id");
        let url = text(reference, "url").filter(|url| fault_of_uri(url).is_none());
        let other = ALERTS.into_iter().find(|(_, known)| *known == source);
        match (source, id, url) {
            (ID, Some(id), _) => alert.set("ID", Json::text(id.to_owned())),
            (ALT_NAME, Some(id), _) => alert.add("AltNames", id),
            (REFERENCE, _, Some(url)) => alert.add("Ref", url),
            (ATTACK, Some(id), _) => alert.add("AltCategory", id),
            (_, Some(id), _) if other.is_some() => alert.add(other.map_or("RelID", |(name, _)| name), id),
            ("cve", Some(id), _) if is_cve(id) => {
                alert.add("Ref", &format!("urn:cve:{id}"));
            }
            (_, id, url) => {
                if let Some(url) = url {
                    alert.add("Ref", url);
                }
                if let Some(id) = id {
                    alert.add("AltNames", &format!("{source}:{id}"));
                }
                if text(reference, "description").is_some() || id.or(url).is_none() {
                    let pointer = format!("{}/external_references/{index}", store.pointer(place));
                    run.lose(pointer, source, "an alert has a reference as a URI, without words about it");
                }
            }
        }
    }
}

fn is_cve(id: &str) -> bool {
    id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Techniques that the alert named by a text of its own.
fn techniques(store: &Store<'_>, alert: &mut Carried<'_>, run: &mut Run<'_>) {
    let Some(items) = alert.extra("alt_category").and_then(Json::as_list) else { return };
    let added = alert.take("AltCategory");
    for item in items {
        if let Some(text) = item.as_text() {
            alert.add("AltCategory", text);
            continue;
        }
        let Some(id) = text(item, "object_ref") else { continue };
        let Some(place) = store.place(id).filter(|place| run.visit(store, *place)) else {
            run.lose(String::new(), id, GONE);
            continue;
        };
        let name = text(store.at(place), "name").unwrap_or_default();
        let technique = categories::technique(store.at(place));
        let word = technique.filter(|technique| words::attack_id(name) != Some(technique)).unwrap_or(name);
        alert.add("AltCategory", word);
    }
    for word in added.as_ref().and_then(Json::as_list).unwrap_or_default().iter().filter_map(Json::as_text) {
        alert.add("AltCategory", word);
    }
}

/// The markings of the object have the word over those that the alert named.
pub fn markings(store: &Store<'_>, place: usize, alert: &mut Carried<'_>, run: &mut Run<'_>) {
    let refs = texts(store.at(place), "object_marking_refs");
    let named = alert.texts("AltCategory");
    let is_gone = |name: &str| marking(name).is_some_and(|marking| !refs.contains(&marking.id));
    if named.iter().any(|name| is_gone(name)) {
        let kept: Vec<Json<'static>> =
            named.iter().filter(|name| !is_gone(name)).map(|name| Json::text(name.clone())).collect();
        alert.take("AltCategory");
        if !kept.is_empty() {
            alert.set("AltCategory", Json::List(kept));
        }
    }
    markings_of_other(store, place, alert, run);
}

/// Adds what an object is marked with.
pub fn markings_of_other(store: &Store<'_>, place: usize, alert: &mut Carried<'_>, run: &mut Run<'_>) {
    let refs = texts(store.at(place), "object_marking_refs");
    if refs.is_empty() {
        return;
    }
    let named = alert.texts("AltCategory");
    for id in refs {
        match Predefined::of(id) {
            Some(known)
                if named.iter().any(|name| marking(name).is_some_and(|other| other.id == known.id)) => {}
            Some(known) => alert.add("AltCategory", known.name),
            None => {
                let what = store.place(id).map_or_else(|| id.to_owned(), |place| store.describe(place));
                let pointer = format!("{}/object_marking_refs", store.pointer(place));
                run.lose(pointer, what, "an alert has no place for markings other than TLP and PAP");
            }
        }
    }
}

fn title(alert: &Carried<'_>) -> String {
    alert.texts("Category").first().map_or_else(|| "Alert".to_owned(), |category| label(category))
}

fn incident(store: &Store<'_>, place: usize, alert: &mut Carried<'_>, run: &mut Run<'_>) {
    let head = store.at(place);
    let name = text(head, "name").unwrap_or_default();
    // The name is the category, now or before somebody changed that.
    if name != title(alert) && !Category::all().any(|category| category.label() == name) {
        let pointer = format!("{}/name", store.pointer(place));
        run.lose(pointer, name, "an alert has a description, and no name beside it");
    }
    let Some(core) = head.get("extensions").and_then(|all| all.get(INCIDENT_CORE)) else { return };
    let said = (
        text(core, "determination").unwrap_or_default(),
        text(core, "investigation_status").unwrap_or_default(),
    );
    let carried = alert.get("Status").map(|_| alert.texts("Status"));
    let unchanged = match &carried {
        Some(status) => words::investigation(status) == said,
        None => alert.is_absent("Status") && words::investigation(&[]) == said,
    };
    if !unchanged {
        let words = words::status(said.0, said.1).into_iter();
        alert.set("Status", Json::List(words.map(Json::text).collect()));
    }
    if let Some(priority) = digits(core, "criticality").and_then(words::priority) {
        alert.set("Priority", Json::text(priority));
    }
}

/// The text of a note that stands for an alert.
fn content(head: &Json<'static>, alert: &mut Carried<'_>) {
    let content = text(head, "content").unwrap_or_default();
    let none = alert.is_absent("Description") || alert.get("Description").is_some();
    if !(none && content == title(alert)) {
        alert.set("Description", Json::text(content.to_owned()));
    }
}

/// When and what, from what was observed, or from the head itself.
fn observed(store: &Store<'_>, head: usize, alert: &mut Carried<'_>, run: &mut Run<'_>) {
    let place = match alert.reference("observed_data_ref") {
        None => head,
        Some(id) => match store.place(id) {
            Some(place) if run.visit(store, place) => place,
            Some(_) | None => {
                run.lose(store.pointer(head), "what was observed", GONE);
                return;
            }
        },
    };
    let object = store.at(place);
    let mut own = Carried::of(part(object, "observed"), run.limits);
    let names = ["first_observed", "first_seen"].into_iter().find_map(|name| text(object, name));
    let first = names.filter(|_| part(object, "observed").is_some());
    let last = ["last_observed", "last_seen"].into_iter().find_map(|name| text(object, name));
    if let (Some(first), Some(last)) = (first, last) {
        let created = text(store.at(head), "created").unwrap_or_default();
        times(&mut own, (first, last), created);
    }
    alert.pour(own);
    let mut observables = Observables::new(store, store.pointer(head));
    let sources = ends::all(&mut observables, parts(object, "sources"), run, true);
    let targets = ends::all(&mut observables, parts(object, "targets"), run, false);
    let attachments = attachments::all(&mut observables, parts(object, "attachments"), run);
    for (name, list) in [("Source", sources), ("Target", targets), ("Attachment", attachments)] {
        if !list.is_empty() {
            alert.set(name, Json::List(list));
        }
    }
    // Observables that somebody added.
    observables.all(&texts(object, "object_refs"), run);
    observables.put_into(alert, run);
}

fn times(own: &mut Carried<'_>, (first, last): (&str, &str), created: &str) {
    if own.get("StartTime").is_none() && !own.is_absent("StartTime") {
        own.set("StartTime", Json::text(first.to_owned()));
    }
    if own.get("EndTime").is_none() && !own.is_absent("EndTime") {
        own.set("EndTime", Json::text(last.to_owned()));
    }
    let expected = words::window(own.text("StartTime"), own.text("EndTime"), created);
    if expected.0 != first {
        own.set("StartTime", Json::text(first.to_owned()));
    }
    let expected = words::window(own.text("StartTime"), own.text("EndTime"), created);
    if expected.1 != last {
        own.set("EndTime", Json::text(last.to_owned()));
    }
}
