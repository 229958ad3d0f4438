//! Bytes to playbooks: one playbook, a list of them, or one after the other. Nothing is refused: what cannot
//! be typed is carried in `other` and named as a loss.

mod parts;
mod reader;

use super::Playbook;
use crate::{Json, Limits, Loss, Reading, reading::documents};
use reader::Reader;

/// Reads a document: a playbook, a list of playbooks, or playbooks one after the other.
#[must_use]
pub fn read(bytes: &[u8], limits: &Limits) -> Reading<Playbook> {
    documents(bytes, limits, "a playbook", read_value)
}

/// Reads one playbook that is JSON already.
#[must_use]
pub fn read_value(value: Json<'static>) -> Reading<Playbook> {
    let mut losses = Vec::new();
    match Reader::over(&mut losses, String::new(), value) {
        Ok(reader) => {
            let playbook = reader.playbook();
            Reading { items: vec![playbook], losses }
        }
        Err(value) => {
            losses.push(Loss::at(&[], value.in_short(), "a playbook is an object"));
            Reading { items: Vec::new(), losses }
        }
    }
}
