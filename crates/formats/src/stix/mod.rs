//! STIX 2.1, Structured Threat Information Expression: objects of the OASIS Standard and of the incident
//! suite, their identifiers, versions and markings, checked against the text or the published schemas.

mod check;
pub mod extension;
mod external;
pub mod identifier;
pub mod marking;
mod model;
pub mod pattern;
mod read;
pub(crate) mod registries;
pub mod regulatory;
mod relationships;
pub mod version;
pub(crate) mod words;
mod write;

pub use check::{Ids, Options, check, check_bytes, check_piece};
pub(crate) use external::source_of;
pub use read::{Head, Object, read};
pub(crate) use registries::{is_language_tag, is_media_type};
pub use write::{bundle, bundle_id, write};

/// Whether the standard, or the incident suite, has objects of this type.
#[must_use]
pub fn is_type(name: &str) -> bool {
    model::class(name).is_some()
}

/// The member that holds the objects of a bundle, in quotes: where [`crate::Splitter::opening`] cuts.
pub const OBJECTS: &[u8] = b"\"objects\"";

/// The instant of a timestamp in nanoseconds since 1970, if it is one of an existing day. Times are compared
/// as instants: `.1Z` and `.100Z` are the same (section 2.16).
#[must_use]
pub fn instant(text: &str) -> Option<i128> {
    crate::syntax::time::nanoseconds(text)
}

/// Whether objects of this type have a property, or a member of an extension or dictionary, on this path.
#[cfg(test)]
pub(crate) fn has_place(kind: &str, path: &[&str]) -> bool {
    let Some(class) = model::class(kind) else { return false };
    match path {
        [] => true,
        ["extensions", name, rest @ ..] => class
            .extension(name)
            .or_else(|| model::known_extension(name))
            .is_some_and(|part| rest.first().is_none_or(|name| part.property(name).is_some())),
        [name, ..] => class.property(name).is_some(),
    }
}
