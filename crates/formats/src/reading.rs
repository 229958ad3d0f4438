//! What reading gives: never an error for the whole, always what could be read.

use serde::Serialize;

use crate::pointer;

/// What was read, and what could not be carried over as it was.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading<T> {
    /// The documents, in the order in which they came.
    pub items: Vec<T>,
    /// What is missing in the items, or stands elsewhere in them.
    pub losses: Vec<Loss>,
}

impl<T> Default for Reading<T> {
    fn default() -> Self {
        Self { items: Vec::new(), losses: Vec::new() }
    }
}

impl<T> Reading<T> {
    /// Adds what another reading found in the part of this input at `pointer`.
    pub fn append(&mut self, pointer: &str, other: Self) {
        self.items.extend(other.items);
        self.losses.extend(
            other
                .losses
                .into_iter()
                .map(|loss| Loss { pointer: format!("{pointer}{}", loss.pointer), ..loss }),
        );
    }
}

/// Something that did not come over as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Loss {
    /// Where it stood in the input: a JSON pointer (RFC 6901).
    pub pointer: String,
    /// What it was, in short.
    pub what: String,
    /// Why it did not come over, and where it is now, if anywhere.
    pub why: String,
}

impl Loss {
    /// A loss at the path of `segments`.
    pub(crate) fn at(segments: &[&str], what: impl Into<String>, why: impl Into<String>) -> Self {
        Self { pointer: pointer::of(segments), what: what.into(), why: why.into() }
    }
}
