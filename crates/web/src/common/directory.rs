//! What everyone with an account may know.

use axum::{Json, extract::State};
use service::{
    Service,
    view::{OrganisationBrief, RegimeSummary, TrustedKeys},
};

use crate::{door::session::Signed, problem::Problem};

/// The laws that this node knows
#[utoipa::path(
    get,
    path = "/api/v1/regimes",
    tag = "common",
    responses((status = 200, description = "The laws.", body = [RegimeSummary]))
)]
pub async fn list_regimes(State(service): State<Service>, _signed: Signed) -> Json<Vec<RegimeSummary>> {
    Json(service.regimes())
}

/// The directory of organisations
///
/// The authorities, the providers that act for entities, and the own organisation; for an authority,
/// such a provider and who keeps the node, every one.
#[utoipa::path(
    get,
    path = "/api/v1/organisations",
    tag = "common",
    responses((status = 200, description = "The organisations with their roles.", body = [OrganisationBrief]))
)]
pub async fn list_organisations(
    State(service): State<Service>,
    signed: Signed,
) -> Result<Json<Vec<OrganisationBrief>>, Problem> {
    Ok(Json(service.directory(&signed.caller).await?))
}

/// The published signing keys
///
/// Of the organisations in the directory. Keep the answer as a file: it is the trust file of `beffroi verify --trust`.
#[utoipa::path(
    get,
    path = "/api/v1/keys",
    tag = "common",
    responses((status = 200, description = "The keys, also the ended ones.", body = TrustedKeys))
)]
pub async fn list_keys(State(service): State<Service>, signed: Signed) -> Result<Json<TrustedKeys>, Problem> {
    Ok(Json(service.published_keys(&signed.caller).await?))
}
