//! For whoever watches the node.

use axum::extract::State;
use service::Service;

use crate::problem::Problem;

/// Whether the process answers
#[utoipa::path(
    get,
    path = "/healthz",
    tag = "health",
    security(()),
    responses((status = 200, description = "It does.", body = String, content_type = "text/plain"))
)]
pub async fn is_alive() -> &'static str {
    "alive\n"
}

/// Whether the node can work
///
/// The database answers and has this program's tables.
#[utoipa::path(
    get,
    path = "/readyz",
    tag = "health",
    security(()),
    responses((status = 200, description = "It can.", body = String, content_type = "text/plain"))
)]
pub async fn is_ready(State(service): State<Service>) -> Result<&'static str, Problem> {
    service.ready().await.map_err(|error| {
        tracing::warn!("the node is not ready: {error}");
        Problem::busy(
            "the database does not answer, or does not have this program's tables; see the node's log",
        )
    })?;
    Ok("ready\n")
}
