//! Texts of a pack: Project Fluent files, plain messages with attributes.

use std::collections::BTreeMap;

use fluent_syntax::{
    ast::{Entry, Pattern, PatternElement},
    parser,
};

/// The texts of one language: `key` for a message, `key.attribute` for its attributes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts(BTreeMap<String, String>);

impl Texts {
    /// The text of that key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str)
    }

    /// Takes over the texts of `other`, which win.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Reads a Fluent file.
    ///
    /// # Errors
    /// Every entry that cannot be read: its key, and why.
    pub fn read(source: &str) -> Result<Self, Vec<(String, String)>> {
        let mut problems = vec![];
        let resource = parser::parse(source).unwrap_or_else(|(resource, errors)| {
            problems
                .extend(errors.iter().map(|error| (format!("byte {}", error.pos.start), error.to_string())));
            resource
        });
        let mut texts = BTreeMap::new();
        for entry in &resource.body {
            let Entry::Message(message) = entry else { continue };
            let own = message.value.as_ref().map(|value| (message.id.name.to_owned(), value));
            let attributes = message
                .attributes
                .iter()
                .map(|attribute| (format!("{}.{}", message.id.name, attribute.id.name), &attribute.value));
            for (key, pattern) in own.into_iter().chain(attributes) {
                match plain(pattern) {
                    Ok(text) if texts.contains_key(&key) => {
                        problems.push((key, format!("stands twice, again as {text:?}")))
                    }
                    Ok(text) => {
                        texts.insert(key, text);
                    }
                    Err(rule) => problems.push((key, rule)),
                }
            }
        }
        if problems.is_empty() { Ok(Self(texts)) } else { Err(problems) }
    }
}

fn plain(pattern: &Pattern<&str>) -> Result<String, String> {
    pattern
        .elements
        .iter()
        .map(|element| match element {
            PatternElement::TextElement { value } => Ok(*value),
            PatternElement::Placeable { .. } => {
                Err("a text of a pack has no placeables; write it out".to_owned())
            }
        })
        .collect::<Result<String, _>>()
        .map(|text| text.replace('\n', " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_and_attributes_are_texts() {
        let texts = Texts::read("stage-early = Early warning\n    .help = Say it\n        early.\n").unwrap();
        assert_eq!(texts.get("stage-early"), Some("Early warning"));
        assert_eq!(texts.get("stage-early.help"), Some("Say it early."));
    }

    #[test]
    fn what_cannot_be_shown_is_named() {
        let problems = Texts::read("a = { $x }\nb = fine\nb = again\n").unwrap_err();
        assert_eq!(problems.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    }
}
