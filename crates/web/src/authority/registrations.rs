//! Entities that want to take part.

use axum::{Json, extract::State};
use model::RegistrationId;
use service::{
    Service,
    view::{RegistrationView, RegistrationWords, Registrations},
};

use crate::{
    door::{body::Input, path::Path, session::Signed},
    problem::Problem,
};

/// The registrations of the countries that the organisation answers for
#[utoipa::path(
    get,
    path = "/api/authority/v1/registrations",
    tag = "authority",
    responses((status = 200, description = "The registrations, newest first.", body = Registrations))
)]
pub async fn list_registrations(
    State(service): State<Service>,
    signed: Signed,
) -> Result<Json<Registrations>, Problem> {
    Ok(Json(service.registrations(&signed.caller).await?))
}

/// One registration
#[utoipa::path(
    get,
    path = "/api/authority/v1/registrations/{id}",
    tag = "authority",
    params(("id" = RegistrationId, Path, description = "The registration.")),
    responses((status = 200, description = "The registration.", body = RegistrationView))
)]
pub async fn read_registration(
    State(service): State<Service>,
    signed: Signed,
    Path(id): Path<RegistrationId>,
) -> Result<Json<RegistrationView>, Problem> {
    Ok(Json(service.registration(&signed.caller, id).await?))
}

/// Accept a registration
///
/// The organisation is entered as one that reports; its contact is invited as its administrator.
#[utoipa::path(
    post,
    path = "/api/authority/v1/registrations/{id}/accept",
    tag = "authority",
    params(("id" = RegistrationId, Path, description = "The registration.")),
    responses((status = 200, description = "The registration.", body = RegistrationView))
)]
pub async fn accept_registration(
    State(service): State<Service>,
    signed: Signed,
    Path(id): Path<RegistrationId>,
) -> Result<Json<RegistrationView>, Problem> {
    Ok(Json(service.accept_registration(&signed.caller, id).await?))
}

/// Refuse a registration
///
/// Whoever registered gets the reason by mail.
#[utoipa::path(
    post,
    path = "/api/authority/v1/registrations/{id}/refuse",
    tag = "authority",
    params(("id" = RegistrationId, Path, description = "The registration.")),
    request_body(content = RegistrationWords, example = json!({ "text": "We find no such entity in our register." })),
    responses((status = 200, description = "The registration.", body = RegistrationView))
)]
pub async fn refuse_registration(
    State(service): State<Service>,
    signed: Signed,
    Path(id): Path<RegistrationId>,
    Input(reason): Input<RegistrationWords>,
) -> Result<Json<RegistrationView>, Problem> {
    Ok(Json(service.refuse_registration(&signed.caller, id, reason).await?))
}

/// Ask about a registration
///
/// Whoever registered gets the question by mail, with a link to answer it.
#[utoipa::path(
    post,
    path = "/api/authority/v1/registrations/{id}/ask",
    tag = "authority",
    params(("id" = RegistrationId, Path, description = "The registration.")),
    request_body(content = RegistrationWords, example = json!({ "text": "Under which number are you registered?" })),
    responses((status = 200, description = "The registration.", body = RegistrationView))
)]
pub async fn ask_registration(
    State(service): State<Service>,
    signed: Signed,
    Path(id): Path<RegistrationId>,
    Input(question): Input<RegistrationWords>,
) -> Result<Json<RegistrationView>, Problem> {
    Ok(Json(service.ask_registration(&signed.caller, id, question).await?))
}
