//! Who answered what, when.

use axum::{Json, extract::State};
use model::IncidentId;
use service::{Service, view::History};

use crate::{
    door::{path::Path, session::Signed},
    problem::Problem,
};

/// The history of an incident record
///
/// Every change of every answer, newest first.
#[utoipa::path(
    get,
    path = "/api/reporting/v1/incidents/{id}/history",
    tag = "reporting",
    params(("id" = IncidentId, Path, description = "The incident.")),
    responses((status = 200, description = "The changes.", body = History))
)]
pub async fn read_history(
    State(service): State<Service>,
    signed: Signed,
    Path(id): Path<IncidentId>,
) -> Result<Json<History>, Problem> {
    Ok(Json(service.history(&signed.caller, id).await?))
}
