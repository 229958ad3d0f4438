//! Chance turned into hostile documents, for the targets in `tests/targets`.
//!
//! bolero hands each target plain bytes. A parser refuses most plain bytes at its first rule, so
//! [`Dice`] reads them as decisions: which valid document to begin with, and what to spoil in it
//! ([`json`], [`text`]). The same bytes always make the same document. Nothing here knows what is
//! tested, and no crate of the program depends on this one.

mod dice;
pub mod json;
mod limit;
mod tally;
pub mod text;

pub use dice::Dice;
pub use limit::quick;
pub use tally::Tally;
