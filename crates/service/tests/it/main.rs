//! The use cases as stories, each on SQLite and on PostgreSQL (`TEST_POSTGRES_URL` names a server;
//! without one the PostgreSQL half is counted as skipped).
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "stories are functions that two tests each run: what fails in them fails the test"
)]

mod accounts;
mod answers;
mod attacks;
mod audit;
mod clocks;
mod desk;
mod filing;
mod merging;
mod report;
mod secrets;
mod significance;
mod story;
mod tenancy;
