//! Reads what the finder is told: each answer that is none is named with its place.

use std::collections::{BTreeMap, BTreeSet};

use regime::{Case, Library, Problem};
use serde_json::Value;

use super::find_duties::Unknown;
use crate::{
    administration::countries,
    error::{Error, Result},
    view::FindDuties,
};

/// The most answers that are taken at once; no law asks so many.
const MOST: usize = 500;

/// What was told, understood.
pub(super) struct Told {
    /// The case; none while the State is not told.
    pub case: Option<Case>,
    pub unknown: Unknown,
    pub what_if: Vec<(String, Value)>,
}

/// Reads what was told.
///
/// # Errors
/// [`Error::Invalid`] with every answer that is none, each with its place.
pub(super) fn told(library: &Library, find: FindDuties) -> Result<Told> {
    let mut problems = vec![];
    for (name, count) in [("unknown", find.unknown.len()), ("simulate", find.simulate.len())] {
        problems.extend((count > MOST).then(|| too_many(name)));
    }
    let mut unknown: Unknown = find.unknown.into_iter().take(MOST).collect();
    let mut simulated = BTreeSet::new();
    for (place, name) in find.simulate.into_iter().take(MOST).enumerate() {
        if library.pack(&name).is_some() {
            simulated.insert(name);
            continue;
        }
        let shown: String = name.chars().take(64).collect();
        let message = format!("no law of the name {shown:?} can be simulated; the answer lists the bills");
        problems.push(at(format!("/simulate/{place}"), "simulate", "unknown_law", message));
    }
    problems.extend(unknown.iter().filter_map(|field| no_field(library, "unknown", field)));
    let mut taken = |name: &str, answers: BTreeMap<String, Value>| {
        if answers.len() > MOST {
            problems.push(too_many(name));
        }
        let mut known = BTreeMap::new();
        for (field, value) in answers.into_iter().take(MOST) {
            let id = if name == "entity" { prefixed(&field) } else { field.clone() };
            match problem(library, name, (&field, &id), &value) {
                Some(found) => problems.push(found),
                None => _ = known.insert(id, value),
            }
        }
        known
    };
    let entity = taken("entity", find.entity);
    let facts = taken("facts", find.facts);
    let what_if = taken("what_if", find.what_if).into_iter().collect();
    let zone = find.zone.unwrap_or_else(|| "UTC".to_owned());
    if regime::clock::zone(&zone).is_err() {
        let message = "a zone is a name of the IANA time zone database, for example Europe/Luxembourg";
        problems.push(at("/zone".to_owned(), "zone", "known_zone", message.to_owned()));
    }
    if let Some(country) = find.country.filter(|country| !is_known(library, &country.to_string())) {
        let message = format!("{country} is no State of the European Economic Area");
        problems.push(at("/country".to_owned(), "country", "not_in_vocabulary", message));
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let given = |answers: BTreeMap<String, Value>, unknown: &mut Unknown| -> BTreeMap<String, Value> {
        let (nulls, known): (Vec<_>, Vec<_>) = answers.into_iter().partition(|(_, value)| value.is_null());
        unknown.extend(nulls.into_iter().map(|(field, _)| field));
        known.into_iter().collect()
    };
    let (entity, facts) = (given(entity, &mut unknown), given(facts, &mut unknown));
    let case = find.country.map(|country| Case {
        entity,
        facts,
        country,
        zone,
        submissions: vec![],
        requests: vec![],
        opened: None,
        simulated: simulated.into_iter().collect(),
    });
    Ok(Told { case, unknown, what_if })
}

fn too_many(name: &str) -> Problem {
    at(format!("/{name}"), name, "too_many", format!("{name} holds at most {MOST} answers"))
}

fn prefixed(field: &str) -> String {
    if field.starts_with("entity.") { field.to_owned() } else { format!("entity.{field}") }
}

fn is_known(library: &Library, country: &str) -> bool {
    countries(library).iter().any(|choice| choice.id == country)
}

/// What is wrong with an answer: `null` is none.
fn problem(library: &Library, name: &str, (field, id): (&str, &str), value: &Value) -> Option<Problem> {
    let misplaced = name == "facts" && id.starts_with("entity.");
    if misplaced {
        let message = format!("{id} is about the organisation: tell it in entity");
        return Some(at(pointer(name, field), id, "unknown_field", message));
    }
    if value.is_null() {
        return no_field(library, name, id);
    }
    let wrong = regime::check_answer(library, id, value).err()?;
    let rest = wrong.pointer.strip_prefix(&pointer("", id).replacen("//", "/", 1)).unwrap_or_default();
    Some(Problem { pointer: format!("{}{rest}", pointer(name, field)), ..wrong })
}

fn no_field(library: &Library, name: &str, id: &str) -> Option<Problem> {
    if library.vocabularies().field(id).is_some() {
        return None;
    }
    let shown: String = id.chars().take(64).collect();
    let message = format!("{shown:?} is no field of the vocabularies");
    Some(at(pointer(name, &shown), &shown, "unknown_field", message))
}

/// A field as a JSON pointer (RFC 6901).
fn pointer(name: &str, field: &str) -> String {
    let field: String = field.chars().take(64).collect();
    format!("/{name}/{}", field.replace('~', "~0").replace('/', "~1"))
}

fn at(pointer: String, field: &str, rule: &str, message: String) -> Problem {
    Problem { field: field.to_owned(), pointer, rule: rule.to_owned(), message }
}
