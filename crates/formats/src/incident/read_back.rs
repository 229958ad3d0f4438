//! What the STIX objects around an incident say of the fields of a record.

use std::collections::{HashMap, HashSet};

use super::{
    UNTITLED, convert, marks,
    record::Values,
    table::{Row, Shape, Table, Thing, constant},
    to_stix::id,
};
use crate::{
    Json,
    stix::{extension::INCIDENT_CORE, instant},
    syntax::country::is_country,
};

/// The objects of a bundle, found by what refers to them.
#[derive(Debug)]
pub struct Index<'j> {
    pub objects: &'j [Json<'static>],
    by_id: HashMap<&'j str, usize>,
    /// Notes by what they are about.
    notes: HashMap<&'j str, Vec<usize>>,
    /// Relationships by where they begin.
    relationships: HashMap<&'j str, Vec<usize>>,
}

/// The fields that were found, and where.
#[derive(Debug, Default)]
pub struct ReadBack {
    pub values: Values,
    /// Objects by number, and the paths in them that were understood.
    pub used: HashSet<(usize, String)>,
}

fn text<'j>(object: &'j Json<'static>, name: &str) -> Option<&'j str> {
    object.get(name).and_then(Json::as_text)
}

fn texts<'j>(object: &'j Json<'static>, name: &str) -> Vec<&'j str> {
    let items = object.get(name).and_then(Json::as_list).unwrap_or_default();
    items.iter().filter_map(Json::as_text).collect()
}

impl<'j> Index<'j> {
    /// Of several versions of an object the newest counts.
    pub fn of(objects: &'j [Json<'static>]) -> Self {
        let mut index =
            Self { objects, by_id: HashMap::new(), notes: HashMap::new(), relationships: HashMap::new() };
        let version = |at: usize| objects.get(at).and_then(|object| instant(text(object, "modified")?));
        for (at, object) in objects.iter().enumerate() {
            let Some(id) = text(object, "id") else { continue };
            if index.by_id.get(id).is_none_or(|old| version(at) >= version(*old)) {
                index.by_id.insert(id, at);
            }
        }
        for at in index.newest().collect::<Vec<_>>() {
            let Some(object) = objects.get(at) else { continue };
            match text(object, "type") {
                Some("note") => {
                    for about in texts(object, "object_refs") {
                        index.notes.entry(about).or_default().push(at);
                    }
                }
                Some("relationship") => {
                    if let Some(source) = text(object, "source_ref") {
                        index.relationships.entry(source).or_default().push(at);
                    }
                }
                _ => {}
            }
        }
        index
    }

    /// The places of the newest versions.
    pub fn newest(&self) -> impl Iterator<Item = usize> + '_ {
        let is_newest = |at: &usize| {
            let id = self.objects.get(*at).and_then(|object| text(object, "id"));
            id.is_none_or(|id| self.by_id.get(id) == Some(at))
        };
        (0..self.objects.len()).filter(is_newest)
    }

    /// The newest version of an object, with its place.
    pub fn find(&self, id: &str) -> Option<(usize, &'j Json<'static>)> {
        let at = *self.by_id.get(id)?;
        Some((at, self.objects.get(at)?))
    }
}

/// What is said of an incident of this identifier.
pub fn read_back(objects: &[Json<'static>], incident: &str) -> ReadBack {
    around(&Index::of(objects), incident)
}

/// The same, where many are asked for.
pub fn around(index: &Index<'_>, incident: &str) -> ReadBack {
    let mut reader = Reader { index, incident, things: HashMap::new(), found: ReadBack::default() };
    reader.things();
    for row in &Table::own().rows {
        if let Some(value) = reader.row(row) {
            reader.found.values.insert(row.field.clone(), value);
        }
    }
    reader.found
}

struct Reader<'r, 'j> {
    index: &'r Index<'j>,
    incident: &'r str,
    /// The objects of the table that are there.
    things: HashMap<&'static str, (usize, &'j Json<'static>)>,
    found: ReadBack,
}

impl<'j> Reader<'_, 'j> {
    /// Finds the objects of the table: ours by their identifiers, those of others by what they say.
    fn things(&mut self) {
        let Some((at, object)) = self.index.find(self.incident) else { return };
        self.things.insert("incident", (at, object));
        let mut taken = HashSet::new();
        for thing in &Table::own().objects {
            let own = self.index.find(&id(self.incident, &thing.kind, &thing.id));
            if let Some(found) = own.filter(|(at, _)| taken.insert(*at)) {
                self.things.insert(&thing.id, found);
            }
        }
        let reporter = text(object, "created_by_ref").and_then(|id| self.index.find(id));
        if let Some(found) = reporter.filter(|(_, object)| text(object, "type") == Some("identity")) {
            self.things.entry("reporter").or_insert(found);
        }
        let around = self.referred(object);
        for thing in Table::own().objects.iter().filter(|thing| !thing.own) {
            if self.things.contains_key(&*thing.id) {
                continue;
            }
            let fits = |at: &&usize| {
                !taken.contains(*at) && self.index.objects.get(**at).is_some_and(|object| is(thing, object))
            };
            if let Some(at) = around.iter().find(fits).copied()
                && let Some(object) = self.index.objects.get(at)
            {
                taken.insert(at);
                self.things.insert(&thing.id, (at, object));
            }
        }
        for (key, (at, object)) in &self.things {
            let Some(thing) = Table::own().objects.iter().find(|thing| thing.id == **key) else { continue };
            for (path, value) in thing.known_by.iter().chain(&thing.fixed) {
                if follow(object, path.split('/')) == Some(&constant(value)) {
                    self.found.used.insert((*at, path.clone()));
                }
            }
        }
    }

    /// Events, impacts and tasks of an incident.
    fn referred(&self, incident: &'j Json<'static>) -> Vec<usize> {
        let core = incident.get("extensions").and_then(|extensions| extensions.get(INCIDENT_CORE));
        let Some(core) = core else { return Vec::new() };
        let plain = ["event_refs", "impact_refs", "task_refs"].into_iter().flat_map(|name| texts(core, name));
        let entries =
            [("events", "event_ref"), ("tasks", "task_ref")].into_iter().flat_map(|(name, reference)| {
                let entries = core.get(name).and_then(Json::as_list).unwrap_or_default();
                entries.iter().filter_map(move |entry| text(entry, reference))
            });
        plain.chain(entries).filter_map(|id| self.index.find(id)).map(|(at, _)| at).collect()
    }

    fn row(&mut self, row: &'static Row) -> Option<Json<'static>> {
        match row.shape {
            Shape::Extension => None,
            Shape::Labels => self.labels(row),
            Shape::Reference => self.reference(row),
            Shape::Note | Shape::ShownNote => self.note(row),
            Shape::Countries => {
                let (_, incident) = *self.things.get("incident")?;
                let codes = self.countries(text(incident, "id")?);
                (!codes.is_empty()).then(|| Json::List(codes.into_iter().map(Json::text).collect()))
            }
            Shape::Country => {
                let (_, reporter) = *self.things.get("reporter")?;
                self.countries(text(reporter, "id")?).into_iter().next().map(Json::text)
            }
            Shape::Marking => {
                let (at, incident) = *self.things.get("incident")?;
                self.found.used.insert((at, "object_marking_refs".to_owned()));
                let (tlp, pap) = marks::of_object(incident);
                if row.field == "record.pap" { pap } else { tlp }.map(Json::text)
            }
            Shape::Text
            | Shape::Time
            | Shape::Stamp
            | Shape::Word
            | Shape::Listed
            | Shape::Count
            | Shape::Seconds
            | Shape::Money
            | Shape::Presence
            | Shape::Shown => self.place(row),
        }
    }

    fn place(&mut self, row: &'static Row) -> Option<Json<'static>> {
        let (key, path) = row.place();
        let (at, object) = *self.things.get(key)?;
        let place = follow(object, path.iter().copied())?;
        let value = convert::from_stix(row, place)?;
        let is_placeholder = row.field == "title" && place.as_text() == Some(UNTITLED);
        match place {
            Json::Object(members) if row.shape == Shape::Money => {
                for member in members.iter().filter(|member| is_amount(&member.name)) {
                    self.found.used.insert((at, format!("{}/{}", path.join("/"), member.name)));
                }
            }
            _ => {
                self.found.used.insert((at, path.join("/")));
            }
        }
        (!is_placeholder).then_some(value)
    }

    fn labels(&mut self, row: &Row) -> Option<Json<'static>> {
        let (at, incident) = *self.things.get("incident")?;
        let labels = incident.get("labels").and_then(Json::as_list).unwrap_or_default().iter().enumerate();
        let mut found = Vec::new();
        for (place, label) in labels {
            let choice = label.as_text().and_then(|label| label.strip_prefix(row.name.as_str()));
            if let Some(choice) = choice.filter(|choice| !choice.is_empty()) {
                found.push(Json::text(choice.to_owned()));
                self.found.used.insert((at, format!("labels/{place}")));
            }
        }
        if row.many { (!found.is_empty()).then_some(Json::List(found)) } else { found.into_iter().next() }
    }

    fn reference(&mut self, row: &Row) -> Option<Json<'static>> {
        let (at, incident) = *self.things.get("incident")?;
        let references = incident.get("external_references").and_then(Json::as_list).unwrap_or_default();
        let known = |reference: &Json<'static>| text(reference, "source_name") == Some(row.name.as_str());
        let place = references.iter().position(known)?;
        self.found.used.insert((at, format!("external_references/{place}")));
        text(references.get(place)?, "external_id").map(|id| Json::text(id.to_owned()))
    }

    fn note(&mut self, row: &Row) -> Option<Json<'static>> {
        let notes = self.index.notes.get(self.incident)?;
        let known = |at: &&usize| {
            self.index.objects.get(**at).is_some_and(|note| text(note, "abstract") == Some(row.name.as_str()))
        };
        let at = *notes.iter().find(known)?;
        let value = convert::from_stix(row, self.index.objects.get(at)?.get("content")?)?;
        for name in ["abstract", "content", "object_refs"] {
            self.found.used.insert((at, name.to_owned()));
        }
        Some(value)
    }

    /// The countries that something is related to.
    fn countries(&mut self, source: &str) -> Vec<String> {
        let mut codes = Vec::new();
        for at in self.index.relationships.get(source).into_iter().flatten() {
            let target =
                self.index.objects.get(*at).and_then(|relationship| text(relationship, "target_ref"));
            let Some((place, location)) = target.and_then(|id| self.index.find(id)) else { continue };
            let country = text(location, "country").filter(|country| is_country(country));
            let Some(country) = country.filter(|_| text(location, "type") == Some("location")) else {
                continue;
            };
            for name in ["relationship_type", "source_ref", "target_ref"] {
                self.found.used.insert((*at, name.to_owned()));
            }
            self.found.used.insert((place, "country".to_owned()));
            if !codes.iter().any(|known| known == country) {
                codes.push(country.to_owned());
            }
        }
        codes
    }
}

fn follow<'j, 'p>(
    object: &'j Json<'static>,
    mut path: impl Iterator<Item = &'p str>,
) -> Option<&'j Json<'static>> {
    path.try_fold(object, |value, name| value.get(name))
}

fn is_amount(name: &str) -> bool {
    matches!(name, "currency" | "min_amount" | "max_amount")
}

/// Whether an object of others is what the table means.
fn is(thing: &Thing, object: &Json<'static>) -> bool {
    text(object, "type") == Some(thing.kind.as_str())
        && thing.known_by.iter().all(|(path, wanted)| {
            let place = follow(object, path.split('/'));
            match (place, constant(wanted)) {
                (Some(Json::List(items)), Json::List(wanted)) => {
                    wanted.iter().all(|word| items.contains(word))
                }
                (Some(place), wanted) => *place == wanted,
                (None, _) => false,
            }
        })
}
