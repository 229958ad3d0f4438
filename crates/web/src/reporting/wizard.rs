//! The first screen for a new incident.

use axum::{Json, extract::State};
use regime::FormView;
use service::Service;

use crate::{door::session::Signed, problem::Problem};

/// The first questions about a new incident
///
/// Before any duty is known: what the first hours need, whatever law it will be.
#[utoipa::path(
    get,
    path = "/api/reporting/v1/wizard",
    tag = "reporting",
    responses((status = 200, description = "The questions, without answers.", body = FormView))
)]
pub async fn wizard(State(service): State<Service>, signed: Signed) -> Result<Json<FormView>, Problem> {
    Ok(Json(service.wizard(&signed.caller).await?))
}
