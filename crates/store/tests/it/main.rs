//! Every method of the store on both databases: `TEST_POSTGRES_URL` names a server, without it
//! the PostgreSQL half is counted as skipped.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "stories are functions that two tests each run: what fails in them fails the test"
)]

mod accounts;
mod approvals;
mod audit;
mod bench;
mod canary;
mod completeness;
mod correspondence;
mod filings;
mod hold;
mod house;
mod incidents;
mod links;
mod papers;
mod preservation;
mod protection;
mod readiness;
mod sample;
mod taxonomies;
mod tenancy;
mod work;
