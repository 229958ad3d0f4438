//! The authority API: the desk of those who receive.

mod acknowledge;
mod filing;
mod inbox;
mod registrations;
mod request_stage;
mod respond;
mod statistics;
mod summaries;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::App;

/// The doors below `/api/authority/v1`.
pub fn doors() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(inbox::inbox))
        .routes(routes!(statistics::statistics))
        .routes(routes!(statistics::statistics_csv))
        .routes(routes!(statistics::statistics_workbook))
        .routes(routes!(statistics::statistics_paper))
        .routes(routes!(statistics::annual_table))
        .routes(routes!(statistics::annual_workbook))
        .routes(routes!(summaries::summaries))
        .routes(routes!(summaries::summary))
        .routes(routes!(summaries::summary_csv))
        .routes(routes!(summaries::summary_workbook))
        .routes(routes!(summaries::summary_paper))
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
