//! The objects of an event, found by identifier.

use std::collections::HashMap;

use super::role_of;
use crate::misp::{
    Attribute, Event, Object,
    stix::{table, value},
};

/// All objects; an identifier that stands twice leads to the first.
#[derive(Debug)]
pub struct All<'e> {
    list: Vec<Object<'e>>,
    by_uuid: HashMap<&'e str, usize>,
}

impl<'e> All<'e> {
    pub fn of(event: &'e Event<'e>) -> Self {
        let list: Vec<Object<'e>> = event.objects().collect();
        let mut by_uuid = HashMap::with_capacity(list.len());
        for (at, object) in list.iter().enumerate() {
            if let Some(uuid) = object.uuid() {
                by_uuid.entry(uuid).or_insert(at);
            }
        }
        Self { list, by_uuid }
    }

    pub fn iter(&self) -> impl Iterator<Item = Object<'e>> + '_ {
        self.list.iter().copied()
    }

    pub fn get(&self, at: usize) -> Option<Object<'e>> {
        self.list.get(at).copied()
    }

    /// Objects of this name that another refers to as a part of it, with their places, in the order of the event.
    pub fn inner(
        &self,
        holder: Object<'e>,
        name: &str,
    ) -> impl Iterator<Item = (usize, Object<'e>)> + use<'e> {
        let mut places: Vec<usize> = holder
            .references()
            .filter(|reference| {
                reference.deleted() != Some(true)
                    && matches!(reference.relationship_type(), Some("includes" | "included-in" | "contains"))
            })
            .filter_map(|reference| self.by_uuid.get(reference.referenced_uuid()?).copied())
            .filter(|at| self.get(*at).is_some_and(|object| object.name() == Some(name)))
            .collect();
        places.sort_unstable();
        places.dedup();
        let found: Vec<(usize, Object<'e>)> =
            places.into_iter().filter_map(|at| Some((at, self.get(at)?))).collect();
        found.into_iter()
    }

    /// Whether STIX can say that an object is an executable: it has a type and anything besides (6.7.6).
    pub fn is_executable(&self, pe: Object<'e>) -> bool {
        let Some(form) = table::observable("pe").filter(|_| pe.name() == Some("pe")) else { return false };
        let says = |attribute: Attribute<'e>| {
            let (path, text) = form.path(role_of(attribute)).zip(attribute.value())?;
            value::for_path(path, text).filter(|_| attribute.data().is_none())
        };
        let is_type = |attribute: &Attribute<'e>| role_of(*attribute) == "type";
        let (types, others): (Vec<_>, Vec<_>) = pe.attributes().partition(is_type);
        types.into_iter().any(|attribute| says(attribute).is_some())
            && (others.into_iter().any(|attribute| says(attribute).is_some())
                || self.inner(pe, "pe-section").next().is_some())
    }

    /// The executable that is written into a file: the first, if it is one.
    pub fn executable_of(&self, file: Object<'e>) -> Option<(usize, Object<'e>)> {
        self.inner(file, "pe").next().filter(|(_, pe)| self.is_executable(*pe))
    }
}
