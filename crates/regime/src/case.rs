//! What is known about one incident of one entity.

use std::collections::BTreeMap;

use model::{Country, DutyKey, Instant, OrganisationId, OrganisationRole};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Problem;

/// What is known about one incident of one entity. An absent fact is an unknown fact.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Fields of the vocabulary `entity-fields` (`entity.sector`) in the JSON shape of their kind.
    pub entity: BTreeMap<String, Value>,
    /// Fields of the vocabulary `incident-fields` in the JSON shape of their kind.
    pub facts: BTreeMap<String, Value>,
    /// The Member State of the entity, for its working days and its authorities.
    pub country: Country,
    /// The IANA time zone of the entity.
    pub zone: String,
    /// What was filed.
    pub submissions: Vec<Submission>,
    /// What an authority asked for.
    pub requests: Vec<Request>,
    /// When its record was opened: a case stays under the laws of that day. Absent: the instant of asking.
    pub opened: Option<Instant>,
    /// The packs that are taken to be in force, although they are bills or begin later.
    pub simulated: Vec<String>,
}

/// A stage that was filed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submission {
    /// The stage.
    pub duty: DutyKey,
    /// When.
    pub at: Instant,
    /// Whether the recipient acknowledged it.
    pub acknowledged: bool,
    /// Whether the stage was filed before: this one corrects it, or is the copy for a further recipient. It
    /// does not start a clock anew, except where the stage itself comes back (`repeats` in the pack).
    #[serde(default)]
    pub corrects: bool,
}

/// A stage that an authority asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The stage.
    pub duty: DutyKey,
    /// When it was asked for.
    pub at: Instant,
    /// The date that the authority set.
    pub due: Option<Instant>,
}

/// An organisation as the directory of recipients knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirectoryEntry {
    /// The organisation.
    pub organisation: OrganisationId,
    /// Its name.
    pub name: String,
    /// Its IANA time zone.
    pub zone: String,
    /// The roles it holds.
    pub roles: Vec<OrganisationRole>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseDocument {
    country: Country,
    zone: String,
    #[serde(default)]
    entity: BTreeMap<String, Value>,
    #[serde(default)]
    facts: BTreeMap<String, Value>,
    #[serde(default)]
    events: BTreeMap<String, Value>,
    #[serde(default)]
    submissions: Vec<Submission>,
    #[serde(default)]
    requests: Vec<Request>,
    #[serde(default)]
    opened: Option<Instant>,
    #[serde(default)]
    simulated: Vec<String>,
}

/// Reads a case from JSON: `country`, `zone`, `entity` (with or without the prefix `entity.`), `facts`,
/// `events` (an instant by field, merged into the facts), `submissions`, `requests`, `opened`, `simulated`.
///
/// # Errors
/// What has another shape. Whether each fact is an answer is for [`check_answer`](crate::check_answer) to say.
pub fn case_from_json(bytes: &[u8]) -> Result<Case, Vec<Problem>> {
    let document: CaseDocument = serde_json::from_slice(bytes).map_err(|error| {
        vec![Problem {
            field: String::new(),
            pointer: String::new(),
            rule: "wrong_shape".to_owned(),
            message: format!(
                "a case has country, zone, entity, facts, events, submissions, requests, opened, simulated: {error}"
            ),
        }]
    })?;
    let prefixed = |(name, value): (String, Value)| {
        let name = if name.starts_with("entity.") { name } else { format!("entity.{name}") };
        (name, value)
    };
    let mut facts = document.facts;
    facts.extend(document.events);
    Ok(Case {
        entity: document.entity.into_iter().map(prefixed).collect(),
        facts,
        country: document.country,
        zone: document.zone,
        submissions: document.submissions,
        requests: document.requests,
        opened: document.opened,
        simulated: document.simulated,
    })
}
