//! Saving answers.

use axum::{Json, extract::State};
use model::IncidentId;
use service::{
    Service,
    view::{IncidentView, SaveAnswers},
};

use crate::{
    door::{body::Input, path::Path, session::Signed},
    problem::Problem,
};

/// Save answers
///
/// Answers to different fields merge. A field that somebody else changed since `base_revision` is
/// never overwritten: the answer is then 409 with both values, and nothing of the request is saved.
#[utoipa::path(
    patch,
    path = "/api/reporting/v1/incidents/{id}/answers",
    tag = "reporting",
    params(("id" = IncidentId, Path, description = "The incident.")),
    request_body(content = SaveAnswers, example = json!({
        "base_revision": 1,
        "answers": {
            "suspected_malicious": {"value": true},
            "outage_duration": {"value": 5400, "estimated": true},
            "cross_border": {"value": null}
        },
        "clear": ["users_affected"],
        "reasons": {"aware_significant_at": "The log of the gateway shows that it was seen at 14:05."}
    })),
    responses((status = 200, description = "The record with its duties as they stand now.", body = IncidentView))
)]
pub async fn save_answers(
    State(service): State<Service>,
    signed: Signed,
    Path(id): Path<IncidentId>,
    Input(save): Input<SaveAnswers>,
) -> Result<Json<IncidentView>, Problem> {
    Ok(Json(service.save_answers(&signed.caller, id, save).await?))
}
