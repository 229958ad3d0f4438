//! Our incident record and STIX 2.1, both ways: an incident of the Incident Extension Suite with its events,
//! impacts and tasks, the duties in [`crate::stix::regulatory`], and what STIX does not say in an extension.
//!
//! A record is [`Json`] with the published names, not `model::Incident`: so this crate stays light, a record
//! of a later version travels unchanged, and the form of the command line is read by the same code. No law
//! is named here; places are rows of `data/incident-stix.toml`.

mod carried;
mod convert;
mod duties;
mod from_stix;
mod guard;
mod marks;
mod read_back;
mod record;
mod table;
mod to_stix;

use crate::{Json, stix::regulatory::Duty};

pub use duties::duties;
pub use from_stix::{from_stix, from_stix_value};
pub use to_stix::to_stix;

/// The name space of the identifiers that follow from a record.
const SPACE: [u8; 16] = *b"beffroi:incident";
/// What an incident is called that has no title, or whose title not all may see.
const UNTITLED: &str = "Incident";

/// An incident with its duties, as it comes out of a bundle.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The record, in the form in which it went in; of a bundle of others, that of the command line
    /// (`entity`, `facts`, `country`), to be completed.
    pub record: Json<'static>,
    /// The duties that the bundle names.
    pub duties: Vec<Duty>,
}
