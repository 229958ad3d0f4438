//! The common API: who one is, what everyone with an account may know, and the documents that both
//! sides of a filing keep.

mod account;
mod calendar;
mod directory;
mod documents;
mod exports;
mod finder;
mod health;
mod live;
mod me;
mod notices;
mod paper;
mod schema;
mod taxonomy;

use axum::Router;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::App;

pub use exports::{File, as_file};
pub use paper::{Pdf, as_pdf};

/// The doors below `/api/v1`, and those for other machines.
pub fn doors() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(me::read_me))
        .routes(routes!(account::read_account))
        .routes(routes!(account::set_up_second_factor))
        .routes(routes!(account::confirm_second_factor))
        .routes(routes!(account::remove_second_factor))
        .routes(routes!(account::renew_recovery_codes))
        .routes(routes!(account::change_password))
        .routes(routes!(account::end_session))
        .routes(routes!(account::end_other_sessions))
        .routes(routes!(notices::list_notices))
        .routes(routes!(notices::read_notices))
        .routes(routes!(notices::read_reminders, notices::save_reminders))
        .routes(routes!(
            calendar::read_calendar_feed,
            calendar::make_calendar_feed,
            calendar::end_calendar_feed
        ))
        .routes(routes!(finder::find_duties))
        .routes(routes!(directory::list_regimes))
        .routes(routes!(directory::list_organisations))
        .routes(routes!(directory::list_keys))
        .routes(routes!(documents::download_receipt))
        .routes(routes!(documents::download_filing))
        .routes(routes!(paper::download_filing_paper))
        .routes(routes!(paper::download_receipt_paper))
        .routes(routes!(exports::list_filing_exports))
        .routes(routes!(exports::download_filing_export))
        .routes(routes!(taxonomy::read_taxonomy))
        .routes(routes!(taxonomy::list_taxonomy_versions))
        .routes(routes!(taxonomy::read_taxonomy_version))
        .routes(routes!(taxonomy::change_taxonomy))
        .routes(routes!(taxonomy::import_taxonomy))
        .routes(routes!(taxonomy::download_taxonomy))
        .routes(routes!(taxonomy::download_list))
        .routes(routes!(schema::incident_schema))
        .routes(routes!(schema::report_schema))
        .routes(routes!(schema::summary_schema))
        .routes(routes!(health::is_alive))
        .routes(routes!(health::is_ready))
}

/// The doors that are no part of the described API: the stream of live updates and the calendar feeds.
pub fn undescribed() -> Router<App> {
    Router::new().merge(live::stream()).merge(calendar::feed())
}
