//! The binary as people run it: from nothing to a verified receipt, on bad days, with a law it has never
//! seen.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails on the spot"
)]

mod commands;
mod crash;
mod demo;
mod formats;
mod from_nothing;
mod full_disk;
mod invented_law;
mod packs;
mod patience;
mod refusals;
mod report;
mod reports;
mod restart;
mod support;
mod tls;
