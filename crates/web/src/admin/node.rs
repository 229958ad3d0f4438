//! The organisations of the node.

use axum::{Json, extract::State, http::StatusCode};
use model::OrganisationId;
use service::{
    Service,
    view::{EnterOrganisation, GiveRoles, InviteAdministrator, JobQueue, NodeOrganisations},
};

use crate::{
    door::{body::Input, path::Path, session::Signed},
    problem::Problem,
};

/// The organisations of the node
#[utoipa::path(
    get,
    path = "/api/admin/v1/organisations",
    tag = "admin",
    responses((status = 200, description = "The organisations.", body = NodeOrganisations))
)]
pub async fn list_node_organisations(
    State(service): State<Service>,
    signed: Signed,
) -> Result<Json<NodeOrganisations>, Problem> {
    Ok(Json(service.node_organisations(&signed.caller).await?))
}

/// Enter an organisation
#[utoipa::path(
    post,
    path = "/api/admin/v1/organisations",
    tag = "admin",
    request_body(content = EnterOrganisation, example = json!({
        "name": "Hospital of the East", "country": "LU", "zone": "Europe/Luxembourg",
        "roles": [{ "role": "reporting_entity" }]
    })),
    responses((status = 201, description = "The organisations.", body = NodeOrganisations))
)]
pub async fn enter_organisation(
    State(service): State<Service>,
    signed: Signed,
    Input(new): Input<EnterOrganisation>,
) -> Result<(StatusCode, Json<NodeOrganisations>), Problem> {
    Ok((StatusCode::CREATED, Json(service.enter_organisation(&signed.caller, new).await?)))
}

/// Give an organisation its roles
///
/// All of them: a role that is not named is taken.
#[utoipa::path(
    put,
    path = "/api/admin/v1/organisations/{id}/roles",
    tag = "admin",
    params(("id" = OrganisationId, Path, description = "The organisation.")),
    request_body(content = GiveRoles, example = json!({ "roles": [{ "role": "csirt", "scope": { "country": "LU" } }] })),
    responses((status = 200, description = "The organisations.", body = NodeOrganisations))
)]
pub async fn give_roles(
    State(service): State<Service>,
    signed: Signed,
    Path(id): Path<OrganisationId>,
    Input(given): Input<GiveRoles>,
) -> Result<Json<NodeOrganisations>, Problem> {
    Ok(Json(service.give_roles(&signed.caller, id, given).await?))
}

/// Disable an organisation
///
/// Its people and machines work here no longer; what was filed stays where it is.
#[utoipa::path(
    post,
    path = "/api/admin/v1/organisations/{id}/disable",
    tag = "admin",
    params(("id" = OrganisationId, Path, description = "The organisation.")),
    responses((status = 200, description = "The organisations.", body = NodeOrganisations))
)]
pub async fn disable_organisation(
    State(service): State<Service>,
    signed: Signed,
    Path(id): Path<OrganisationId>,
) -> Result<Json<NodeOrganisations>, Problem> {
    Ok(Json(service.let_organisation_work(&signed.caller, id, false).await?))
}

/// Enable an organisation again
#[utoipa::path(
    post,
    path = "/api/admin/v1/organisations/{id}/enable",
    tag = "admin",
    params(("id" = OrganisationId, Path, description = "The organisation.")),
    responses((status = 200, description = "The organisations.", body = NodeOrganisations))
)]
pub async fn enable_organisation(
    State(service): State<Service>,
    signed: Signed,
    Path(id): Path<OrganisationId>,
) -> Result<Json<NodeOrganisations>, Problem> {
    Ok(Json(service.let_organisation_work(&signed.caller, id, true).await?))
}

/// Invite an administrator of an organisation
#[utoipa::path(
    post,
    path = "/api/admin/v1/organisations/{id}/administrators",
    tag = "admin",
    params(("id" = OrganisationId, Path, description = "The organisation.")),
    request_body(content = InviteAdministrator, example = json!({
        "name": "Ada Weber", "mail": "ada.weber@example.eu"
    })),
    responses((status = 201, description = "The organisations.", body = NodeOrganisations))
)]
pub async fn invite_administrator(
    State(service): State<Service>,
    signed: Signed,
    Path(id): Path<OrganisationId>,
    Input(new): Input<InviteAdministrator>,
) -> Result<(StatusCode, Json<NodeOrganisations>), Problem> {
    Ok((StatusCode::CREATED, Json(service.invite_administrator(&signed.caller, id, new).await?)))
}

/// How the node's work stands
///
/// What waits, for how long beyond its turn, and what was put aside, each with its reason.
#[utoipa::path(
    get,
    path = "/api/admin/v1/jobs",
    tag = "admin",
    responses((status = 200, description = "The queue.", body = JobQueue))
)]
pub async fn read_jobs(State(service): State<Service>, signed: Signed) -> Result<Json<JobQueue>, Problem> {
    Ok(Json(service.read_jobs(&signed.caller).await?))
}
