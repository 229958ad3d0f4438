//! What the organisation has prepared for the police.

use axum::{Json, extract::State};
use service::{
    Service,
    view::{ReadinessHistory, ReadinessView, SaveReadinessPoint},
};

use crate::{
    common::{Pdf, as_pdf},
    door::{body::Input, path::Path, session::Signed},
    problem::Problem,
};

/// What is prepared for the police
///
/// Every point of the checklist with how far it is, who is responsible and when to look again.
#[utoipa::path(
    get,
    path = "/api/reporting/v1/readiness",
    tag = "reporting",
    responses((status = 200, description = "The checklist.", body = ReadinessView))
)]
pub async fn read_readiness(
    State(service): State<Service>,
    signed: Signed,
) -> Result<Json<ReadinessView>, Problem> {
    Ok(Json(service.readiness(&signed.caller).await?))
}

/// Change a point of the checklist
///
/// Refused with 409 when somebody else changed the same point since the revision named.
#[utoipa::path(
    put,
    path = "/api/reporting/v1/readiness/{item}",
    tag = "reporting",
    params(("item" = String, Path, description = "The point.", example = "police_contact")),
    request_body(content = SaveReadinessPoint, example = json!({
        "base_revision": 0, "state": "done", "note": "Cybercrime unit, +352 1234", "responsible": "Ada",
        "done_on": "2026-03-01", "review_on": "2027-03-01"
    })),
    responses((status = 200, description = "The checklist.", body = ReadinessView))
)]
pub async fn save_readiness_point(
    State(service): State<Service>,
    signed: Signed,
    Path(item): Path<String>,
    Input(save): Input<SaveReadinessPoint>,
) -> Result<Json<ReadinessView>, Problem> {
    Ok(Json(service.save_readiness_point(&signed.caller, &item, save).await?))
}

/// The changes of the checklist
#[utoipa::path(
    get,
    path = "/api/reporting/v1/readiness/history",
    tag = "reporting",
    responses((status = 200, description = "The changes, newest first.", body = ReadinessHistory))
)]
pub async fn readiness_history(
    State(service): State<Service>,
    signed: Signed,
) -> Result<Json<ReadinessHistory>, Problem> {
    Ok(Json(service.readiness_history(&signed.caller).await?))
}

/// The card for the first hour
///
/// What to leave alone, what to write down and whom to call, as the checklist says: one page to print.
#[utoipa::path(
    get,
    path = "/api/reporting/v1/readiness/first-hour-card.pdf",
    tag = "reporting",
    responses((status = 200, description = "The PDF.", body = String, content_type = "application/pdf"))
)]
pub async fn first_hour_card(State(service): State<Service>, signed: Signed) -> Result<Pdf, Problem> {
    Ok(as_pdf("first-hour", service.first_hour_card(&signed.caller).await?))
}
