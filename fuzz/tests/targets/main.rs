//! Everything that parses what others wrote, under spoilt input. Briefly with `cargo test`, for longer
//! with `cargo xtask fuzz`.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a target fails its test on the spot")]

mod audit;
mod documents;
mod idmef;
mod law;
mod misp;
mod paper;
mod record;
mod requests;
mod stix;
mod words;
