//! The incident record and its duties, for those who report.

pub(crate) mod alert_of_errata;
pub(crate) mod awareness;
pub(crate) mod change;
mod filed_elsewhere;
mod history;
pub(crate) mod laws;
mod list_incidents;
pub(crate) mod mark_incident;
pub(crate) mod merge;
pub(crate) mod migrate_incident;
mod open_duties;
mod open_incident;
pub(crate) mod project;
mod read_incident;
mod reconcile;
mod save_answers;
pub(crate) mod situation;
pub(crate) mod view;
mod wizard;
