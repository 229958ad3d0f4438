//! How many inputs a target saw.

use std::sync::atomic::{AtomicU64, Ordering};

/// Counts the inputs of a target, and how many of them got past its first door; prints both when the
/// target ends. Many inputs of which none is taken test nothing but the door.
#[derive(Debug)]
pub struct Tally {
    target: &'static str,
    inputs: AtomicU64,
    taken: AtomicU64,
}

impl Tally {
    /// The count of `target`, at zero.
    #[must_use]
    pub const fn new(target: &'static str) -> Self {
        Self { target, inputs: AtomicU64::new(0), taken: AtomicU64::new(0) }
    }

    /// Counts an input.
    pub fn count(&self, taken: bool) {
        self.inputs.fetch_add(1, Ordering::Relaxed);
        self.taken.fetch_add(u64::from(taken), Ordering::Relaxed);
    }
}

impl Drop for Tally {
    fn drop(&mut self) {
        println!(
            "fuzzed {}: {} inputs, {} of them taken",
            self.target,
            self.inputs.load(Ordering::Relaxed),
            self.taken.load(Ordering::Relaxed)
        );
    }
}
