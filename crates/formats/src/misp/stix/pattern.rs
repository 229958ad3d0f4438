//! Patterns of STIX (part 9), as MISP needs them: tests joined by AND.

use super::{
    table::{Path, Step},
    value::{self, Kind},
};

/// The tests of one observation.
#[derive(Debug, Default)]
pub struct Tests(Vec<String>);

impl Tests {
    /// Adds a test that the property at the end of the path has this value; false when it can have no such
    /// value. `nth` numbers the items of a list, where there are several.
    pub fn add(&mut self, path: &Path, text: &str, nth: Option<usize>) -> bool {
        let Some(literal) = literal(path, text) else { return false };
        let place = place(path, nth);
        let by_value = matches!(path.steps.as_slice(), [Step::Ref(_), Step::Name(last)] if last == "value")
            && path.kind == "network-traffic";
        if by_value {
            let kind = value::kind_of_address(text);
            let reference = place.strip_suffix(".value").unwrap_or(&place);
            self.0.push(format!("{reference}.type = '{kind}'"));
        }
        self.0.push(format!("{place} = {literal}"));
        true
    }

    /// Adds a test that is written already.
    pub fn push(&mut self, test: String) {
        self.0.push(test);
    }

    /// The pattern.
    pub fn done(self) -> String {
        format!("[{}]", self.0.join(" AND "))
    }
}

fn place(path: &Path, nth: Option<usize>) -> String {
    let mut text = format!("{}:", path.kind);
    let item = nth.map_or_else(|| "[*]".to_owned(), |nth| format!("[{nth}]"));
    for (at, step) in path.steps.iter().enumerate() {
        if at > 0 {
            text.push('.');
        }
        text.push_str(&quoted_name(step.name()));
        match step {
            Step::Refs(_) | Step::Grow(_) => text.push_str(&item),
            Step::First(_) => text.push_str("[*]"),
            Step::Name(_) | Step::Ref(_) => {}
        }
    }
    text
}

/// A name with a hyphen stands in quotes.
fn quoted_name(name: &str) -> String {
    if name.contains('-') { format!("'{name}'") } else { name.to_owned() }
}

/// A value of a property as the language writes it.
fn literal(path: &Path, text: &str) -> Option<String> {
    let value = value::for_pattern(path, text)?;
    Some(match (value::kind(path.last()), value) {
        (Kind::Time, crate::Json::Text(time)) => format!("t'{time}'"),
        (_, crate::Json::Text(text)) => quoted(&text),
        (_, other) => other.to_string(),
    })
}

/// A text in quotes.
pub fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('\'');
    for character in text.chars() {
        if matches!(character, '\'' | '\\') {
            quoted.push('\\');
        }
        quoted.push(character);
    }
    quoted.push('\'');
    quoted
}
