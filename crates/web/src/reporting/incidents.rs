//! Incident records.

use axum::{
    Json,
    extract::State,
    http::{HeaderName, StatusCode, header},
};
use model::IncidentId;
use serde::Deserialize;
use service::{
    Service,
    view::{IncidentList, IncidentState, IncidentView, OpenIncident},
};
use utoipa::IntoParams;

use crate::{
    door::{body::Input, idempotency::IdempotencyKey, path::Path, query::Query, session::Signed},
    problem::Problem,
};

/// How many lines a page has when nothing is said.
const USUAL: u32 = 50;

/// Which page of a list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Page {
    /// Only incidents in this state.
    #[serde(default)]
    #[param(inline)]
    state: Option<IncidentState>,
    /// Continue after this line: the `next` of the page before.
    #[serde(default)]
    after: Option<IncidentId>,
    /// How many lines, 1 to 200; 50 when not said.
    #[serde(default)]
    limit: Option<u32>,
}

/// The incidents of the organisation
///
/// Newest first.
#[utoipa::path(
    get,
    path = "/api/reporting/v1/incidents",
    tag = "reporting",
    params(Page),
    responses((status = 200, description = "A page of incidents.", body = IncidentList))
)]
pub async fn list_incidents(
    State(service): State<Service>,
    signed: Signed,
    Query(page): Query<Page>,
) -> Result<Json<IncidentList>, Problem> {
    Ok(Json(service.incidents(&signed.caller, page.state, page.after, page.limit.unwrap_or(USUAL)).await?))
}

/// Open an incident record
///
/// With what is known; everything can be answered later. The answer tells the duties at once.
#[utoipa::path(
    post,
    path = "/api/reporting/v1/incidents",
    tag = "reporting",
    params(("Idempotency-Key" = Option<String>, Header, description = "A repeat with the same key opens nothing new.")),
    request_body(content = OpenIncident, example = json!({
        "answers": {
            "title": {"value": "Ransomware on the patient record servers"},
            "aware_significant_at": {"value": "2026-03-06T15:30:00Z"},
            "users_affected": {"value": {"min": 100, "max": 400}, "estimated": true}
        }
    })),
    responses((status = 201, description = "The record with its duties.", body = IncidentView,
        headers(("Location" = String, description = "The address of the record."))))
)]
pub async fn open_incident(
    State(service): State<Service>,
    signed: Signed,
    IdempotencyKey(key): IdempotencyKey,
    Input(open): Input<OpenIncident>,
) -> Result<(StatusCode, [(HeaderName, String); 1], Json<IncidentView>), Problem> {
    let incident = service.open_incident(&signed.caller, open, key.as_deref()).await?;
    let location = format!("/api/reporting/v1/incidents/{}", incident.id);
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(incident)))
}

/// One incident with its duties
///
/// Every duty as it stands now, also those that do not apply, each with its reasons.
#[utoipa::path(
    get,
    path = "/api/reporting/v1/incidents/{id}",
    tag = "reporting",
    params(("id" = IncidentId, Path, description = "The incident.")),
    responses((status = 200, description = "The record with its duties.", body = IncidentView))
)]
pub async fn read_incident(
    State(service): State<Service>,
    signed: Signed,
    Path(id): Path<IncidentId>,
) -> Result<Json<IncidentView>, Problem> {
    Ok(Json(service.incident(&signed.caller, id).await?))
}
