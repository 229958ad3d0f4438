//! Taxonomies: files of machine tags as MISP reads them, and SKOS as Turtle and JSON-LD.
//!
//! A [`Scheme`] holds a list of terms in two levels, predicates and their values, as machine tags have it. The
//! UUIDs of official terms follow from their tags as in the published files of MISP (RFC 9562, version 5, in
//! the name space of DNS), so that the same term has the same address whoever writes it.

mod check;
mod graph;
mod json_ld;
mod machine_tags;
mod read;
mod turtle;

use std::collections::BTreeMap;

pub use check::{check, check_bytes};
pub use json_ld::json_ld;
pub use machine_tags::machine_tags;
pub use read::{ReadEntry, ReadPredicate, ReadScheme, read};
pub use turtle::turtle;

use crate::syntax::uuid::version_5;

/// Words by language (RFC 5646).
pub type Words = BTreeMap<String, String>;

/// The name space of DNS (RFC 9562, section 6.6).
const DNS: [u8; 16] =
    [0x6b, 0xa7, 0xb8, 0x10, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0, 0xc0, 0x4f, 0xd4, 0x30, 0xc8];

/// The UUID that MISP gives a namespace, a predicate (`rsit:intrusions`) or a tag
/// (`rsit:intrusions="system-compromise"`).
#[must_use]
pub fn uuid_of(tag: &str) -> String {
    version_5(DNS, tag.as_bytes())
}

/// A taxonomy to write.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scheme {
    /// A UUID.
    pub uuid: String,
    /// The name before the colon.
    pub namespace: String,
    /// A whole number for MISP: the version of the list, or its digits.
    pub version: u64,
    /// The version as its source calls it.
    pub version_words: String,
    /// What people call it.
    pub title: Words,
    /// What it is.
    pub description: Words,
    /// Where it comes from.
    pub source: Option<String>,
    /// Its licence.
    pub licence: Option<String>,
    /// The predicates.
    pub predicates: Vec<Predicate>,
}

/// What stands between the colon and the value of a tag.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Predicate {
    /// The predicate with its words.
    pub term: Term,
    /// Whether it is a term of this scheme, and not only where terms of it stand.
    pub own: bool,
    /// The values.
    pub values: Vec<Term>,
}

/// A term.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Term {
    /// A UUID.
    pub uuid: String,
    /// The short name.
    pub value: String,
    /// What people call it.
    pub label: Words,
    /// What it means.
    pub help: Words,
    /// The UUIDs of broader terms.
    pub broader: Vec<String>,
    /// Terms of others: the property of SKOS (`exactMatch`), and an address (a valid IRI) or a machine tag.
    pub matches: Vec<(&'static str, String)>,
    /// What is to be known of its history, in English.
    pub notes: Vec<String>,
    /// Whether it is retired, and the UUID of the term to use instead.
    pub retired: Option<Option<String>>,
}

impl Scheme {
    /// The machine tag of a value.
    #[must_use]
    pub fn tag(&self, predicate: &str, value: Option<&str>) -> String {
        match value {
            Some(value) => format!("{}:{predicate}=\"{value}\"", self.namespace),
            None => format!("{}:{predicate}", self.namespace),
        }
    }
}

/// The words in English, else in the first language.
pub(crate) fn plain(words: &Words) -> Option<&str> {
    words.get("en").or_else(|| words.values().next()).map(String::as_str)
}
