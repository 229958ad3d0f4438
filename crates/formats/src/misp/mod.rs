//! MISP: events of the core format, read from servers of any age, checked, kept as feeds, and brought to
//! STIX 2.1 and back without loss. The README of this folder tells what stands where.

mod check;
pub mod feed;
mod read;
mod stix;
mod template;
mod time;
mod types;
mod words;
mod write;

pub use check::{Options, check, check_bytes, check_bytes_with, check_with};
pub use read::{read, read_value};
pub use stix::{from_stix, to_stix};
pub use template::Templates;
pub use types::{
    AnalystData, Attribute, Cluster, Event, EventReport, Galaxy, Object, Organisation, Proposal, Reference,
    SharingGroup, Sighting, Tag,
};
pub use words::{categories, default_category, default_to_ids, is_category, is_pair, is_type, types};
