//! Everything that parses what others wrote, under spoilt input. Briefly with `cargo test`, for longer
//! with `cargo xtask fuzz`.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a target fails its test on the spot")]

mod audit;
mod cacao;
mod csaf;
mod documents;
mod idmef;
mod idmef_stix;
mod law;
mod misp;
mod paper;
mod pattern;
mod record;
mod reports;
mod requests;
mod stix;
mod taxonomy;
mod words;
