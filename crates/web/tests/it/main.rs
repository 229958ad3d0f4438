//! The doors, asked as callers ask them: over HTTP, against a whole node.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a helper of tests fails the test on the spot"
)]

mod accounts;
mod answers;
mod approvals;
mod attacks;
mod bad_input;
mod exports;
mod finder;
mod headers;
mod pages;
mod paper;
mod sessions;
mod story;
mod tenancy;
mod walkthrough;
mod work;
