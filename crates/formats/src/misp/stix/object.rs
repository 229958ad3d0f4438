//! Objects to STIX: observables, concepts, rules, or an object of our own.

mod all;
mod concept;
mod mail;
mod network;
mod observable;
mod patterns;

use std::collections::HashSet;

use super::{
    attribute as attributes, context,
    draft::Draft,
    galaxy, table, value,
    writer::{Part, Tagged, Writer},
};
use crate::{
    Json, Member,
    misp::{Attribute, Object, Reference, check, words},
};

pub use all::All;

/// An object on its way.
pub struct One<'e> {
    index: usize,
    object: Object<'e>,
    /// Its attributes, with their roles.
    roles: Vec<(&'e str, Attribute<'e>)>,
    tagged: Tagged<'e>,
    seconds: i64,
}

/// All objects of the event.
pub fn write<'e>(writer: &mut Writer<'e>) {
    let objects = All::of(writer.event);
    let merged = merged(&objects);
    // A note needs what it is on, so annotations come last.
    let is_annotation = |object: &Object<'e>| object.name() == Some("annotation");
    for last in [false, true] {
        for (index, object) in objects.iter().enumerate() {
            if is_annotation(&object) == last && !merged.contains(&index) {
                write_one(writer, index, object, &objects);
            }
        }
    }
    for (index, object) in objects.iter().enumerate() {
        references(writer, object, !merged.contains(&index));
    }
}

fn write_one<'e>(writer: &mut Writer<'e>, index: usize, object: Object<'e>, all: &All<'e>) {
    let seconds = writer.seconds(object.timestamp());
    let galaxies = || object.attributes().flat_map(|attribute| attribute.galaxies().collect::<Vec<_>>());
    let links = galaxy::write(writer, galaxies(), seconds);
    let linked = Writer::linked(galaxies());
    let tags: Vec<_> =
        object.attributes().flat_map(|attribute| attribute.tags().collect::<Vec<_>>()).collect();
    let tagged = writer.tagged(tags.into_iter(), &linked);
    let roles = object.attributes().map(|attribute| (role_of(attribute), attribute)).collect();
    let one = One { index, object, roles, tagged, seconds };
    let first = writer.objects.len();
    let ids = one.write(writer, all);
    for (link, _) in &links {
        galaxy::link(writer, &ids, link, seconds);
    }
    for (_, attribute) in &one.roles {
        context::sightings(writer, attribute.sightings(), &ids);
        context::analyst(writer, [attribute.notes().collect(), attribute.opinions().collect()], &ids);
    }
    context::analyst(writer, [object.notes().collect(), object.opinions().collect()], &ids);
    for (_, attribute) in &one.roles {
        if let Some(uuid) = attribute.uuid() {
            writer.stands_for.entry(uuid).or_insert_with(|| ids.clone());
        }
    }
    writer.stand_for(object.uuid(), Part::Object(index), first, ids);
}

/// The role of an attribute in its object.
pub fn role_of<'e>(attribute: Attribute<'e>) -> &'e str {
    attribute
        .object_relation()
        .filter(|role| !role.is_empty())
        .unwrap_or_else(|| attributes::kind_of(attribute))
}

/// Objects that are written into the one that refers to them: parts of executables, values of keys.
fn merged(objects: &All<'_>) -> HashSet<usize> {
    let mut found = HashSet::new();
    for holder in objects.iter() {
        match holder.name() {
            Some("file") => found.extend(objects.executable_of(holder).map(|(at, _)| at)),
            Some("pe") if objects.is_executable(holder) => {
                found.extend(objects.inner(holder, "pe-section").map(|(at, _)| at));
            }
            Some("registry-key") => {
                found.extend(objects.inner(holder, "registry-key-value").map(|(at, _)| at));
            }
            Some(_) | None => {}
        }
    }
    found
}

/// An object and those that are written into it, in the order in which they are read back.
pub fn family<'e>(all: &All<'e>, at: usize) -> Vec<usize> {
    let mut found = vec![at];
    let Some(one) = all.get(at) else { return found };
    let places = |holder: Object<'e>, name: &str| all.inner(holder, name).map(|(at, _)| at);
    match one.name() {
        Some("file") => {
            if let Some((pe, object)) = all.executable_of(one) {
                found.push(pe);
                found.extend(places(object, "pe-section"));
            }
        }
        Some("pe") if all.is_executable(one) => found.extend(places(one, "pe-section")),
        Some("registry-key") => found.extend(places(one, "registry-key-value")),
        Some(_) | None => {}
    }
    found
}

fn references<'e>(writer: &mut Writer<'e>, object: Object<'e>, is_written: bool) {
    if !is_written {
        return;
    }
    let Some(source) =
        object.uuid().and_then(|uuid| writer.stands_for.get(uuid)).and_then(|ids| ids.first()).cloned()
    else {
        return;
    };
    let found: Vec<Reference<'e>> =
        object.references().filter(|reference| reference.deleted() != Some(true)).collect();
    for reference in found {
        let target = reference
            .referenced_uuid()
            .and_then(|uuid| writer.stands_for.get(uuid))
            .and_then(|ids| ids.first())
            .cloned();
        let (Some(target), Some(relation)) =
            (target, reference.relationship_type().filter(|relation| !relation.is_empty()))
        else {
            continue;
        };
        let seed =
            format!("{source} {relation} {target} {}", reference.referenced_uuid().unwrap_or_default());
        let id = match reference.uuid().filter(|uuid| super::ids::is_fit(uuid)) {
            Some(uuid) => format!("relationship--{uuid}"),
            None => format!("relationship--{}", super::ids::of_text(&seed)),
        };
        let seconds = writer.seconds(reference.timestamp());
        if source != target {
            writer.relation(id, (&source, relation, &target), seconds);
        }
    }
}

impl<'e> One<'e> {
    fn write(&self, writer: &mut Writer<'e>, all: &All<'e>) -> Vec<String> {
        let name = self.object.name().unwrap_or_default();
        let known = match (table::observable(name), table::concept(name), name) {
            (Some(form), _, _) => self.observed(writer, form, all),
            (None, Some(form), _) => self.concept(writer, form),
            (None, None, "script") => self.script(writer),
            (None, None, "annotation") => self.annotation(writer),
            (None, None, _) => None,
        };
        known.unwrap_or_else(|| vec![self.custom(writer)])
    }

    /// The first value of a role.
    fn value(&self, role: &str) -> Option<&'e str> {
        self.values(role).next()
    }

    fn values(&self, role: &str) -> impl Iterator<Item = &'e str> {
        self.roles
            .iter()
            .filter(move |(known, _)| *known == role)
            .filter_map(|(_, attribute)| attribute.value())
            .filter(|value| !value.is_empty())
    }

    fn seed(&self) -> String {
        format!("object {}", self.index)
    }

    fn labels(&self) -> Vec<String> {
        let name = self.object.name().unwrap_or("unknown").replace('|', "-");
        vec![
            format!("misp:name=\"{name}\""),
            format!("misp:meta-category=\"{}\"", self.object.meta_category().unwrap_or("misc")),
        ]
    }

    fn finish(&self, writer: &mut Writer<'e>, mut draft: Draft<'e>, labels: Vec<String>) {
        if self.object.deleted() == Some(true) {
            draft.put("revoked", Json::Bool(true));
        }
        writer.tag(&mut draft, labels, &self.tagged);
        writer.objects.push(draft.done());
    }

    fn comment(&self) -> Option<&'e str> {
        self.object.comment().filter(|comment| !comment.is_empty())
    }

    /// What STIX has no place for.
    fn custom(&self, writer: &mut Writer<'e>) -> String {
        let id = writer.claim("x-misp-object", self.object.uuid(), &self.seed());
        let mut draft = writer.draft("x-misp-object", id.clone(), self.seconds);
        let items: Vec<Json<'e>> =
            self.roles.iter().map(|(role, attribute)| self.in_custom(role, *attribute)).collect();
        if !items.is_empty() {
            draft.put("x_misp_attributes", Json::List(items));
        }
        if let Some(comment) = self.comment() {
            draft.text("x_misp_comment", comment);
        }
        draft.text("x_misp_meta_category", self.object.meta_category().unwrap_or("misc"));
        draft.text("x_misp_name", self.object.name().unwrap_or("unknown"));
        let labels = self.labels();
        self.finish(writer, draft, labels);
        id
    }

    /// An attribute as our own object holds it.
    fn in_custom(&self, role: &'e str, attribute: Attribute<'e>) -> Json<'e> {
        let kind = self.kind_of(role, attribute);
        let named = attribute.category().filter(|category| !category.is_empty());
        let category = named.or_else(|| words::default_category(kind)).unwrap_or("Other");
        let mut members = vec![
            ("type", kind),
            ("object_relation", role),
            ("value", attribute.value().unwrap_or_default()),
            ("category", category),
        ];
        members.extend(attribute.uuid().map(|uuid| ("uuid", uuid)));
        members.extend(
            attribute.comment().filter(|comment| !comment.is_empty()).map(|comment| ("comment", comment)),
        );
        members.extend(attribute.data().map(|data| ("data", data)));
        let mut members: Vec<Member<'e>> = members
            .into_iter()
            .map(|(name, text)| Member { name: name.into(), value: Json::text(text) })
            .collect();
        if attributes::to_ids(attribute) {
            members.push(Member { name: "to_ids".into(), value: Json::Bool(true) });
        }
        Json::Object(members)
    }

    /// The type of an attribute; where it has none, its role may tell, and that of an identifier the object.
    fn kind_of(&self, role: &str, attribute: Attribute<'e>) -> &'e str {
        attribute.kind().filter(|kind| !kind.is_empty()).unwrap_or_else(|| {
            let value = attribute.value().unwrap_or_default();
            let told = if role == "id" { self.object.name().unwrap_or_default() } else { role };
            words::known(told).filter(|kind| check::flaw(kind, value).is_none()).unwrap_or("text")
        })
    }

    /// Roles without a property of their own, as properties of ours.
    fn customs(&self, left: &[(&'e str, Attribute<'e>)]) -> Vec<Member<'e>> {
        let mut found: Vec<(String, Vec<Json<'e>>)> = Vec::new();
        for (role, attribute) in left {
            let Some(value) = custom_value(*attribute) else { continue };
            let name = value::custom(role);
            match found.iter_mut().find(|(known, _)| *known == name) {
                Some((_, values)) => values.push(value),
                None => found.push((name, vec![value])),
            }
        }
        let single = |mut values: Vec<Json<'e>>| match (values.len(), values.pop()) {
            (1, Some(value)) => value,
            (_, Some(last)) => {
                values.push(last);
                Json::List(values)
            }
            (_, None) => Json::Null,
        };
        found.into_iter().map(|(name, values)| Member { name: name.into(), value: single(values) }).collect()
    }
}

/// An attribute as our own property holds it.
fn custom_value<'e>(attribute: Attribute<'e>) -> Option<Json<'e>> {
    let value = attribute.value()?;
    if let Some(data) = attribute.data() {
        return Some(Json::object([("value", Json::text(value)), ("data", Json::text(data))]));
    }
    let truth = if attribute.kind() == Some("boolean") { value::truth(value) } else { None };
    Some(truth.map_or_else(|| Json::text(value), Json::Bool))
}
