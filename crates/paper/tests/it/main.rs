//! What a paper says, and that it is one that archives and readers accept.
#![expect(clippy::unwrap_used, reason = "what fails in a story fails the test")]

mod card;
mod form;
mod office;
mod said;
mod sample;
