//! Formats in which incidents and alerts travel: bytes in, typed documents, findings and losses out.
//!
//! Pure: no clock, no chance, no files, no network, no database. One folder per format, all of one shape:
//! `types` (what a document says), `read` (bytes to types, never panics, never fails whole), `write`,
//! `check` (rules with stable identifiers, each with its section and how to mend), and what converts it.
//! Bytes come from strangers: depth, size and count are bounded by [`Limits`]. No schema and no sentence of
//! a standard is carried here; the rules are written from its facts. What is read and not understood is
//! carried along and named as a [`Loss`], never dropped in silence.
//! To add a format: `docs/adding-a-format.md`.

pub mod cacao;
mod checker;
mod converter;
pub mod csaf;
mod finding;
pub mod idea;
pub mod idmef;
pub mod incident;
mod json;
mod limits;
mod mapping;
pub mod misp;
mod pointer;
mod reading;
mod sniff;
pub mod stix;
mod syntax;
pub mod taxonomy;
mod walk;

pub use checker::{CheckOptions, Checker};
pub use converter::{ConvertOptions, ConvertTo, Converted, Converter};
pub use finding::{Finding, Profile, Report, Severity};
pub use json::{Fault, Json, Member, Part, Piece, Splitter, canonical, parse};
pub use limits::Limits;
pub use mapping::{Fit, Mapping, Target};
pub use reading::{Loss, Reading};
pub use sniff::{Format, sniff};
