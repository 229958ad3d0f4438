//! The integration tests of the vault, in one binary.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod paper;
mod proofs;
mod sealing;
mod signing;
mod trust;
