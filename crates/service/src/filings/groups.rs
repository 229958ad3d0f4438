//! A filing's content for people: groups of fields, and what changed between two filings.

use std::collections::BTreeMap;

use model::{Disclosure, FiledAnswer, Marking, taxonomy::with_terms};
use regime::Library;

use crate::view::{FiledField, FiledGroup, ValueChange};

/// The groups of a filed document, as people read them.
pub(crate) fn groups_of(library: &Library, disclosures: &BTreeMap<String, Disclosure>) -> Vec<FiledGroup> {
    let content = disclosures
        .iter()
        .map(|(group, disclosure)| (group.as_str(), (&disclosure.content, disclosure.marking)));
    in_order(library, content)
}

/// Groups and fields in the order of the vocabulary; what it does not know comes last.
pub(crate) fn in_order<'a>(
    library: &Library,
    content: impl Iterator<Item = (&'a str, (&'a BTreeMap<String, FiledAnswer>, Option<Marking>))>,
) -> Vec<FiledGroup> {
    let vocabularies = library.vocabularies();
    let places: BTreeMap<&str, usize> =
        vocabularies.fields().map(|field| field.id.as_str()).zip(0..).collect();
    let place = |field: &str| places.get(field).copied().unwrap_or(usize::MAX);
    let mut groups: Vec<FiledGroup> = content
        .map(|(group, (answers, marking))| {
            let mut fields: Vec<FiledField> =
                answers.iter().map(|(field, answer)| field_of(field, answer)).collect();
            fields.sort_by_key(|field| place(&field.field));
            FiledGroup { id: group.to_owned(), title: title_of(library, group), fields, marking }
        })
        .collect();
    groups.sort_by_key(|group| {
        let known = vocabularies.groups().iter().position(|known| known.id == group.id);
        known.unwrap_or(usize::MAX)
    });
    groups
}

pub(crate) fn title_of(library: &Library, group: &str) -> String {
    library.vocabularies().group_label(group)
}

fn field_of(field: &str, answer: &FiledAnswer) -> FiledField {
    FiledField {
        field: field.to_owned(),
        label: answer.label.clone(),
        text: answer.text.clone(),
        value: answer.value.clone(),
        terms: answer.terms.clone(),
        estimated: answer.estimated,
        number: answer.number.clone(),
        article: answer.article.clone(),
        earlier: answer.earlier.clone(),
    }
}

/// What changed from `before` to `after`, by field, in words.
pub(crate) fn changes_between(before: &[FiledGroup], after: &[FiledGroup]) -> Vec<ValueChange> {
    let before = by_field(before);
    let after = by_field(after);
    let fields: std::collections::BTreeSet<&str> = before.keys().chain(after.keys()).copied().collect();
    fields
        .into_iter()
        .filter_map(|field| {
            let (old, new) = (before.get(field), after.get(field));
            let same = match (old, new) {
                (Some(old), Some(new)) => {
                    old.value == new.value && old.estimated == new.estimated && old.terms == new.terms
                }
                (None, None) => true,
                (Some(_), None) | (None, Some(_)) => false,
            };
            let label = new.or(old)?.label.clone();
            (!same).then(|| ValueChange {
                field: field.to_owned(),
                label,
                before: old.map(|answer| with_terms(&answer.text, &answer.terms)),
                after: new.map(|answer| with_terms(&answer.text, &answer.terms)),
            })
        })
        .collect()
}

fn by_field(groups: &[FiledGroup]) -> BTreeMap<&str, &FiledField> {
    groups.iter().flat_map(|group| &group.fields).map(|field| (field.field.as_str(), field)).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn group(fields: &[(&str, i64)]) -> Vec<FiledGroup> {
        let fields = fields
            .iter()
            .map(|(field, value)| FiledField {
                field: (*field).to_owned(),
                label: format!("the {field}"),
                text: value.to_string(),
                value: Some(json!(value)),
                terms: vec![],
                estimated: false,
                number: None,
                article: None,
                earlier: vec![],
            })
            .collect();
        vec![FiledGroup { id: "impact".to_owned(), title: "Impact".to_owned(), fields, marking: None }]
    }

    #[test]
    fn says_what_changed_what_came_and_what_went() {
        let changes =
            changes_between(&group(&[("a", 1), ("b", 2), ("c", 3)]), &group(&[("a", 1), ("b", 5), ("d", 4)]));
        let words: Vec<_> = changes
            .iter()
            .map(|change| format!("{}: {:?} -> {:?}", change.label, change.before, change.after))
            .collect();
        insta::assert_snapshot!(words.join("\n"), @r#"
        the b: Some("2") -> Some("5")
        the c: Some("3") -> None
        the d: None -> Some("4")
        "#);
    }
}
