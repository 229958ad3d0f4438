//! Files of lines (packs, vocabularies, catalogues of texts) with something spoilt.

use crate::{Dice, json};

/// Spoils `file` in one place: a line, a word of a line, or bytes. `others` lend their lines and words.
#[must_use]
pub fn spoilt(file: &str, others: &[&str], dice: &mut Dice<'_>) -> Vec<u8> {
    let mut lines: Vec<String> = file.lines().map(str::to_owned).collect();
    let at = dice.below(lines.len());
    let other = dice.pick(others).copied().unwrap_or(file);
    match dice.below(10) {
        0 => {
            lines.drain(at..(at + 1 + dice.below(3)).min(lines.len()));
        }
        1 => lines.insert(at, some_line(file, dice)),
        2 => lines.insert(at, some_line(other, dice)),
        3 => lines.truncate(at),
        4 => return with_bytes(file, dice),
        _ => {
            let word = if dice.one_in(3) { edge(dice) } else { some_word(other, dice) };
            if let Some(line) = lines.get_mut(at) {
                *line = with_word(line, &word, dice);
            }
        }
    }
    let mut bytes = lines.join("\n").into_bytes();
    bytes.push(b'\n');
    bytes
}

fn some_line(file: &str, dice: &mut Dice<'_>) -> String {
    file.lines().nth(dice.below(file.lines().count())).unwrap_or_default().to_owned()
}

fn some_word(file: &str, dice: &mut Dice<'_>) -> String {
    let line = some_line(file, dice);
    let words: Vec<(usize, &str)> = words(&line);
    dice.pick(&words).map_or_else(String::new, |(_, word)| (*word).to_owned())
}

/// A word at the edge of what a file can hold.
fn edge(dice: &mut Dice<'_>) -> String {
    match dice.below(8) {
        0 => format!("{:?}", json::any_text(dice)),
        1 => json::any_number(dice).to_string(),
        2 => "[".repeat(1 + dice.below(300)),
        3 => "{ not = ".repeat(1 + dice.below(100)),
        4 => "[]".to_owned(),
        5 => "{}".to_owned(),
        6 => "1979-05-27T07:32:00Z".to_owned(),
        _ => json::any_text(dice),
    }
}

/// Words with their places: runs of letters, digits and `_-.`, and single other signs.
fn words(line: &str) -> Vec<(usize, &str)> {
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let mut found = vec![];
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let length = if inside(first) {
            rest.find(|c: char| !inside(c)).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let Some((word, after)) = rest.split_at_checked(length) else { break };
        if !first.is_whitespace() {
            found.push((line.len() - rest.len(), word));
        }
        rest = after;
    }
    found
}

fn with_word(line: &str, word: &str, dice: &mut Dice<'_>) -> String {
    let words = words(line);
    let Some((at, old)) = dice.pick(&words) else { return word.to_owned() };
    let (before, rest) = line.split_at_checked(*at).unwrap_or((line, ""));
    format!("{before}{word}{}", rest.strip_prefix(old).unwrap_or(rest))
}

fn with_bytes(file: &str, dice: &mut Dice<'_>) -> Vec<u8> {
    let mut bytes = file.as_bytes().to_vec();
    for _ in 0..=dice.below(4) {
        let at = dice.below(bytes.len());
        let byte = dice.byte();
        match bytes.get_mut(at) {
            Some(old) if !dice.one_in(3) => *old = byte,
            Some(_) => bytes.insert(at, byte),
            None => bytes.push(byte),
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_takes_the_place_of_another() {
        let line = "hours = 24 # Art. 23";
        assert_eq!(
            words(line).iter().map(|(_, word)| *word).collect::<Vec<_>>(),
            ["hours", "=", "24", "#", "Art.", "23"]
        );
        assert_eq!(with_word(line, "72", &mut Dice::new(&[0, 0, 2])), "hours = 72 # Art. 23");
    }

    #[test]
    fn any_bytes_spoil_any_file() {
        for seed in 0..=255_u8 {
            let bytes: Vec<u8> =
                (0..60_u8).map(|i: u8| seed.wrapping_mul(31).wrapping_add(i.wrapping_mul(7))).collect();
            for file in ["", "\n", "a = 1\n[b]\nc = \"ü\"\n"] {
                let _spoilt = spoilt(file, &["x = 1"], &mut Dice::new(&bytes));
            }
        }
    }
}
