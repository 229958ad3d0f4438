//! What the laws want to know of an organisation, as a page asks it.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Basis, FieldView, ask::column_view};
use crate::{Library, vocabulary::Field};

/// The questions about an organisation with the answers of its `profile`, in the order of the
/// vocabulary.
#[must_use]
pub fn entity_fields(library: &Library, profile: &BTreeMap<String, Value>) -> Vec<FieldView> {
    let fields = library.vocabularies().entity_fields();
    fields
        .map(|field| {
            let mut view = column_view(library, field, &field.group);
            view.columns =
                field.columns.iter().map(|column| column_view(library, column, &field.group)).collect();
            view.value = profile.get(&field.id).filter(|value| !value.is_null()).cloned();
            view.unknown_allowed = false;
            view
        })
        .collect()
}

/// One question of the vocabularies, without the words of a law.
pub(crate) fn question_view(library: &Library, field: &Field) -> FieldView {
    let columns = field.columns.iter().map(|column| column_view(library, column, &field.group)).collect();
    FieldView {
        columns,
        basis: Basis::Law,
        unknown_allowed: true,
        ..column_view(library, field, &field.group)
    }
}
