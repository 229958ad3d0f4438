//! What the law is told of an incident: the record, the entity's profile, what was filed and asked for.

use std::collections::BTreeMap;

use model::{Incident, Organisation};
use regime::{Case, DirectoryEntry, Request, Submission};
use serde_json::Value;

/// The case of `incident` for `organisation` with its filing history.
pub(crate) fn case_of(
    incident: &Incident,
    organisation: &Organisation,
    submissions: Vec<Submission>,
    requests: Vec<Request>,
) -> Case {
    Case {
        entity: entity_of(organisation),
        facts: incident
            .answers
            .iter()
            .filter_map(|(field, answer)| Some((field.clone(), answer.value.clone()?)))
            .collect(),
        country: organisation.country,
        zone: organisation.zone.clone(),
        submissions,
        requests,
        opened: Some(incident.created_at),
        simulated: vec![],
    }
}

/// What the law knows of an organisation: its profile, and its name.
pub(crate) fn entity_of(organisation: &Organisation) -> BTreeMap<String, Value> {
    let mut entity = organisation.profile.clone();
    entity.insert("entity.name".to_owned(), Value::String(organisation.name.clone()));
    entity
}

/// The directory as recipient queries want it.
pub(crate) fn directory_of(organisations: &[Organisation]) -> Vec<DirectoryEntry> {
    organisations
        .iter()
        .map(|organisation| DirectoryEntry {
            organisation: organisation.id,
            name: organisation.name.clone(),
            zone: organisation.zone.clone(),
            roles: organisation.roles.clone(),
        })
        .collect()
}
