//! How much is done for one answer.

use thiserror::Error;

/// Matching took more steps than were allowed. There is no answer: neither a match nor none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error(
    "matching this pattern took more than {limit} steps: ask of fewer observations, or write it with less alternatives"
)]
pub struct WorkExceeded {
    /// How many were allowed.
    pub limit: u64,
}

/// Counts the steps.
#[derive(Debug)]
pub(in crate::stix::pattern) struct Work {
    limit: u64,
    left: u64,
    is_exceeded: bool,
}

impl Work {
    pub const fn new(limit: u64) -> Self {
        Self { limit, left: limit, is_exceeded: false }
    }

    /// Whether so many more steps may be done.
    pub const fn spend(&mut self, steps: u64) -> bool {
        match self.left.checked_sub(steps) {
            Some(left) => self.left = left,
            None => self.exceed(),
        }
        !self.is_exceeded
    }

    pub const fn exceed(&mut self) {
        self.left = 0;
        self.is_exceeded = true;
    }

    /// The answer, if all steps for it were done.
    pub fn answer<T>(&self, answer: T) -> Result<T, WorkExceeded> {
        if self.is_exceeded { Err(WorkExceeded { limit: self.limit }) } else { Ok(answer) }
    }
}
