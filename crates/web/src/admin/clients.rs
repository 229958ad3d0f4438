//! Machine clients.

use axum::{Json, extract::State, http::StatusCode};
use model::ClientId;
use service::{
    Service,
    view::{MachineClients, MadeClient, MakeClient},
};

use crate::{
    door::{body::Input, path::Path, session::Signed},
    problem::Problem,
};

/// The machine clients of the organisation
#[utoipa::path(
    get,
    path = "/api/admin/v1/clients",
    tag = "admin",
    responses((status = 200, description = "The clients, also the ended ones.", body = MachineClients))
)]
pub async fn list_clients(
    State(service): State<Service>,
    signed: Signed,
) -> Result<Json<MachineClients>, Problem> {
    Ok(Json(service.machine_clients(&signed.caller).await?))
}

/// Make a machine client
///
/// The secret is in this answer and nowhere else.
#[utoipa::path(
    post,
    path = "/api/admin/v1/clients",
    tag = "admin",
    request_body(content = MakeClient, example = json!({
        "name": "Ticket system", "functions": ["reporter"], "valid_days": 365
    })),
    responses((status = 201, description = "The client with its secret.", body = MadeClient))
)]
pub async fn make_client(
    State(service): State<Service>,
    signed: Signed,
    Input(new): Input<MakeClient>,
) -> Result<(StatusCode, Json<MadeClient>), Problem> {
    Ok((StatusCode::CREATED, Json(service.make_machine_client(&signed.caller, new).await?)))
}

/// Revoke a machine client
///
/// At once and for good.
#[utoipa::path(
    post,
    path = "/api/admin/v1/clients/{id}/revoke",
    tag = "admin",
    params(("id" = ClientId, Path, description = "The client.")),
    responses((status = 200, description = "The clients.", body = MachineClients))
)]
pub async fn revoke_client(
    State(service): State<Service>,
    signed: Signed,
    Path(id): Path<ClientId>,
) -> Result<Json<MachineClients>, Problem> {
    Ok(Json(service.revoke_machine_client(&signed.caller, id).await?))
}
