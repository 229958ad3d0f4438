//! What keeps a record from being erased: holds, and what laws want; and erasing it when nothing does.

mod erase;
mod hold;
mod read;
mod warn;

/// How the history of a record names its holds; the identifier follows.
pub(crate) const HOLD: &str = "preservation_hold.";
/// The longest text about a hold.
const LONGEST: usize = 2000;

use crate::error::{Error, Result};

/// A text that somebody must write.
fn required(field: &str, text: &str) -> Result<String> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > LONGEST {
        return Err(Error::invalid(field, "length", format!("write 1 to {LONGEST} characters")));
    }
    if regime::hidden_character(text).is_some() {
        return Err(Error::invalid(field, "hidden_character", "a character in it is not seen by people"));
    }
    Ok(text.to_owned())
}
