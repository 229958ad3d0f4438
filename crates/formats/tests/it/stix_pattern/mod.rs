//! The pattern language of STIX: read, checked, matched.

#![expect(clippy::panic, clippy::string_slice, reason = "a test fails on the spot")]

mod cases;
mod corpus;
mod matching;
mod property;
mod syntax;

use formats::{Limits, stix::pattern::Pattern};

fn pattern(text: &str) -> Pattern {
    Pattern::parse(text, &Limits::default()).unwrap_or_else(|error| panic!("{text}: {error}"))
}
