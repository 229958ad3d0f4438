//! People.

use axum::{Json, extract::State, http::StatusCode};
use model::UserId;
use service::{
    Service,
    view::{ChangePerson, InvitePerson, People, Person},
};

use crate::{
    door::{body::Input, path::Path, session::Signed},
    problem::Problem,
};

/// The people of the organisation
#[utoipa::path(
    get,
    path = "/api/admin/v1/people",
    tag = "admin",
    responses((status = 200, description = "The people.", body = People))
)]
pub async fn list_people(State(service): State<Service>, signed: Signed) -> Result<Json<People>, Problem> {
    Ok(Json(service.people(&signed.caller).await?))
}

/// Invite a person
///
/// A one-time link goes to the address by mail.
#[utoipa::path(
    post,
    path = "/api/admin/v1/people",
    tag = "admin",
    request_body(content = InvitePerson, example = json!({
        "name": "Ada Weber", "mail": "ada.weber@example.eu", "functions": ["reporter"]
    })),
    responses((status = 201, description = "The invited person.", body = Person))
)]
pub async fn invite_person(
    State(service): State<Service>,
    signed: Signed,
    Input(new): Input<InvitePerson>,
) -> Result<(StatusCode, Json<Person>), Problem> {
    Ok((StatusCode::CREATED, Json(service.invite_person(&signed.caller, new).await?)))
}

/// Change a person
///
/// Nobody raises the own functions, and the function that keeps the node is not given here.
#[utoipa::path(
    patch,
    path = "/api/admin/v1/people/{id}",
    tag = "admin",
    params(("id" = UserId, Path, description = "The person.")),
    request_body(content = ChangePerson, example = json!({ "functions": ["reporter", "auditor"] })),
    responses((status = 200, description = "The person.", body = Person))
)]
pub async fn change_person(
    State(service): State<Service>,
    signed: Signed,
    Path(id): Path<UserId>,
    Input(change): Input<ChangePerson>,
) -> Result<Json<Person>, Problem> {
    Ok(Json(service.change_person(&signed.caller, id, change).await?))
}

/// Disable a person
///
/// Sessions, links and the machine clients that the person made end at once.
#[utoipa::path(
    post,
    path = "/api/admin/v1/people/{id}/disable",
    tag = "admin",
    params(("id" = UserId, Path, description = "The person.")),
    responses((status = 200, description = "The person.", body = Person))
)]
pub async fn disable_person(
    State(service): State<Service>,
    signed: Signed,
    Path(id): Path<UserId>,
) -> Result<Json<Person>, Problem> {
    Ok(Json(service.disable_person(&signed.caller, id).await?))
}

/// Enable a person again
#[utoipa::path(
    post,
    path = "/api/admin/v1/people/{id}/enable",
    tag = "admin",
    params(("id" = UserId, Path, description = "The person.")),
    responses((status = 200, description = "The person.", body = Person))
)]
pub async fn enable_person(
    State(service): State<Service>,
    signed: Signed,
    Path(id): Path<UserId>,
) -> Result<Json<Person>, Problem> {
    Ok(Json(service.enable_person(&signed.caller, id).await?))
}

/// Mail a fresh invitation
#[utoipa::path(
    post,
    path = "/api/admin/v1/people/{id}/invite",
    tag = "admin",
    params(("id" = UserId, Path, description = "The person.")),
    responses((status = 200, description = "The person.", body = Person))
)]
pub async fn invite_again(
    State(service): State<Service>,
    signed: Signed,
    Path(id): Path<UserId>,
) -> Result<Json<Person>, Problem> {
    Ok(Json(service.invite_again(&signed.caller, id).await?))
}

/// Reset a person's second factor
///
/// For somebody who lost it; the person is told, and signed out everywhere.
#[utoipa::path(
    post,
    path = "/api/admin/v1/people/{id}/reset-second-factor",
    tag = "admin",
    params(("id" = UserId, Path, description = "The person.")),
    responses((status = 200, description = "The person.", body = Person))
)]
pub async fn reset_second_factor(
    State(service): State<Service>,
    signed: Signed,
    Path(id): Path<UserId>,
) -> Result<Json<Person>, Problem> {
    Ok(Json(service.reset_second_factor(&signed.caller, id).await?))
}
