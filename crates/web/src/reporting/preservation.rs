//! What keeps a record from being erased, and erasing it.

use axum::{Json, extract::State, http::StatusCode};
use model::{HoldId, IncidentId};
use service::{
    Service,
    view::{ExtendHold, GiveReason, PlaceHold, Preservation},
};

use crate::{
    door::{body::Input, path::Path, session::Signed},
    problem::Problem,
};

/// What keeps the record
///
/// The preservation holds on it, until when each law wants it kept, and why it cannot be erased now.
#[utoipa::path(
    get,
    path = "/api/reporting/v1/incidents/{id}/preservation",
    tag = "reporting",
    params(("id" = IncidentId, Path, description = "The incident.")),
    responses((status = 200, description = "What keeps it.", body = Preservation))
)]
pub async fn read_preservation(
    State(service): State<Service>,
    signed: Signed,
    Path(id): Path<IncidentId>,
) -> Result<Json<Preservation>, Problem> {
    Ok(Json(service.preservation(&signed.caller, id).await?))
}

/// Place a preservation hold
///
/// By the organisation itself, or because an authority asks for it. While it stands, nothing of the record is erased.
#[utoipa::path(
    post,
    path = "/api/reporting/v1/incidents/{id}/holds",
    tag = "reporting",
    params(("id" = IncidentId, Path, description = "The incident.")),
    request_body(content = PlaceHold, example = json!({
        "asked_by": "Police, cybercrime unit", "reference": "2026/4711",
        "basis": "Preservation order of 6 March 2026", "what": "The record, its evidence and its messages",
        "ends_at": "2026-05-05T22:00:00Z"
    })),
    responses((status = 201, description = "What keeps it.", body = Preservation))
)]
pub async fn place_hold(
    State(service): State<Service>,
    signed: Signed,
    Path(id): Path<IncidentId>,
    Input(place): Input<PlaceHold>,
) -> Result<(StatusCode, Json<Preservation>), Problem> {
    Ok((StatusCode::CREATED, Json(service.place_hold(&signed.caller, id, place).await?)))
}

/// Prolong a preservation hold
#[utoipa::path(
    post,
    path = "/api/reporting/v1/incidents/{id}/holds/{hold}/extend",
    tag = "reporting",
    params(
        ("id" = IncidentId, Path, description = "The incident."),
        ("hold" = HoldId, Path, description = "The hold.")
    ),
    request_body(content = ExtendHold, example = json!({
        "ends_at": "2026-06-04T22:00:00Z", "reason": "The authority asked for thirty days more."
    })),
    responses((status = 200, description = "What keeps it.", body = Preservation))
)]
pub async fn extend_hold(
    State(service): State<Service>,
    signed: Signed,
    Path(place): Path<(IncidentId, HoldId)>,
    Input(extend): Input<ExtendHold>,
) -> Result<Json<Preservation>, Problem> {
    Ok(Json(service.extend_hold(&signed.caller, place, extend).await?))
}

/// Lift a preservation hold
///
/// A person says why; a machine cannot.
#[utoipa::path(
    post,
    path = "/api/reporting/v1/incidents/{id}/holds/{hold}/lift",
    tag = "reporting",
    params(
        ("id" = IncidentId, Path, description = "The incident."),
        ("hold" = HoldId, Path, description = "The hold.")
    ),
    request_body(content = GiveReason, example = json!({ "reason": "The investigation is closed." })),
    responses((status = 200, description = "What keeps it.", body = Preservation))
)]
pub async fn lift_hold(
    State(service): State<Service>,
    signed: Signed,
    Path(place): Path<(IncidentId, HoldId)>,
    Input(lift): Input<GiveReason>,
) -> Result<Json<Preservation>, Problem> {
    Ok(Json(service.lift_hold(&signed.caller, place, lift).await?))
}

/// Erase the record
///
/// Refused while a hold stands or a law wants it kept. Its keys are deleted: nobody can read it any more. What was
/// filed stays with both sides, and so do receipts and the audit. A person says why; a machine cannot.
#[utoipa::path(
    post,
    path = "/api/reporting/v1/incidents/{id}/erase",
    tag = "reporting",
    params(("id" = IncidentId, Path, description = "The incident.")),
    request_body(content = GiveReason, example = json!({ "reason": "Entered by mistake." })),
    responses((status = 204, description = "It is erased."))
)]
pub async fn erase_incident(
    State(service): State<Service>,
    signed: Signed,
    Path(id): Path<IncidentId>,
    Input(why): Input<GiveReason>,
) -> Result<StatusCode, Problem> {
    service.erase_incident(&signed.caller, id, why).await?;
    Ok(StatusCode::NO_CONTENT)
}
