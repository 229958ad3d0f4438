//! What keeps a record from being erased: holds, and what laws want; and erasing it when nothing does.

mod erase;
mod hold;
mod read;
mod warn;

/// How the history of a record names its holds; the identifier follows.
pub(crate) const HOLD: &str = "preservation_hold.";
/// The longest text about a hold.
const LONGEST: usize = 2000;
