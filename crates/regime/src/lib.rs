//! The law as data: reads regime packs and says, for one incident of one entity, which duties it has,
//! why, by when and to whom, what a form asks, and what is wrong with an answer.
//!
//! Pure: no clock, no chance, no files, no database. Time comes in as `now`, files as bytes. No law is
//! named in this crate; what a law says stands in its pack below `regimes/` and in the vocabularies.
//! A verdict is three-valued, and sound and complete over completions: it is decided exactly if every
//! way to complete the record gives the same answer.

pub mod calendar;
mod case;
mod check;
pub mod clock;
mod content;
mod duties;
mod duty;
mod evaluate;
mod examples;
mod form;
mod library;
pub mod pack;
mod schema;
mod trace;
mod value;
mod vectors;
pub mod vocabulary;

pub use case::{Case, DirectoryEntry, Request, Submission, case_from_json};
pub use check::{check_answer, plausibility};
pub use content::{content, value_text};
pub use duties::{authority_duties, duties};
pub use duty::{Due, Duty, NamedOrganisation, Recipient};
pub use evaluate::evaluate;
pub use examples::{Examples, examples};
pub use form::{Basis, Choice, FieldKind, FieldView, FormView, Problem, Screen, Section, form};
pub use library::{Library, ReadProblem};
pub use pack::Pack;
pub use schema::{pack_schema, schema};
pub use trace::{Missing, Trace, Verdict};
pub use value::hidden_character;
pub use vectors::{Report, VectorResult, vectors};
pub use vocabulary::Vocabularies;
