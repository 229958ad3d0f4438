//! STIX 2.1 bundles to events.
//!
//! Bundles of MISP are known by their labels and read part by part; of others, each indicator, observable and
//! concept becomes what it is closest to. What our extension holds is applied last. What finds no place is named.

mod acs;
mod attribute;
mod bundle;
mod cluster;
mod context;
mod foreign;
mod form;
mod losses;
mod object;
mod pattern;
mod single;
mod ties;

use std::collections::HashMap;

use super::{ids, marking, patch};
use crate::{
    Json, Loss, Member, Reading,
    misp::{Event, time},
};
pub use bundle::Bundle;

/// The member of our extension that holds the differences of a part.
pub const PART: &str = "misp_difference";
/// The member that holds the differences of the objects that one STIX object stands for.
pub const FAMILY: &str = "misp_objects";
/// The members that hold the order of objects, and what no STIX object stands for.
pub const ORDER: &str = "misp_order";
pub const MORE: &str = "misp_more";

/// What a STIX object stands for.
#[derive(Debug)]
pub enum Stands<'b> {
    Attribute(Json<'b>),
    Objects(Vec<Json<'b>>),
}

/// An event as its STIX objects have it, part by part.
#[derive(Debug)]
pub struct Plain<'b> {
    /// The event without attributes and objects.
    pub event: Json<'b>,
    /// The report or grouping.
    pub report: Option<&'b Json<'b>>,
    /// The objects that it is made of, where these are not all of the bundle.
    pub only: Option<Vec<&'b Json<'b>>>,
    /// The parts, each with the STIX object that stands for it, in the order of the bundle.
    pub parts: Vec<(&'b Json<'b>, Stands<'b>)>,
    pub losses: Vec<Loss>,
    /// Objects of others that became parts.
    pub foreign: Vec<&'b Json<'b>>,
}

/// The events of a bundle: one for each report or grouping, or one for all.
#[must_use]
pub fn read<'b>(json: &'b Json<'b>) -> Reading<Event<'b>> {
    let bundle = Bundle::new(json);
    let mut reading = Reading::default();
    let mut taken = bundle.blank();
    let reports: Vec<&'b Json<'b>> = bundle.reports().collect();
    let markings = acs::all(&bundle);
    match reports.as_slice() {
        [] | [_] => {
            let mut plain = plain(&bundle, reports.first().copied(), None, &mut taken);
            acs::mark(&bundle, &markings, &mut plain, &mut taken);
            push(&mut reading, &bundle, plain);
        }
        several => {
            for report in several {
                let refs = bundle.refs(report, "object_refs").collect();
                let mut plain = plain(&bundle, Some(report), Some(refs), &mut taken);
                acs::mark(&bundle, &markings, &mut plain, &mut taken);
                push(&mut reading, &bundle, plain);
            }
        }
    }
    reading.losses.extend(bundle.left(&taken));
    reading
}

fn push<'b>(reading: &mut Reading<Event<'b>>, bundle: &Bundle<'b>, mut plain: Plain<'b>) {
    reading.losses.append(&mut plain.losses);
    let foreign = std::mem::take(&mut plain.foreign);
    // What our extension wrote comes back as it was, doubled or not, tied or not.
    let is_ours = bundle.get(ids::EXTENSION).is_some();
    if !is_ours {
        ties::tie(&mut plain.parts);
    }
    let mut event = whole(plain);
    if !is_ours {
        single::identifiers(&mut event);
    }
    reading.losses.extend(losses::named(bundle, &foreign, &event));
    reading.items.extend(Event::new(event));
}

/// Reads the parts of an event, without what our extension says.
pub fn plain<'b>(
    bundle: &Bundle<'b>,
    report: Option<&'b Json<'b>>,
    only: Option<Vec<&'b Json<'b>>>,
    taken: &mut bundle::Taken,
) -> Plain<'b> {
    let mut reader = Reader {
        bundle,
        taken,
        parts: Vec::new(),
        losses: Vec::new(),
        foreign: Vec::new(),
        members: Vec::new(),
        standing: HashMap::new(),
    };
    reader.head(report);
    let is_whole = only.is_none();
    let objects = only.unwrap_or_else(|| bundle.objects().collect());
    for object in &objects {
        reader.one(object);
    }
    reader.leftovers(&objects);
    reader.links(&objects);
    reader.tail(report);
    Plain {
        event: Json::Object(reader.members),
        report,
        only: (!is_whole).then_some(objects),
        parts: reader.parts,
        losses: reader.losses,
        foreign: reader.foreign,
    }
}

/// The event with its parts, and what our extension says of them.
pub fn whole<'b>(plain: Plain<'b>) -> Json<'b> {
    let Plain { event, report, parts, .. } = plain;
    let mut attributes = Vec::new();
    let mut objects = Vec::new();
    for (stands_for, stands) in parts {
        let extension = extension(stands_for);
        match stands {
            Stands::Attribute(attribute) => attributes.push(match extension.and_then(|own| own.get(PART)) {
                Some(change) => patch::apply("Attribute", attribute, change),
                None => attribute,
            }),
            Stands::Objects(family) => {
                match extension.and_then(|own| own.get(FAMILY)).and_then(Json::as_list) {
                    Some(entries) => objects.extend(relatives(family, entries)),
                    None => objects.extend(family),
                }
            }
        }
    }
    let own = report.and_then(extension);
    let event = match own.and_then(|own| own.get(PART)) {
        Some(change) => patch::apply("Event", event, change),
        None => event,
    };
    let Json::Object(mut members) = event else { return event };
    if let Some(own) = own {
        more(own, "Attribute", &mut attributes);
        more(own, "Object", &mut objects);
        in_order(own, &mut objects);
    }
    for (name, items) in [("Attribute", attributes), ("Object", objects)] {
        if !items.is_empty() {
            members.retain(|member| member.name != name);
            members.push(Member { name: name.into(), value: Json::List(items) });
        }
    }
    Json::Object(members)
}

/// Objects that one STIX object stands for, each with its difference.
fn relatives<'b>(family: Vec<Json<'b>>, entries: &[Json<'b>]) -> Vec<Json<'b>> {
    let mut entries = entries.iter();
    let mut found = Vec::with_capacity(family.len());
    for object in family {
        let Some(entry) = entries.next() else {
            found.push(object);
            continue;
        };
        if let Some(change) = entry.get("change") {
            found.push(patch::apply("Object", object, change));
        } else if entry.get("whole").is_some() || entry.get("gone").is_some() {
            found.extend(entry.get("whole").cloned());
        } else {
            found.push(object);
        }
    }
    found.extend(entries.filter_map(|entry| entry.get("whole").cloned()));
    found
}

/// What no STIX object stands for, at its place.
fn more<'b>(own: &Json<'b>, name: &str, items: &mut Vec<Json<'b>>) {
    let entries = own.get(MORE).and_then(|more| more.get(name)).and_then(Json::as_list).unwrap_or_default();
    for entry in entries {
        let Some([Json::Number(at), whole]) = entry.as_list() else { continue };
        let at = at.parse::<usize>().unwrap_or(usize::MAX).min(items.len());
        items.insert(at, whole.clone());
    }
}

fn in_order(own: &Json<'_>, objects: &mut [Json<'_>]) {
    let Some(order) = own.get(ORDER).and_then(Json::as_list) else { return };
    let places: HashMap<&str, usize> =
        order.iter().enumerate().filter_map(|(at, uuid)| Some((uuid.as_text()?, at))).collect();
    objects.sort_by_key(|object| {
        object
            .get("uuid")
            .and_then(Json::as_text)
            .and_then(|uuid| places.get(uuid))
            .copied()
            .unwrap_or(usize::MAX)
    });
}

/// What our extension says on this object.
pub fn extension<'b>(object: &'b Json<'b>) -> Option<&'b Json<'b>> {
    object.get("extensions")?.get(ids::EXTENSION)
}

/// The parts of an event, as they are found.
pub struct Reader<'b, 'r> {
    bundle: &'r Bundle<'b>,
    taken: &'r mut bundle::Taken,
    parts: Vec<(&'b Json<'b>, Stands<'b>)>,
    losses: Vec<Loss>,
    foreign: Vec<&'b Json<'b>>,
    /// Members of the event.
    members: Vec<Member<'b>>,
    /// Which part an object of the bundle belongs to.
    standing: HashMap<&'b str, usize>,
}

impl<'b> Reader<'b, '_> {
    fn put(&mut self, name: &'static str, value: Json<'b>) {
        self.members.push(Member { name: name.into(), value });
    }

    /// Adds to a list of the event.
    fn add(&mut self, name: &'static str, item: Json<'b>) {
        push_to(&mut self.members, name, item);
    }

    /// What the report says of the event.
    fn head(&mut self, report: Option<&'b Json<'b>>) {
        let Some(report) = report else {
            self.made_up();
            return;
        };
        self.taken.take(report);
        let id = text(report, "id").unwrap_or_default();
        self.put("uuid", Json::text(self.bundle.uuid_of(id)));
        self.put("info", Json::text(text(report, "name").unwrap_or("unknown")));
        if let Some(created) = text(report, "created").and_then(time::seconds) {
            self.put("date", Json::text(time::day_of(created)));
        }
        if let Some(seconds) = seconds(report, "modified") {
            self.put("timestamp", Json::text(seconds));
        }
        let is_published = text(report, "type") == Some("report");
        self.put("published", Json::Bool(is_published));
        if is_published && let Some(seconds) = seconds(report, "published") {
            self.put("publish_timestamp", Json::text(seconds));
        }
        self.put("distribution", Json::text("0"));
        if let Some(creator) = self.bundle.referred(report, "created_by_ref") {
            self.taken.take(creator);
            self.put("Orgc", self.organisation(creator));
        }
    }

    /// Of a bundle without a report, the first object with a time says when.
    fn made_up(&mut self) {
        let uuid = ids::uuid_of(self.bundle.id());
        self.put(
            "uuid",
            Json::text(if ids::is_fit(uuid) { uuid.to_owned() } else { ids::of_text(self.bundle.id()) }),
        );
        self.put("info", Json::text(format!("STIX 2.1 bundle {uuid}")));
        let made =
            self.bundle.objects().filter_map(|object| text(object, "modified").and_then(time::seconds)).max();
        self.put("date", Json::text(time::day_of(made.unwrap_or_default())));
        self.put("timestamp", Json::text(made.unwrap_or_default().to_string()));
        self.put("published", Json::Bool(false));
        self.put("distribution", Json::text("0"));
    }

    fn organisation(&self, identity: &'b Json<'b>) -> Json<'b> {
        let id = text(identity, "id").unwrap_or_default();
        Json::object([
            ("uuid", Json::text(self.bundle.uuid_of(id))),
            ("name", Json::text(text(identity, "name").unwrap_or("unknown"))),
        ])
    }

    /// Tags of the whole.
    fn tail(&mut self, report: Option<&'b Json<'b>>) {
        let Some(report) = report else { return };
        for tag in tags(report) {
            self.add("Tag", tag);
        }
        if let Some(description) = text(report, "description") {
            self.described(report, description);
        }
    }

    /// The description of a report of others is a report in MISP too.
    fn described(&mut self, report: &'b Json<'b>, description: &'b str) {
        let id = text(report, "id").unwrap_or_default();
        let uuid = ids::of_text(&format!("description {id}"));
        self.add(
            "EventReport",
            Json::object([
                ("uuid", Json::text(uuid)),
                ("name", Json::text(text(report, "name").unwrap_or("Description"))),
                ("content", Json::text(description)),
                ("timestamp", Json::text(seconds(report, "modified").unwrap_or_default())),
            ]),
        );
    }

    /// Takes one object up, by what it is.
    fn one(&mut self, object: &'b Json<'b>) {
        let kind = text(object, "type").unwrap_or_default();
        if self.taken.is_taken(object) {
            return;
        }
        if self.is_part(object, kind) {
            return;
        }
        let label = |name: &str| labelled(object, name).is_some();
        match kind {
            _ if label("galaxy-type") || kind == "x-misp-galaxy-cluster" => self.taken.take(object),
            "note" | "opinion" => self.note(object, kind),
            "marking-definition" if text(object, "id").and_then(marking::to_tag).is_some() => {
                self.taken.take(object)
            }
            "extension-definition" if text(object, "id") == Some(ids::EXTENSION) => self.taken.take(object),
            "identity" if text(object, "id") == Some(ids::AUTHOR) => self.taken.take(object),
            "relationship" | "sighting" | "report" | "grouping" => {}
            _ if self.is_double(object) => self.taken.take(object),
            _ => {
                self.foreign(object, kind);
                if self.taken.is_taken(object) {
                    self.foreign.push(object);
                }
            }
        }
    }

    /// Whether references to its identifier lead to another object, which is a part already: so it is where two
    /// parts of an event have one UUID.
    fn is_double(&self, object: &'b Json<'b>) -> bool {
        let other = text(object, "id").and_then(|id| self.bundle.get(id));
        other.is_some_and(|other| {
            let says_more = other != object && self.bundle.get(ids::EXTENSION).is_none();
            !std::ptr::eq(other, object) && self.taken.is_taken(other) && !says_more
        })
    }

    /// Parts that bundles of MISP name by their labels.
    fn is_part(&mut self, object: &'b Json<'b>, kind: &str) -> bool {
        let stands = if kind == "x-misp-attribute" {
            Some(Stands::Attribute(attribute::custom(object)))
        } else if kind == "x-misp-object" {
            Some(Stands::Objects(vec![object::custom(object)]))
        } else if let Some(attribute_kind) = labelled(object, "type") {
            self.attribute(object, kind, attribute_kind).map(Stands::Attribute)
        } else if let Some(name) = labelled(object, "name") {
            self.objects(object, kind, name).map(Stands::Objects)
        } else {
            None
        };
        let Some(stands) = stands else { return self.taken.is_taken(object) };
        self.stand(object, stands);
        true
    }

    /// Names what did not come over of an object.
    fn lose(&mut self, object: &'b Json<'b>, why: &str) {
        let at = self.bundle.place_of(object).unwrap_or_default().to_string();
        self.losses.push(Loss {
            pointer: crate::pointer::of(&["objects", &at]),
            what: text(object, "id").unwrap_or("an object").to_owned(),
            why: why.to_owned(),
        });
    }

    fn stand(&mut self, object: &'b Json<'b>, stands: Stands<'b>) {
        self.taken.take(object);
        if let Some(id) = text(object, "id") {
            self.standing.insert(id, self.parts.len());
        }
        self.parts.push((object, stands));
    }
}

/// Adds to a list among the members.
pub fn push_to<'b>(members: &mut Vec<Member<'b>>, name: &'static str, item: Json<'b>) {
    if let Some(Json::List(items)) =
        members.iter_mut().find(|member| member.name == name).map(|member| &mut member.value)
    {
        items.push(item);
        return;
    }
    members.push(Member { name: name.into(), value: Json::List(vec![item]) });
}

/// A text of an object.
pub fn text<'b>(object: &'b Json<'b>, name: &str) -> Option<&'b str> {
    object.get(name).and_then(Json::as_text)
}

/// A time of an object, as MISP writes it.
pub fn seconds(object: &Json<'_>, name: &str) -> Option<String> {
    object.get(name).and_then(Json::as_text).and_then(time::seconds).map(|seconds| seconds.to_string())
}

/// The value of a label `misp:NAME="VALUE"`.
pub fn labelled<'b>(object: &'b Json<'b>, name: &str) -> Option<&'b str> {
    let labels = object.get("labels").and_then(Json::as_list)?;
    labels.iter().filter_map(Json::as_text).find_map(|label| {
        label.strip_prefix("misp:")?.strip_prefix(name)?.strip_prefix("=\"")?.strip_suffix('"')
    })
}

/// The tags that the labels and markings of an object are.
pub fn tags<'b>(object: &'b Json<'b>) -> Vec<Json<'b>> {
    let mut names: Vec<&'b str> = Vec::new();
    for id in list(object, "object_marking_refs").iter().filter_map(Json::as_text) {
        names.extend(marking::to_tag(id));
    }
    names.extend(list(object, "labels").iter().filter_map(Json::as_text).filter(|label| !is_own(label)));
    names.into_iter().map(|name| Json::object([("name", Json::text(name))])).collect()
}

fn list<'b>(object: &'b Json<'b>, name: &str) -> &'b [Json<'b>] {
    object.get(name).and_then(Json::as_list).unwrap_or_default()
}

/// Labels that are no tags.
fn is_own(label: &str) -> bool {
    const OWN: [&str; 11] = [
        "misp:type=",
        "misp:category=",
        "misp:to_ids=",
        "misp:name=",
        "misp:meta-category=",
        "misp:tool=\"MISP-STIX",
        "misp:galaxy-name=",
        "misp:galaxy-type=",
        "misp:data-layer=",
        "misp:context-layer=",
        "Threat-Report",
    ];
    OWN.iter().any(|own| label.starts_with(own))
}
