//! One received filing.

use axum::{Json, extract::State};
use model::FilingId;
use service::{Service, view::FilingView};

use crate::{
    door::{path::Path, session::Signed},
    problem::Problem,
};

/// One filing, as the recipient sees it
///
/// The first reading by each officer is noted, and the filing organisation sees it.
#[utoipa::path(
    get,
    path = "/api/authority/v1/filings/{id}",
    tag = "authority",
    params(("id" = FilingId, Path, description = "The filing.")),
    responses((status = 200, description = "The filing.", body = FilingView))
)]
pub async fn read_received_filing(
    State(service): State<Service>,
    signed: Signed,
    Path(id): Path<FilingId>,
) -> Result<Json<FilingView>, Problem> {
    Ok(Json(service.received_filing(&signed.caller, id).await?))
}
