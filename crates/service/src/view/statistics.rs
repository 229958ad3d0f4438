//! What an authority counts.

use regime::{statistics::Period, summary::OwedSummary};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::error::{Error, Result};

/// Which period, and of which law.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct StatisticsQuery {
    /// From the beginning of this year (`2026`), quarter (`2026-Q1`) or month (`2026-03`), in UTC.
    #[param(example = "2026-Q1")]
    pub from: String,
    /// To the end of this year, quarter or month; that of `from` when it is not said. At most ten years.
    #[serde(default)]
    pub until: Option<String>,
    /// Only of this law: the name of its pack.
    #[serde(default)]
    pub pack: Option<String>,
}

impl StatisticsQuery {
    /// The period.
    pub(crate) fn period(&self) -> Result<Period> {
        Period::read(&self.from, self.until.as_deref()).map_err(|problem| {
            let (field, rule) = problem.place();
            Error::invalid(field, rule, problem.to_string())
        })
    }
}

/// The summaries that the caller's organisation owes.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Summaries {
    /// Each with the periods that have passed.
    pub owed: Vec<OwedSummary>,
}

/// Which summary.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SummaryQuery {
    /// The pack.
    pub pack: String,
    /// The duty of the authority.
    #[param(example = "summary")]
    pub duty: String,
    /// A period that has passed: a month, a quarter or a year, as the law says.
    #[param(example = "2026-Q1")]
    pub period: String,
}

/// What kind of file a table comes as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableKind {
    /// Commas (RFC 4180).
    Csv,
    /// A workbook.
    Xlsx,
    /// A document to print.
    Pdf,
}

/// A file for the desk.
#[derive(Clone, Debug)]
pub struct DeskFile {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub content_type: &'static str,
    /// What is in it.
    pub bytes: Vec<u8>,
}
