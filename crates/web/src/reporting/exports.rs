//! What would be filed, in the formats of others.

use axum::{Json, extract::State};
use model::{DutyKey, IncidentId};
use service::{Service, view::ExportOffers};

use super::preview_paper::Whose;
use crate::{
    common::{File, as_file},
    door::{path::Path, query::Query, session::Signed},
    problem::Problem,
};

/// The formats in which a stage is offered as it would be filed now
///
/// Those of its law first; for each what the format does not take yet.
#[utoipa::path(
    get,
    path = "/api/reporting/v1/incidents/{id}/duties/{duty}/exports",
    tag = "reporting",
    params(
        ("id" = IncidentId, Path, description = "The incident."),
        ("duty" = DutyKey, Path, description = "The duty, `pack.track.stage`."),
        Whose
    ),
    responses((status = 200, description = "The formats.", body = ExportOffers))
)]
pub async fn list_draft_exports(
    State(service): State<Service>,
    signed: Signed,
    Path((id, duty)): Path<(IncidentId, DutyKey)>,
    Query(whose): Query<Whose>,
) -> Result<Json<ExportOffers>, Problem> {
    Ok(Json(service.draft_exports(&signed.caller, (id, &duty), whose.recipient).await?))
}

/// What would be filed now, in a format
///
/// What that recipient would see, and no more.
#[utoipa::path(
    get,
    path = "/api/reporting/v1/incidents/{id}/duties/{duty}/exports/{format}",
    tag = "reporting",
    params(
        ("id" = IncidentId, Path, description = "The incident."),
        ("duty" = DutyKey, Path, description = "The duty, `pack.track.stage`."),
        ("format" = String, Path, description = "One of those that are offered.", example = "report"),
        Whose
    ),
    responses((status = 200, description = "The file.", body = String, content_type = "application/octet-stream"))
)]
pub async fn download_draft_export(
    State(service): State<Service>,
    signed: Signed,
    Path((id, duty, format)): Path<(IncidentId, DutyKey, String)>,
    Query(whose): Query<Whose>,
) -> Result<File, Problem> {
    let file = service.draft_export(&signed.caller, (id, &duty), (whose.recipient, &format)).await?;
    Ok(as_file(&format, file))
}
