//! The incident record: each fact asked once, whatever the law.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Actor, Answer, EarlierAnswer, FiledElsewhere, IncidentId, Instant, Marks, OrganisationId};

/// An incident with its answers, at one revision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Incident {
    /// The identifier.
    pub id: IncidentId,
    /// The organisation that keeps the record.
    pub organisation: OrganisationId,
    /// Counts the changes, from 1.
    pub revision: i64,
    /// When the record was opened.
    pub created_at: Instant,
    /// Who opened it.
    pub created_by: Actor,
    /// When it was last changed.
    pub updated_at: Instant,
    /// The answers by field of the vocabulary `incident-fields`.
    pub answers: BTreeMap<String, Answer>,
    /// Fields whose answer was taken back, with the revision that did so.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub cleared: BTreeMap<String, i64>,
    /// How the report and its field groups are marked.
    #[serde(default)]
    pub marks: Marks,
    /// What answers that start a clock were before, oldest first, by field.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub earlier: BTreeMap<String, Vec<EarlierAnswer>>,
    /// What was filed without Beffroi, in the order in which it was noted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub elsewhere: Vec<FiledElsewhere>,
    /// The pack version each case runs on (`nis2` to `2022-12-27+0`): a running case stays on its law.
    #[serde(default)]
    pub packs: BTreeMap<String, String>,
}

impl Incident {
    /// The known value of a field; "unknown yet" and "not asked yet" are both `None`.
    #[must_use]
    pub fn value(&self, field: &str) -> Option<&serde_json::Value> {
        self.answers.get(field).and_then(|answer| answer.value.as_ref())
    }

    /// The known text of a field.
    #[must_use]
    pub fn text(&self, field: &str) -> Option<&str> {
        self.value(field).and_then(serde_json::Value::as_str)
    }
}
