//! Marking an incident.

use axum::{Json, extract::State};
use model::IncidentId;
use service::{
    Service,
    view::{IncidentView, MarkIncident},
};

use crate::{
    door::{body::Input, path::Path, session::Signed},
    problem::Problem,
};

/// Mark an incident
///
/// Who may see the report (TLP 2.0) and what may be done with it (PAP), as a whole and by field group.
/// The narrower holds. What is filed carries the marks under its signature.
#[utoipa::path(
    patch,
    path = "/api/reporting/v1/incidents/{id}/marks",
    tag = "reporting",
    params(("id" = IncidentId, Path, description = "The incident.")),
    request_body(content = MarkIncident, example = json!({
        "base_revision": 1,
        "report": {"tlp": "TLP:AMBER", "pap": "PAP:GREEN"},
        "groups": {"contact": {"tlp": "TLP:RED"}}
    })),
    responses((status = 200, description = "The record as it stands now.", body = IncidentView))
)]
pub async fn mark_incident(
    State(service): State<Service>,
    signed: Signed,
    Path(id): Path<IncidentId>,
    Input(mark): Input<MarkIncident>,
) -> Result<Json<IncidentView>, Problem> {
    Ok(Json(service.mark_incident(&signed.caller, id, mark).await?))
}
