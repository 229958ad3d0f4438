//! The year of an authority, for statistics.

use axum::{
    extract::State,
    http::{HeaderName, header},
};
use serde::Deserialize;
use service::Service;
use utoipa::IntoParams;

use crate::{
    door::{query::Query, session::Signed},
    problem::Problem,
};

/// Which year.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Year {
    /// The year in which it was filed, in UTC.
    #[param(example = 2026)]
    year: i16,
    /// Only of this law: the name of its pack.
    #[serde(default)]
    pack: Option<String>,
}

/// The year as a table
///
/// One row for each incident and law that was received, flat, for the summaries that authorities owe: kind of
/// notification, class, cause, sector, users, duration, detection and resolution, whether it came in time.
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
    Query(Year { year, pack }): Query<Year>,
) -> Result<([(HeaderName, String); 2], String), Problem> {
    let table = service.annual_table(&signed.caller, year, pack).await?;
    let disposition = format!("attachment; filename=\"annual-{year}.csv\"");
    let kind = (header::CONTENT_TYPE, "text/csv; charset=utf-8; header=present".to_owned());
    Ok(([kind, (header::CONTENT_DISPOSITION, disposition)], table))
}
