//! The data types of the format (draft 08, section 3): what their text demands, and what the published
//! schemas accept.

mod address;
mod content;
mod place;
mod schema;
mod time;

pub use address::{email, ip, uri};
pub use content::{derived_uuid, digest, hash, label, media, protocol, threat_intelligence, uuid};
pub use place::{geo, unlocode};
pub use schema::accepts;
pub use time::time;

pub use crate::syntax::{
    binary::{base64, to_base64},
    time::nanoseconds,
};

pub use crate::finding::Flaw;
