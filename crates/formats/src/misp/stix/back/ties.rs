//! What holds what: references of MISP for what STIX says by the place of a part or by a property.

use std::collections::{HashMap, HashSet};

use super::{Stands, push_to, text};
use crate::{Json, misp::stix::ids};

/// Ties objects that are written into one another, and observables that refer to others.
pub fn tie<'b>(parts: &mut [(&'b Json<'b>, Stands<'b>)]) {
    let mut places: HashMap<&'b str, usize> = HashMap::new();
    for (at, (object, _)) in parts.iter().enumerate() {
        places.extend(text(object, "id").map(|id| (id, at)));
    }
    let mut ties: Vec<Tie<'b>> = parts.iter().flat_map(|(object, _)| of(object)).collect();
    let mut known = HashSet::new();
    ties.retain(|tie| known.insert((tie.from, tie.relation, tie.to)));
    for Tie { from, relation, to } in ties {
        let target = places.get(to).and_then(|at| uuid_of(first(&parts.get(*at)?.1)?)).map(str::to_owned);
        let holder = places.get(from).and_then(|at| parts.get_mut(*at)).map(|(_, stands)| stands);
        if let (Some(target), Some(Stands::Objects(family))) = (target, holder)
            && let Some(holder) = family.first_mut()
        {
            refer(holder, relation, &target);
        }
    }
    for (_, stands) in parts {
        if let Stands::Objects(family) = stands {
            within(family);
        }
    }
}

/// From one observable to another.
struct Tie<'b> {
    from: &'b str,
    relation: &'static str,
    to: &'b str,
}

fn first<'s, 'b>(stands: &'s Stands<'b>) -> Option<&'s Json<'b>> {
    match stands {
        Stands::Attribute(attribute) => Some(attribute),
        Stands::Objects(family) => family.first(),
    }
}

fn uuid_of<'j>(part: &'j Json<'_>) -> Option<&'j str> {
    part.get("uuid").and_then(Json::as_text)
}

/// What an observable is tied to: its directory, its content, what it contains.
fn of<'b>(object: &'b Json<'b>) -> Vec<Tie<'b>> {
    let Some(id) = text(object, "id") else { return Vec::new() };
    let list = |json: Option<&'b Json<'b>>| json.and_then(Json::as_list).unwrap_or_default().iter();
    let contains = |to: &'b Json<'b>| Some(Tie { from: id, relation: "contains", to: to.as_text()? });
    match text(object, "type") {
        Some("file") => {
            let archive = object.get("extensions").and_then(|extensions| extensions.get("archive-ext"));
            let directory = text(object, "parent_directory_ref");
            let directory = directory.map(|to| Tie { from: id, relation: "contained-in", to });
            let content = text(object, "content_ref");
            let content = content.map(|from| Tie { from, relation: "content-of", to: id });
            let contained = list(archive.and_then(|archive| archive.get("contains_refs")));
            directory.into_iter().chain(content).chain(contained.filter_map(contains)).collect()
        }
        Some("email-message") => {
            let bodies = list(object.get("body_multipart")).filter_map(|part| part.get("body_raw_ref"));
            bodies.filter_map(contains).collect()
        }
        Some(_) | None => Vec::new(),
    }
}

/// An executable in its file, sections in their executable, values in their key.
fn within(family: &mut [Json<'_>]) {
    let named = |object: &Json<'_>, name: &str| object.get("name").and_then(Json::as_text) == Some(name);
    let Some((holder, inner)) = family.split_first_mut() else { return };
    let relation = if named(holder, "registry-key") { "contains" } else { "includes" };
    if let Some((executable, sections)) =
        inner.split_first_mut().filter(|(executable, _)| named(executable, "pe"))
    {
        let uuid = uuid_of(executable).unwrap_or_default().to_owned();
        refer(holder, relation, &uuid);
        each(executable, sections, relation);
        return;
    }
    each(holder, inner, relation);
}

fn each(holder: &mut Json<'_>, inner: &[Json<'_>], relation: &'static str) {
    for uuid in inner.iter().filter_map(uuid_of) {
        refer(holder, relation, uuid);
    }
}

fn refer(holder: &mut Json<'_>, relation: &'static str, target: &str) {
    let source = uuid_of(holder).unwrap_or_default().to_owned();
    let Json::Object(members) = holder else { return };
    let reference = [
        ("uuid", ids::of_text(&format!("{source} {relation} {target}"))),
        ("object_uuid", source),
        ("referenced_uuid", target.to_owned()),
        ("relationship_type", relation.to_owned()),
    ];
    let reference = Json::object(reference.map(|(name, text)| (name, Json::text(text))));
    push_to(members, "ObjectReference", reference);
}
