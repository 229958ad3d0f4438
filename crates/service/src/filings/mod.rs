//! From an incident to a filed stage with its receipt, for those who report.

pub(crate) mod document;
pub(crate) mod file_stage;
mod form;
pub(crate) mod groups;
pub(crate) mod paper;
pub(crate) mod prepare;
mod preview;
pub(crate) mod read_filing;
mod sign;
