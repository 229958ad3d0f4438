//! Playbooks of CACAO 2.0.

mod carried;
mod corpus;
mod diagram;
mod property;
mod samples;
mod schema;
mod secrets;
mod signatures;

use std::{fs, path::Path};

use formats::{Json, Limits, parse};

/// The middle of 2026: when the signatures of the samples are valid.
const NOW_MS: i64 = 1_780_000_000_000;

fn json(path: &Path) -> Json<'static> {
    parse(&fs::read(path).unwrap(), &Limits::default()).unwrap().into_owned()
}

/// As other software sees it: without order of members, and with numbers as values.
fn meaning(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap()
}
