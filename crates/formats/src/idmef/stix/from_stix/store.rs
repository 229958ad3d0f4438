//! The objects of a document by their identifiers.

use std::collections::HashMap;

use crate::{Json, json::short, stix::instant};

#[derive(Debug)]
pub struct Store<'j> {
    objects: Vec<&'j Json<'static>>,
    /// How many bytes each holds, about.
    weights: Vec<usize>,
    places: HashMap<&'j str, usize>,
    /// The relationships that begin or end at an object.
    relationships: HashMap<&'j str, Vec<usize>>,
    /// Where the objects are.
    around: &'static str,
}

impl<'j> Store<'j> {
    pub fn of(value: &'j Json<'static>) -> Self {
        let (objects, around): (Vec<_>, _) =
            match (value.as_list(), value.get("objects").and_then(Json::as_list)) {
                (Some(items), _) => (items.iter().collect(), "/"),
                (None, Some(items)) => (items.iter().collect(), "/objects/"),
                (None, None) => (vec![value], ""),
            };
        let mut store = Self {
            objects: Vec::new(),
            weights: Vec::new(),
            places: HashMap::new(),
            relationships: HashMap::new(),
            around,
        };
        for (place, object) in objects.into_iter().enumerate() {
            store.objects.push(object);
            store.weights.push(weight(object));
            if let Some(id) = text(object, "id") {
                let newer = |old: usize| modified(object) >= modified(store.at(old));
                if store.places.get(id).is_none_or(|old| newer(*old)) {
                    store.places.insert(id, place);
                }
            }
            if text(object, "type") == Some("relationship") {
                for end in ["source_ref", "target_ref"].into_iter().filter_map(|name| text(object, name)) {
                    store.relationships.entry(end).or_default().push(place);
                }
            }
        }
        store
    }

    /// The places of the newest versions of all objects.
    pub fn places(&self) -> impl Iterator<Item = usize> + '_ {
        let newest = |place: &usize| match text(self.at(*place), "id") {
            Some(id) => self.places.get(id) == Some(place),
            None => true,
        };
        (0..self.objects.len()).filter(newest)
    }

    pub fn at(&self, place: usize) -> &'j Json<'static> {
        static NOTHING: Json<'static> = Json::Null;
        self.objects.get(place).copied().unwrap_or(&NOTHING)
    }

    pub fn weight(&self, place: usize) -> usize {
        self.weights.get(place).copied().unwrap_or_default()
    }

    pub fn place(&self, id: &str) -> Option<usize> {
        self.places.get(id).copied()
    }

    pub fn kind(&self, place: usize) -> &'j str {
        text(self.at(place), "type").unwrap_or_default()
    }

    pub fn relationships(&self, id: &str) -> &[usize] {
        self.relationships.get(id).map(Vec::as_slice).unwrap_or_default()
    }

    pub fn pointer(&self, place: usize) -> String {
        if self.around.is_empty() { String::new() } else { format!("{}{place}", self.around) }
    }

    /// In few words, for a loss.
    pub fn describe(&self, place: usize) -> String {
        let object = self.at(place);
        let name = ["name", "value", "relationship_type", "pattern", "content", "id"];
        let name = name.into_iter().find_map(|name| text(object, name)).unwrap_or_default();
        format!("{} {}", short(self.kind(place)), short(name)).trim().to_owned()
    }
}

/// A text of an object.
pub fn text<'j>(object: &'j Json<'static>, name: &str) -> Option<&'j str> {
    object.get(name).and_then(Json::as_text)
}

/// A list of texts of an object.
pub fn texts<'j>(object: &'j Json<'static>, name: &str) -> Vec<&'j str> {
    let items = object.get(name).and_then(Json::as_list).unwrap_or_default();
    items.iter().filter_map(Json::as_text).collect()
}

/// The digits of a number of an object.
pub fn digits<'j>(object: &'j Json<'static>, name: &str) -> Option<&'j str> {
    match object.get(name)? {
        Json::Number(digits) => Some(digits),
        Json::Null | Json::Bool(_) | Json::Text(_) | Json::List(_) | Json::Object(_) => None,
    }
}

fn weight(value: &Json<'_>) -> usize {
    let inner = match value {
        Json::Null | Json::Bool(_) => 0,
        Json::Number(text) | Json::Text(text) => text.len(),
        Json::List(items) => items.iter().map(weight).sum(),
        Json::Object(members) => members.iter().map(|member| member.name.len() + weight(&member.value)).sum(),
    };
    inner + 16
}

fn modified(object: &Json<'static>) -> Option<i128> {
    text(object, "modified").and_then(instant)
}
