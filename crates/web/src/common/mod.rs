//! The common API: who one is, what everyone with an account may know, and the documents that both
//! sides of a filing keep.

mod directory;
mod documents;
mod health;
mod me;
mod schema;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::App;

/// The doors below `/api/v1`, and those for other machines.
pub fn doors() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(me::read_me))
        .routes(routes!(directory::list_regimes))
        .routes(routes!(directory::list_organisations))
        .routes(routes!(directory::list_keys))
        .routes(routes!(documents::download_receipt))
        .routes(routes!(documents::download_filing))
        .routes(routes!(schema::incident_schema))
        .routes(routes!(health::is_alive))
        .routes(routes!(health::is_ready))
}
