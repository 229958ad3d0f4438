//! What objects of others say that did not come over, member by member.

use std::collections::HashSet;

use super::{
    Bundle, acs,
    pattern::{Tests, time_of},
};
use crate::{Json, Loss, Member, misp::stix::marking, pointer};

/// Members that an event says in its own way, or that say nothing beyond the object itself.
const SAID: [&str; 23] = [
    "identity_class",
    "type",
    "spec_version",
    "id",
    "created_by_ref",
    "created",
    "modified",
    "valid_from",
    "number_observed",
    "pattern_type",
    "pattern_version",
    "object_refs",
    "first_observed",
    "last_observed",
    "indicator_types",
    "is_multipart",
    "is_family",
    "labels",
    "observed_data_refs",
    "sighting_of_ref",
    "where_sighted_refs",
    "source_ref",
    "target_ref",
];

/// Members of MISP that say nothing of what a STIX object says.
const FRAME: [&str; 9] = [
    "uuid",
    "type",
    "category",
    "to_ids",
    "distribution",
    "timestamp",
    "object_relation",
    "meta-category",
    "published",
];

/// Names each member of these objects of which a part stands nowhere in the event.
pub fn named(bundle: &Bundle<'_>, foreign: &[&Json<'_>], event: &Json<'_>) -> Vec<Loss> {
    if foreign.is_empty() {
        return Vec::new();
    }
    let mut said = HashSet::new();
    collect(event, &mut said);
    let mut losses = Vec::new();
    for object in foreign {
        let at = bundle.place_of(object).unwrap_or_default().to_string();
        for member in object.as_object().unwrap_or_default() {
            if SAID.contains(&member.name.as_ref()) || is_said(bundle, member, &said) {
                continue;
            }
            losses.push(Loss {
                pointer: pointer::of(&["objects", &at, &member.name]),
                what: member.value.in_short(),
                why: "MISP has no place for it, or not for all of it".to_owned(),
            });
        }
    }
    losses
}

/// Texts and numbers, as they are compared.
fn collect(json: &Json<'_>, said: &mut HashSet<String>) {
    match json {
        Json::Text(text) => {
            text.split(['|']).for_each(|part| {
                said.insert(plain(part));
            });
            said.insert(plain(text));
        }
        Json::Number(digits) => {
            said.insert(digits.to_string());
        }
        Json::List(items) => items.iter().for_each(|item| collect(item, said)),
        Json::Object(members) => {
            let inner = members.iter().filter(|member| !FRAME.contains(&member.name.as_ref()));
            inner.for_each(|member| collect(&member.value, said));
        }
        Json::Null | Json::Bool(_) => {}
    }
}

fn plain(text: &str) -> String {
    text.to_lowercase()
}

fn is_said(bundle: &Bundle<'_>, member: &Member<'_>, said: &HashSet<String>) -> bool {
    let name = member.name.as_ref();
    match name {
        "pattern" => {
            let pattern = member.value.as_text().unwrap_or_default();
            has(said, pattern)
                || Tests::read(pattern).is_some_and(|tests| {
                    tests
                        .all
                        .iter()
                        .all(|(path, text)| is_told(path) || has(said, text) || has(said, &time_of(text)))
                })
        }
        "object_marking_refs" => {
            let refs = member.value.as_list().unwrap_or_default();
            let is_access = |id: &str| bundle.get(id).is_some_and(|marking| acs::access(marking).is_some());
            refs.iter().filter_map(Json::as_text).all(|id| marking::to_tag(id).is_some() || is_access(id))
        }
        _ if name.ends_with("_ref") || name.ends_with("_refs") => true,
        _ => leaves(&member.value, said),
    }
}

/// Tests that say again what the type of an attribute says.
fn is_told(path: &str) -> bool {
    path.ends_with("_ref.type") || path.ends_with("content_disposition")
}

fn leaves(json: &Json<'_>, said: &HashSet<String>) -> bool {
    match json {
        Json::Null => true,
        Json::Bool(truth) => {
            has(said, if *truth { "true" } else { "false" }) || has(said, if *truth { "1" } else { "0" })
        }
        Json::Text(text) | Json::Number(text) => has(said, text),
        Json::List(items) => items.iter().all(|item| leaves(item, said)),
        Json::Object(members) => members.iter().all(|member| {
            let is_kind = matches!(member.name.as_ref(), "source_name" | "extension_type")
                || member.name.ends_with("_ref");
            let is_tie = member.name.ends_with("_refs");
            is_kind && text_is_kind(&member.value)
                || is_tie && member.value.as_list().is_some_and(|ids| ids.iter().all(text_is_kind))
                || leaves(&member.value, said)
        }),
    }
}

/// The list that an identifier is from follows from the identifier; addresses need none.
fn text_is_kind(value: &Json<'_>) -> bool {
    matches!(value.as_text(), Some("url" | "cve" | "capec" | "cwe" | "mitre-attack" | "property-extension"))
        || value.as_text().is_some_and(|text| text.contains("--"))
}

/// Whether the event says this text; numbers of networks have a prefix there, decimals other ends.
fn has(said: &HashSet<String>, text: &str) -> bool {
    let text = plain(text);
    text.is_empty()
        || said.contains(&text)
        || said.contains(&format!("as{text}"))
        || text.rsplit_once('-').is_some_and(|(prefix, number)| prefix == "capec" && said.contains(number))
}
