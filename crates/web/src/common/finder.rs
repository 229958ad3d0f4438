//! The duty finder: for everybody, without an account.

use axum::{Json, extract::State};
use service::{
    Service,
    view::{FindDuties, FoundDuties},
};

use crate::{
    door::{body::Input, source::Source},
    problem::Problem,
};

/// Find the duties that an incident brings
///
/// For everybody. Tell what is known and get the laws that ask something, what, by when, to whom and why,
/// and the question that decides most. Send its answer with the others, or its name in `unknown`, until
/// there is no question left. Nothing is kept. An answer in `what_if` shows what it would change.
#[utoipa::path(
    post,
    path = "/api/v1/duty-finder",
    tag = "common",
    security(()),
    request_body(content = FindDuties, example = json!({
        "country": "LU", "zone": "Europe/Luxembourg",
        "entity": {"entity.type": ["healthcare_provider"], "entity.class": "essential"},
        "facts": {"significance_decision": "significant", "aware_significant_at": "2026-03-06T15:30:00Z"},
        "unknown": ["entity.critical_entity"],
        "what_if": {"personal_data": true}
    })),
    responses((status = 200, description = "The laws with their duties, and the next question.", body = FoundDuties))
)]
pub async fn find_duties(
    State(service): State<Service>,
    Source(source): Source,
    Input(find): Input<FindDuties>,
) -> Result<Json<FoundDuties>, Problem> {
    Ok(Json(service.find_duties(find, &source).await?))
}
