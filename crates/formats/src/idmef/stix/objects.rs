//! Objects of a bundle in the making.

use std::{borrow::Cow, collections::HashMap};

use super::{ATTACK, SPACE};
use crate::{
    Json, Member,
    stix::identifier::{derived, observable},
};

/// Members of an object in the making.
pub type Members = Vec<(&'static str, Json<'static>)>;

/// A text.
pub fn text(text: impl Into<String>) -> Json<'static> {
    Json::text(text.into())
}

/// A list of texts.
pub fn texts<T: Into<String>>(texts: impl IntoIterator<Item = T>) -> Json<'static> {
    Json::List(texts.into_iter().map(text).collect())
}

/// A number.
pub fn number(number: impl ToString) -> Json<'static> {
    Json::Number(Cow::Owned(number.to_string()))
}

pub fn object(members: Members) -> Json<'static> {
    Json::Object(
        members.into_iter().map(|(name, value)| Member { name: Cow::Borrowed(name), value }).collect(),
    )
}

/// A reference to a technique or tactic.
pub fn attack_reference(id: &str) -> Json<'static> {
    Json::List(vec![object(vec![("source_name", text(ATTACK)), ("external_id", text(id))])])
}

/// All objects so far, each once.
#[derive(Debug, Default)]
pub struct Objects {
    list: Vec<Json<'static>>,
    places: HashMap<String, usize>,
    /// How many alerts there were of each key.
    pub keys: HashMap<String, usize>,
}

impl Objects {
    pub fn into_list(self) -> Vec<Json<'static>> {
        self.list
    }

    /// Adds an object unless one of its identifier is there.
    pub fn add(&mut self, object: Json<'static>) {
        let Some(id) = object.get("id").and_then(Json::as_text).map(str::to_owned) else { return };
        if !self.places.contains_key(&id) {
            self.places.insert(id, self.list.len());
            self.list.push(object);
        }
    }

    /// Adds an observable. None when one of its identifier is there that says something else.
    pub fn observable(&mut self, kind: &'static str, members: Members, markings: &[&str]) -> Option<String> {
        let mut all: Members = vec![("type", text(kind)), ("spec_version", text("2.1"))];
        all.extend(members);
        let id = observable(&object(all.clone()))?;
        all.insert(2, ("id", text(id.clone())));
        let new = object(all);
        if let Some(there) = self.places.get(&id).and_then(|place| self.list.get_mut(*place)) {
            let before = markings_of(there);
            if without_markings(there) != new {
                return None;
            }
            let mut union: Vec<&str> = before.iter().map(String::as_str).collect();
            union.extend(markings.iter().filter(|marking| !before.iter().any(|old| old == *marking)));
            *there = marked(new, &union);
        } else {
            self.add(marked(new, markings));
        }
        Some(id)
    }
}

fn markings_of(object: &Json<'_>) -> Vec<String> {
    let refs = object.get("object_marking_refs").and_then(Json::as_list).unwrap_or_default();
    refs.iter().filter_map(Json::as_text).map(str::to_owned).collect()
}

fn without_markings(object: &Json<'static>) -> Json<'static> {
    let members = object.as_object().unwrap_or_default();
    Json::Object(members.iter().filter(|member| member.name != "object_marking_refs").cloned().collect())
}

fn marked(mut object: Json<'static>, markings: &[&str]) -> Json<'static> {
    if let (Json::Object(members), false) = (&mut object, markings.is_empty()) {
        let value = texts(markings.iter().copied());
        members.push(Member { name: Cow::Borrowed("object_marking_refs"), value });
    }
    object
}

/// What the objects of one alert have in common.
#[derive(Debug)]
pub struct Building<'o> {
    pub objects: &'o mut Objects,
    /// What their identifiers follow from.
    pub key: String,
    /// When the alert was made, as STIX writes it.
    pub created: String,
    /// The identity of who made it.
    pub author: Option<String>,
    pub markings: Vec<&'static str>,
}

impl Building<'_> {
    pub fn id(&self, kind: &str, part: &str) -> String {
        derived(kind, SPACE, &format!("{}/{kind}/{part}", self.key))
    }

    /// Adds a domain or relationship object.
    pub fn add(&mut self, kind: &'static str, part: &str, members: Members) -> String {
        let id = self.id(kind, part);
        let mut all: Members =
            vec![("type", text(kind)), ("spec_version", text("2.1")), ("id", text(id.clone()))];
        all.extend(self.author.clone().map(|author| ("created_by_ref", text(author))));
        all.push(("created", text(self.created.clone())));
        all.push(("modified", text(self.created.clone())));
        all.extend(members);
        self.objects.add(marked(object(all), &self.markings));
        id
    }

    pub fn observable(&mut self, kind: &'static str, members: Members) -> Option<String> {
        self.objects.observable(kind, members, &self.markings)
    }

    pub fn relate(&mut self, source: &str, kind: &'static str, target: &str) -> String {
        let members = vec![
            ("relationship_type", text(kind)),
            ("source_ref", text(source)),
            ("target_ref", text(target)),
        ];
        self.add("relationship", &format!("{source}/{kind}/{target}"), members)
    }
}
