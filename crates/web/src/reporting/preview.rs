//! What would be filed.

use axum::{Json, extract::State};
use model::{DutyKey, IncidentId};
use service::{Service, view::FilingPreview};

use crate::{
    door::{path::Path, session::Signed},
    problem::Problem,
};

/// Exactly what the recipient will see
///
/// With what is still missing, what is to be mended, and what changed against the filing before.
#[utoipa::path(
    get,
    path = "/api/reporting/v1/incidents/{id}/duties/{duty}/preview",
    tag = "reporting",
    params(
        ("id" = IncidentId, Path, description = "The incident."),
        ("duty" = DutyKey, Path, description = "The duty, `pack.track.stage`.")
    ),
    responses((status = 200, description = "The preview.", body = FilingPreview))
)]
pub async fn preview_filing(
    State(service): State<Service>,
    signed: Signed,
    Path((id, duty)): Path<(IncidentId, DutyKey)>,
) -> Result<Json<FilingPreview>, Problem> {
    Ok(Json(service.preview(&signed.caller, id, &duty).await?))
}
