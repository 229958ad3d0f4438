//! The tests of a pattern that ask for a value: `path = 'text'`, joined by AND or OR.

use std::collections::BTreeMap;

use crate::misp::{
    stix::table::{Path, Step},
    time,
};

/// What a pattern tests for: paths without quotes and indexes, each with its value.
#[derive(Clone, Debug, Default)]
pub struct Tests {
    /// Path and value.
    pub all: Vec<(String, String)>,
    /// The place in a list that each path names, where it names one.
    places: Vec<Option<usize>>,
    /// Whether any of them is enough.
    pub is_choice: bool,
}

impl Tests {
    /// Reads a pattern; nothing when it asks for more than values.
    pub fn read(pattern: &str) -> Option<Self> {
        let mut scanner = Scanner { rest: pattern };
        let mut tests = Vec::new();
        let mut places = Vec::new();
        let mut choices = 0;
        loop {
            scanner.skip();
            if scanner.rest.is_empty() {
                break;
            }
            if scanner.word("OR") {
                choices += 1;
                continue;
            }
            if scanner.word("AND") || scanner.sign(&['[', ']', '(', ')']) {
                continue;
            }
            let (path, place) = scanner.path()?;
            scanner.skip();
            if !scanner.sign(&['=']) {
                return None;
            }
            scanner.skip();
            let value = scanner.value()?;
            tests.push((path, value));
            places.push(place);
        }
        let is_choice = choices > 0 && choices + 1 == tests.len();
        if tests.is_empty() { None } else { Some(Self { all: tests, places, is_choice }) }
    }

    /// The values at this path.
    pub fn at<'t>(&'t self, path: &Path) -> impl Iterator<Item = String> + use<'t> {
        let place = plain(path);
        self.all.iter().filter(move |(known, _)| plain_text(known) == place).map(|(_, value)| value.clone())
    }

    /// The tests below a path, and all others.
    pub fn parted(&self, below: &str) -> (Self, Self) {
        let (mut inner, mut rest) = (Self::default(), Self { is_choice: self.is_choice, ..Self::default() });
        for ((path, value), place) in self.all.iter().zip(&self.places) {
            let side = if path.starts_with(below) { &mut inner } else { &mut rest };
            side.all.push((path.clone(), value.clone()));
            side.places.push(*place);
        }
        (inner, rest)
    }

    /// The tests, gathered by the place in a list that they name.
    pub fn by_place(&self) -> BTreeMap<Option<usize>, Vec<(&str, &str)>> {
        let mut found: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for ((path, value), place) in self.all.iter().zip(&self.places) {
            found.entry(*place).or_default().push((path.as_str(), value.as_str()));
        }
        found
    }

    /// The first value at a path that is written out.
    pub fn value(&self, place: &str) -> Option<String> {
        self.all.iter().find(|(known, _)| known == place).map(|(_, value)| value.clone())
    }
}

/// A time in the form of STIX; what is none stays as it is.
pub fn time_of(text: &str) -> String {
    time::nanoseconds(text).map_or_else(|| text.to_owned(), time::of_nanoseconds)
}

/// A path as it is compared: hashes in upper case without hyphens.
fn plain(path: &Path) -> String {
    let steps: Vec<&str> = path.steps.iter().map(Step::name).collect();
    plain_text(&format!("{}:{}", path.kind, steps.join(".")))
}

fn plain_text(path: &str) -> String {
    match path.split_once("hashes.") {
        Some((before, hash)) => format!("{before}hashes.{}", hash.replace('-', "").to_uppercase()),
        None => path.to_lowercase().replace('_', "-"),
    }
}

struct Scanner<'p> {
    rest: &'p str,
}

impl<'p> Scanner<'p> {
    fn skip(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn word(&mut self, word: &str) -> bool {
        match self.rest.strip_prefix(word).filter(|rest| rest.starts_with([' ', '(', '['])) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn sign(&mut self, signs: &[char]) -> bool {
        match self.rest.strip_prefix(signs) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn until(&mut self, stop: impl Fn(char) -> bool) -> &'p str {
        let at = self.rest.find(stop).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at_checked(at).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    /// Type, colon, names parted by points, without quotes and indexes; then the last index that is a number.
    fn path(&mut self) -> Option<(String, Option<usize>)> {
        let mut place = None;
        let mut path = self
            .until(|character| !(character.is_ascii_alphanumeric() || matches!(character, '-' | '_')))
            .to_owned();
        self.rest = self.rest.strip_prefix(':')?;
        path.push(':');
        loop {
            if self.rest.starts_with('\'') {
                path.push_str(&self.value()?);
            } else {
                path.push_str(self.until(|character| {
                    !(character.is_ascii_alphanumeric() || matches!(character, '-' | '_'))
                }));
            }
            if self.rest.starts_with('[') {
                let index = self.until(|character| character == ']');
                place = index.strip_prefix('[').and_then(|index| index.parse().ok()).or(place);
                self.rest = self.rest.strip_prefix(']')?;
            }
            match self.rest.strip_prefix('.') {
                Some(rest) => {
                    self.rest = rest;
                    path.push('.');
                }
                None => return Some((path, place)),
            }
        }
    }

    /// A text without its escapes, or a number or word as it stands.
    fn value(&mut self) -> Option<String> {
        for prefix in ["t'", "h'", "b'"] {
            if self.rest.starts_with(prefix) {
                self.rest = self.rest.get(1..)?;
            }
        }
        let Some(rest) = self.rest.strip_prefix('\'') else {
            let word = self.until(|character| matches!(character, ' ' | ')' | ']' | '['));
            return if word.is_empty() { None } else { Some(word.to_owned()) };
        };
        let mut text = String::new();
        let mut characters = rest.char_indices();
        while let Some((at, character)) = characters.next() {
            match character {
                '\'' => {
                    self.rest = rest.get(at + 1..)?;
                    return Some(text);
                }
                '\\' => text.push(characters.next()?.1),
                other => text.push(other),
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_in_patterns() {
        let tests = Tests::read(
            "[file:hashes.'SHA-1' = 'ab' AND (file:name = 'a\\'b\\\\c' OR network-traffic:dst_port = 80)] AND [email-message:to_refs[0].value = 'x']",
        )
        .unwrap();
        assert_eq!(tests.all[0], ("file:hashes.SHA-1".to_owned(), "ab".to_owned()));
        assert_eq!(tests.all[1].1, "a'b\\c");
        assert_eq!(tests.all[2], ("network-traffic:dst_port".to_owned(), "80".to_owned()));
        assert_eq!(tests.all[3].0, "email-message:to_refs.value");
        assert!(Tests::read("[file:name LIKE 'x']").is_none());
        let tests =
            Tests::read("[a:list[0].x = 'p' AND a:list[1].x = 'q' AND a:list[*].x = 'r' AND a:y = 's']");
        let (list, rest) = tests.unwrap().parted("a:list.");
        let places: Vec<_> = list.by_place().into_keys().collect();
        assert_eq!((places, rest.all.len()), (vec![None, Some(0), Some(1)], 1));
        assert!(Tests::read("[file:name = 'x").is_none());
    }
}
