//! Bytes to objects: the head of each is decoded, its bytes are kept as they came.

use std::borrow::Cow;

use super::instant;
use crate::{
    Fault, Json, Limits, Loss, Reading,
    json::raw::{self, Peeked},
    parse,
};

/// An object as it came: the head that everybody asks for, and its bytes.
#[derive(Clone, Debug, PartialEq)]
pub struct Object<'a> {
    /// What was decoded.
    pub head: Head<'a>,
    /// The object, byte for byte.
    pub bytes: Cow<'a, [u8]>,
}

/// What of an object decides where it belongs: who may have it, and which version it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head<'a> {
    /// `type`.
    pub kind: Cow<'a, str>,
    /// `id`.
    pub id: Option<Cow<'a, str>>,
    /// `spec_version`; objects of version 2.0 have none.
    pub spec_version: Option<Cow<'a, str>>,
    /// `created`, as it was written.
    pub created: Option<Cow<'a, str>>,
    /// `modified`, as it was written.
    pub modified: Option<Cow<'a, str>>,
    /// `created_by_ref`.
    pub created_by: Option<Cow<'a, str>>,
    /// `revoked`.
    pub revoked: bool,
}

impl<'a> Object<'a> {
    /// The whole object.
    ///
    /// # Errors
    /// Objects beyond the limits; the bytes themselves were found to be JSON when they were read.
    pub fn json(&self, limits: &Limits) -> Result<Json<'_>, Fault> {
        parse(&self.bytes, limits)
    }

    /// An object of one's own.
    #[must_use]
    pub fn of(object: &Json<'_>) -> Object<'static> {
        let text =
            |name: &str| object.get(name).and_then(Json::as_text).map(|text| Cow::Owned(text.to_owned()));
        Object {
            head: Head {
                kind: text("type").unwrap_or_default(),
                id: text("id"),
                spec_version: text("spec_version"),
                created: text("created"),
                modified: text("modified"),
                created_by: text("created_by_ref"),
                revoked: object.get("revoked") == Some(&Json::Bool(true)),
            },
            bytes: Cow::Owned(object.to_string().into_bytes()),
        }
    }

    /// The same object without a tie to the input.
    #[must_use]
    pub fn into_owned(self) -> Object<'static> {
        let own = |text: Option<Cow<'a, str>>| text.map(|text| Cow::Owned(text.into_owned()));
        Object {
            head: Head {
                kind: Cow::Owned(self.head.kind.into_owned()),
                id: own(self.head.id),
                spec_version: own(self.head.spec_version),
                created: own(self.head.created),
                modified: own(self.head.modified),
                created_by: own(self.head.created_by),
                revoked: self.head.revoked,
            },
            bytes: Cow::Owned(self.bytes.into_owned()),
        }
    }
}

impl Head<'_> {
    /// The instant of this version in nanoseconds since 1970: `modified`, else `created` (section 3.6).
    #[must_use]
    pub fn version(&self) -> Option<i128> {
        self.modified.as_deref().or(self.created.as_deref()).and_then(instant)
    }
}

/// The objects of a bundle, of a TAXII envelope, of a list, or the one object that this is. Never fails
/// whole: what is no object is named as a loss, and bytes that are not JSON are one loss.
#[must_use]
pub fn read<'a>(bytes: &'a [u8], limits: &Limits) -> Reading<Object<'a>> {
    let mut reading = Reading::default();
    let found = match raw::objects(bytes, limits, "objects", look) {
        Ok(found) => found,
        Err(fault) => {
            reading.losses.push(Loss::at(&[], "the document", format!("this is not JSON: {fault}")));
            return reading;
        }
    };
    for (at, object) in found.into_iter().enumerate() {
        let head: Head<'a> = object.head;
        if head.kind.is_empty() {
            let what: String = String::from_utf8_lossy(object.bytes).chars().take(40).collect();
            reading.losses.push(Loss::at(
                &["objects", &at.to_string()],
                what,
                "this is no object with a type",
            ));
            continue;
        }
        reading.items.push(Object { head, bytes: Cow::Borrowed(object.bytes) });
    }
    reading
}

fn look<'a>(head: &mut Head<'a>, name: &str, value: &mut Peeked<'_, 'a>) -> Result<(), &'static str> {
    match name {
        "type" => head.kind = value.text()?.unwrap_or_default(),
        "id" => head.id = value.text()?,
        "spec_version" => head.spec_version = value.text()?,
        "created" => head.created = value.text()?,
        "modified" => head.modified = value.text()?,
        "created_by_ref" => head.created_by = value.text()?,
        "revoked" => head.revoked = value.is_true(),
        _ => {}
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_decoded_and_bytes_are_kept() {
        let text = br#"{"type":"bundle","id":"bundle--1","objects":[ {"id":"x--1","type":"tool","modified":"2026-05-15T12:30:00.1Z","revoked" : true, "n":1.10}, 7]}"#;
        let reading = read(text, &Limits::default());
        assert_eq!(reading.items.len(), 1);
        let object = &reading.items[0];
        assert_eq!(
            (&*object.head.kind, object.head.id.as_deref(), object.head.revoked),
            ("tool", Some("x--1"), true)
        );
        assert!(object.bytes.ends_with(br#""n":1.10}"#) && object.bytes.starts_with(b"{\"id\""));
        assert_eq!(object.head.version(), instant("2026-05-15T12:30:00.100Z"));
        assert_eq!(reading.losses[0].pointer, "/objects/1");
        assert_eq!(Object::of(&object.json(&Limits::default()).unwrap()).head, object.head);
    }

    #[test]
    fn single_objects_lists_and_rubbish() {
        assert_eq!(read(br#"{"type":"x-own"}"#, &Limits::default()).items.len(), 1);
        assert_eq!(read(br#"[{"type":"a"},{"type":"b"}]"#, &Limits::default()).items.len(), 2);
        for wrong in ["", "7", "{", "[]", "{\"objects\":[{\"type\":7}]}", "{\"objects\":[{]}"] {
            let reading = read(wrong.as_bytes(), &Limits::default());
            assert!(reading.items.is_empty(), "{wrong}");
        }
    }
}
