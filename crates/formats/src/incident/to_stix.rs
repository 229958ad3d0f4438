//! A record to a bundle.

use std::{collections::HashSet, rc::Rc};

use super::{
    SPACE, UNTITLED,
    carried::{self, Carried},
    convert::{self, choices, filled},
    guard::{self, Guarded},
    marks::Marks,
    read_back::read_back,
    record::{Form, Values, get, once, put, slots, take, values},
    table::{Row, Shape, Table, Thing, constant},
};
use crate::{
    Json, Loss, Member, Reading,
    stix::{
        self,
        extension::{EVENT, IMPACT, INCIDENT_CORE, RECORD, TASK, record_definition},
        identifier::derived,
        regulatory::{self, Duty, State},
    },
    syntax::country::is_country,
};

/// One bundle for a record with its duties. Nothing is lost: [`super::from_stix`] gives both back. The only
/// losses are names that stand twice in the JSON of the record.
#[must_use]
pub fn to_stix(record: &Json<'_>, duties: &[Duty]) -> Reading<Json<'static>> {
    let mut reading = Reading::default();
    if record.as_object().is_none() {
        reading.losses.push(Loss::at(
            &[],
            record.in_short(),
            "a record is an object: there is no bundle of it",
        ));
        return reading;
    }
    let record = once(record, "", &mut reading.losses);
    let values = values(&record, &slots(Form::of(&record), &record));
    let key = values.get("record.id").and_then(filled).map_or_else(|| record.to_string(), str::to_owned);
    let incident = derived("incident", SPACE, &key);
    reading.items.push(stix::bundle(objects(record, duties, &incident)));
    reading
}

/// The objects of the bundle, for an incident of this identifier.
pub(super) fn objects(record: Json<'static>, duties: &[Duty], incident: &str) -> Vec<Json<'static>> {
    let form = Form::of(&record);
    let slots = slots(form, &record);
    let values = values(&record, &slots);
    let mut building = Building::new(incident, &record, &values);
    building.fields(&values);
    building.duties(duties);
    let plain = building.clone().finish(None);
    let said = read_back(&plain, incident).values;
    let mut rest = record;
    let mut stated = Vec::new();
    for (field, path) in slots {
        let is_said = get(&rest, &path).is_some_and(|value| said.get(&field) == Some(value));
        if is_said && let Some(value) = take(&mut rest, &path) {
            stated.push((path, value));
        }
    }
    building.finish(Some((form, carried::write(form, rest, stated))))
}

/// An object in the making, and the fields that it says.
#[derive(Clone, Debug)]
struct Piece {
    key: String,
    object: Json<'static>,
    fields: Vec<String>,
}

/// The objects in the making; the incident is the first.
#[derive(Clone, Debug)]
struct Building {
    incident: String,
    created: String,
    modified: String,
    marks: Rc<Marks>,
    pieces: Vec<Piece>,
    /// Parts of the incident that not all may see.
    guarded: Vec<Guarded>,
}

/// The identifier of an object beside an incident.
pub(super) fn id(incident: &str, kind: &str, key: &str) -> String {
    derived(kind, SPACE, &format!("{incident}/{key}"))
}

fn text(text: impl Into<String>) -> Json<'static> {
    Json::text(text.into())
}

impl Building {
    fn new(incident: &str, record: &Json<'_>, values: &Values) -> Self {
        let stamp = |field: &str| {
            let row = Table::own().row("record.created_at")?;
            convert::to_stix(row, values.get(field)?)?.as_text().map(str::to_owned)
        };
        let times = ["record.created_at", "aware_at", "detected_at", "occurred_at", "record.updated_at"];
        let created =
            times.into_iter().find_map(stamp).unwrap_or_else(|| "1970-01-01T00:00:00.000Z".to_owned());
        let organisation = record.get("organisation").and_then(filled);
        let reporter = organisation.unwrap_or("unknown").to_owned();
        let modified = stamp("record.updated_at").filter(|modified| *modified >= created);
        let modified = modified.unwrap_or_else(|| created.clone());
        let mut building = Self {
            incident: incident.to_owned(),
            created,
            modified,
            marks: Rc::new(Marks::of(record, values)),
            pieces: Vec::new(),
            guarded: Vec::new(),
        };
        building.add("incident", "incident", Json::object([("name", text(UNTITLED))]), &[]);
        let closed = values.contains_key("handled_at") && !building.marks.is_guarded("handled_at");
        building.set(
            "incident",
            &["extensions", INCIDENT_CORE, "extension_type"],
            text("property-extension"),
        );
        building.set("incident", &["extensions", INCIDENT_CORE, "determination"], text("confirmed"));
        let status = text(if closed { "closed" } else { "open" });
        building.set("incident", &["extensions", INCIDENT_CORE, "investigation_status"], status);
        building.thing("reporter");
        building.set("reporter", &["name"], text(reporter));
        building
    }

    /// Adds an object with its common members.
    fn add(&mut self, kind: &str, key: &str, members: Json<'static>, fields: &[&str]) -> String {
        let id = if key == "incident" { self.incident.clone() } else { id(&self.incident, kind, key) };
        let reporter = id_of_reporter(&self.incident);
        let mut all = vec![
            ("type", text(kind)),
            ("spec_version", text("2.1")),
            ("id", text(id.clone())),
            ("created", text(self.created.clone())),
            ("modified", text(self.modified.clone())),
        ];
        if key != "reporter" {
            all.push(("created_by_ref", text(reporter)));
        }
        let mut object: Vec<Member<'static>> =
            all.into_iter().map(|(name, value)| Member { name: name.into(), value }).collect();
        if let Json::Object(members) = members {
            object.extend(members);
        }
        let fields = fields.iter().map(|field| (*field).to_owned()).collect();
        self.pieces.push(Piece { key: key.to_owned(), object: Json::Object(object), fields });
        id
    }

    fn piece(&mut self, key: &str) -> Option<&mut Piece> {
        self.pieces.iter_mut().find(|piece| piece.key == key)
    }

    fn set(&mut self, key: &str, path: &[&str], value: Json<'static>) {
        if let Some(piece) = self.piece(key) {
            put(&mut piece.object, path, value);
        }
    }

    /// Adds to a list of the incident.
    fn append(&mut self, name: &str, more: Vec<Json<'static>>) {
        let Some(piece) = self.piece("incident") else { return };
        let items = piece.object.get(name).and_then(Json::as_list).unwrap_or_default();
        let items = [items, &more].concat();
        if !items.is_empty() {
            put(&mut piece.object, &[name], Json::List(items));
        }
    }

    /// The object of the table of this name.
    fn thing(&mut self, key: &str) -> bool {
        if self.piece(key).is_some() {
            return true;
        }
        let Some(thing) = Table::own().objects.iter().find(|thing| thing.id == key) else { return false };
        self.add(&thing.kind, key, fixed(thing), &[]);
        true
    }

    /// Each value in its place.
    fn fields(&mut self, values: &Values) {
        for row in &Table::own().rows {
            let Some(value) = values.get(&row.field) else { continue };
            let alone = !matches!(row.shape, Shape::Labels | Shape::Reference) && !row.mandatory;
            if (alone || !self.marks.is_guarded(&row.field)) && is_borne_out(row, values) {
                self.field(row, value);
            }
        }
    }

    fn field(&mut self, row: &Row, value: &Json<'_>) {
        match row.shape {
            Shape::Labels => {
                let mut seen = HashSet::new();
                let once = choices(value).into_iter().filter(|choice| seen.insert(*choice));
                let labels = once.map(|choice| text(format!("{}{choice}", row.name))).collect();
                self.append("labels", labels);
            }
            Shape::Reference => {
                if let Some(number) = filled(value) {
                    let reference = Json::object([
                        ("source_name", text(row.name.as_str())),
                        ("external_id", text(number)),
                    ]);
                    self.append("external_references", vec![reference]);
                }
            }
            Shape::Note | Shape::ShownNote => self.note(row, value),
            Shape::Countries => {
                for code in choices(value) {
                    self.located(code, &row.field, "incident", "related-to");
                }
            }
            Shape::Country => {
                if let Some(code) = filled(value) {
                    self.located(code, &row.field, "reporter", "located-at");
                }
            }
            // Both stand on every object, see `finish`.
            Shape::Extension | Shape::Marking => {}
            Shape::Text
            | Shape::Time
            | Shape::Stamp
            | Shape::Word
            | Shape::Listed
            | Shape::Count
            | Shape::Seconds
            | Shape::Money
            | Shape::Presence
            | Shape::Shown => self.place(row, value),
        }
    }

    fn place(&mut self, row: &Row, value: &Json<'_>) {
        let (key, path) = row.place();
        // Times of making are those of all objects, see `new`.
        let Some(value) = convert::to_stix(row, value).filter(|_| row.shape != Shape::Stamp) else { return };
        if !self.thing(key) {
            return;
        }
        if key == "incident" && self.marks.is_guarded(&row.field) {
            self.guarded.push((path.iter().map(|name| (*name).to_owned()).collect(), row.field.clone()));
        }
        if let Some(piece) = self.piece(key) {
            piece.fields.push(row.field.clone());
        }
        match (row.shape, value) {
            (Shape::Presence, _) => {}
            (Shape::Money, Json::Object(members)) => {
                for member in members {
                    let path: Vec<&str> = path.iter().copied().chain([&*member.name]).collect();
                    self.set(key, &path, member.value);
                }
            }
            (_, value) => self.set(key, &path, value),
        }
    }

    fn note(&mut self, row: &Row, value: &Json<'_>) {
        let Some(content) = convert::to_stix(row, value) else { return };
        let about = Json::List(vec![text(self.incident.clone())]);
        let members = Json::object([
            ("abstract", text(row.name.as_str())),
            ("content", content),
            ("object_refs", about),
        ]);
        self.add("note", &format!("note/{}", row.field), members, &[&row.field]);
    }

    /// The location of a country, and that something is related to it.
    fn located(&mut self, code: &str, field: &str, what: &str, how: &str) {
        if !is_country(code) {
            return;
        }
        let key = format!("location/{field}/{code}");
        if self.piece(&key).is_some() {
            return;
        }
        let location = self.add("location", &key, Json::object([("country", text(code))]), &[field]);
        let source = if what == "incident" { self.incident.clone() } else { id_of_reporter(&self.incident) };
        let members = Json::object([
            ("relationship_type", text(how)),
            ("source_ref", text(source)),
            ("target_ref", text(location)),
        ]);
        self.add("relationship", &format!("{key}/{how}"), members, &[field]);
    }

    /// The duties, and a task for each that was filed.
    fn duties(&mut self, duties: &[Duty]) {
        let mut written = duties.to_vec();
        for (at, duty) in written.iter_mut().enumerate() {
            let filed =
                duty.filed.clone().filter(|filed| stix::instant(filed).is_some() && filed.ends_with('Z'));
            let is_filed = matches!(duty.state, State::Filed | State::Acknowledged);
            let (true, Some(filed), None) = (is_filed, filed, &duty.task_ref) else { continue };
            let members = Json::object([
                ("name", text(format!("{}: {}", duty.regulation, duty.stage))),
                ("task_types", Json::List(vec![text("reported")])),
                ("outcome", text("successful")),
                ("end_time", text(filed)),
                ("extensions", new_type(TASK)),
            ]);
            duty.task_ref = Some(self.add("task", &format!("duty/{at}"), members, &[]));
        }
        if !duties.is_empty() {
            let extension = regulatory::write(&written);
            self.set("incident", &["extensions", &extension.name.clone()], extension.value);
        }
    }

    /// All objects, with markings and what refers to them.
    fn finish(mut self, carried: Option<(Form, Carried)>) -> Vec<Json<'static>> {
        for (kind, name) in [("event", "event_refs"), ("impact", "impact_refs"), ("task", "task_refs")] {
            let of_kind = |piece: &&Piece| piece.object.get("type").and_then(Json::as_text) == Some(kind);
            let ids = self.pieces.iter().filter(of_kind).filter_map(|piece| piece.object.get("id").cloned());
            let ids: Vec<Json<'static>> = ids.collect();
            if ids.is_empty() {
                continue;
            }
            // The identifiers can be computed, so a list of them says what is there.
            let fields: Vec<&String> =
                self.pieces.iter().filter(of_kind).flat_map(|piece| &piece.fields).collect();
            let guarded = fields.into_iter().filter(|field| self.marks.is_guarded(field)).cloned();
            let path = || ["extensions", INCIDENT_CORE, name].map(str::to_owned).to_vec();
            let guarded: Vec<_> = guarded.map(|field| (path(), field)).collect();
            self.guarded.extend(guarded);
            self.set("incident", &["extensions", INCIDENT_CORE, name], Json::List(ids));
        }
        let mut objects = Vec::new();
        if let Some((form, carried)) = carried {
            objects.extend(record_definition());
            self.guarded.extend(guard::parts(form, &carried, &self.marks));
            self.set("incident", &["extensions", RECORD], carried.content);
        }
        let incident = self.pieces.first().map(|piece| &piece.object);
        if incident.is_some_and(|incident| !regulatory::read(incident).items.is_empty()) {
            objects.extend(regulatory::definition());
        }
        let mut markings = Vec::new();
        let mut marked = Vec::new();
        for piece in self.pieces {
            let own = if piece.key == "incident" {
                self.marks.report
            } else {
                self.marks.of_fields(piece.fields.iter().map(String::as_str))
            };
            let mut object = piece.object;
            let definitions = own.definitions();
            if !definitions.is_empty() {
                let refs = definitions.iter().map(|known| text(known.id)).collect();
                put(&mut object, &["object_marking_refs"], Json::List(refs));
            }
            markings.extend(definitions);
            if piece.key == "incident" && !self.guarded.is_empty() {
                let (list, known) = guard::granular(&self.guarded, &self.marks);
                markings.extend(known);
                put(&mut object, &["granular_markings"], list);
            }
            marked.push(object);
        }
        objects.extend(markings.into_iter().map(stix::marking::Predefined::object));
        objects.extend(marked);
        let mut seen = HashSet::new();
        objects.retain(|object| seen.insert(object.get("id").and_then(Json::as_text).map(str::to_owned)));
        objects
    }
}

/// An object that is there only if a field says so is not made by the others that stand on it: a number of
/// persons alone does not say that personal data are concerned.
fn is_borne_out(row: &Row, values: &Values) -> bool {
    let (key, _) = row.place();
    let presence = |other: &&Row| other.shape == Shape::Presence && other.place().0 == key;
    let presence = Table::own().rows.iter().find(presence);
    presence.is_none_or(|other| values.get(&other.field) == Some(&Json::Bool(true)))
}

fn id_of_reporter(incident: &str) -> String {
    id(incident, "identity", "reporter")
}

fn new_type(definition: &'static str) -> Json<'static> {
    Json::object([(definition, Json::object([("extension_type", text("new-sdo"))]))])
}

/// What an object of the table says of itself.
fn fixed(thing: &Thing) -> Json<'static> {
    let mut object = Json::Object(Vec::new());
    for (path, value) in thing.known_by.iter().chain(&thing.fixed) {
        put(&mut object, &path.split('/').collect::<Vec<_>>(), constant(value));
    }
    let definition = match thing.kind.as_str() {
        "event" => EVENT,
        "impact" => IMPACT,
        "task" => TASK,
        _ => return object,
    };
    put(&mut object, &["extensions", definition, "extension_type"], text("new-sdo"));
    object
}
