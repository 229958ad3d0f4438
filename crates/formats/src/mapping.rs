//! Tables from the words of one vocabulary to those of another. They are data, in `data/`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// How well a word of the other vocabulary fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fit {
    /// Both mean the same.
    Same,
    /// The other word means more.
    Broader,
    /// The other word means less: right for the usual case.
    Narrower,
    /// They meet, but neither holds the other.
    Near,
    /// There is no word for it.
    Nothing,
}

/// Where a word leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// The word.
    pub from: String,
    /// The words of the other vocabulary, the best first; empty when nothing fits.
    #[serde(default)]
    pub to: Vec<String>,
    /// How well the first fits.
    pub fit: Fit,
}

/// A table.
#[derive(Clone, Debug, Default)]
pub struct Mapping(BTreeMap<String, Target>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(rename = "format")]
    _format: String,
    #[serde(rename = "id")]
    _id: String,
    #[serde(rename = "source")]
    _source: String,
    rows: Vec<Target>,
}

impl Mapping {
    /// Reads a table of the format `beffroi-mapping/1`.
    ///
    /// # Errors
    /// A text that is no such table.
    pub(crate) fn read(text: &str) -> Result<Self, toml::de::Error> {
        let table: Table = toml::from_str(text)?;
        Ok(Self(table.rows.into_iter().map(|row| (row.from.clone(), row)).collect()))
    }

    /// One of our own tables; a test holds that each can be read.
    pub(crate) fn own(text: &str) -> Self {
        Self::read(text).unwrap_or_default()
    }

    /// Where this word leads.
    #[must_use]
    pub fn get(&self, word: &str) -> Option<&Target> {
        self.0.get(word)
    }

    /// All rows, in the order of their words.
    pub fn rows(&self) -> impl Iterator<Item = &Target> {
        self.0.values()
    }
}
