//! The objects of a bundle, by identifier.

use std::collections::{HashMap, HashSet};

use super::text;
use crate::{Json, Loss, misp::stix::ids, pointer};

/// A bundle.
#[derive(Debug)]
pub struct Bundle<'b> {
    json: &'b Json<'b>,
    objects: &'b [Json<'b>],
    by_id: HashMap<&'b str, &'b Json<'b>>,
    /// Which indicator is based on which observed data, and the other way round.
    based_on: HashMap<&'b str, &'b str>,
}

/// Which objects were taken up.
#[derive(Debug, Default)]
pub struct Taken(HashSet<usize>);

impl Taken {
    pub fn take(&mut self, object: &Json<'_>) {
        self.0.insert(place(object));
    }

    pub fn is_taken(&self, object: &Json<'_>) -> bool {
        self.0.contains(&place(object))
    }
}

/// Objects are told apart by where they lie.
fn place(object: &Json<'_>) -> usize {
    std::ptr::from_ref(object).addr()
}

impl<'b> Bundle<'b> {
    /// Of a bundle, a list of objects, or one object.
    pub fn new(json: &'b Json<'b>) -> Self {
        let objects = match (json.get("objects"), json) {
            (Some(objects), _) => objects.as_list().unwrap_or_default(),
            (None, Json::List(items)) => items.as_slice(),
            (None, one) => std::slice::from_ref(one),
        };
        Self::of(json, objects)
    }

    /// Of these objects.
    pub fn of(json: &'b Json<'b>, objects: &'b [Json<'b>]) -> Self {
        let by_id = objects.iter().filter_map(|object| Some((text(object, "id")?, object))).collect();
        let mut bundle = Self { json, objects, by_id, based_on: HashMap::new() };
        for object in objects.iter().filter(|object| text(object, "relationship_type") == Some("based-on")) {
            if let (Some(source), Some(target)) = (text(object, "source_ref"), text(object, "target_ref")) {
                bundle.based_on.insert(source, target);
                bundle.based_on.insert(target, source);
            }
        }
        bundle
    }

    pub fn id(&self) -> &'b str {
        text(self.json, "id").unwrap_or("bundle")
    }

    pub fn objects(&self) -> impl Iterator<Item = &'b Json<'b>> + use<'b> {
        self.objects.iter()
    }

    /// The place of an object in the bundle.
    pub fn place_of(&self, object: &Json<'_>) -> Option<usize> {
        let at = place(object).checked_sub(place(self.objects.first()?))? / size_of::<Json<'_>>();
        self.objects.get(at).filter(|own| place(own) == place(object)).map(|_| at)
    }

    pub fn blank(&self) -> Taken {
        Taken::default()
    }

    pub fn get(&self, id: &str) -> Option<&'b Json<'b>> {
        self.by_id.get(id).copied()
    }

    /// The object that this member refers to.
    pub fn referred(&self, object: &'b Json<'b>, name: &str) -> Option<&'b Json<'b>> {
        self.get(text(object, name)?)
    }

    /// The objects that this list refers to.
    pub fn refs(&self, object: &'b Json<'b>, name: &str) -> impl Iterator<Item = &'b Json<'b>> {
        let ids = object.get(name).and_then(Json::as_list).unwrap_or_default();
        ids.iter().filter_map(Json::as_text).filter_map(|id| self.get(id))
    }

    /// Reports and groupings.
    pub fn reports(&self) -> impl Iterator<Item = &'b Json<'b>> + use<'b> {
        self.objects.iter().filter(|object| matches!(text(object, "type"), Some("report" | "grouping")))
    }

    /// The indicator of observed data, or the observed data of an indicator: by relation, or by name.
    pub fn partner(&self, id: &'b str) -> Option<&'b Json<'b>> {
        if let Some(other) = self.based_on.get(id) {
            return self.get(other);
        }
        let other = match ids::kind_of(id) {
            "indicator" => "observed-data",
            _ => "indicator",
        };
        self.get(&format!("{other}--{}", ids::uuid_of(id)))
    }

    /// The UUID that an identifier holds, or one that follows from it.
    pub fn uuid_of(&self, id: &str) -> String {
        let uuid = ids::uuid_of(id);
        if crate::misp::check::is_uuid(uuid) { uuid.to_owned() } else { ids::of_text(id) }
    }

    /// What was not taken up, each named.
    pub fn left(&self, taken: &Taken) -> Vec<Loss> {
        let mut losses = Vec::new();
        for (index, object) in self.objects.iter().enumerate() {
            if !taken.is_taken(object) {
                losses.push(Loss {
                    pointer: pointer::of(&["objects", &index.to_string()]),
                    what: text(object, "id").unwrap_or("an object without identifier").to_owned(),
                    why: "nothing in MISP stands for it".to_owned(),
                });
            }
        }
        losses
    }
}
