//! What objects have in common (section 3.2), and the small types of section 2.

use super::{
    Class, Entries, Kind, Precision, Property, References, Sort, many, must, one, part, text, texts, truth,
};
use crate::stix::words;

const MARKINGS: Kind = Kind::Reference(References::Of(&["marking-definition"]));

const TYPE: Property = must(one("type", Kind::Free));
const ID: Property = must(one("id", Kind::Free));
const SPEC_VERSION: Property = one("spec_version", Kind::Enumeration(&["2.0", "2.1"]));
const CREATED: Property = must(one("created", Kind::Time(Precision::Millisecond)));
const CREATED_BY: Property = one("created_by_ref", Kind::Reference(References::Any));
const REFERENCES: Property = many("external_references", Kind::Part(&EXTERNAL_REFERENCE));
const OBJECT_MARKINGS: Property = many("object_marking_refs", MARKINGS);
const GRANULAR_MARKINGS: Property = many("granular_markings", Kind::Part(&GRANULAR_MARKING));
const EXTENSIONS: Property = one("extensions", Kind::Extensions);

static DOMAIN: &[Property] = &[
    TYPE,
    ID,
    must(SPEC_VERSION),
    CREATED,
    must(one("modified", Kind::Time(Precision::Millisecond))),
    CREATED_BY,
    OBJECT_MARKINGS,
    REFERENCES,
    truth("revoked"),
    texts("labels"),
    one("confidence", Kind::Integer(0, 100)),
    one("lang", Kind::Language),
    GRANULAR_MARKINGS,
    EXTENSIONS,
];

static OBSERVABLE: &[Property] =
    &[TYPE, ID, SPEC_VERSION, OBJECT_MARKINGS, GRANULAR_MARKINGS, truth("defanged"), EXTENSIONS];

static MARKING: &[Property] = &[
    TYPE,
    ID,
    must(SPEC_VERSION),
    must(one("created", Kind::Time(Precision::Any))),
    CREATED_BY,
    OBJECT_MARKINGS,
    REFERENCES,
    GRANULAR_MARKINGS,
    EXTENSIONS,
];

/// The common properties of a sort of objects.
pub const fn common(sort: Sort) -> &'static [Property] {
    match sort {
        Sort::Domain | Sort::Relationship | Sort::Meta => DOMAIN,
        Sort::Observable => OBSERVABLE,
        Sort::Marking => MARKING,
        Sort::Part => &[],
    }
}

/// Section 2.5.
pub static EXTERNAL_REFERENCE: Class = part(
    "external-reference",
    "STIX 2.1, 2.5",
    &[
        must(text("source_name")),
        text("description"),
        one("url", Kind::Uri),
        one("hashes", Kind::Hashes),
        text("external_id"),
    ],
    &[super::Rule::Some(&["description", "url", "external_id"])],
);

/// Section 7.2.3.
pub static GRANULAR_MARKING: Class = part(
    "granular-marking",
    "STIX 2.1, 7.2.3",
    &[one("lang", Kind::Language), one("marking_ref", MARKINGS), must(many("selectors", Kind::Text))],
    &[super::Rule::Some(&["lang", "marking_ref"]), super::Rule::NotBoth("lang", "marking_ref")],
);

/// Section 2.11.
pub static KILL_CHAIN_PHASE: Class = part(
    "kill-chain-phase",
    "STIX 2.1, 2.11",
    &[must(text("kill_chain_name")), must(text("phase_name"))],
    &[],
);

/// What every extension has (section 7.3).
pub static EXTENSION: Class = part(
    "extension",
    "STIX 2.1, 7.3",
    &[must(one("extension_type", Kind::Enumeration(words::EXTENSION_TYPE)))],
    &[],
);

pub(super) const KILL_CHAIN_PHASES: Property = many("kill_chain_phases", Kind::Part(&KILL_CHAIN_PHASE));
pub(super) const NAME: Property = text("name");
pub(super) const DESCRIPTION: Property = text("description");
pub(super) const ALIASES: Property = texts("aliases");
pub(super) const OBJECTS: Property = must(many("object_refs", Kind::Reference(References::Any)));
pub(super) const COUNTS: Property = one("impacted_entity_counts", Kind::Dictionary(Entries::Counts));
