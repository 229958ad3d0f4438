//! Bytes to playbooks: one playbook, a list of them, or one after the other. Nothing is refused: what cannot
//! be typed is carried in `other` and named as a loss.

mod parts;
mod reader;

use super::Playbook;
use crate::{Json, Limits, Loss, Piece, Reading, Splitter, parse};
use reader::Reader;

/// Reads a document: a playbook, a list of playbooks, or playbooks one after the other.
#[must_use]
pub fn read(bytes: &[u8], limits: &Limits) -> Reading<Playbook> {
    let mut splitter = Splitter::new(limits);
    splitter.push(bytes);
    splitter.finish();
    let is_list = splitter.is_list();
    let pieces: Vec<_> = splitter.collect();
    let single = pieces.len() == 1 && !is_list;
    let mut reading = Reading::default();
    for piece in pieces {
        let place = if single { String::new() } else { format!("/{}", piece.index) };
        reading.append(&place, read_piece(&piece, limits));
    }
    reading
}

fn read_piece(piece: &Piece, limits: &Limits) -> Reading<Playbook> {
    let lost =
        |what: String, why: String| Reading { items: Vec::new(), losses: vec![Loss::at(&[], what, why)] };
    if piece.too_large {
        let why = format!("more than {} bytes are not read", limits.bytes);
        return lost("a playbook larger than the limit".to_owned(), why);
    }
    match parse(&piece.bytes, limits) {
        Ok(value) => read_value(value.into_owned()),
        Err(fault) => {
            let beginning = crate::json::short(&String::from_utf8_lossy(&piece.bytes));
            lost(format!("line {}: {beginning}", piece.line), format!("this is not JSON: {fault}"))
        }
    }
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
