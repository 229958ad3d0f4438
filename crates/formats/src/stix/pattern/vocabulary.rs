//! Which objects and properties a pattern may speak of.

use crate::stix::model::{self, Class, Property, Sort};

/// The model that patterns are checked against.
#[derive(Clone, Copy, Debug)]
pub struct Vocabulary {
    /// Whether the standard has an observable object of this type.
    pub is_type: fn(object_type: &str) -> bool,
    /// What a property of such an object holds; none when it has no such property.
    pub property: fn(object_type: &str, property: &str) -> Option<Kind>,
}

/// What a property holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A text.
    Text,
    /// A whole number.
    Integer,
    /// Any number.
    Float,
    /// `true` or `false`
    Boolean,
    /// A timestamp.
    Timestamp,
    /// Bytes, in hexadecimal digits or in Base64.
    Binary,
    /// The identifier of another object, or a list of such.
    Reference,
    /// A list, a dictionary or an object, of which steps of the path lead further.
    Nested,
}

impl Default for Vocabulary {
    /// The observable objects of STIX 2.1 (section 6).
    fn default() -> Self {
        Self {
            is_type: |name| observable(name).is_some(),
            property: |object_type, property| observable(object_type)?.property(property).map(Kind::of),
        }
    }
}

fn observable(object_type: &str) -> Option<&'static Class> {
    model::class(object_type).filter(|class| class.sort == Sort::Observable)
}

impl Kind {
    const fn of(property: &Property) -> Self {
        use model::Kind as Model;
        match property.kind {
            Model::Reference(_) | Model::ObjectReference(_) => Self::Reference,
            _ if property.many => Self::Nested,
            Model::Boolean => Self::Boolean,
            Model::Integer(..) => Self::Integer,
            Model::Number(..) => Self::Float,
            Model::Time(_) => Self::Timestamp,
            Model::Binary | Model::Hex => Self::Binary,
            Model::Hashes | Model::Dictionary(_) | Model::Part(_) | Model::Extensions | Model::Objects => {
                Self::Nested
            }
            Model::Text
            | Model::Words(_)
            | Model::Enumeration(_)
            | Model::Uri
            | Model::Email
            | Model::Domain
            | Model::Ipv4
            | Model::Ipv6
            | Model::Mac
            | Model::MediaType { .. }
            | Model::CharacterSet
            | Model::Protocol
            | Model::Cpe
            | Model::Language
            | Model::SoftwareLanguage
            | Model::Country
            | Model::RegistryKey
            | Model::RelationshipType
            | Model::Free => Self::Text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_have_their_kind() {
        let standard = Vocabulary::default();
        let property = standard.property;
        assert_eq!(property("file", "size"), Some(Kind::Integer));
        assert_eq!(property("file", "magic_number_hex"), Some(Kind::Binary));
        assert_eq!(property("file", "hashes"), Some(Kind::Nested));
        assert_eq!(property("file", "parent_directory_ref"), Some(Kind::Reference));
        assert_eq!(property("email-message", "to_refs"), Some(Kind::Reference));
        assert_eq!(property("network-traffic", "protocols"), Some(Kind::Nested));
        assert_eq!(property("network-traffic", "start"), Some(Kind::Timestamp));
        assert_eq!(property("mutex", "type"), Some(Kind::Text));
        assert_eq!(property("mutex", "value"), None);
        assert!(
            (standard.is_type)("mutex") && !(standard.is_type)("indicator") && !(standard.is_type)("x-mutex")
        );
    }
}
