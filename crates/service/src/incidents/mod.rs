//! The incident record and its duties, for those who report.

mod history;
mod list_incidents;
pub(crate) mod merge;
mod open_duties;
mod open_incident;
pub(crate) mod project;
mod read_incident;
mod reconcile;
mod save_answers;
pub(crate) mod situation;
mod view;
mod wizard;
