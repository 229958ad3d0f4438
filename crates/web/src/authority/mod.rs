//! The authority API: the desk of those who receive.

mod acknowledge;
mod annual;
mod filing;
mod inbox;
mod registrations;
mod request_stage;
mod respond;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::App;

/// The doors below `/api/authority/v1`.
pub fn doors() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(inbox::inbox))
        .routes(routes!(annual::annual_table))
        .routes(routes!(registrations::list_registrations))
        .routes(routes!(registrations::read_registration))
        .routes(routes!(registrations::accept_registration))
        .routes(routes!(registrations::refuse_registration))
        .routes(routes!(registrations::ask_registration))
        .routes(routes!(filing::read_received_filing))
        .routes(routes!(acknowledge::acknowledge))
        .routes(routes!(respond::respond))
        .routes(routes!(request_stage::request_stage))
}
