//! The organisation, and who receives what.

use axum::{Json, extract::State};
use service::{
    Service,
    view::{ChangeOrganisation, OrganisationProfile, RecipientDirectory},
};

use crate::{
    door::{body::Input, session::Signed},
    problem::Problem,
};

/// The organisation
#[utoipa::path(
    get,
    path = "/api/admin/v1/organisation",
    tag = "admin",
    responses((status = 200, description = "The organisation.", body = OrganisationProfile))
)]
pub async fn read_organisation(
    State(service): State<Service>,
    signed: Signed,
) -> Result<Json<OrganisationProfile>, Problem> {
    Ok(Json(service.organisation_profile(&signed.caller).await?))
}

/// Change the organisation
#[utoipa::path(
    patch,
    path = "/api/admin/v1/organisation",
    tag = "admin",
    request_body(content = ChangeOrganisation, example = json!({
        "zone": "Europe/Luxembourg", "profile": { "entity.sector": "health" }
    })),
    responses((status = 200, description = "The organisation.", body = OrganisationProfile))
)]
pub async fn change_organisation(
    State(service): State<Service>,
    signed: Signed,
    Input(change): Input<ChangeOrganisation>,
) -> Result<Json<OrganisationProfile>, Problem> {
    Ok(Json(service.change_own_organisation(&signed.caller, change).await?))
}

/// The directory of recipients
///
/// Who receives the reports of each law in each country, and where nobody does.
#[utoipa::path(
    get,
    path = "/api/admin/v1/recipients",
    tag = "admin",
    responses((status = 200, description = "The directory.", body = RecipientDirectory))
)]
pub async fn recipients(
    State(service): State<Service>,
    signed: Signed,
) -> Result<Json<RecipientDirectory>, Problem> {
    Ok(Json(service.recipient_directory(&signed.caller).await?))
}
