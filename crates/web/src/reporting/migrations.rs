//! A running case stays under its rules; it may go over to a correction of them.

use axum::{Json, extract::State};
use model::IncidentId;
use service::{
    Service,
    view::{IncidentView, MigrateIncident, Migrations},
};

use crate::{
    door::{body::Input, path::Path, session::Signed},
    problem::Problem,
};

/// What corrections of its rules would change for a case
///
/// A case stays on the versions of the rules it began with. Where the rules of a law that may bind it were
/// corrected since, this lists the deadlines, stages, questions and recipients that would change.
#[utoipa::path(
    get,
    path = "/api/reporting/v1/incidents/{id}/migrations",
    tag = "reporting",
    params(("id" = IncidentId, Path, description = "The incident.")),
    responses((status = 200, description = "The corrections; none when there is nothing to go over to.", body = Migrations))
)]
pub async fn read_migrations(
    State(service): State<Service>,
    signed: Signed,
    Path(id): Path<IncidentId>,
) -> Result<Json<Migrations>, Problem> {
    Ok(Json(service.incident_migrations(&signed.caller, id).await?))
}

/// Go over to a correction of the rules
///
/// The history and the audit keep that it was done. Doing so again changes nothing.
#[utoipa::path(
    post,
    path = "/api/reporting/v1/incidents/{id}/migrations/{pack}",
    tag = "reporting",
    params(
        ("id" = IncidentId, Path, description = "The incident."),
        ("pack" = String, Path, description = "The pack, as the list of corrections names it.")
    ),
    request_body(content = MigrateIncident, example = json!({"base_revision": 3, "to": "2022-12-27+1"})),
    responses((status = 200, description = "The record under the corrected rules.", body = IncidentView))
)]
pub async fn migrate_incident(
    State(service): State<Service>,
    signed: Signed,
    Path((id, pack)): Path<(IncidentId, String)>,
    Input(migrate): Input<MigrateIncident>,
) -> Result<Json<IncidentView>, Problem> {
    Ok(Json(service.migrate_incident(&signed.caller, (id, &pack), &migrate).await?))
}
