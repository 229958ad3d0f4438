//! Bundles: what is around the objects, and what no object alone can tell.

use std::collections::{HashMap, hash_map::Entry};

use super::{inspector::Inspector, values};
use crate::{Json, json::short, stix::identifier::parts, walk::Step};

const BUNDLE: &str = "STIX 2.1, 8";

/// Whether this is a bundle, or the envelope of a TAXII server around objects.
pub fn is_bundle(document: &Json<'_>) -> bool {
    match document.get("type") {
        Some(kind) => kind.as_text() == Some("bundle"),
        None => document.get("objects").is_some_and(|objects| objects.as_list().is_some()),
    }
}

/// Checks a bundle with its objects.
pub fn check<'d>(inspector: &mut Inspector<'d>, document: &'d Json<'d>, ids: &mut Ids) {
    frame(inspector, document, false);
    let members = document.as_object().unwrap_or_default();
    let Some(objects) = members.iter().rev().find(|member| member.name == "objects") else { return };
    for (index, object) in objects.value.as_list().unwrap_or_default().iter().enumerate() {
        inspector.within(Step::Name("objects"), |inspector| {
            inspector.within(Step::Index(index), |inspector| item(inspector, object, ids));
        });
    }
}

/// Checks one object of a bundle or of a stream.
pub fn item<'d>(inspector: &mut Inspector<'d>, object: &'d Json<'d>, ids: &mut Ids) {
    inspector.object(object);
    ids.see(object, |message| {
        inspector.advise("stix.203.duplicate-ids", "STIX 2.1, 3.6", || message);
    });
}

/// What a bundle has around its objects, which were cut out or stand there. An envelope of TAXII has other
/// members, and no type.
pub fn frame<'d>(inspector: &mut Inspector<'d>, document: &'d Json<'d>, cut: bool) {
    let members = document.as_object().unwrap_or_default();
    let is_envelope = !members.iter().any(|member| member.name == "type");
    for member in members {
        let name: &'d str = &member.name;
        inspector.within(Step::Name(name), |inspector| match (name, &member.value) {
            ("type", _) => {}
            ("id", Json::Text(id)) if parts(id).is_none_or(|(kind, _)| kind != "bundle") => {
                inspector.error("stix.id.form", BUNDLE, || {
                    format!("\"{}\" is no identifier of a bundle: write bundle--UUID", short(id))
                });
            }
            ("id", Json::Text(_)) => {}
            ("objects", Json::List(items)) if items.is_empty() && !is_envelope && !cut => {
                inspector.error("stix.list.empty", BUNDLE, || "objects is empty: leave it away".to_owned());
            }
            ("objects", Json::List(_)) => {}
            ("id", value) => inspector.wrong_type(BUNDLE, "a text", value),
            ("objects", value) => inspector.wrong_type(BUNDLE, "a list of objects", value),
            ("more" | "next", _) if is_envelope => {}
            ("spec_version", _) => inspector.advise("stix.bundle.version", BUNDLE, || {
                "a bundle has no spec_version since 2.1: its objects have".to_owned()
            }),
            (name, _) => values::property_name(inspector, name),
        });
    }
    if !is_envelope && !members.iter().any(|member| member.name == "id") {
        inspector.error("stix.property.missing", BUNDLE, || "id is missing: a bundle has one".to_owned());
    }
}

/// The identifiers that were seen, each with the version that was seen last: sixteen bytes for an object,
/// however large it is.
#[derive(Debug, Default)]
pub struct Ids {
    versions: HashMap<u64, u64>,
    /// Whether the bundle that is open had an object.
    pub(super) in_bundle: bool,
}

impl Ids {
    /// Ends a bundle; whether it had an object.
    pub(super) const fn bundle_ends(&mut self) -> bool {
        std::mem::replace(&mut self.in_bundle, false)
    }

    /// Takes an object, and tells of a version that was there before.
    pub(super) fn see(&mut self, object: &Json<'_>, tell: impl FnOnce(String)) {
        let text = |name: &str| object.get(name).and_then(Json::as_text);
        let (Some(id), Some(modified)) = (text("id"), text("modified")) else { return };
        match self.versions.entry(fingerprint(id)) {
            Entry::Vacant(entry) => {
                entry.insert(fingerprint(modified));
            }
            Entry::Occupied(entry) if *entry.get() == fingerprint(modified) => {
                tell(format!("{} stands here twice in the same version", short(id)));
            }
            Entry::Occupied(_) => {}
        }
    }
}

/// FNV-1a. Two texts that meet by chance or by malice cost a warning, nothing else.
fn fingerprint(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
