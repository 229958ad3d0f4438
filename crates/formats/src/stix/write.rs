//! Objects to a bundle.

use super::{Object, identifier};
use crate::Json;

/// The name space of the identifiers of bundles that follow from what they hold.
const BUNDLES: [u8; 16] = *b"beffroi:bundles:";

/// A bundle of these objects, each byte for byte as it came. The identifier is that of the bundle itself,
/// which means nothing (section 8); see [`bundle_id`] for one that follows from the content.
#[must_use]
pub fn write<'o>(id: &str, objects: impl IntoIterator<Item = &'o Object<'o>>) -> Vec<u8> {
    let mut bytes = format!("{{\"type\":\"bundle\",\"id\":{},\"objects\":[", Json::text(id)).into_bytes();
    for (at, object) in objects.into_iter().enumerate() {
        if at > 0 {
            bytes.push(b',');
        }
        bytes.extend_from_slice(&object.bytes);
    }
    bytes.extend_from_slice(b"]}");
    // An empty list is forbidden, a bundle without objects is not.
    if let Some(empty) = bytes.strip_suffix(b",\"objects\":[]}") {
        return [empty, b"}"].concat();
    }
    bytes
}

/// A bundle of these objects.
#[must_use]
pub fn bundle(objects: Vec<Json<'static>>) -> Json<'static> {
    let ids: Vec<&str> =
        objects.iter().filter_map(|object| object.get("id").and_then(Json::as_text)).collect();
    let id = Json::text(bundle_id(&ids));
    if objects.is_empty() {
        return Json::object([("type", Json::text("bundle")), ("id", id)]);
    }
    Json::object([("type", Json::text("bundle")), ("id", id), ("objects", Json::List(objects))])
}

/// An identifier that is the same for the same objects in the same order, so that a conversion gives the
/// same bytes each time.
#[must_use]
pub fn bundle_id(ids: &[&str]) -> String {
    identifier::derived("bundle", BUNDLES, &ids.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limits, stix::read};

    #[test]
    fn objects_go_out_as_they_came() {
        let text = br#"{"type":"bundle","id":"bundle--9f1c4a6d-8e1b-4f9a-9d3e-3a1d2c7f7b01","objects":[{"type":"tool", "n":1.0},{"type":"a"}]}"#;
        let reading = read(text, &Limits::default());
        assert_eq!(write("bundle--9f1c4a6d-8e1b-4f9a-9d3e-3a1d2c7f7b01", &reading.items), text);
        assert_eq!(write("bundle--x", &[]), br#"{"type":"bundle","id":"bundle--x"}"#);
    }
}
