//! Identifiers (section 2.9): their parts, and those that follow from what an observable says.

use super::model::{self, Sort};
use crate::{Json, Member, canonical, syntax::uuid};

/// The name space of identifiers of observables: 00abedb4-aa42-466c-9c01-fed23315a9b7.
const OBSERVABLES: [u8; 16] =
    [0x00, 0xab, 0xed, 0xb4, 0xaa, 0x42, 0x46, 0x6c, 0x9c, 0x01, 0xfe, 0xd2, 0x33, 0x15, 0xa9, 0xb7];

/// The type and the UUID of an identifier, if it has the form `type--UUID` of section 2.9.
#[must_use]
pub fn parts(identifier: &str) -> Option<(&str, &str)> {
    let (kind, uuid) = identifier.split_once("--")?;
    (is_type_name(kind) && uuid::version(uuid).is_some_and(|version| (1..=5).contains(&version)))
        .then_some((kind, uuid))
}

/// The type that an identifier names, whatever stands behind it.
#[must_use]
pub fn type_of(identifier: &str) -> &str {
    identifier.split_once("--").map_or(identifier, |(kind, _)| kind)
}

/// Whether a text has the form of the name of a type, as identifiers begin with it.
pub(super) fn is_type_name(text: &str) -> bool {
    let bytes = text.as_bytes();
    let ends = (bytes.first(), bytes.last());
    matches!(ends, (Some(b'a'..=b'z'), Some(b'a'..=b'z' | b'0'..=b'9')))
        && bytes.len() >= 3
        && bytes.iter().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}

/// The deterministic identifier of an observable (section 2.9): UUID version 5 over the canonical JSON of
/// its contributing properties. None for types without contributing properties, for observables that have
/// none of them, and for objects that are no observables; these take a random one.
#[must_use]
pub fn observable(object: &Json<'_>) -> Option<String> {
    let kind = object.get("type").and_then(Json::as_text)?;
    let class = model::class(kind).filter(|class| class.sort == Sort::Observable)?;
    let members: Vec<Member<'_>> = class
        .contributing
        .iter()
        .filter_map(|name| {
            let value = object.get(name)?;
            let value = if *name == "hashes" { one_hash(value)? } else { value.clone() };
            Some(Member { name: (*name).into(), value })
        })
        .collect();
    if members.is_empty() {
        return None;
    }
    let name = canonical(&Json::Object(members))?;
    Some(format!("{kind}--{}", uuid::version_5(OBSERVABLES, name.as_bytes())))
}

/// An identifier of this type that follows from a name in a name space of ours.
#[must_use]
pub fn derived(kind: &str, space: [u8; 16], name: &str) -> String {
    format!("{kind}--{}", uuid::version_5(space, name.as_bytes()))
}

/// The one hash that counts: the first of MD5, SHA-1, SHA-256, SHA-512, else the first that stands there.
fn one_hash<'a>(hashes: &Json<'a>) -> Option<Json<'a>> {
    let members = hashes.as_object()?;
    let preferred = ["MD5", "SHA-1", "SHA-256", "SHA-512"]
        .into_iter()
        .find_map(|name| members.iter().find(|member| member.name == name));
    let member = preferred.or_else(|| members.first())?;
    Some(Json::Object(vec![member.clone()]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limits, parse};

    fn id(text: &str) -> Option<String> {
        observable(&parse(text.as_bytes(), &Limits::default()).unwrap())
    }

    #[test]
    fn what_an_observable_says_makes_its_identifier() {
        // As the reference implementation makes them.
        assert_eq!(
            id(r#"{"type":"ipv4-addr","value":"198.51.100.3"}"#).unwrap(),
            "ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4"
        );
        assert_eq!(
            id(r#"{"type":"file","hashes":{"SHA-256":"x","MD5":"y"},"size":3}"#),
            id(r#"{"type":"file","size":4,"hashes":{"MD5":"y"}}"#)
        );
        assert_eq!(id(r#"{"type":"process","pid":1}"#), None);
        assert_eq!(id(r#"{"type":"artifact","mime_type":"text/plain"}"#), None);
        assert_eq!(id(r#"{"type":"identity","name":"x"}"#), None);
    }

    #[test]
    fn identifiers_have_two_parts() {
        let known = "file--ff1e0780-358c-5808-a8c7-d0fca4ef6ef4";
        assert_eq!(parts(known), Some(("file", "ff1e0780-358c-5808-a8c7-d0fca4ef6ef4")));
        for wrong in [
            "",
            "file",
            "file--",
            "File--ff1e0780-358c-5808-a8c7-d0fca4ef6ef4",
            "file--ff1e0780-358c-6808-a8c7-d0fca4ef6ef4",
            "file--ff1e0780358c5808a8c7d0fca4ef6ef4",
        ] {
            assert_eq!(parts(wrong), None, "{wrong}");
        }
    }
}
