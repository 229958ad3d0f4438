//! The reporting API: for those who report, people's pages and machines alike.

mod answers;
mod duties;
mod file;
mod filings;
mod form;
mod history;
mod incidents;
mod preview;
mod wizard;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::App;

/// The doors below `/api/reporting/v1`.
pub fn doors() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(duties::open_duties))
        .routes(routes!(wizard::wizard))
        .routes(routes!(incidents::list_incidents, incidents::open_incident))
        .routes(routes!(incidents::read_incident))
        .routes(routes!(answers::save_answers))
        .routes(routes!(history::read_history))
        .routes(routes!(form::read_form))
        .routes(routes!(preview::preview_filing))
        .routes(routes!(file::file_stage))
        .routes(routes!(filings::list_sent_filings))
        .routes(routes!(filings::read_sent_filing))
}
