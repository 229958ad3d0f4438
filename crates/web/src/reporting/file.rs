//! Filing a stage.

use axum::{
    Json,
    extract::State,
    http::{HeaderName, StatusCode, header},
};
use model::{DutyKey, IncidentId};
use service::{
    Service,
    view::{FileStage, Filed},
};

use crate::{
    door::{body::Input, idempotency::IdempotencyKey, path::Path, session::Signed},
    problem::Problem,
};

/// File a stage
///
/// Frozen, signed by the filing organisation and receipted by the recipient in one transaction: when
/// this answers, it is durable. A second filing of the same stage is a correction with its own version.
#[utoipa::path(
    post,
    path = "/api/reporting/v1/incidents/{id}/duties/{duty}/file",
    tag = "reporting",
    params(
        ("id" = IncidentId, Path, description = "The incident."),
        ("duty" = DutyKey, Path, description = "The duty, `pack.track.stage`."),
        ("Idempotency-Key" = Option<String>, Header,
            description = "A repeat with the same key files nothing again and answers with the same receipt.")
    ),
    request_body(content = FileStage, example = json!({
        "base_revision": 2,
        "recipient": "0195d2a4-5c00-7000-8000-000000000001",
        "also": ["0195d2a4-5c00-7000-8000-000000000002"],
        "late_reason": "The person on call could not reach the server room."
    })),
    responses((status = 201, description = "Filed; quote the reference.", body = Filed,
        headers(("Location" = String, description = "The address of the filing."))))
)]
pub async fn file_stage(
    State(service): State<Service>,
    signed: Signed,
    IdempotencyKey(key): IdempotencyKey,
    Path((id, duty)): Path<(IncidentId, DutyKey)>,
    Input(file): Input<FileStage>,
) -> Result<(StatusCode, [(HeaderName, String); 1], Json<Filed>), Problem> {
    let filed = service.file_stage(&signed.caller, (id, &duty), file, key.as_deref()).await?;
    let location = format!("/api/reporting/v1/filings/{}", filed.filing);
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(filed)))
}
