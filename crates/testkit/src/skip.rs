//! Tests that cannot run here say so, loudly.

use std::{fs::OpenOptions, io::Write};

/// Prints `SKIPPED: why` and adds the line to the file named by `BEFFROI_TEST_SKIPS`, so that a run can
/// count what it did not test.
pub fn skipped(why: &str) {
    let line = format!("SKIPPED: {why}\n");
    let _closed = std::io::stderr().write_all(line.as_bytes());
    if let Some(path) = std::env::var_os("BEFFROI_TEST_SKIPS") {
        let file = OpenOptions::new().create(true).append(true).open(path);
        let _unwritten = file.and_then(|mut file| file.write_all(line.as_bytes()));
    }
}
