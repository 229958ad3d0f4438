//! Access control markings (ACS 3.0): clusters of a galaxy, tied to the event and to what they mark.

use std::collections::{HashMap, HashSet};

use super::{Bundle, Plain, attribute::member, bundle::Taken, cluster, push_to, text};
use crate::{
    Json, Member,
    misp::stix::{ids, value},
};

const EXTENSION: &str = "extension-definition--3a65884d-005a-4290-8335-cb2d778a83ce";
const GALAXY: &str = "stix-2.1-acs-marking";

/// What a marking definition says of access, if it is of this kind.
pub fn access<'b>(marking: &'b Json<'b>) -> Option<&'b Json<'b>> {
    marking.get("extensions")?.get(EXTENSION)
}

/// The markings of a bundle.
pub fn all<'b>(bundle: &Bundle<'b>) -> Vec<&'b Json<'b>> {
    bundle.objects().filter(|object| access(object).is_some()).collect()
}

/// Adds markings to an event: all when the event is the only one, else those that mark any of its objects.
pub fn mark<'b>(bundle: &Bundle<'b>, markings: &[&'b Json<'b>], plain: &mut Plain<'b>, taken: &mut Taken) {
    if markings.is_empty() {
        return;
    }
    let marked = marked(bundle, plain);
    let is_only = plain.only.is_none();
    for marking in markings {
        let id = text(marking, "id").unwrap_or_default();
        let parts = marked.get(id);
        let Some((galaxy, tag)) = as_cluster(bundle, marking).filter(|_| is_only || parts.is_some()) else {
            continue;
        };
        taken.take(marking);
        plain.foreign.push(marking);
        if let Json::Object(members) = &mut plain.event {
            add(members, &galaxy, &tag);
        }
        for (_, stands) in plain.parts.iter_mut().filter(|(object, _)| {
            let id = text(object, "id");
            parts.zip(id).is_some_and(|(parts, id)| parts.contains(id))
        }) {
            if let Some(members) = stands.tagged() {
                add(members, &galaxy, &tag);
            }
        }
    }
}

/// What each marking marks, by identifier: observed data mark their observables.
fn marked<'b>(bundle: &Bundle<'b>, plain: &Plain<'b>) -> HashMap<&'b str, HashSet<&'b str>> {
    let parts = plain.parts.iter().map(|(object, _)| *object);
    let within: Vec<&'b Json<'b>> = match &plain.only {
        Some(objects) => objects.iter().copied().chain(plain.report).chain(parts).collect(),
        None => bundle.objects().collect(),
    };
    let texts = |object: &'b Json<'b>, name: &str| {
        object.get(name).and_then(Json::as_list).unwrap_or_default().iter().filter_map(Json::as_text)
    };
    let mut found: HashMap<&'b str, HashSet<&'b str>> = HashMap::new();
    for object in within {
        for marking in texts(object, "object_marking_refs") {
            let known = found.entry(marking).or_default();
            known.extend(text(object, "id"));
            if text(object, "type") == Some("observed-data") {
                known.extend(texts(object, "object_refs"));
            }
        }
    }
    found
}

fn add<'b>(members: &mut Vec<Member<'b>>, galaxy: &Json<'b>, tag: &Json<'b>) {
    cluster::join(members, GALAXY, galaxy.clone());
    push_to(members, "Tag", tag.clone());
}

/// The galaxy with the one cluster, and the tag that links it.
fn as_cluster<'b>(bundle: &Bundle<'b>, marking: &'b Json<'b>) -> Option<(Json<'b>, Json<'b>)> {
    let access = access(marking)?;
    let id = text(marking, "id")?;
    let name = text(access, "name").or_else(|| text(marking, "name"));
    let name = name.or_else(|| text(access, "identifier")).unwrap_or_else(|| ids::uuid_of(id));
    let tag = format!("misp-galaxy:{GALAXY}=\"{name}\"");
    let mut meta = Vec::new();
    for own in access.as_object().unwrap_or_default().iter().filter(|own| own.name != "extension_type") {
        flat(own.name.to_string(), &own.value, &mut meta);
    }
    let meta = meta.into_iter().map(|(name, value)| Member { name: name.into(), value }).collect();
    let cluster = Json::Object(vec![
        member("uuid", Json::text(bundle.uuid_of(id))),
        member("type", Json::text(GALAXY)),
        member("value", Json::text(name)),
        member("tag_name", Json::text(tag.clone())),
        member("meta", Json::Object(meta)),
    ]);
    let galaxy = Json::object([
        ("name", Json::text("STIX 2.1 ACS Marking")),
        ("type", Json::text(GALAXY)),
        ("GalaxyCluster", Json::List(vec![cluster])),
    ]);
    Some((galaxy, Json::object([("name", Json::text(tag))])))
}

/// Meta data have no levels: the names of members are joined, privileges stand by their action.
fn flat<'b>(name: String, json: &'b Json<'b>, found: &mut Vec<(String, Json<'b>)>) {
    match json {
        Json::Object(members) => {
            for member in members {
                flat(format!("{name}.{}", member.name), &member.value, found);
            }
        }
        Json::List(items) if items.iter().all(|item| item.as_object().is_none()) => {
            let texts = items.iter().filter_map(|item| value::to_text("", item)).map(Json::Text).collect();
            found.push((name, Json::List(texts)));
        }
        Json::List(items) => {
            let actions: Vec<Json<'b>> =
                items.iter().filter_map(|item| text(item, "privilege_action")).map(Json::text).collect();
            if !actions.is_empty() {
                found.push((format!("{name}.privilege_action"), Json::List(actions)));
            }
            let mut known = HashSet::new();
            for (nth, item) in items.iter().enumerate() {
                let action = text(item, "privilege_action").filter(|action| known.insert(*action));
                let step = action.map_or_else(|| nth.to_string(), str::to_owned);
                let members = item.as_object().unwrap_or_default().iter();
                for member in members.filter(|member| member.name != "privilege_action") {
                    flat(format!("{name}.{step}.{}", member.name), &member.value, found);
                }
            }
        }
        other => found.extend(value::to_text("", other).map(|text| (name, Json::Text(text)))),
    }
}
