//! Reports in the formats of others, and what was filed elsewhere.

use model::DutyKey;
use regime::Problem;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::IncidentView;

/// A format that a stage can be brought into.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ExportFormat {
    /// The name in addresses and on the command line.
    pub id: String,
    /// The name for people.
    pub name: String,
    /// The ending of its files.
    pub extension: String,
    /// The name of the format whose fields a portal asks one by one; then there is a sheet to copy from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// What the format does not take of this report: with these it is refused there.
    pub errors: Vec<Problem>,
    /// What it has no place for, or takes in less detail.
    pub losses: Vec<Problem>,
}

/// The formats in which a report is offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ExportOffers {
    /// Those of its law first.
    pub formats: Vec<ExportFormat>,
}

/// A report as a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportFile {
    /// What the file is named after.
    pub reference: String,
    /// The ending of the file.
    pub extension: &'static str,
    /// The kind of its content.
    pub content_type: &'static str,
    /// The content.
    pub bytes: Vec<u8>,
    /// What the format does not take.
    pub errors: Vec<Problem>,
    /// What it has no place for.
    pub losses: Vec<Problem>,
}

/// A report that was filed elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportReport {
    /// How it is written: `report`, `csv`, or a format of a law that is read back. Absent: the content tells.
    #[serde(default)]
    pub format: Option<String>,
    /// The document as it is.
    pub document: String,
}

/// A draft from a report that was filed elsewhere.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ImportedIncident {
    /// The record with its duties.
    pub incident: IncidentView,
    /// The format it was in.
    pub format: String,
    /// The stage, where the report tells it.
    pub duty: Option<DutyKey>,
    /// The fields that were answered.
    pub taken: Vec<String>,
    /// Values that are no answers, each with its field and its place in the document.
    pub problems: Vec<Problem>,
    /// What was left aside because no question asks it.
    pub losses: Vec<Problem>,
}
