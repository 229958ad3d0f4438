//! The summaries of many incidents that an authority owes.

use axum::{Json, extract::State};
use regime::summary::Summary;
use service::{
    Service,
    view::{Summaries, SummaryQuery, TableKind},
};

use super::statistics::as_file;
use crate::{
    common::File,
    door::{query::Query, session::Signed},
    problem::Problem,
};

/// The summaries that are owed
///
/// Those that the laws ask of the organisation by its roles, with the periods that have passed and when each is due.
#[utoipa::path(
    get,
    path = "/api/authority/v1/summaries",
    tag = "authority",
    responses((status = 200, description = "The summaries.", body = Summaries))
)]
pub async fn summaries(State(service): State<Service>, signed: Signed) -> Result<Json<Summaries>, Problem> {
    Ok(Json(service.summaries(&signed.caller).await?))
}

/// A summary
///
/// What the authorities of the State were told in a period, as it was known at its end: numbers alone. Small ones are
/// hidden, and others with them, so that none can be worked out. `/api/schemas/summary.json` describes it.
#[utoipa::path(
    get,
    path = "/api/authority/v1/summary",
    tag = "authority",
    params(SummaryQuery),
    responses((status = 200, description = "The summary.", body = Summary))
)]
pub async fn summary(
    State(service): State<Service>,
    signed: Signed,
    Query(query): Query<SummaryQuery>,
) -> Result<Json<Summary>, Problem> {
    Ok(Json(service.summary(&signed.caller, &query).await?))
}

/// A summary as tables with commas
#[utoipa::path(
    get,
    path = "/api/authority/v1/summary.csv",
    tag = "authority",
    params(SummaryQuery),
    responses((status = 200, description = "The tables.", body = String, content_type = "text/csv"))
)]
pub async fn summary_csv(
    State(service): State<Service>,
    signed: Signed,
    Query(query): Query<SummaryQuery>,
) -> Result<File, Problem> {
    Ok(as_file(service.summary_file(&signed.caller, &query, TableKind::Csv).await?))
}

/// A summary as a workbook
#[utoipa::path(
    get,
    path = "/api/authority/v1/summary.xlsx",
    tag = "authority",
    params(SummaryQuery),
    responses((status = 200, description = "The workbook.", body = String, content_type = "application/octet-stream"))
)]
pub async fn summary_workbook(
    State(service): State<Service>,
    signed: Signed,
    Query(query): Query<SummaryQuery>,
) -> Result<File, Problem> {
    Ok(as_file(service.summary_file(&signed.caller, &query, TableKind::Xlsx).await?))
}

/// A summary as a document to print
#[utoipa::path(
    get,
    path = "/api/authority/v1/summary.pdf",
    tag = "authority",
    params(SummaryQuery),
    responses((status = 200, description = "The document.", body = String, content_type = "application/pdf"))
)]
pub async fn summary_paper(
    State(service): State<Service>,
    signed: Signed,
    Query(query): Query<SummaryQuery>,
) -> Result<File, Problem> {
    Ok(as_file(service.summary_file(&signed.caller, &query, TableKind::Pdf).await?))
}
