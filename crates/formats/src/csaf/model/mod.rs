//! The classes and members of CSAF 2.0 and 2.1 as a table: what the structural check goes by.
//! Facts of CSAF 2.0, section 3, and of the schemas published with both versions.

mod cvss;
mod document;
mod products;
mod vulnerability;
mod words;

use super::{
    cvss::Metric,
    syntax::Form,
    version::{Version, Versions},
};

pub use cvss::{CVSS_2, CVSS_4, CVSS_30, CVSS_31};
pub use document::DOCUMENT_ROOT;

/// What a value is made of.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Any text but the empty one.
    Text,
    /// A text that follows a pattern.
    Form(Form),
    /// One of these words.
    Words(&'static [&'static str]),
    /// The long word of a CVSS metric.
    Metric(&'static Metric),
    /// A URI (RFC 3986).
    Uri,
    /// A timestamp (RFC 3339).
    Time,
    /// A number from 0 to 10.
    Score,
    Truth,
    Class(&'static Class),
    /// CVSS 3.0 or 3.1, as its `version` says.
    Cvss3,
    /// An object that is not looked into; `true`: at least one member.
    Anything(bool),
}

/// What is asked of a list.
#[derive(Clone, Copy, Debug)]
pub struct Items {
    pub least: usize,
    /// The versions in which no item may stand twice.
    pub distinct: Versions,
}

/// A member of a class.
#[derive(Debug)]
pub struct Attribute {
    pub name: &'static str,
    pub kind: Kind,
    /// What is asked of the list, if it is one.
    pub list: Option<Items>,
    pub versions: Versions,
    pub required: Versions,
}

/// A kind of object.
#[derive(Debug)]
pub struct Class {
    pub name: &'static str,
    /// The section.
    pub source: &'static str,
    pub attributes: &'static [Attribute],
    /// How many members it has at least, and at most.
    pub members: (usize, usize),
    /// The versions in which no other member may stand.
    pub closed: Versions,
    /// Whether it is a CVSS object, whose faults are those of test 6.1.8.
    pub is_cvss: bool,
}

impl Class {
    /// The attribute of this name in this version, with its place in the table.
    pub fn attribute(&self, version: Version, name: &str) -> Option<(usize, &'static Attribute)> {
        let is_it = |attribute: &Attribute| attribute.name == name && attribute.versions.has(version);
        self.attributes.iter().enumerate().find(|(_, attribute)| is_it(attribute))
    }

    /// The attributes that this version demands.
    pub fn required(&self, version: Version) -> impl Iterator<Item = (usize, &'static Attribute)> {
        self.attributes.iter().enumerate().filter(move |(_, attribute)| attribute.required.has(version))
    }

    const fn new(name: &'static str, source: &'static str, attributes: &'static [Attribute]) -> Self {
        Self { name, source, attributes, members: (0, usize::MAX), closed: Versions::Only21, is_cvss: false }
    }

    const fn with_members(self, least: usize, most: usize) -> Self {
        Self { members: (least, most), ..self }
    }
}

const fn one(name: &'static str, kind: Kind) -> Attribute {
    Attribute { name, kind, list: None, versions: Versions::Both, required: Versions::None }
}

const fn must(name: &'static str, kind: Kind) -> Attribute {
    one(name, kind).demanded(Versions::Both)
}

/// A list of at least one.
const fn many(name: &'static str, kind: Kind) -> Attribute {
    one(name, kind).list(1, Versions::None)
}

/// A list of at least one, no item twice.
const fn set(name: &'static str, kind: Kind) -> Attribute {
    one(name, kind).list(1, Versions::Both)
}

/// A list in which 2.1 forbids the same item twice.
const fn newer_set(name: &'static str, kind: Kind) -> Attribute {
    one(name, kind).list(1, Versions::Only21)
}

impl Attribute {
    const fn only(self, versions: Versions) -> Self {
        Self { versions, ..self }
    }

    const fn demanded(self, versions: Versions) -> Self {
        Self { required: versions, ..self }
    }

    const fn list(self, least: usize, distinct: Versions) -> Self {
        Self { list: Some(Items { least, distinct }), ..self }
    }
}
