//! What an authority was told in a period, counted, and as a table.

use axum::{
    Json,
    extract::State,
    http::{HeaderName, header},
};
use regime::statistics::Statistics;
use serde::Deserialize;
use service::{
    Service,
    view::{DeskFile, StatisticsQuery, TableKind},
};
use utoipa::IntoParams;

use crate::{
    common::File,
    door::{query::Query, session::Signed},
    problem::Problem,
};

/// The statistics of a period
///
/// What the authority was first told of in the period, with what it knows of it today: one incident counts once under
/// each law. Kinds of notification, classes, causes, sectors, severity, cross-border, shares, times, month by month.
#[utoipa::path(
    get,
    path = "/api/authority/v1/statistics",
    tag = "authority",
    params(StatisticsQuery),
    responses((status = 200, description = "The statistics.", body = Statistics))
)]
pub async fn statistics(
    State(service): State<Service>,
    signed: Signed,
    Query(query): Query<StatisticsQuery>,
) -> Result<Json<Statistics>, Problem> {
    Ok(Json(service.statistics(&signed.caller, &query).await?))
}

/// The statistics as tables with commas
#[utoipa::path(
    get,
    path = "/api/authority/v1/statistics.csv",
    tag = "authority",
    params(StatisticsQuery),
    responses((status = 200, description = "The tables.", body = String, content_type = "text/csv"))
)]
pub async fn statistics_csv(
    State(service): State<Service>,
    signed: Signed,
    Query(query): Query<StatisticsQuery>,
) -> Result<File, Problem> {
    Ok(as_file(service.statistics_file(&signed.caller, &query, TableKind::Csv).await?))
}

/// The statistics as a workbook
#[utoipa::path(
    get,
    path = "/api/authority/v1/statistics.xlsx",
    tag = "authority",
    params(StatisticsQuery),
    responses((status = 200, description = "The workbook.", body = String, content_type = "application/octet-stream"))
)]
pub async fn statistics_workbook(
    State(service): State<Service>,
    signed: Signed,
    Query(query): Query<StatisticsQuery>,
) -> Result<File, Problem> {
    Ok(as_file(service.statistics_file(&signed.caller, &query, TableKind::Xlsx).await?))
}

/// The statistics as a report to print
///
/// Of a year it is the yearly report of the authority.
#[utoipa::path(
    get,
    path = "/api/authority/v1/statistics.pdf",
    tag = "authority",
    params(StatisticsQuery),
    responses((status = 200, description = "The report.", body = String, content_type = "application/pdf"))
)]
pub async fn statistics_paper(
    State(service): State<Service>,
    signed: Signed,
    Query(query): Query<StatisticsQuery>,
) -> Result<File, Problem> {
    Ok(as_file(service.statistics_file(&signed.caller, &query, TableKind::Pdf).await?))
}

/// Which year, or which period.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Year {
    /// The year (`2026`), or a quarter (`2026-Q1`) or a month (`2026-03`) of it, in UTC.
    #[param(example = "2026")]
    year: String,
    /// Only of this law: the name of its pack.
    #[serde(default)]
    pack: Option<String>,
}

impl Year {
    fn query(self) -> StatisticsQuery {
        StatisticsQuery { from: self.year, until: None, pack: self.pack }
    }
}

/// The year as a table
///
/// One row for each incident and law of which the authority was first told in it, flat, for the summaries that
/// authorities owe: kind of notification, class, cause, sector, users, duration, detection and resolution, whether it
/// came in time.
#[utoipa::path(
    get,
    path = "/api/authority/v1/annual.csv",
    tag = "authority",
    params(Year),
    responses((status = 200, description = "The table.", body = String, content_type = "text/csv"))
)]
pub async fn annual_table(
    State(service): State<Service>,
    signed: Signed,
    Query(year): Query<Year>,
) -> Result<File, Problem> {
    Ok(as_file(service.annual_table(&signed.caller, &year.query(), TableKind::Csv).await?))
}

/// The year as a workbook
///
/// The same table.
#[utoipa::path(
    get,
    path = "/api/authority/v1/annual.xlsx",
    tag = "authority",
    params(Year),
    responses((status = 200, description = "The workbook.", body = String, content_type = "application/octet-stream"))
)]
pub async fn annual_workbook(
    State(service): State<Service>,
    signed: Signed,
    Query(year): Query<Year>,
) -> Result<File, Problem> {
    Ok(as_file(service.annual_table(&signed.caller, &year.query(), TableKind::Xlsx).await?))
}

/// A file that browsers keep.
pub(super) fn as_file(file: DeskFile) -> File {
    let disposition = format!("attachment; filename=\"{}\"", file.name);
    let headers: [(HeaderName, String); 2] =
        [(header::CONTENT_TYPE, file.content_type.to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    (headers, file.bytes)
}
