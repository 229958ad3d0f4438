//! The use cases as stories, each on SQLite and on PostgreSQL (`TEST_POSTGRES_URL` names a server;
//! without one the PostgreSQL half is counted as skipped).
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "stories are functions that two tests each run: what fails in them fails the test"
)]

mod accounts;
mod administration;
mod answers;
mod approval_chains;
mod approvals;
mod attacks;
mod audit;
mod bank;
mod clocks;
mod copies;
mod desk;
mod elsewhere;
mod filing;
mod links;
mod merging;
mod paper;
mod police;
mod preservation;
mod readiness;
mod record;
mod registrations;
mod report;
mod resets;
mod second_factor;
mod secrets;
mod significance;
mod story;
mod summaries;
mod taxonomy;
mod tenancy;
mod versions;
mod work;
