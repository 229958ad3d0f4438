//! Fail points: where a crash test lets the process die, in builds with debug assertions only.

use std::sync::OnceLock;

static ARMED: OnceLock<String> = OnceLock::new();

/// Arms the point `name` for the life of the process; the node does so when a test asks it to.
pub fn arm(name: String) {
    let _armed_before = ARMED.set(name);
}

/// Dies here, without unwinding and without a word to the database, when `name` is armed.
pub(crate) fn point(name: &str) {
    if cfg!(debug_assertions) && ARMED.get().is_some_and(|armed| armed == name) {
        std::process::abort();
    }
}
