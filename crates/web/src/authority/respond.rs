//! Responding to a filing.

use axum::{Json, extract::State};
use model::FilingId;
use service::{
    Service,
    view::{FilingView, Respond},
};

use crate::{
    door::{body::Input, idempotency::IdempotencyKey, path::Path, session::Signed},
    problem::Problem,
};

/// Respond to a filing
///
/// Initial feedback and guidance, as the law wants it within its own time. The filing organisation
/// sees it within seconds.
#[utoipa::path(
    post,
    path = "/api/authority/v1/filings/{id}/respond",
    tag = "authority",
    params(
        ("id" = FilingId, Path, description = "The filing."),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeat with the same key says nothing twice.")
    ),
    request_body(content = Respond, example = json!({
        "text": "Received with thanks. Keep the affected servers off the network and preserve their memory."
    })),
    responses((status = 200, description = "The filing with the response.", body = FilingView))
)]
pub async fn respond(
    State(service): State<Service>,
    signed: Signed,
    IdempotencyKey(key): IdempotencyKey,
    Path(id): Path<FilingId>,
    Input(response): Input<Respond>,
) -> Result<Json<FilingView>, Problem> {
    Ok(Json(service.respond(&signed.caller, id, response, key.as_deref()).await?))
}
