//! What reading gives: never an error for the whole, always what could be read.

use serde::Serialize;

use crate::{Json, Limits, Piece, Splitter, json::short, parse, pointer};

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

/// Reads documents, one or a list of them or one after the other, each by `read`; what is no JSON, and `what` is
/// larger than the limit ("an alert"), is a loss.
pub(crate) fn documents<T>(
    bytes: &[u8],
    limits: &Limits,
    what: &str,
    mut read: impl FnMut(Json<'static>) -> Reading<T>,
) -> Reading<T> {
    let mut splitter = Splitter::new(limits);
    splitter.push(bytes);
    splitter.finish();
    let is_list = splitter.is_list();
    let pieces: Vec<_> = splitter.collect();
    let single = pieces.len() == 1 && !is_list;
    let mut reading = Reading::default();
    for piece in pieces {
        let place = if single { String::new() } else { format!("/{}", piece.index) };
        reading.append(&place, document(&piece, limits, what, &mut read));
    }
    reading
}

/// Reads the one document that a piece of a stream is.
pub(crate) fn document<T>(
    piece: &Piece,
    limits: &Limits,
    what: &str,
    read: impl FnOnce(Json<'static>) -> Reading<T>,
) -> Reading<T> {
    let lost =
        |what: String, why: String| Reading { items: Vec::new(), losses: vec![Loss::at(&[], what, why)] };
    if piece.too_large {
        let why = format!("more than {} bytes are not read", limits.bytes);
        return lost(format!("{what} larger than the limit, from line {}", piece.line), why);
    }
    match parse(&piece.bytes, limits) {
        Ok(value) => read(value.into_owned()),
        Err(fault) => {
            let beginning = short(&String::from_utf8_lossy(&piece.bytes));
            lost(format!("line {}: {beginning}", piece.line), format!("this is not JSON: {fault}"))
        }
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
