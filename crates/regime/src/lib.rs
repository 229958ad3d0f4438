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
mod conversion;
mod duties;
mod duty;
mod edition;
mod evaluate;
mod examples;
pub mod export;
pub mod finder;
mod form;
mod format;
mod library;
mod migration;
pub mod pack;
pub mod package;
mod questions;
mod retention;
mod schema;
pub mod statistics;
pub mod summary;
pub mod taxonomy;
mod trace;
mod value;
mod vectors;
mod visibility;
pub mod vocabulary;

pub use case::{Case, DirectoryEntry, Request, Submission, case_from_json};
pub use check::{check_answer, plausibility};
pub use content::{content, place_of, records_text, value_text};
pub use conversion::{Conversion, ConversionCase, Never, Ratio};
pub use duties::{authority_duties, binding, copies, duties};
pub use duty::{Due, Duty, DutyChannel, NamedOrganisation, Recipient};
pub use evaluate::evaluate;
pub use examples::{Examples, example_cases, examples};
pub use form::{
    Basis, Because, Choice, FieldKind, FieldView, FormView, Problem, Proposal, Screen, Section,
    entity_fields, form, form_at, missing_to_file,
};
pub use format::Format;
pub use library::{Library, ReadProblem};
pub use migration::{CaseChange, Migration, migration, migrations};
pub use pack::Pack;
pub use questions::{Questions, owed, questions};
pub use retention::{Kept, retention};
pub use schema::{pack_schema, schema};
pub use trace::{Missing, Trace, Verdict};
pub use value::hidden_character;
pub use vectors::{Report, VectorResult, vectors};
pub use visibility::{Withheld, first_role, withheld};
pub use vocabulary::Vocabularies;
