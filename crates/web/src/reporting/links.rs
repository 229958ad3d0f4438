//! Incidents of two organisations that belong together.

use axum::{Json, extract::State, http::StatusCode};
use model::{IncidentId, LinkId};
use serde::Deserialize;
use service::{
    Service,
    view::{AcceptLink, EndLink, IncidentLinkView, IncidentLinks, OrganisationBrief, TellOthers},
};

use utoipa::IntoParams;

use crate::{
    door::{body::Input, idempotency::IdempotencyKey, path::Path, query::Query, session::Signed},
    problem::Problem,
};

/// What others told us
///
/// What other organisations told about incidents of theirs and this one has not answered, oldest first.
#[utoipa::path(
    get,
    path = "/api/reporting/v1/links",
    tag = "reporting",
    responses((status = 200, description = "The links that wait.", body = IncidentLinks))
)]
pub async fn links_waiting(
    State(service): State<Service>,
    signed: Signed,
) -> Result<Json<IncidentLinks>, Problem> {
    Ok(Json(service.links_waiting(&signed.caller).await?))
}

/// Which organisations.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OthersQuery {
    /// A part of the name, of at least three letters.
    pub name: String,
}

/// Whom one can tell
///
/// The organisations of this node whose name holds the letters, at most ten: the node lists them to nobody.
#[utoipa::path(
    get,
    path = "/api/reporting/v1/others",
    tag = "reporting",
    params(OthersQuery),
    responses((status = 200, description = "The organisations.", body = Vec<OrganisationBrief>))
)]
pub async fn find_others(
    State(service): State<Service>,
    signed: Signed,
    Query(query): Query<OthersQuery>,
) -> Result<Json<Vec<OrganisationBrief>>, Problem> {
    Ok(Json(service.find_others(&signed.caller, &query.name).await?))
}

/// The links of an incident
///
/// Of the other organisation: its name, the note, the state and the instants; never its record.
#[utoipa::path(
    get,
    path = "/api/reporting/v1/incidents/{id}/links",
    tag = "reporting",
    params(("id" = IncidentId, Path, description = "The incident.")),
    responses((status = 200, description = "The links, oldest first.", body = IncidentLinks))
)]
pub async fn incident_links(
    State(service): State<Service>,
    signed: Signed,
    Path(id): Path<IncidentId>,
) -> Result<Json<IncidentLinks>, Problem> {
    Ok(Json(service.incident_links(&signed.caller, id).await?))
}

/// Tell other organisations
///
/// Each reads the note, our name and the instant, and may keep an incident of its own for it.
#[utoipa::path(
    post,
    path = "/api/reporting/v1/incidents/{id}/links",
    tag = "reporting",
    params(
        ("id" = IncidentId, Path, description = "The incident."),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeat with the same key tells nobody twice.")
    ),
    request_body(content = TellOthers, example = json!({
        "organisations": ["0195d2a4-5c00-7000-8000-000000000001"],
        "note": "Our file service at your data centre has not answered since 14:05."
    })),
    responses((status = 201, description = "All links of the incident.", body = IncidentLinks))
)]
pub async fn tell_others(
    State(service): State<Service>,
    signed: Signed,
    IdempotencyKey(key): IdempotencyKey,
    Path(id): Path<IncidentId>,
    Input(tell): Input<TellOthers>,
) -> Result<(StatusCode, Json<IncidentLinks>), Problem> {
    let links = service.tell_others(&signed.caller, id, tell, key.as_deref()).await?;
    Ok((StatusCode::CREATED, Json(links)))
}

/// Keep an own incident for what one was told
///
/// One that is there already, or a new one with its own awareness instant. A repeat answers with the
/// incident that is linked.
#[utoipa::path(
    post,
    path = "/api/reporting/v1/links/{id}/accept",
    tag = "reporting",
    params(("id" = LinkId, Path, description = "The link.")),
    request_body(content = AcceptLink),
    responses((status = 200, description = "The link with the own incident.", body = IncidentLinkView))
)]
pub async fn accept_link(
    State(service): State<Service>,
    signed: Signed,
    Path(id): Path<LinkId>,
    Input(accept): Input<AcceptLink>,
) -> Result<Json<IncidentLinkView>, Problem> {
    Ok(Json(service.accept_link(&signed.caller, id, accept).await?))
}

/// Say that it does not concern one
#[utoipa::path(
    post,
    path = "/api/reporting/v1/links/{id}/decline",
    tag = "reporting",
    params(("id" = LinkId, Path, description = "The link.")),
    request_body(content = EndLink),
    responses((status = 200, description = "The link.", body = IncidentLinkView))
)]
pub async fn decline_link(
    State(service): State<Service>,
    signed: Signed,
    Path(id): Path<LinkId>,
    Input(end): Input<EndLink>,
) -> Result<Json<IncidentLinkView>, Problem> {
    Ok(Json(service.decline_link(&signed.caller, id, end).await?))
}

/// Take a link back
///
/// From either side; both incidents stay as they are.
#[utoipa::path(
    post,
    path = "/api/reporting/v1/links/{id}/end",
    tag = "reporting",
    params(("id" = LinkId, Path, description = "The link.")),
    request_body(content = EndLink),
    responses((status = 200, description = "The link.", body = IncidentLinkView))
)]
pub async fn end_link(
    State(service): State<Service>,
    signed: Signed,
    Path(id): Path<LinkId>,
    Input(end): Input<EndLink>,
) -> Result<Json<IncidentLinkView>, Problem> {
    Ok(Json(service.end_link(&signed.caller, id, end).await?))
}
