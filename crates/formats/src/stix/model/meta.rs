//! Objects about objects (section 7).

use super::{
    Class, Entries, Kind, References, Rule, Sort,
    common::{DESCRIPTION, NAME},
    many, must, one, text, texts, time,
};
use crate::stix::words;

static LANGUAGE_CONTENT: Class = Class {
    name: "language-content",
    sort: Sort::Meta,
    source: "STIX 2.1, 7.1",
    properties: &[
        must(one("object_ref", Kind::Reference(References::Not(&["bundle", "language-content"])))),
        time("object_modified"),
        must(one("contents", Kind::Dictionary(Entries::Translations))),
    ],
    rules: &[],
    extensions: &[],
    contributing: &[],
};

static MARKING_DEFINITION: Class = Class {
    name: "marking-definition",
    sort: Sort::Marking,
    source: "STIX 2.1, 7.2.1",
    properties: &[NAME, text("definition_type"), one("definition", Kind::Free)],
    rules: &[
        Rule::Some(&["definition", "extensions"]),
        Rule::Needs("definition", &["definition_type"]),
        Rule::Needs("definition_type", &["definition"]),
    ],
    extensions: &[],
    contributing: &[],
};

static EXTENSION_DEFINITION: Class = Class {
    name: "extension-definition",
    sort: Sort::Meta,
    source: "STIX 2.1, 7.3",
    properties: &[
        must(NAME),
        DESCRIPTION,
        must(text("schema")),
        must(text("version")),
        must(many("extension_types", Kind::Enumeration(words::EXTENSION_TYPE))),
        texts("extension_properties"),
    ],
    rules: &[],
    extensions: &[],
    contributing: &[],
};

pub static ALL: &[&Class] = &[&LANGUAGE_CONTENT, &MARKING_DEFINITION, &EXTENSION_DEFINITION];
