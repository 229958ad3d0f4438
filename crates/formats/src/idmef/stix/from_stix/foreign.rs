//! Sightings, incidents and observed data of others.

use std::collections::BTreeMap;

use super::{
    Run, categories,
    observables::Observables,
    own, parties,
    store::{Store, digits, text, texts},
    words,
};
use crate::{
    Json,
    idmef::{Category, IncidentType, stix::carried::Carried, syntax::derived_uuid},
    stix::extension::INCIDENT_CORE,
};

/// What every object has, and says nothing of its own.
const COMMON: [&str; 9] = [
    "type",
    "id",
    "spec_version",
    "created",
    "modified",
    "created_by_ref",
    "object_marking_refs",
    "extensions",
    "revoked",
];

/// An alert in the making.
struct Draft<'s, 'j> {
    store: &'s Store<'j>,
    alert: Carried<'j>,
    observables: Observables<'s, 'j>,
    /// The objects that belong to it, each with the properties that found a place.
    taken: BTreeMap<usize, Vec<&'static str>>,
}

pub fn alert(store: &Store<'_>, place: usize, run: &mut Run<'_>) -> Json<'static> {
    let head = store.at(place);
    let seed = text(head, "id").map_or_else(|| head.to_string(), str::to_owned);
    let mut observables = Observables::new(store, store.pointer(place));
    observables.seed.clone_from(&seed);
    let mut draft = Draft { store, alert: Carried::default(), observables, taken: BTreeMap::new() };
    draft.alert.set("ID", Json::text(derived_uuid(&seed)));
    draft.head(place, run);
    match store.kind(place) {
        "incident" => draft.incident(place, run),
        "sighting" => draft.sighting(place, run),
        _ => draft.observed(place, run),
    }
    draft.analyzer(place, run);
    let Draft { mut alert, observables, taken, .. } = draft;
    let odd = observables.odd.clone();
    observables.put_into(&mut alert, run);
    keep(store, (&mut alert, taken, odd), run);
    alert.into_json()
}

impl<'j> Draft<'_, 'j> {
    /// The property is taken: its place is found, or it says nothing more.
    fn took(&mut self, place: usize, names: &[&'static str]) {
        self.taken.entry(place).or_default().extend(names);
    }

    fn text(&mut self, place: usize, name: &'static str) -> Option<&'j str> {
        self.took(place, &[name]);
        text(self.store.at(place), name)
    }

    fn set(&mut self, name: &'static str, value: Option<&str>) {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            self.alert.set(name, Json::text(value.to_owned()));
        }
    }

    fn category(&mut self, category: &str) {
        if !self.alert.texts("Category").iter().any(|known| known == category) {
            self.alert.add("Category", category);
        }
    }

    fn other(&mut self, word: &str) {
        if !self.alert.texts("AltCategory").iter().any(|known| known == word) {
            self.alert.add("AltCategory", word);
        }
    }

    fn head(&mut self, place: usize, run: &mut Run<'_>) {
        let head = self.store.at(place);
        run.used.insert(place);
        let created = ["created", "modified", "first_observed", "first_seen"].into_iter();
        let created =
            created.filter_map(|name| text(head, name)).find(|time| crate::stix::instant(time).is_some());
        if created.is_none() {
            run.lose(
                self.store.pointer(place),
                "created",
                "there is no time that could be CreateTime, which an alert needs",
            );
        }
        self.set("CreateTime", created);
        own::confidence(head, &mut self.alert);
        own::references(self.store, place, &mut self.alert, run);
        self.took(place, &["confidence", "external_references", "labels"]);
        for label in texts(head, "labels") {
            if IncidentType::parse(label).is_some() {
                self.alert.add("Type", label);
            } else if Category::parse(label).is_some() {
                self.category(label);
            } else {
                self.other(label);
            }
        }
        own::markings(self.store, place, &mut self.alert, run);
    }

    fn incident(&mut self, place: usize, run: &mut Run<'_>) {
        let name = self.text(place, "name");
        self.set("Description", name);
        let description = self.text(place, "description");
        self.set("Note", description);
        if let Some(core) = self.store.at(place).get("extensions").and_then(|all| all.get(INCIDENT_CORE)) {
            self.core(place, core, run);
        } else {
            self.alert.add("Status", "Incident");
        }
        let id = text(self.store.at(place), "id").unwrap_or_default();
        for relationship in self.store.relationships(id).to_vec() {
            run.used.insert(relationship);
            let object = self.store.at(relationship);
            let ends = ["source_ref", "target_ref"].into_iter().filter_map(|name| text(object, name));
            for other in ends.filter(|other| *other != id).filter_map(|other| self.store.place(other)) {
                self.related(other, run);
            }
        }
    }

    fn core(&mut self, place: usize, core: &Json<'static>, run: &mut Run<'_>) {
        let said = |name: &str| text(core, name).unwrap_or_default();
        for word in words::status(said("determination"), said("investigation_status")) {
            self.alert.add("Status", word);
        }
        self.set("Priority", digits(core, "criticality").and_then(words::priority));
        let pointer = format!("{}/extensions/{INCIDENT_CORE}", self.store.pointer(place));
        for event in texts(core, "incident_types") {
            match categories::of_event(event) {
                Some(category) => self.category(category),
                None => {
                    self.other(event);
                    run.lose(
                        format!("{pointer}/incident_types"),
                        event,
                        "no one category says this; it stands in AltCategory",
                    );
                }
            }
        }
        const KNOWN: [&str; 6] = [
            "extension_type",
            "determination",
            "investigation_status",
            "criticality",
            "incident_types",
            "detection_methods",
        ];
        for member in core.as_object().unwrap_or_default() {
            if !KNOWN.contains(&member.name.as_ref()) {
                run.lose(format!("{pointer}/{}", member.name), member.value.in_short(), KEPT);
                self.observables.odd.push(place);
            }
        }
    }

    /// What an incident has to do with.
    fn related(&mut self, place: usize, run: &mut Run<'_>) {
        match self.store.kind(place) {
            "identity" => self.entity(place, run),
            "location" => {}
            "observed-data" => self.observed(place, run),
            "incident" => {}
            "sighting" => {}
            _ => self.subject(place, run),
        }
    }

    fn entity(&mut self, place: usize, run: &mut Run<'_>) {
        run.used.insert(place);
        if self.alert.get("EntityName").is_some() {
            self.took(place, &[]);
            return;
        }
        let name = self.text(place, "name");
        self.set("EntityName", name);
        self.took(place, &["identity_class", "sectors"]);
        parties::sectors(self.store, place, &mut self.alert, run);
    }

    fn sighting(&mut self, place: usize, run: &mut Run<'_>) {
        let description = self.text(place, "description");
        self.set("Description", description);
        let first = self.text(place, "first_seen");
        self.set("StartTime", first);
        let last = self.text(place, "last_seen");
        self.set("EndTime", last);
        if digits(self.store.at(place), "count").is_none_or(|count| count == "1") {
            self.took(place, &["count"]);
        }
        self.took(place, &["sighting_of_ref", "observed_data_refs", "where_sighted_refs"]);
        for id in texts(self.store.at(place), "observed_data_refs") {
            if let Some(observed) = self.store.place(id) {
                self.observed(observed, run);
            }
        }
        match self.text(place, "sighting_of_ref").map(|id| (id, self.store.place(id))) {
            Some((_, Some(subject))) => self.subject(subject, run),
            Some((id, None)) => {
                let pointer = format!("{}/sighting_of_ref", self.store.pointer(place));
                run.lose(pointer, id, own::GONE);
            }
            None => {}
        }
    }

    /// What was sighted.
    fn subject(&mut self, place: usize, run: &mut Run<'_>) {
        if self.taken.contains_key(&place) {
            return;
        }
        run.used.insert(place);
        match self.store.kind(place) {
            "indicator" => self.indicator(place, run),
            "malware" => {
                for category in categories::of_malware(self.store.at(place)) {
                    self.category(category);
                }
                self.took(place, &["malware_types", "is_family", "name"]);
                if let Some(name) = text(self.store.at(place), "name") {
                    self.other(&format!("malware:{name}"));
                }
            }
            "attack-pattern" => self.technique(place),
            "" => {}
            kind => {
                if let Some(name) = self.text(place, "name") {
                    self.other(&format!("{kind}:{name}"));
                }
            }
        }
    }

    fn technique(&mut self, place: usize) {
        let object = self.store.at(place);
        self.took(place, &["name"]);
        match categories::technique(object) {
            Some(id) => {
                if let Some(category) = categories::of_technique(id) {
                    self.category(category);
                }
                self.other(id);
                let count = object.get("external_references").and_then(Json::as_list).map_or(0, <[_]>::len);
                if count == 1 {
                    self.took(place, &["external_references"]);
                }
            }
            None => {
                let name = text(object, "name").unwrap_or_default();
                self.other(&format!("attack-pattern:{name}"));
            }
        }
    }

    fn indicator(&mut self, place: usize, run: &mut Run<'_>) {
        if self.alert.get("Description").is_none() {
            let name = self.text(place, "name");
            self.set("Description", name);
        }
        if self.alert.get("Note").is_none() {
            let description = self.text(place, "description");
            self.set("Note", description);
        }
        let id = text(self.store.at(place), "id").unwrap_or_default();
        for relationship in self.store.relationships(id).to_vec() {
            let object = self.store.at(relationship);
            let indicates = text(object, "relationship_type") == Some("indicates")
                && text(object, "source_ref") == Some(id);
            let target = text(object, "target_ref").and_then(|id| self.store.place(id));
            if let Some(target) = target.filter(|_| indicates) {
                run.used.insert(relationship);
                self.subject(target, run);
            }
        }
    }

    fn observed(&mut self, place: usize, run: &mut Run<'_>) {
        run.used.insert(place);
        let object = self.store.at(place);
        for (name, other) in [("first_observed", "StartTime"), ("last_observed", "EndTime")] {
            let time = self.text(place, name);
            if self.alert.get(other).is_none() {
                self.set(other, time);
            }
        }
        if digits(object, "number_observed").is_none_or(|count| count == "1") {
            self.took(place, &["number_observed"]);
        }
        self.took(place, &["object_refs"]);
        self.observables.all(&texts(object, "object_refs"), run);
    }

    /// Who saw it, or who says so.
    fn analyzer(&mut self, place: usize, run: &mut Run<'_>) {
        let head = self.store.at(place);
        let ids = texts(head, "where_sighted_refs").into_iter().chain(text(head, "created_by_ref"));
        let mut identities =
            ids.filter_map(|id| self.store.place(id)).filter(|place| self.store.kind(*place) == "identity");
        let name = identities.next().and_then(|identity| {
            run.used.insert(identity);
            self.took(identity, &["identity_class", "roles"]);
            self.text(identity, "name")
        });
        if name.is_none() {
            run.lose(
                self.store.pointer(place),
                "who saw it",
                "the bundle does not say; the analyzer is named unknown",
            );
        }
        let name = Json::text(name.unwrap_or("unknown").to_owned());
        self.alert.set("Analyzer", Json::object([("Name", name)]));
    }
}

const KEPT: &str = "an alert has no place for it; kept in the attachment Stix";
const TOO_OFTEN: &str = "an alert has no place for it, and it is repeated too often to be kept everywhere";

type Kept<'a, 'j> = (&'a mut Carried<'j>, BTreeMap<usize, Vec<&'static str>>, Vec<usize>);

/// Objects with properties that found no place are kept whole.
fn keep(store: &Store<'_>, (alert, taken, odd): Kept<'_, '_>, run: &mut Run<'_>) {
    let mut kept: Vec<Json<'static>> = Vec::new();
    let mut all: BTreeMap<usize, Option<Vec<&'static str>>> =
        odd.into_iter().map(|place| (place, None)).collect();
    for (place, names) in taken {
        all.entry(place).or_insert(Some(names));
    }
    for (place, names) in all {
        let object = store.at(place);
        let lost: Vec<String> = match &names {
            None => vec![String::new()],
            Some(names) => {
                let members = object.as_object().unwrap_or_default().iter();
                let is_lost = |name: &str| !COMMON.contains(&name) && !names.contains(&name);
                members
                    .filter(|member| is_lost(&member.name))
                    .map(|member| format!("/{}", member.name))
                    .collect()
            }
        };
        if lost.is_empty() {
            continue;
        }
        let room = run.spend(object.to_string().len());
        for name in lost {
            let pointer = format!("{}{name}", store.pointer(place));
            run.lose(pointer, store.describe(place), if room { KEPT } else { TOO_OFTEN });
        }
        if room {
            kept.push(object.clone());
        }
    }
    if kept.is_empty() {
        return;
    }
    let content = Json::object([("objects", Json::List(kept))]).to_string();
    let attachment = Json::object([
        ("Name", Json::text("Stix")),
        ("ContentType", Json::text("application/stix+json")),
        ("ContentEncoding", Json::text("json")),
        ("Content", Json::text(content)),
    ]);
    let mut list = match alert.take("Attachment") {
        Some(Json::List(list)) => list,
        _ => Vec::new(),
    };
    list.push(attachment);
    alert.set("Attachment", Json::List(list));
}
