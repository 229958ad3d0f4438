//! The authority's desk: inbox, acknowledgement, response, request for a further stage.

mod handle;
mod inbox;
pub(crate) mod statistics;
mod summaries;
