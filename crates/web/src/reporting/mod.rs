//! The reporting API: for those who report, people's pages and machines alike.

mod answers;
mod approval_chain;
mod approvals;
mod duties;
mod elsewhere;
mod exports;
mod file;
mod filings;
mod form;
mod history;
mod import_report;
mod incidents;
mod links;
mod marks;
mod migrations;
mod preservation;
mod preview;
mod preview_paper;
mod readiness;
mod wizard;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::App;

/// The doors below `/api/reporting/v1`.
pub fn doors() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(duties::open_duties))
        .routes(routes!(wizard::wizard))
        .routes(routes!(readiness::read_readiness))
        .routes(routes!(readiness::readiness_history))
        .routes(routes!(readiness::first_hour_card))
        .routes(routes!(readiness::save_readiness_point))
        .routes(routes!(incidents::list_incidents, incidents::open_incident))
        .routes(routes!(incidents::read_incident))
        .routes(routes!(answers::save_answers))
        .routes(routes!(marks::mark_incident))
        .routes(routes!(migrations::read_migrations))
        .routes(routes!(migrations::migrate_incident))
        .routes(routes!(links::links_waiting))
        .routes(routes!(links::find_others))
        .routes(routes!(links::incident_links, links::tell_others))
        .routes(routes!(links::accept_link))
        .routes(routes!(links::decline_link))
        .routes(routes!(links::end_link))
        .routes(routes!(history::read_history))
        .routes(routes!(preservation::read_preservation))
        .routes(routes!(preservation::place_hold))
        .routes(routes!(preservation::extend_hold))
        .routes(routes!(preservation::lift_hold))
        .routes(routes!(preservation::erase_incident))
        .routes(routes!(form::read_form))
        .routes(routes!(preview::preview_filing))
        .routes(routes!(preview_paper::preview_paper))
        .routes(routes!(exports::list_draft_exports))
        .routes(routes!(exports::download_draft_export))
        .routes(routes!(import_report::import_report))
        .routes(routes!(file::file_stage))
        .routes(routes!(elsewhere::note_filed_elsewhere))
        .routes(routes!(elsewhere::take_back_filed_elsewhere))
        .routes(routes!(approvals::list_approvals))
        .routes(routes!(approvals::read_approval))
        .routes(routes!(approvals::decide_approval))
        .routes(routes!(approvals::remark_approval))
        .routes(routes!(approvals::withdraw_approval))
        .routes(routes!(approvals::incident_approvals))
        .routes(routes!(approvals::ask_approval))
        .routes(routes!(approvals::override_stage))
        .routes(routes!(
            approval_chain::read_approval_chain,
            approval_chain::keep_approval_chain,
            approval_chain::remove_approval_chain
        ))
        .routes(routes!(
            approval_chain::read_incident_chain,
            approval_chain::keep_incident_chain,
            approval_chain::remove_incident_chain
        ))
        .routes(routes!(filings::list_sent_filings))
        .routes(routes!(filings::read_sent_filing))
}
