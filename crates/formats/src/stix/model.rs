//! The types of STIX 2.1 and of the incident suite as tables: what the checks, the patterns and the
//! identifiers go by. Facts of the OASIS Standard, sections 3 to 7, and of the Incident Extension Suite.

mod common;
mod domain;
mod meta;
mod observable;
mod observable_parts;
mod suite;

use super::words::Vocabulary;
pub use common::{EXTENSION, common};
pub use suite::extension as known_extension;

/// What a value is made of.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Any text.
    Text,
    Boolean,
    /// A whole number within these bounds.
    Integer(i64, i64),
    /// A number within these bounds.
    Number(f64, f64),
    Time(Precision),
    /// The identifier of an object.
    Reference(References),
    /// The key of an object of the same observed data, as versions before 2.1 have it, or an identifier.
    ObjectReference(&'static [&'static str]),
    Words(&'static Vocabulary),
    Enumeration(&'static [&'static str]),
    Hashes,
    /// Base64.
    Binary,
    Hex,
    Uri,
    Email,
    Domain,
    Ipv4,
    Ipv6,
    Mac,
    /// A media type that IANA knows (mandatory for artifacts, recommended for files).
    MediaType {
        mandatory: bool,
    },
    CharacterSet,
    Protocol,
    Cpe,
    /// RFC 5646.
    Language,
    /// ISO 639-2, as software has it.
    SoftwareLanguage,
    Country,
    RegistryKey,
    RelationshipType,
    /// A dictionary whose entries are all of one kind.
    Dictionary(Entries),
    /// An object of its own.
    Part(&'static Class),
    /// The dictionary of extensions.
    Extensions,
    /// The deprecated objects of observed data, by their keys.
    Objects,
    /// The text of a pattern, or anything that another rule looks at.
    Free,
}

/// What the entries of a dictionary are.
#[derive(Clone, Copy, Debug)]
pub enum Entries {
    /// Any values.
    Any,
    Text,
    TextOrInteger,
    /// A text, or a list of at least two.
    TextOrTexts,
    Texts,
    Counts,
    Integer,
    /// Languages, each with translations by property.
    Translations,
}

/// How exactly a time is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    Any,
    /// At least three digits of a second.
    Millisecond,
    /// No digits of a second.
    Second,
}

/// What may be referred to.
#[derive(Clone, Copy, Debug)]
pub enum References {
    Any,
    Of(&'static [&'static str]),
    Not(&'static [&'static str]),
    /// Observables and relationships, as observed data has it.
    Observables,
}

/// A property of a type.
#[derive(Debug)]
pub struct Property {
    pub name: &'static str,
    pub kind: Kind,
    /// Whether it is a list.
    pub many: bool,
    pub required: bool,
}

/// What properties have to do with each other.
#[derive(Debug)]
pub enum Rule {
    /// At least one of them.
    Some(&'static [&'static str]),
    /// At most one of them.
    NotBoth(&'static str, &'static str),
    /// The first only together with the others.
    Needs(&'static str, &'static [&'static str]),
    /// The second is not earlier than the first; later, if strict.
    Order { first: &'static str, then: &'static str, strict: bool },
    /// Where the first is the text, the second must be there, or must not.
    WhenText { property: &'static str, is: &'static str, not: bool, needs: &'static str },
    /// Where the first is this truth, the second must be there, or must not.
    WhenTrue { property: &'static str, is: bool, then: &'static str, there: bool },
    /// Numbers that the text calls positive, and the schema does not.
    NotNegative(&'static [&'static str]),
    /// The first number is not larger than the second.
    NotLarger(&'static str, &'static str),
}

/// What sort of thing a class is: it decides which common properties it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A STIX Domain Object (SDO).
    Domain,
    /// A STIX Relationship Object (SRO).
    Relationship,
    /// A STIX Cyber-observable Object (SCO).
    Observable,
    /// Language content, extension definition: the common properties of domain objects.
    Meta,
    /// A marking definition: fewer.
    Marking,
    /// Part of an object; no common properties.
    Part,
}

/// A type.
#[derive(Debug)]
pub struct Class {
    pub name: &'static str,
    pub sort: Sort,
    pub source: &'static str,
    pub properties: &'static [Property],
    pub rules: &'static [Rule],
    /// Predefined extensions, for observables and impacts.
    pub extensions: &'static [&'static Class],
    /// The properties that an identifier is made of, for observables (section 2.9).
    pub contributing: &'static [&'static str],
}

impl Class {
    /// The property of this name, its own or a common one.
    pub fn property(&self, name: &str) -> Option<&'static Property> {
        let own = self.properties.iter().find(|property| property.name == name);
        own.or_else(|| common(self.sort).iter().find(|property| property.name == name))
    }

    /// Its own properties, then the common ones.
    #[cfg(test)]
    pub fn all(&self) -> impl Iterator<Item = &'static Property> {
        self.properties.iter().chain(common(self.sort))
    }

    /// The predefined extension of this name.
    pub fn extension(&self, name: &str) -> Option<&'static Class> {
        self.extensions.iter().find(|class| class.name == name).copied()
    }
}

/// The class of objects of this type: those of STIX 2.1 and of the incident suite.
#[must_use]
pub fn class(name: &str) -> Option<&'static Class> {
    [domain::ALL, observable::ALL, meta::ALL, suite::ALL]
        .into_iter()
        .flatten()
        .find(|class| class.name == name)
        .copied()
}

/// Whether the standard itself has this type.
#[must_use]
pub fn is_standard(name: &str) -> bool {
    class(name).is_some_and(|class| !suite::ALL.iter().any(|other| std::ptr::eq(*other, class)))
}

/// Whether objects of this type have versions (section 3.6): observables and marking definitions have none.
pub fn is_versioned(name: &str) -> bool {
    class(name).is_none_or(|class| !matches!(class.sort, Sort::Observable | Sort::Marking))
}

const fn one(name: &'static str, kind: Kind) -> Property {
    Property { name, kind, many: false, required: false }
}

const fn many(name: &'static str, kind: Kind) -> Property {
    Property { name, kind, many: true, required: false }
}

const fn must(property: Property) -> Property {
    Property { name: property.name, kind: property.kind, many: property.many, required: true }
}

const fn text(name: &'static str) -> Property {
    one(name, Kind::Text)
}

const fn texts(name: &'static str) -> Property {
    many(name, Kind::Text)
}

const fn truth(name: &'static str) -> Property {
    one(name, Kind::Boolean)
}

const fn time(name: &'static str) -> Property {
    one(name, Kind::Time(Precision::Any))
}

const fn whole(name: &'static str) -> Property {
    one(name, Kind::Integer(i64::MIN, i64::MAX))
}

const fn count(name: &'static str) -> Property {
    one(name, Kind::Integer(0, i64::MAX))
}

const fn hex(name: &'static str) -> Property {
    one(name, Kind::Hex)
}

const fn object_ref(name: &'static str, types: &'static [&'static str]) -> Property {
    one(name, Kind::ObjectReference(types))
}

const fn object_refs(name: &'static str, types: &'static [&'static str]) -> Property {
    many(name, Kind::ObjectReference(types))
}

const fn part(
    name: &'static str,
    source: &'static str,
    properties: &'static [Property],
    rules: &'static [Rule],
) -> Class {
    Class { name, sort: Sort::Part, source, properties, rules, extensions: &[], contributing: &[] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standard_has_its_types() {
        assert_eq!((domain::ALL.len(), observable::ALL.len(), meta::ALL.len()), (21, 18, 3));
        assert_eq!(suite::ALL.len(), 3);
        for class in [domain::ALL, observable::ALL, meta::ALL, suite::ALL].into_iter().flatten() {
            let mut names: Vec<&str> = class.all().map(|property| property.name).collect();
            let count = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), count, "{} has a property twice", class.name);
            for name in class.contributing {
                assert!(class.property(name).is_some(), "{}.{name}", class.name);
            }
        }
    }
}
