//! Mail on good days and on bad ones, against a server that misbehaves as it is told.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "stories are functions that two tests each run: what fails in them fails the test"
)]

mod mail;
