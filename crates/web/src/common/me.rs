//! Who one is.

use axum::{Json, extract::State};
use service::{Service, view::Me};

use crate::{door::session::Signed, problem::Problem};

/// The caller
///
/// With the front ends that its functions give, and the token that changes by a browser must carry.
#[utoipa::path(
    get,
    path = "/api/v1/me",
    tag = "common",
    responses((status = 200, description = "Who calls.", body = Me))
)]
pub async fn read_me(State(service): State<Service>, signed: Signed) -> Result<Json<Me>, Problem> {
    Ok(Json(service.me(&signed.caller, signed.csrf_token).await?))
}
