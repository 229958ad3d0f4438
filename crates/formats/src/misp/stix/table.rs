//! Where values stand in STIX, from `data/misp-stix.toml`.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

/// A step on the way to a property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A member of this name.
    Name(String),
    /// Into the observable that this member refers to.
    Ref(String),
    /// Into one of the observables that this list refers to.
    Refs(String),
    /// A new item of this list.
    Grow(String),
    /// The first item of this list.
    First(String),
}

impl Step {
    fn parse(text: &str) -> Self {
        if let Some(name) = text.strip_suffix("[]") {
            return Self::Grow(name.to_owned());
        }
        if let Some(name) = text.strip_suffix("[0]") {
            return Self::First(name.to_owned());
        }
        match text {
            _ if text.ends_with("_refs") => Self::Refs(text.to_owned()),
            _ if text.ends_with("_ref") => Self::Ref(text.to_owned()),
            _ => Self::Name(text.to_owned()),
        }
    }

    /// The name of the member.
    pub fn name(&self) -> &str {
        match self {
            Self::Name(name) | Self::Ref(name) | Self::Refs(name) | Self::Grow(name) | Self::First(name) => {
                name
            }
        }
    }
}

/// From a type of observable to one of its properties.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// The type.
    pub kind: String,
    /// The way from there.
    pub steps: Vec<Step>,
}

impl Path {
    fn parse(text: &str) -> Self {
        let (kind, rest) = text.split_once(':').unwrap_or((text, ""));
        Self::within(kind, rest)
    }

    fn within(kind: &str, rest: &str) -> Self {
        Self { kind: kind.to_owned(), steps: rest.split('.').map(Step::parse).collect() }
    }

    /// The name of the property at the end.
    pub fn last(&self) -> &str {
        self.steps.last().map(Step::name).unwrap_or_default()
    }
}

/// What an object of MISP is in STIX.
#[derive(Debug)]
pub struct Form {
    /// The type of the STIX object.
    pub kind: String,
    /// The type of account, for user accounts of a platform.
    pub account: Option<String>,
    /// The class of an identity.
    pub class: Option<String>,
    /// The language of a detection rule.
    pub rule: Option<String>,
    /// Roles that are written into the contact information of an identity.
    pub contact: Vec<String>,
    /// Roles with a property of their own.
    pub own: Vec<(String, Path)>,
}

impl Form {
    /// Where the value of this role stands.
    pub fn path(&self, role: &str) -> Option<&Path> {
        self.own.iter().find(|(known, _)| known == role).map(|(_, path)| path)
    }
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "format")]
    _format: String,
    #[serde(rename = "source")]
    _source: String,
    attributes: BTreeMap<String, Vec<String>>,
    patterns: BTreeMap<String, String>,
    rules: BTreeMap<String, String>,
    observables: BTreeMap<String, FormOfFile>,
    concepts: BTreeMap<String, FormOfFile>,
    galaxies: BTreeMap<String, Vec<String>>,
    regions: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormOfFile {
    #[serde(rename = "type")]
    kind: String,
    account: Option<String>,
    class: Option<String>,
    rule: Option<String>,
    #[serde(default)]
    contact: Vec<String>,
    own: BTreeMap<String, String>,
}

#[derive(Default)]
struct Table {
    attributes: BTreeMap<String, Vec<Path>>,
    patterns: BTreeMap<String, Path>,
    rules: BTreeMap<String, String>,
    observables: BTreeMap<String, Form>,
    concepts: BTreeMap<String, Form>,
    galaxies: BTreeMap<String, String>,
    regions: BTreeMap<String, String>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../../data/misp-stix.toml")).unwrap_or_default();
    let paths = |texts: Vec<String>| texts.iter().map(|text| Path::parse(text)).collect();
    let forms = |forms: BTreeMap<String, FormOfFile>| {
        forms.into_iter().map(|(name, form)| (name, form.into())).collect()
    };
    Table {
        attributes: file.attributes.into_iter().map(|(kind, texts)| (kind, paths(texts))).collect(),
        patterns: file.patterns.into_iter().map(|(kind, text)| (kind, Path::parse(&text))).collect(),
        rules: file.rules,
        observables: forms(file.observables),
        concepts: forms(file.concepts),
        galaxies: file
            .galaxies
            .into_iter()
            .flat_map(|(kind, galaxies)| galaxies.into_iter().map(move |galaxy| (galaxy, kind.clone())))
            .collect(),
        regions: file.regions,
    }
});

impl From<FormOfFile> for Form {
    fn from(form: FormOfFile) -> Self {
        let own =
            form.own.iter().map(|(role, path)| (role.clone(), Path::within(&form.kind, path))).collect();
        Self {
            account: form.account,
            class: form.class,
            rule: form.rule,
            contact: form.contact,
            kind: form.kind,
            own,
        }
    }
}

/// The paths of the parts of a type of attribute that is an observable.
pub fn attribute(kind: &str) -> Option<&'static [Path]> {
    TABLE.attributes.get(kind).map(Vec::as_slice)
}

/// The path of a type of attribute that has a pattern alone.
pub fn pattern_only(kind: &str) -> Option<&'static Path> {
    TABLE.patterns.get(kind)
}

/// The detection language that a type of attribute is a rule of.
pub fn rule(kind: &str) -> Option<&'static str> {
    TABLE.rules.get(kind).map(String::as_str)
}

/// The form of an object that is an observable.
pub fn observable(name: &str) -> Option<&'static Form> {
    TABLE.observables.get(name)
}

/// The form of an object that is a concept.
pub fn concept(name: &str) -> Option<&'static Form> {
    TABLE.concepts.get(name)
}

/// The type of STIX object that the clusters of a galaxy are.
pub fn galaxy(kind: &str) -> Option<&'static str> {
    TABLE.galaxies.get(kind).map(String::as_str)
}

/// The number of a region of the world, by its name (UN M49).
pub fn region(name: &str) -> Option<&'static str> {
    TABLE.regions.get(name).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::misp::words;

    #[test]
    fn the_table_is_whole() {
        assert_eq!(TABLE.attributes.len(), 70);
        assert!(
            TABLE
                .attributes
                .keys()
                .chain(TABLE.patterns.keys())
                .chain(TABLE.rules.keys())
                .all(|kind| words::is_type(kind))
        );
        assert_eq!(TABLE.observables.len() + TABLE.concepts.len(), 53);
        let path = &attribute("email-attachment").unwrap()[0];
        assert_eq!(path.steps[0], Step::Grow("body_multipart".to_owned()));
        assert_eq!(path.steps[1], Step::Ref("body_raw_ref".to_owned()));
        assert_eq!(galaxy("sector"), Some("identity"));
        assert_eq!((TABLE.regions.len(), region("Western Europe")), (33, Some("155")));
    }
}
