//! Sightings, incidents and observed data of others.

mod kept;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::{
    Run, categories,
    observables::Observables,
    own, parties,
    store::{Store, digits, text, texts},
    words,
};
use crate::{
    Json,
    idmef::{Category, IncidentType, Time, stix::carried::Carried, syntax::derived_uuid},
    stix::extension::INCIDENT_CORE,
};

use kept::{KEPT, attach};

/// What every object has, and says nothing of its own.
const COMMON: [&str; 7] =
    ["type", "id", "spec_version", "created", "modified", "created_by_ref", "object_marking_refs"];

/// An alert in the making.
struct Draft<'s, 'j> {
    store: &'s Store<'j>,
    alert: Carried<'j>,
    observables: Observables<'s, 'j>,
    /// The objects that belong to it, each with the properties that found a place.
    taken: BTreeMap<usize, Vec<&'static str>>,
    /// What is kept whole, its losses being named already.
    keep: BTreeSet<usize>,
    /// The categories of other taxonomies so far.
    others: HashSet<String>,
}

pub fn alert(store: &Store<'_>, place: usize, run: &mut Run<'_>) -> Json<'static> {
    let head = store.at(place);
    let seed = text(head, "id").map_or_else(|| head.to_string(), str::to_owned);
    let mut observables = Observables::new(store, store.pointer(place));
    observables.seed.clone_from(&seed);
    let mut draft = Draft {
        store,
        alert: Carried::default(),
        observables,
        taken: BTreeMap::new(),
        keep: BTreeSet::new(),
        others: HashSet::new(),
    };
    draft.alert.set("ID", Json::text(derived_uuid(&seed)));
    draft.head(place, run);
    match store.kind(place) {
        "incident" => draft.incident(place, run),
        "sighting" => draft.sighting(place, run),
        _ => draft.observed(place, run),
    }
    draft.analyzer(place, run);
    let kept = draft.leftovers(run);
    let Draft { mut alert, observables, .. } = draft;
    observables.put_into(&mut alert, run);
    attach(&mut alert, kept);
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
        if self.others.insert(word.to_owned()) {
            self.alert.add("AltCategory", word);
        }
    }

    /// A time that is one; another is lost, and named as such.
    fn time(&mut self, place: usize, name: &'static str, attribute: &'static str) {
        let time = text(self.store.at(place), name);
        if let Some(time) = time.filter(|time| Time::parse(*time).is_ok()) {
            self.took(place, &[name]);
            if self.alert.get(attribute).is_none() {
                self.alert.set(attribute, Json::text(time.to_owned()));
            }
        }
    }

    /// Takes an object up; a second time changes nothing.
    fn enters(&mut self, place: usize, run: &mut Run<'_>) -> bool {
        let enters = !self.taken.contains_key(&place) && run.visit(self.store, place);
        if enters {
            self.took(place, &[]);
        }
        enters
    }

    fn head(&mut self, place: usize, run: &mut Run<'_>) {
        let head = self.store.at(place);
        run.used.insert(place);
        self.took(place, &["external_references", "labels"]);
        let times = ["created", "modified", "first_observed", "first_seen"].into_iter();
        let created = times.filter_map(|name| text(head, name)).find(|time| Time::parse(*time).is_ok());
        if created.is_none() {
            let pointer = format!("{}/created", self.store.pointer(place));
            run.lose(pointer, "the time of its making", "there is none that could be CreateTime");
        }
        self.set("CreateTime", created);
        if digits(head, "confidence").and_then(words::share).is_some() {
            self.took(place, &["confidence"]);
            own::confidence(head, &mut self.alert);
        }
        if head.get("revoked") == Some(&Json::Bool(false)) {
            self.took(place, &["revoked"]);
        }
        own::references(self.store, place, &mut self.alert, run);
        for label in texts(head, "labels") {
            if IncidentType::parse(label).is_some() {
                self.alert.add("Type", label);
            } else if Category::parse(label).is_some() {
                self.category(label);
            } else {
                self.other(label);
            }
        }
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
        for relationship in self.store.relationships(id) {
            if !self.enters(*relationship, run) {
                continue;
            }
            self.took(*relationship, &["relationship_type", "source_ref", "target_ref"]);
            let object = self.store.at(*relationship);
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
                self.keep.insert(place);
            }
        }
    }

    /// What an incident has to do with.
    fn related(&mut self, place: usize, run: &mut Run<'_>) {
        match self.store.kind(place) {
            "identity" => self.entity(place, run),
            // Sightings are alerts of their own.
            "sighting" => {}
            _ => self.subject(place, run),
        }
    }

    fn entity(&mut self, place: usize, run: &mut Run<'_>) {
        if !self.enters(place, run) || self.alert.get("EntityName").is_some() {
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
        self.time(place, "first_seen", "StartTime");
        self.time(place, "last_seen", "EndTime");
        if digits(self.store.at(place), "count").is_none_or(|count| count == "1") {
            self.took(place, &["count"]);
        }
        self.took(place, &["sighting_of_ref", "observed_data_refs", "where_sighted_refs"]);
        for id in texts(self.store.at(place), "observed_data_refs") {
            match self.store.place(id) {
                Some(observed) => self.observed(observed, run),
                None => self.gone(place, "observed_data_refs", id, run),
            }
        }
        match self.text(place, "sighting_of_ref").map(|id| (id, self.store.place(id))) {
            Some((_, Some(subject))) => self.subject(subject, run),
            Some((id, None)) => self.gone(place, "sighting_of_ref", id, run),
            None => {}
        }
    }

    fn gone(&self, place: usize, name: &str, id: &str, run: &mut Run<'_>) {
        run.lose(format!("{}/{name}", self.store.pointer(place)), id, own::GONE);
    }

    /// What was sighted.
    fn subject(&mut self, place: usize, run: &mut Run<'_>) {
        match self.store.kind(place) {
            "observed-data" => return self.observed(place, run),
            "incident" => return self.alert_of(place),
            _ => {}
        }
        if !self.enters(place, run) {
            return;
        }
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

    /// Another incident is another alert.
    fn alert_of(&mut self, place: usize) {
        if let Some(id) = text(self.store.at(place), "id") {
            self.alert.add("RelID", &derived_uuid(id));
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
        for relationship in self.store.relationships(id) {
            let object = self.store.at(*relationship);
            let indicates = text(object, "relationship_type") == Some("indicates");
            let is_source = text(object, "source_ref") == Some(id);
            let target = text(object, "target_ref").and_then(|id| self.store.place(id));
            if let Some(target) = target.filter(|_| indicates && is_source)
                && self.enters(*relationship, run)
            {
                self.took(*relationship, &["relationship_type", "source_ref", "target_ref"]);
                self.subject(target, run);
            }
        }
    }

    fn observed(&mut self, place: usize, run: &mut Run<'_>) {
        if self.taken.get(&place).is_some_and(|names| names.contains(&"object_refs"))
            || !run.visit(self.store, place)
        {
            return;
        }
        let object = self.store.at(place);
        self.time(place, "first_observed", "StartTime");
        self.time(place, "last_observed", "EndTime");
        if digits(object, "number_observed").is_none_or(|count| count == "1") {
            self.took(place, &["number_observed"]);
        }
        self.took(place, &["object_refs"]);
        self.observables.all(&texts(object, "object_refs"), run);
    }

    /// Who saw it, or who says so; others who saw it are sensors.
    fn analyzer(&mut self, place: usize, run: &mut Run<'_>) {
        let head = self.store.at(place);
        let mut ids = texts(head, "where_sighted_refs");
        if ids.is_empty() {
            ids.extend(text(head, "created_by_ref"));
        }
        let mut names = Vec::new();
        for id in ids {
            match self.store.place(id).filter(|place| run.visit(self.store, *place)) {
                Some(identity) if self.store.kind(identity) == "identity" => {
                    self.took(identity, &["identity_class", "roles"]);
                    names.extend(self.text(identity, "name").filter(|name| !name.is_empty()));
                }
                Some(other) => self.took(other, &[]),
                None => self.gone(place, "where_sighted_refs", id, run),
            }
        }
        let named = |name: &str| Json::object([("Name", Json::text(name.to_owned()))]);
        let (first, others) =
            names.split_first().map_or((None, &[] as &[&str]), |(one, all)| (Some(*one), all));
        if first.is_none() {
            let why = "the bundle does not say; the analyzer is named unknown";
            run.lose(self.store.pointer(place), "who saw it", why);
        }
        self.alert.set("Analyzer", named(first.unwrap_or("unknown")));
        if !others.is_empty() {
            self.alert.set("Sensor", Json::List(others.iter().map(|name| named(name)).collect()));
        }
    }
}
