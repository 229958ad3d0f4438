//! Asking for a further stage.

use axum::{Json, extract::State};
use model::FilingId;
use service::{
    Service,
    view::{FilingView, RequestStage},
};

use crate::{
    door::{body::Input, idempotency::IdempotencyKey, path::Path, session::Signed},
    problem::Problem,
};

/// Ask for a further stage
///
/// One of the filing's `requestable`; it becomes a duty of the filing organisation at once.
#[utoipa::path(
    post,
    path = "/api/authority/v1/filings/{id}/request",
    tag = "authority",
    params(
        ("id" = FilingId, Path, description = "The filing."),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeat with the same key says nothing twice.")
    ),
    request_body(content = RequestStage, example = json!({
        "duty": "law.mandatory.intermediate_report",
        "due_at": "2026-03-10T12:00:00Z",
        "text": "Which services are restored, and were patient data copied?"
    })),
    responses((status = 200, description = "The filing with the request.", body = FilingView))
)]
pub async fn request_stage(
    State(service): State<Service>,
    signed: Signed,
    IdempotencyKey(key): IdempotencyKey,
    Path(id): Path<FilingId>,
    Input(request): Input<RequestStage>,
) -> Result<Json<FilingView>, Problem> {
    Ok(Json(service.request_stage(&signed.caller, id, request, key.as_deref()).await?))
}
