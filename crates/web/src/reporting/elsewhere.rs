//! What was filed without Beffroi.

use axum::{Json, extract::State};
use model::{DutyKey, IncidentId};
use service::{
    Service,
    view::{IncidentView, NoteFiledElsewhere, TakeBackFiledElsewhere},
};

use crate::{
    door::{body::Input, path::Path, session::Signed},
    problem::Problem,
};

/// Note that a stage was filed without Beffroi
///
/// Over the platform of an authority, by mail, on the telephone: the duty counts as filed from the instant that
/// is told, and the clocks that run from it follow. Nobody signs a receipt: keep the confirmation, its digest
/// stands in the record. Noting the same again changes nothing.
#[utoipa::path(
    post,
    path = "/api/reporting/v1/incidents/{id}/duties/{duty}/elsewhere",
    tag = "reporting",
    params(
        ("id" = IncidentId, Path, description = "The incident."),
        ("duty" = String, Path, description = "The stage, as the duties of the incident name it.")
    ),
    request_body(content = NoteFiledElsewhere, example = json!({
        "base_revision": 3, "at": "2026-03-06T16:30:00Z", "to": "The reporting platform", "way": "portal",
        "reference": "2026-000123"
    })),
    responses((status = 200, description = "The record as it stands now.", body = IncidentView))
)]
pub async fn note_filed_elsewhere(
    State(service): State<Service>,
    signed: Signed,
    Path((id, duty)): Path<(IncidentId, DutyKey)>,
    Input(input): Input<NoteFiledElsewhere>,
) -> Result<Json<IncidentView>, Problem> {
    Ok(Json(service.note_filed_elsewhere(&signed.caller, (id, &duty), input).await?))
}

/// Take back that a stage was filed without Beffroi
///
/// For what was noted by mistake. The history keeps both, and the reason.
#[utoipa::path(
    post,
    path = "/api/reporting/v1/incidents/{id}/duties/{duty}/elsewhere/take-back",
    tag = "reporting",
    params(
        ("id" = IncidentId, Path, description = "The incident."),
        ("duty" = String, Path, description = "The stage, as the duties of the incident name it.")
    ),
    request_body(content = TakeBackFiledElsewhere, example = json!({
        "base_revision": 4, "at": "2026-03-06T16:30:00Z", "reason": "It was the report of another incident."
    })),
    responses((status = 200, description = "The record as it stands now.", body = IncidentView))
)]
pub async fn take_back_filed_elsewhere(
    State(service): State<Service>,
    signed: Signed,
    Path((id, duty)): Path<(IncidentId, DutyKey)>,
    Input(input): Input<TakeBackFiledElsewhere>,
) -> Result<Json<IncidentView>, Problem> {
    Ok(Json(service.take_back_filed_elsewhere(&signed.caller, (id, &duty), input).await?))
}
