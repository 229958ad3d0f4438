//! The document itself: who says what, to whom, since when.

use super::{
    Attribute, Class, Form, Kind, Versions, many, must, newer_set, one, products, set, vulnerability, words,
};

pub static DOCUMENT_ROOT: Class = Class::new(
    "the advisory",
    "CSAF, 3.2",
    &[
        must("$schema", Kind::Words(&["https://docs.oasis-open.org/csaf/csaf/v2.1/schema/csaf.json"]))
            .only(Versions::Only21)
            .demanded(Versions::Only21),
        must("document", Kind::Class(&DOCUMENT)),
        one("product_tree", Kind::Class(&products::TREE)),
        many("vulnerabilities", Kind::Class(&vulnerability::VULNERABILITY)),
        extensions(),
    ],
);

static DOCUMENT: Class = Class::new(
    "the document",
    "CSAF, 3.2.1",
    &[
        many("acknowledgments", Kind::Class(&ACKNOWLEDGMENT)),
        one("aggregate_severity", Kind::Class(&AGGREGATE_SEVERITY)),
        must("category", Kind::Form(Form::Category)),
        must("csaf_version", Kind::Words(&["2.0"])).only(Versions::Only20).demanded(Versions::Only20),
        must("csaf_version", Kind::Words(&["2.1"])).only(Versions::Only21).demanded(Versions::Only21),
        one("distribution", Kind::Class(&DISTRIBUTION)).demanded(Versions::Only21),
        one("lang", Kind::Form(Form::Language)),
        one("license_expression", Kind::Text).only(Versions::Only21),
        many("notes", Kind::Class(&NOTE)),
        must("publisher", Kind::Class(&PUBLISHER)),
        many("references", Kind::Class(&REFERENCE)),
        one("source_lang", Kind::Form(Form::Language)),
        must("title", Kind::Text),
        must("tracking", Kind::Class(&TRACKING)),
        extensions(),
    ],
);

pub static ACKNOWLEDGMENT: Class = Class::new(
    "an acknowledgment",
    "CSAF, 3.1.1",
    &[
        many("names", Kind::Text),
        one("organization", Kind::Text),
        one("summary", Kind::Text),
        many("urls", Kind::Uri),
    ],
)
.with_members(1, usize::MAX);

static AGGREGATE_SEVERITY: Class = Class::new(
    "the aggregate severity",
    "CSAF, 3.2.1.2",
    &[one("namespace", Kind::Uri), must("text", Kind::Text)],
);

static DISTRIBUTION: Class = Class {
    members: (1, usize::MAX),
    ..Class::new(
        "the distribution",
        "CSAF, 3.2.1.5",
        &[
            one("sharing_group", Kind::Class(&SHARING_GROUP)).only(Versions::Only21),
            one("text", Kind::Text),
            one("tlp", Kind::Class(&TLP)).demanded(Versions::Only21),
        ],
    )
};

static SHARING_GROUP: Class = Class::new(
    "the sharing group",
    "CSAF 2.1, 3.2.2.5.1",
    &[must("id", Kind::Form(Form::SharingGroup)), one("name", Kind::Text)],
);

static TLP: Class = Class::new(
    "the traffic light",
    "CSAF, 3.2.1.5.2",
    &[
        must("label", Kind::Words(words::TLP)).only(Versions::Only20).demanded(Versions::Only20),
        must("label", Kind::Words(words::TLP_21)).only(Versions::Only21).demanded(Versions::Only21),
        one("url", Kind::Uri),
    ],
);

pub static NOTE: Class = Class::new(
    "a note",
    "CSAF, 3.1.5",
    &[
        one("audience", Kind::Text),
        must("category", Kind::Words(words::NOTE)),
        group_ids().only(Versions::Only21),
        product_ids().only(Versions::Only21),
        must("text", Kind::Text),
        one("title", Kind::Text),
    ],
);

static PUBLISHER: Class = Class::new(
    "the publisher",
    "CSAF, 3.2.1.8",
    &[
        must("category", Kind::Words(words::PUBLISHER)).only(Versions::Only20).demanded(Versions::Only20),
        must("category", Kind::Words(words::PUBLISHER_21)).only(Versions::Only21).demanded(Versions::Only21),
        one("contact_details", Kind::Text),
        one("issuing_authority", Kind::Text),
        must("name", Kind::Text),
        must("namespace", Kind::Uri),
    ],
);

pub static REFERENCE: Class = Class::new(
    "a reference",
    "CSAF, 3.1.10",
    &[one("category", Kind::Words(words::REFERENCE)), must("summary", Kind::Text), must("url", Kind::Uri)],
);

static TRACKING: Class = Class::new(
    "the tracking",
    "CSAF, 3.2.1.12",
    &[
        set("aliases", Kind::Text),
        must("current_release_date", Kind::Time),
        one("generator", Kind::Class(&GENERATOR)),
        must("id", Kind::Form(Form::TrackingId)),
        must("initial_release_date", Kind::Time),
        many("revision_history", Kind::Class(&REVISION)).demanded(Versions::Both),
        must("status", Kind::Words(words::STATUS)),
        must("version", Kind::Form(Form::Number)),
    ],
);

static GENERATOR: Class = Class::new(
    "the generator",
    "CSAF, 3.2.1.12.3",
    &[one("date", Kind::Time), must("engine", Kind::Class(&ENGINE))],
);

static ENGINE: Class =
    Class::new("the engine", "CSAF, 3.2.1.12.3", &[must("name", Kind::Text), one("version", Kind::Text)]);

static REVISION: Class = Class::new(
    "a revision",
    "CSAF, 3.2.1.12.6",
    &[
        must("date", Kind::Time),
        one("legacy_version", Kind::Text),
        must("number", Kind::Form(Form::Number)),
        must("summary", Kind::Text),
    ],
);

static EXTENSION: Class = Class::new(
    "an extension",
    "CSAF 2.1, 3.1",
    &[
        must("$schema", Kind::Form(Form::ExtensionSchema)),
        must("category", Kind::Words(words::EXTENSION)),
        must("content", Kind::Anything(true)),
        must("critical", Kind::Truth),
    ],
);

pub const fn extensions() -> Attribute {
    set("x_extensions", Kind::Class(&EXTENSION)).only(Versions::Only21)
}

pub const fn product_ids() -> Attribute {
    set("product_ids", Kind::Text)
}

pub const fn group_ids() -> Attribute {
    set("group_ids", Kind::Text)
}

/// Lists that 2.0 left free to repeat themselves.
pub const fn texts(name: &'static str) -> Attribute {
    newer_set(name, Kind::Text)
}
