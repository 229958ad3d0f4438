//! What is frozen for those who approve, and the digest by which a filing is compared with it.

use std::collections::BTreeMap;

use model::{
    DutyKey, FiledAnswer, Marking, OrganisationId, Party, Role,
    approval::{FrozenChange, FrozenCopy},
};
use policy::Scope;
use regime::Library;
use serde::Serialize;
use store::Tx;

use crate::{
    error::Result,
    filings::{
        groups::{changes_between, groups_of, in_order},
        prepare::{Prepared, RecipientCopy},
    },
    view::{FiledGroup, ValueChange},
};

/// What the digest covers.
#[derive(Serialize)]
struct Digested<'a> {
    duty: &'a DutyKey,
    marking: Marking,
    copies: Vec<DigestedCopy<'a>>,
}

#[derive(Serialize)]
struct DigestedCopy<'a> {
    to: OrganisationId,
    role: Role,
    groups: &'a BTreeMap<String, BTreeMap<String, FiledAnswer>>,
    markings: BTreeMap<&'a str, Marking>,
}

/// The digest over what every recipient would get, and how it is marked.
pub(crate) fn digest(prepared: &Prepared) -> Result<String> {
    let mut copies: Vec<DigestedCopy> = prepared
        .copies
        .iter()
        .map(|copy| DigestedCopy {
            to: copy.to,
            role: copy.role,
            groups: &copy.content,
            markings: markings(prepared, copy).collect(),
        })
        .collect();
    copies.sort_by_key(|copy| copy.to);
    let digested = Digested { duty: &prepared.duty.key, marking: prepared.marks.report, copies };
    Ok(vault::digest_of(&digested).map_err(vault::SignError::from)?)
}

/// The markings of the groups that a copy holds.
fn markings<'a>(prepared: &'a Prepared, copy: &'a RecipientCopy) -> impl Iterator<Item = (&'a str, Marking)> {
    let marked = prepared.marks.groups.iter();
    marked
        .filter(|(group, _)| copy.content.contains_key(*group))
        .map(|(group, marking)| (group.as_str(), *marking))
}

/// The copies as they are frozen.
pub(super) async fn frozen_copies(
    tx: &mut Tx,
    directory: &Scope,
    prepared: &Prepared,
) -> Result<Vec<FrozenCopy>> {
    let mut frozen = Vec::with_capacity(prepared.copies.len());
    for copy in &prepared.copies {
        let known = tx.organisation(directory, copy.to).await?;
        let name = known.map_or_else(|| copy.to.to_string(), |organisation| organisation.name);
        frozen.push(FrozenCopy {
            to: Party { organisation: copy.to, name },
            role: copy.role.name().to_owned(),
            marking: prepared.marks.report,
            markings: markings(prepared, copy).map(|(group, mark)| (group.to_owned(), mark)).collect(),
            groups: copy.content.clone(),
            withheld: copy.withheld.iter().map(|part| part.title.clone()).collect(),
        });
    }
    Ok(frozen)
}

/// The groups of a frozen copy, as people read them.
pub(super) fn groups(library: &Library, copy: &FrozenCopy) -> Vec<FiledGroup> {
    let marking = |group: &str| copy.markings.get(group).copied();
    let content = copy.groups.iter().map(|(group, answers)| (group.as_str(), (answers, marking(group))));
    in_order(library, content)
}

/// What changed from one request to a later one of the same stage, over all recipients.
pub(super) fn changes(library: &Library, before: &[FrozenCopy], after: &[FrozenCopy]) -> Vec<ValueChange> {
    changes_between(&all(library, before), &all(library, after))
}

fn all(library: &Library, copies: &[FrozenCopy]) -> Vec<FiledGroup> {
    copies.iter().flat_map(|copy| groups(library, copy)).collect()
}

/// What changed against the filing before of the same stage, else against the last one of the incident.
pub(super) async fn since_last_filing(
    tx: &mut Tx,
    scope: &Scope,
    library: &Library,
    (incident, key, copies): (model::IncidentId, &DutyKey, &[FrozenCopy]),
) -> Result<Vec<FrozenChange>> {
    let mut filed = tx.filings_of_incident(scope, incident).await?;
    filed.retain(|filing| filing.document.head.for_information.is_none());
    let same = filed.iter().filter(|filing| filing.document.head.duty == *key);
    let Some(last) = same.max_by_key(|filing| filing.document.head.version).or(filed.last()) else {
        return Ok(vec![]);
    };
    let changes = changes_between(&groups_of(library, &last.document.disclosures), &all(library, copies));
    Ok(changes
        .into_iter()
        .map(|ValueChange { field, label, before, after }| FrozenChange { field, label, before, after })
        .collect())
}
