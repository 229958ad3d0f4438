//! Types and categories of attributes, from `data/misp-types.toml`.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

static TABLE: LazyLock<Table> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/misp-types.toml")).unwrap_or_default());

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(rename = "format")]
    _format: String,
    #[serde(rename = "source")]
    _source: String,
    types: BTreeMap<String, (String, bool)>,
    categories: BTreeMap<String, Vec<String>>,
}

/// Whether there is such a type of attribute.
#[must_use]
pub fn is_type(kind: &str) -> bool {
    TABLE.types.contains_key(kind)
}

/// The type of this name.
pub fn known(kind: &str) -> Option<&'static str> {
    TABLE.types.get_key_value(kind).map(|(kind, _)| kind.as_str())
}

/// Whether there is such a category.
#[must_use]
pub fn is_category(category: &str) -> bool {
    TABLE.categories.contains_key(category)
}

/// Whether attributes of this type may stand in this category.
#[must_use]
pub fn is_pair(category: &str, kind: &str) -> bool {
    TABLE.categories.get(category).is_some_and(|kinds| kinds.iter().any(|known| known == kind))
}

/// The category of a type where none is named.
#[must_use]
pub fn default_category(kind: &str) -> Option<&'static str> {
    TABLE.types.get(kind).map(|(category, _)| category.as_str())
}

/// Whether a type is meant for detection where nothing is said.
#[must_use]
pub fn default_to_ids(kind: &str) -> bool {
    TABLE.types.get(kind).is_some_and(|(_, to_ids)| *to_ids)
}

/// All types, in the order of the alphabet.
pub fn types() -> impl Iterator<Item = &'static str> {
    TABLE.types.keys().map(String::as_str)
}

/// All categories with their types.
pub fn categories() -> impl Iterator<Item = (&'static str, impl Iterator<Item = &'static str>)> {
    TABLE.categories.iter().map(|(category, kinds)| (category.as_str(), kinds.iter().map(String::as_str)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        assert_eq!(types().count(), 194);
        assert_eq!(categories().count(), 16);
        assert_eq!(categories().map(|(_, kinds)| kinds.count()).sum::<usize>(), 486);
        for kind in types() {
            assert!(is_pair(default_category(kind).unwrap(), kind), "{kind}");
        }
        for (category, kinds) in categories() {
            assert!(is_category(category));
            kinds.for_each(|kind| assert!(is_type(kind), "{kind}"));
        }
        assert!(default_to_ids("md5") && !default_to_ids("comment"));
    }
}
