//! The authority's desk: inbox, acknowledgement, response, request for a further stage.

mod annual;
mod handle;
mod inbox;
