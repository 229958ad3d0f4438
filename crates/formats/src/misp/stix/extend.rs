//! Writes what STIX cannot say into our extension: builds the event back from the bundle, and keeps where it
//! differs from the one that was given.

use std::collections::{HashMap, HashSet};

use super::{
    back::{self, Bundle, Plain, Stands},
    ids, object, patch,
    writer::Part,
};
use crate::{
    Json, Member,
    misp::{Event, types::lenient},
    stix::extension,
};

/// Adds the extension to the objects of a bundle, where it is needed, and what defines it.
pub fn extend<'e>(
    event: &'e Event<'e>,
    mut objects: Vec<Json<'e>>,
    parts: &[(usize, Part)],
    report: &str,
) -> Vec<Json<'e>> {
    let found = differences(event, &objects, parts, report);
    if found.is_empty() {
        return objects;
    }
    for (at, mut own) in found {
        own.insert(0, member("extension_type", Json::text("property-extension")));
        let extension = Json::Object(vec![member(ids::EXTENSION, Json::Object(own))]);
        if let Some(Json::Object(members)) = objects.get_mut(at) {
            members.push(member("extensions", extension));
        }
    }
    objects.extend(extension::misp_definition());
    objects
}

fn member<'e>(name: &'static str, value: Json<'e>) -> Member<'e> {
    Member { name: name.into(), value }
}

/// What differs, by the index of the object that stands for the part.
fn differences<'e>(
    event: &'e Event<'e>,
    objects: &[Json<'_>],
    parts: &[(usize, Part)],
    report: &str,
) -> Vec<(usize, Vec<Member<'e>>)> {
    let nothing = Json::Null;
    let bundle = Bundle::of(&nothing, objects);
    let mut taken = bundle.blank();
    let Plain { event: plain, parts: stands, .. } =
        back::plain(&bundle, bundle.get(report), None, &mut taken);
    let mut standing: HashMap<usize, Stands<'_>> =
        stands.into_iter().filter_map(|(object, stands)| Some((bundle.place_of(object)?, stands))).collect();
    let mut whole = Whole::new(event);
    let mut found = Vec::new();
    for (at, part) in parts {
        found.extend(whole.part(*part, standing.remove(at)).map(|own| (*at, own)));
    }
    let own = whole.done(&plain);
    if !own.is_empty()
        && let Some(at) = bundle.get(report).and_then(|report| bundle.place_of(report))
    {
        found.push((at, own));
    }
    found
}

/// The event that was given, part by part.
struct Whole<'w> {
    event: &'w Event<'w>,
    all: object::All<'w>,
    attributes: &'w [Json<'w>],
    objects: &'w [Json<'w>],
    /// Objects in the order in which they are read back.
    order: Vec<usize>,
    known: HashSet<usize>,
    /// Attributes that nothing stands for.
    missing: Vec<usize>,
}

impl<'w> Whole<'w> {
    fn new(event: &'w Event<'w>) -> Self {
        Self {
            event,
            all: object::All::of(event),
            attributes: lenient::list(event.json(), "Attribute"),
            objects: lenient::list(event.json(), "Object"),
            order: Vec::new(),
            known: HashSet::new(),
            missing: Vec::new(),
        }
    }

    fn part(&mut self, part: Part, stands: Option<Stands<'_>>) -> Option<Vec<Member<'w>>> {
        match (part, stands) {
            (Part::Attribute(at), Some(Stands::Attribute(plain))) => {
                let change = change("Attribute", &plain, self.attributes.get(at)?)?;
                Some(vec![member(back::PART, change)])
            }
            (Part::Object(at), Some(Stands::Objects(family))) => self.family(at, &family),
            (Part::Attribute(at), Some(Stands::Objects(_)) | None) => {
                self.missing.push(at);
                None
            }
            (Part::Object(_), Some(Stands::Attribute(_)) | None) => None,
        }
    }

    /// The objects that are read back from where one stands.
    fn family(&mut self, at: usize, plain: &[Json<'_>]) -> Option<Vec<Member<'w>>> {
        let relatives = object::family(&self.all, at);
        let mut real =
            relatives.into_iter().filter(|at| self.known.insert(*at)).collect::<Vec<_>>().into_iter();
        let mut entries = Vec::new();
        let mut is_same = true;
        for plain in plain {
            let Some(at) = real.next() else {
                entries.push(Json::object([("gone", Json::Bool(true))]));
                is_same = false;
                continue;
            };
            self.order.push(at);
            let change = self.objects.get(at).and_then(|real| change("Object", plain, real));
            is_same &= change.is_none();
            entries
                .push(change.map_or_else(|| Json::object([]), |change| Json::object([("change", change)])));
        }
        for at in real {
            self.order.push(at);
            is_same = false;
            entries.extend(self.objects.get(at).map(|real| Json::object([("whole", real.clone())])));
        }
        if is_same { None } else { Some(vec![member(back::FAMILY, Json::List(entries))]) }
    }

    /// What is left for the report to carry.
    fn done(mut self, plain: &Json<'_>) -> Vec<Member<'w>> {
        let mut own = Vec::new();
        let kept = |member: &&Member<'w>| {
            !matches!(member.name.as_ref(), "Attribute" | "Object")
                || member.value.as_list().is_none_or(<[Json<'_>]>::is_empty)
        };
        let head = self.event.json().as_object().unwrap_or_default().iter().filter(kept).cloned().collect();
        if let Some(change) = change("Event", plain, &Json::Object(head)) {
            own.push(member(back::PART, change));
        }
        let lost: Vec<usize> = (0..self.objects.len()).filter(|at| !self.known.contains(at)).collect();
        let more: Vec<Member<'w>> = [
            ("Attribute", self.attributes, std::mem::take(&mut self.missing)),
            ("Object", self.objects, lost.clone()),
        ]
        .into_iter()
        .filter(|(_, _, places)| !places.is_empty())
        .map(|(name, items, places)| member(name, at_places(items, &places)))
        .collect();
        if !more.is_empty() {
            own.push(member(back::MORE, Json::Object(more)));
        }
        if lost.is_empty() && !self.order.is_sorted() {
            let uuids = self.objects.iter().filter_map(|object| lenient::text(object, "uuid"));
            own.push(member(
                back::ORDER,
                Json::List(uuids.map(|uuid| Json::text(uuid.to_owned())).collect()),
            ));
        }
        own
    }
}

fn at_places<'e>(items: &[Json<'e>], places: &[usize]) -> Json<'e> {
    let entry =
        |at: &usize| Some(Json::List(vec![Json::Number(at.to_string().into()), items.get(*at)?.clone()]));
    Json::List(places.iter().filter_map(entry).collect())
}

fn change<'e>(name: &str, plain: &Json<'_>, real: &Json<'e>) -> Option<Json<'e>> {
    if real.as_object().is_none() {
        return Some(Json::object([(patch::WHOLE, real.clone())]));
    }
    patch::difference(name, plain, real)
}
