//! Words that a person writes beside the answers: reasons, remarks, notes.

use std::ops::RangeInclusive;

use crate::error::{Error, Result};

/// The longest remark, note or reason, in characters.
pub(crate) const LONGEST: usize = 4000;

/// The words of a field without the blanks around them, in so many characters.
///
/// # Errors
/// [`Error::Invalid`] for the length, or a character that no reader sees.
pub(crate) fn said(field: &str, text: &str, lengths: RangeInclusive<usize>) -> Result<String> {
    let text = text.trim();
    if !lengths.contains(&text.chars().count()) {
        let message = format!("{} to {} characters are wanted here", lengths.start(), lengths.end());
        return Err(Error::invalid(field, "length", message));
    }
    if let Some(character) = regime::hidden_character(text) {
        let message = format!("no control character is taken here, got U+{:04X}", u32::from(character));
        return Err(Error::invalid(field, "control_character", message));
    }
    Ok(text.to_owned())
}

/// The words of a field that may stay empty, in at most so many characters.
///
/// # Errors
/// As [`said`].
pub(crate) fn said_if_any(field: &str, text: Option<&str>, most: usize) -> Result<Option<String>> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    text.map(|text| said(field, text, 1..=most)).transpose()
}
