//! From a text to lines that fit.

use std::collections::BTreeSet;

use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_normalization::UnicodeNormalization;

use crate::fonts::Loaded;

/// The text as it can be set: composed, in one line or more, and what `face` does not have as its
/// number in brackets (`[U+1F525]`), noted in `unprinted`.
pub fn settable(face: &Loaded, text: &str, unprinted: &mut BTreeSet<char>) -> String {
    let mut settable = String::with_capacity(text.len());
    for character in text.nfc() {
        match character {
            '\n' => settable.push('\n'),
            '\r' => {}
            '\t' => settable.push(' '),
            _ if face.glyph(character).is_some() => settable.push(character),
            _ => {
                settable.push_str(&format!("[U+{:04X}]", u32::from(character)));
                unprinted.insert(character);
            }
        }
    }
    settable
}

/// The longest property of a file, in bytes (PDF/A limits strings to 32,767).
const LONGEST_TITLE: usize = 2000;

/// A text as a property of the file or as a bookmark: short, in one line, never empty.
pub fn title(text: &str) -> String {
    let clean: String = text.chars().filter(|character| !character.is_control()).collect();
    let title = clean.get(..clean.floor_char_boundary(LONGEST_TITLE)).unwrap_or_default().trim();
    if title.is_empty() { "—".to_owned() } else { title.to_owned() }
}

/// The lines of a settable text within `width` points. Spaces at which a line ends stay with it, so
/// that words stay apart when the text is taken out again.
pub fn lines(face: &Loaded, size: f32, text: &str, width: f32) -> Vec<String> {
    let mut lines = Lines { face, size, width, done: vec![], line: String::new(), used: 0.0 };
    let mut from = 0;
    for (to, opportunity) in linebreaks(text) {
        let piece = text.get(from..to).unwrap_or_default();
        from = to;
        let mandatory = opportunity == BreakOpportunity::Mandatory && piece.ends_with('\n');
        lines.add(piece.trim_end_matches('\n'));
        if mandatory {
            lines.end();
        }
    }
    lines.end();
    while lines.done.len() > 1 && lines.done.last().is_some_and(|line| line.trim().is_empty()) {
        lines.done.pop();
    }
    lines.done
}

struct Lines<'a> {
    face: &'a Loaded,
    size: f32,
    width: f32,
    done: Vec<String>,
    line: String,
    used: f32,
}

impl Lines<'_> {
    /// Adds what is not broken if it can be helped.
    fn add(&mut self, piece: &str) {
        let seen = self.face.width(piece.trim_end(), self.size);
        if !self.line.is_empty() && self.used + seen > self.width {
            self.end();
        }
        if seen > self.width {
            piece.chars().for_each(|character| self.add_character(character));
        } else {
            self.line.push_str(piece);
            self.used += self.face.width(piece, self.size);
        }
    }

    fn add_character(&mut self, character: char) {
        let advance = self.face.glyph(character).map_or(0.0, |glyph| glyph.advance * self.size);
        if !self.line.is_empty() && self.used + advance > self.width && !character.is_whitespace() {
            self.end();
        }
        self.line.push(character);
        self.used += advance;
    }

    fn end(&mut self) {
        self.done.push(std::mem::take(&mut self.line));
        self.used = 0.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts::{Face, fonts};

    fn broken(text: &str, width: f32) -> String {
        let face = fonts().unwrap().face(Face::Regular);
        let mut unprinted = BTreeSet::new();
        let text = settable(face, text, &mut unprinted);
        let lines = lines(face, 10.0, &text, width);
        for line in &lines {
            assert!(face.width(line.trim_end(), 10.0) <= width, "{line:?} is too long");
        }
        format!("{}|{unprinted:?}", lines.join("|"))
    }

    #[test]
    fn words_stay_whole_where_they_can_and_keep_their_spaces() {
        insta::assert_snapshot!(broken("The ransomware encrypted fourteen servers.", 100.0), @"The ransomware |encrypted fourteen |servers.|{}");
        insta::assert_snapshot!(broken("First line\n\nthird line\n", 400.0), @"First line||third line|{}");
        insta::assert_snapshot!(broken("Donaudampfschifffahrtsgesellschaft", 60.0), @"Donaudampf|schifffahrtsge|sellschaft|{}");
        insta::assert_snapshot!(broken("", 60.0), @"|{}");
    }

    #[test]
    fn what_cannot_be_set_is_written_as_its_number() {
        insta::assert_snapshot!(broken("fire \u{1f525} \u{202e}abc \u{7}", 400.0), @r#"fire [U+1F525] [U+202E]abc [U+0007]|{'\u{7}', '\u{202e}', '🔥'}"#);
        insta::assert_snapshot!(broken("e\u{301}te\u{301}, Ελληνικά, Български, țară, ħġż", 400.0), @"été, Ελληνικά, Български, țară, ħġż|{}");
    }
}
