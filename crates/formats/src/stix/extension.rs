//! Extension definitions that we know, and our own.

use std::collections::HashSet;

use crate::{Json, Member, canonical};

/// The Incident Extension Suite: what an incident says more.
pub const INCIDENT_CORE: &str = "extension-definition--ef765651-680c-498d-9894-99799f2fa126";
/// The Incident Extension Suite: events.
pub const EVENT: &str = "extension-definition--4ca6de00-5b0d-45ef-a1dc-ea7279ea910e";
/// The Incident Extension Suite: impacts.
pub const IMPACT: &str = "extension-definition--7cc33dd6-f6a1-489b-98ea-522d351d71b9";
/// The Incident Extension Suite: tasks.
pub const TASK: &str = "extension-definition--2074a052-8be4-4932-849e-f5e7798e0030";
/// TLP 2.0 marking definitions.
pub const TLP_2: &str = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";
/// PAP marking definitions.
pub const PAP: &str = "extension-definition--f8d78575-edfd-406e-8e84-6162a8450f5b";
/// A playbook in a course of action.
pub const PLAYBOOK: &str = "extension-definition--1e1c1bd7-c527-4215-8e18-e199e74da57c";
/// Our own: the duties to report an incident; see [`super::regulatory`].
pub const REGULATORY: &str = "extension-definition--6b7a5c2e-1d0f-4c3b-9a8e-5f2d7c41b096";
/// Our own: what an alert of IDMEFv2 says beyond STIX.
pub const IDMEF: &str = "extension-definition--3c1dda48-2284-464a-af40-a221f2ca7a8a";
/// Our own: what an incident record says beyond STIX; see [`crate::incident`].
pub const RECORD: &str = "extension-definition--b43b7255-0ee4-42a0-b3d0-6a44d54075fe";

/// Our own: what an event of MISP says beyond STIX.
pub const MISP: &str = "extension-definition--b2f0c3a4-5d0e-4b77-9c55-6f6a5c3b8d21";

/// Who defines our extensions.
pub const BEFFROI: &str = "identity--d1c5f2aa-3f64-4c0e-8b57-0e6a9c3f7d21";
/// When they were defined.
const DEFINED: &str = "2026-11-25T00:00:00.000Z";

/// Whether a value may stand in an extension, not nested deeper than this, and comes out of any JSON library
/// as it went in. `is_name` says which names of members may.
pub(crate) fn travels(value: &Json<'_>, depth: usize, is_name: fn(&str) -> bool) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return false };
    match value {
        Json::Null => false,
        Json::Bool(_) | Json::Text(_) => true,
        Json::Number(digits) => canonical(value).is_some_and(|text| text == *digits),
        Json::List(items) => !items.is_empty() && items.iter().all(|item| travels(item, depth, is_name)),
        Json::Object(members) => {
            let names: HashSet<&str> = members.iter().map(|member| member.name.as_ref()).collect();
            !members.is_empty()
                && names.len() == members.len()
                && members
                    .iter()
                    .all(|member| is_name(&member.name) && travels(&member.value, depth, is_name))
        }
    }
}

/// One of our extension definitions, with the identity that created it before it.
pub(crate) fn definition(
    id: &'static str,
    name: &'static str,
    description: &'static str,
    schema: &'static str,
) -> [Json<'static>; 2] {
    let common = |kind: &'static str, id: &'static str| {
        [("type", kind), ("spec_version", "2.1"), ("id", id), ("created", DEFINED), ("modified", DEFINED)]
    };
    let object = |texts: &[(&'static str, &'static str)]| -> Vec<Member<'static>> {
        texts.iter().map(|(name, text)| Member { name: (*name).into(), value: Json::text(*text) }).collect()
    };
    let mut creator = object(&common("identity", BEFFROI));
    creator.extend(object(&[("name", "Beffroi"), ("identity_class", "organization")]));
    let mut definition = object(&common("extension-definition", id));
    definition.extend(object(&[
        ("created_by_ref", BEFFROI),
        ("name", name),
        ("description", description),
        ("schema", schema),
        ("version", "1.0.0"),
    ]));
    let types = Json::List(vec![Json::text("property-extension")]);
    definition.push(Member { name: "extension_types".into(), value: types });
    [Json::Object(creator), Json::Object(definition)]
}

/// What the members of the extension for alerts are, in words: its schema is that of the classes of IDMEFv2.
const IDMEF_SCHEMA: &str = "Members by the object that they stand on. alert: attributes of the class Alert \
    of IDMEFv2 (draft-lehmann-idmefv2-08, 5.2) that the object does not say itself; analyzer, sensor, \
    organisation, entity, location: those of the identity or location; observed: StartTime and EndTime; \
    sources, targets, attachments: lists of those of these classes; technique: true on an attack pattern \
    that the alert names; incident_ref: the incident that a sighting belongs to. Within these, a name that \
    ends in _ref or _refs is that of objects which say the rest; absent_members names attributes that the \
    alert does not have although STIX demands a value; odd_members is JSON in a text, of what STIX does not \
    allow (null, empty lists, digits that a number would lose); where a carried attribute and the object \
    do not agree, the object is right.";

/// The definition of our extension for alerts, with the identity that created it before it.
#[must_use]
pub fn idmef_definition() -> [Json<'static>; 2] {
    let description = "What an alert of IDMEFv2 says beyond STIX, object by object.";
    definition(IDMEF, "IDMEFv2 alert", description, IDMEF_SCHEMA)
}

/// The definition of our extension for events of MISP, with the identity that created it before it.
#[must_use]
pub fn misp_definition() -> [Json<'static>; 2] {
    let description = "What STIX has no place for in an event of MISP, as the difference to what can be read from \
        the STIX object. A value holds only while the STIX property it stands beside is unchanged.";
    definition(MISP, "MISP event", description, "docs/stix-extension.md in the sources of Beffroi")
}

/// The definition of our extension for incident records, with the identity that created it before it.
#[must_use]
pub fn record_definition() -> [Json<'static>; 2] {
    definition(
        RECORD,
        "Incident record",
        "What an incident record says beyond STIX: answers with who gave them and when, what is not known yet. \
         On incident.",
        "docs/stix-extension.md in the sources of Beffroi",
    )
}
