//! What the organisation filed.

use axum::{Json, extract::State};
use model::FilingId;
use service::{
    Service,
    view::{FilingList, FilingView},
};

use crate::{
    door::{path::Path, session::Signed},
    problem::Problem,
};

/// What the organisation filed
///
/// Newest first.
#[utoipa::path(
    get,
    path = "/api/reporting/v1/filings",
    tag = "reporting",
    responses((status = 200, description = "The filings.", body = FilingList))
)]
pub async fn list_sent_filings(
    State(service): State<Service>,
    signed: Signed,
) -> Result<Json<FilingList>, Problem> {
    Ok(Json(service.sent_filings(&signed.caller).await?))
}

/// One filing, as the filing organisation sees it
///
/// With the authority's acknowledgement, its messages, and who read it.
#[utoipa::path(
    get,
    path = "/api/reporting/v1/filings/{id}",
    tag = "reporting",
    params(("id" = FilingId, Path, description = "The filing.")),
    responses((status = 200, description = "The filing.", body = FilingView))
)]
pub async fn read_sent_filing(
    State(service): State<Service>,
    signed: Signed,
    Path(id): Path<FilingId>,
) -> Result<Json<FilingView>, Problem> {
    Ok(Json(service.sent_filing(&signed.caller, id).await?))
}
