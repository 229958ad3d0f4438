//! Bundles to records. Ours come back as they were, with what was changed in the STIX objects; an incident of
//! somebody else becomes a draft in the form of the command line.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{
    Record,
    carried::{self, Restored, digest},
    convert::in_words,
    read_back::{Index, ReadBack, around, read_back},
    record::{Form, Path, Values, field_at, get, put, slots, take, values},
    to_stix,
};
use crate::{
    Json, Limits, Loss, Reading,
    json::short,
    parse, pointer,
    stix::{
        extension::{RECORD, REGULATORY},
        regulatory::{self, Duty},
    },
};

/// Reads the incidents of a bundle, of a list of objects, or of one object. What a record has no place for
/// is named as a loss, and so is what was changed in STIX since we wrote it: there STIX is right.
#[must_use]
pub fn from_stix(bytes: &[u8], limits: &Limits) -> Reading<Record> {
    match parse(bytes, limits) {
        Ok(value) => from_stix_value(&value.into_owned(), limits),
        Err(fault) => {
            let mut reading = Reading::default();
            reading.losses.push(Loss::at(&[], "the document", format!("this is not JSON: {fault}")));
            reading
        }
    }
}

/// Reads STIX 2.1 that is JSON already.
#[must_use]
pub fn from_stix_value(value: &Json<'static>, limits: &Limits) -> Reading<Record> {
    let one = std::slice::from_ref(value);
    let (objects, base) = match (value.as_list(), value.get("objects").and_then(Json::as_list)) {
        (Some(items), _) => (items, "/"),
        (None, Some(items)) => (items, "/objects/"),
        (None, None) => (one, ""),
    };
    let mut run = Run {
        index: Index::of(objects),
        base,
        limits,
        budget: limits.bytes.saturating_mul(2),
        used: HashSet::new(),
        reading: Reading::default(),
    };
    let is_incident = |at: &usize| run.text(*at, "type") == Some("incident");
    let incidents: Vec<usize> = run.index.newest().filter(is_incident).collect();
    for at in incidents {
        run.incident(at);
    }
    run.name_the_rest();
    run.reading
}

struct Run<'j> {
    index: Index<'j>,
    /// Where the objects stand.
    base: &'static str,
    limits: &'j Limits,
    /// How many bytes may come of it: what many incidents share is not written without end.
    budget: usize,
    /// What was understood.
    used: HashSet<(usize, String)>,
    reading: Reading<Record>,
}

impl<'j> Run<'j> {
    fn text(&self, at: usize, name: &str) -> Option<&'j str> {
        self.index.objects.get(at)?.get(name)?.as_text()
    }

    fn pointer(&self, at: usize) -> String {
        if self.base.is_empty() { String::new() } else { format!("{}{at}", self.base) }
    }

    fn lose(&mut self, at: usize, path: &str, what: String, why: impl Into<String>) {
        let pointer = if path.is_empty() { self.pointer(at) } else { format!("{}/{path}", self.pointer(at)) };
        self.reading.losses.push(Loss { pointer, what, why: why.into() });
    }

    fn incident(&mut self, at: usize) {
        let (Some(incident), Some(id)) = (self.index.objects.get(at), self.text(at, "id")) else { return };
        let found = around(&self.index, id);
        let mut losses = Vec::new();
        let restored = carried::read(incident, self.limits, &mut losses);
        let duties = self.duties(incident, id);
        let record = match restored {
            Some(restored) => self.own(at, restored, &found, &duties),
            None => self.draft(at, found.values.clone()),
        };
        self.used.extend(found.used);
        let pointer = self.pointer(at);
        self.reading.append(&pointer, Reading { items: Vec::new(), losses });
        let size = record.to_string().len();
        if size > self.budget {
            self.lose(at, "", "an incident".to_owned(), "more would come of it than the limits allow");
            return;
        }
        self.budget -= size;
        self.reading.items.push(Record { record, duties });
    }

    /// The duties, without the tasks that we made of them.
    fn duties(&mut self, incident: &Json<'static>, id: &str) -> Vec<Duty> {
        let mut reading = regulatory::read(incident);
        for (at, duty) in reading.items.iter_mut().enumerate() {
            let own = to_stix::id(id, "task", &format!("duty/{at}"));
            if duty.task_ref.as_deref() == Some(own.as_str()) {
                duty.task_ref = None;
            }
        }
        self.reading.losses.append(&mut reading.losses);
        reading.items
    }

    /// A record of ours.
    fn own(&mut self, at: usize, restored: Restored, found: &ReadBack, duties: &[Duty]) -> Json<'static> {
        let Restored { form, mut record, stated } = restored;
        let id = self.text(at, "id").unwrap_or_default();
        let mut changed = Vec::new();
        for (path, written) in stated {
            let Some(field) = field_at(form, &path) else { continue };
            let value = found.values.get(&field);
            if value.is_none_or(|value| digest(value) != written) {
                changed.push((field, path.clone(), None));
            }
            if let Some(value) = value {
                put(&mut record, &path, value.clone());
            }
        }
        changed.extend(replace(form, &mut record, id, found));
        let when = self.text(at, "modified").unwrap_or_default().to_owned();
        for (field, path, before) in changed {
            if field != "record.updated_at" {
                credit(form, &mut record, &path, &when);
            }
            let now = in_words(found.values.get(&field));
            let why = if path.is_empty() {
                format!("changed in STIX, and the record has no place for it: it is {now} now")
            } else {
                format!("changed in STIX, and so in the record: it is {now} now")
            };
            let before =
                before.map_or_else(String::new, |before| format!(", before {}", in_words(Some(&before))));
            self.lose(at, "", format!("{field}{before}"), why);
        }
        self.forgive(id, &record, duties);
        record
    }

    /// What we would write again is no loss.
    fn forgive(&mut self, id: &str, record: &Json<'static>, duties: &[Duty]) {
        for written in to_stix::objects(record.clone(), duties, id) {
            let found = written.get("id").and_then(Json::as_text).and_then(|id| self.index.find(id));
            let Some((at, object)) = found else { continue };
            let again: HashMap<String, &Json<'static>> = leaves(&written).into_iter().collect();
            let same = leaves(object).into_iter().filter(|(path, value)| again.get(path) == Some(value));
            self.used.extend(same.map(|(path, _)| (at, path)));
        }
    }

    /// A draft of what somebody else says.
    fn draft(&mut self, at: usize, values: Values) -> Json<'static> {
        let mut draft = Json::object([
            ("entity", Json::Object(Vec::new())),
            ("facts", Json::Object(Vec::new())),
            ("events", Json::Object(Vec::new())),
        ]);
        for (field, value) in values {
            if let Some(path) = Form::Case.place(&field) {
                put(&mut draft, &path, value);
            }
        }
        self.lose(
            at,
            "",
            "zone".to_owned(),
            "STIX does not say the time zone of the entity: add it to the draft",
        );
        draft
    }

    /// What nobody understood.
    fn name_the_rest(&mut self) {
        const WHY: &str = "an incident record has no place for it";
        let understood: HashSet<usize> = self.used.iter().map(|(at, _)| *at).collect();
        for at in self.index.newest().collect::<Vec<_>>() {
            let Some(object) = self.index.objects.get(at) else { continue };
            let kind = self.text(at, "type").unwrap_or("value");
            if matches!(kind, "marking-definition" | "extension-definition") {
                continue;
            }
            if kind != "incident" && !understood.contains(&at) {
                let name = self.text(at, "name").or(self.text(at, "id")).unwrap_or_default();
                self.lose(at, "", format!("{} {}", short(kind), short(name)).trim().to_owned(), WHY);
                continue;
            }
            for (path, value) in leaves(object) {
                if !is_common(&path) && !self.used.contains(&(at, path.clone())) {
                    self.lose(at, &path, value.in_short(), WHY);
                }
            }
        }
    }
}

/// What objects have in common, what binds them together, and our own extensions.
fn is_common(path: &str) -> bool {
    const KNOWN: [&str; 14] = [
        "type",
        "spec_version",
        "id",
        "created",
        "modified",
        "created_by_ref",
        "object_marking_refs",
        "granular_markings",
        "extension_type",
        "event_refs",
        "impact_refs",
        "task_refs",
        "events",
        "tasks",
    ];
    let mut parts = path.split('/');
    let own = parts.next() == Some("extensions") && matches!(parts.next(), Some(RECORD | REGULATORY));
    own || path.rsplit('/').next().is_some_and(|name| KNOWN.contains(&name))
}

/// Where the record and STIX say different things, STIX is right. Gives field, path, and what it was.
fn replace(
    form: Form,
    record: &mut Json<'static>,
    id: &str,
    found: &ReadBack,
) -> Vec<(String, Path, Option<Json<'static>>)> {
    let before = slots(form, record);
    let known = values(record, &before);
    let said = read_back(&to_stix::objects(record.clone(), &[], id), id).values;
    let mut changed = Vec::new();
    for field in said.keys().chain(found.values.keys()).collect::<BTreeSet<_>>() {
        let value = found.values.get(field);
        if said.get(field) == value {
            continue;
        }
        let mut paths: Vec<Path> =
            before.iter().filter(|(slot, _)| slot == field).map(|(_, path)| path.clone()).collect();
        if paths.is_empty() {
            paths.extend(form.place(field));
        }
        if paths.is_empty() && !field.starts_with("record.") {
            changed.push((field.clone(), Path::new(), None));
        }
        for path in paths {
            match value {
                Some(value) => put(record, &path, value.clone()),
                None => drop(take(record, &path)),
            }
            changed.push((field.clone(), path, known.get(field).cloned()));
        }
    }
    changed
}

/// An answer that was changed in STIX came with the bundle: when, and how.
fn credit(form: Form, record: &mut Json<'static>, path: &Path, when: &str) {
    let (Form::Record, [section, field, _]) = (form, path.as_slice()) else { return };
    if section != "answers" {
        return;
    }
    let answer = |name: &str| [section.clone(), field.clone(), name.to_owned()];
    put(record, &answer("how"), Json::text("imported"));
    put(record, &answer("at"), Json::text(when.to_owned()));
    for (name, from) in [("by", "created_by"), ("revision", "revision")] {
        let value = record.get(from).cloned();
        if let Some(value) = value.filter(|_| get(record, &answer(name)).is_none()) {
            put(record, &answer(name), value);
        }
    }
    if get(record, &answer("estimated")).is_none() {
        put(record, &answer("estimated"), Json::Bool(false));
    }
}

/// The parts of an object by which it is understood: members, those of its extensions and dictionaries, and
/// items of labels and references.
fn leaves<'j>(object: &'j Json<'static>) -> Vec<(String, &'j Json<'static>)> {
    fn enter<'j>(path: &str, value: &'j Json<'static>, found: &mut Vec<(String, &'j Json<'static>)>) {
        let depth = path.split('/').count();
        let is_entered = depth <= 2 && path.split('/').next() == Some("extensions");
        match value {
            Json::Object(members) if is_entered || path.ends_with("impacted_entity_counts") => {
                for member in members {
                    let mut inner = path.to_owned();
                    pointer::push(&mut inner, &member.name);
                    enter(&inner, &member.value, found);
                }
            }
            Json::List(items) if matches!(path, "labels" | "external_references") => {
                found.extend(items.iter().enumerate().map(|(at, item)| (format!("{path}/{at}"), item)));
            }
            value => found.push((path.to_owned(), value)),
        }
    }
    let mut found = Vec::new();
    for member in object.as_object().unwrap_or_default() {
        let path = pointer::of(&[&member.name]);
        enter(path.trim_start_matches('/'), &member.value, &mut found);
    }
    found
}
