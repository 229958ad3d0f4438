//! What administrators keep of their organisation, and operators of the node.

mod clients;
mod node;
mod people;
mod profile;
mod recipients;
mod standing;

pub(crate) use people::invite;
pub(crate) use profile::{countries, given};
