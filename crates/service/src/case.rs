//! What the law is told of an incident: the record, the entity's profile, what was filed and asked for.

use model::{Incident, Organisation};
use regime::{Case, DirectoryEntry, Request, Submission};

/// The case of `incident` for `organisation` with its filing history.
pub(crate) fn case_of(
    incident: &Incident,
    organisation: &Organisation,
    submissions: Vec<Submission>,
    requests: Vec<Request>,
) -> Case {
    Case {
        entity: organisation.profile.clone(),
        facts: incident
            .answers
            .iter()
            .filter_map(|(field, answer)| Some((field.clone(), answer.value.clone()?)))
            .collect(),
        country: organisation.country,
        zone: organisation.zone.clone(),
        submissions,
        requests,
    }
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
