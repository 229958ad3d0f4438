//! What came in.

use axum::{Json, extract::State};
use service::{
    Service,
    view::{Inbox, InboxQuery},
};

use crate::{
    door::{query::Query, session::Signed},
    problem::Problem,
};

/// The inbox
///
/// Most urgent first: by the instant until which the law wants a response, then newest.
#[utoipa::path(
    get,
    path = "/api/authority/v1/inbox",
    tag = "authority",
    params(InboxQuery),
    responses((status = 200, description = "A page of the inbox.", body = Inbox))
)]
pub async fn inbox(
    State(service): State<Service>,
    signed: Signed,
    Query(query): Query<InboxQuery>,
) -> Result<Json<Inbox>, Problem> {
    Ok(Json(service.inbox(&signed.caller, &query).await?))
}
