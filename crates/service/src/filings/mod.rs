//! From an incident to a filed stage with its receipt, for those who report.

mod document;
mod file_stage;
mod form;
pub(crate) mod groups;
mod prepare;
mod preview;
pub(crate) mod read_filing;
mod sign;
