//! The core format, typed at access.
//!
//! Servers of every age write numbers as text or as number, add members and leave others out, and whatever a
//! peer wrote must come out as it came in. So an event keeps the JSON that it was read from, members, order and
//! digits, and the types of this folder are views upon it: they read leniently and copy nothing. A value that
//! is not of the type of its member reads as absent; [`super::check`] names it.

mod attribute;
mod context;
mod event;
pub(super) mod lenient;
mod object;

pub use attribute::{Attribute, Proposal, Sighting};
pub use context::{AnalystData, Cluster, EventReport, Galaxy, Organisation, SharingGroup, Tag};
pub use event::Event;
pub use object::{Object, Reference};
