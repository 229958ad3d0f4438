//! The format of the incident record.

use axum::{
    Json,
    extract::State,
    http::{HeaderName, header},
};
use serde_json::Value;
use service::Service;

/// The JSON Schema of the incident record
///
/// Every field of the vocabulary with its kind, as `answers` takes it.
#[utoipa::path(
    get,
    path = "/api/schemas/incident.json",
    tag = "common",
    security(()),
    responses((status = 200, description = "The schema.", body = Object, content_type = "application/schema+json"))
)]
pub async fn incident_schema(
    State(service): State<Service>,
) -> ([(HeaderName, &'static str); 1], Json<Value>) {
    ([(header::CONTENT_TYPE, "application/schema+json")], Json(regime::schema(service.library())))
}

/// The JSON Schema of a report
///
/// Of the format `report`, in which every stage of every law goes out and is read back.
#[utoipa::path(
    get,
    path = "/api/schemas/report.json",
    tag = "common",
    security(()),
    responses((status = 200, description = "The schema.", body = Object, content_type = "application/schema+json"))
)]
pub async fn report_schema() -> ([(HeaderName, &'static str); 1], Json<Value>) {
    ([(header::CONTENT_TYPE, "application/schema+json")], Json(regime::export::report_schema()))
}

/// The JSON Schema of a summary
///
/// Of the numbers that an authority owes of a period.
#[utoipa::path(
    get,
    path = "/api/schemas/summary.json",
    tag = "common",
    security(()),
    responses((status = 200, description = "The schema.", body = Object, content_type = "application/schema+json"))
)]
pub async fn summary_schema() -> ([(HeaderName, &'static str); 1], Json<Value>) {
    ([(header::CONTENT_TYPE, "application/schema+json")], Json(regime::summary::summary_schema()))
}
