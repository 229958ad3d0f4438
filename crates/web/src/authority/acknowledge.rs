//! Acknowledging a filing.

use axum::{Json, extract::State};
use model::FilingId;
use service::{Service, view::FilingView};

use crate::{
    door::{path::Path, session::Signed},
    problem::Problem,
};

/// Acknowledge a filing
///
/// Says that a person has taken it up. A second acknowledgement changes nothing.
#[utoipa::path(
    post,
    path = "/api/authority/v1/filings/{id}/acknowledge",
    tag = "authority",
    params(("id" = FilingId, Path, description = "The filing.")),
    responses((status = 200, description = "The filing, acknowledged.", body = FilingView))
)]
pub async fn acknowledge(
    State(service): State<Service>,
    signed: Signed,
    Path(id): Path<FilingId>,
) -> Result<Json<FilingView>, Problem> {
    Ok(Json(service.acknowledge(&signed.caller, id).await?))
}
