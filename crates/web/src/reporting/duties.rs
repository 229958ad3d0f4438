//! What waits.

use axum::{Json, extract::State};
use service::{Service, view::OpenDuties};

use crate::{door::session::Signed, problem::Problem};

/// The open duties of the organisation
///
/// Least time left first: each with its law, article, state, deadline, recipients, missing facts and reasons.
#[utoipa::path(
    get,
    path = "/api/reporting/v1/duties",
    tag = "reporting",
    responses((status = 200, description = "The duties that wait.", body = OpenDuties))
)]
pub async fn open_duties(
    State(service): State<Service>,
    signed: Signed,
) -> Result<Json<OpenDuties>, Problem> {
    Ok(Json(service.open_duties(&signed.caller).await?))
}
