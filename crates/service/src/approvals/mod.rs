//! Nothing leaves without the approvals that the organisation wants.
//!
//! A chain says which filings wait for whom. A request freezes what every recipient would get; those who
//! approve see this copy and nothing else. [`gate`] stands in the way of every filing: it lets pass what is
//! approved to the letter. Whatever changes the content withdraws the approval, at the latest at the gate.

mod ask;
mod cast;
mod chain;
mod check;
mod decide;
mod emergency;
mod freeze;
mod gate;
mod read;
mod remark;
mod rounds;
mod tell;
mod view;

pub(crate) use emergency::emergency;
pub(crate) use freeze::digest;
pub(crate) use gate::{gate, used};

use crate::error::{Error, Result};

/// The longest remark, note or reason, in characters.
const LONGEST_TEXT: usize = 4000;

/// The words of a field without the blanks around them, at least `least` characters.
fn words(field: &str, text: &str, least: usize) -> Result<String> {
    let text = text.trim();
    if !(least..=LONGEST_TEXT).contains(&text.chars().count()) {
        let message = format!("{least} to {LONGEST_TEXT} characters are wanted here");
        return Err(Error::invalid(field, "length", message));
    }
    if let Some(character) = regime::hidden_character(text) {
        let message = format!("no control character is taken here, got U+{:04X}", u32::from(character));
        return Err(Error::invalid(field, "control_character", message));
    }
    Ok(text.to_owned())
}

/// The words of a field that may stay empty.
fn optional(field: &str, text: Option<&str>) -> Result<Option<String>> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    text.map(|text| words(field, text, 1)).transpose()
}
