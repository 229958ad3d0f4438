//! The damage, and what can be looked for, as tables.

use super::{
    cell, rows,
    spec::{Damage, PackageSpec},
};
use crate::{
    Library,
    content::column_text,
    export::{Report, line, plain},
};

/// The answers that tell of the damage: those that were given.
pub(super) fn damage(damage: &Damage, report: &Report) -> String {
    let mut out = line(&["field", "label", "value", "text", "estimated", "article"]);
    for field in &damage.fields {
        let Some(answer) = report.answer(field) else { continue };
        let value = answer.value.as_ref().filter(|value| !value.is_null()).map_or_else(String::new, plain);
        let estimated = if answer.estimated { "yes" } else { "no" };
        let article = answer.article.clone().unwrap_or_default();
        out.push_str(&line(&[field, &answer.label, &value, &answer.text, estimated, &article]));
    }
    out
}

/// Every address, account and wallet as it was written down, each once for each place where it stands.
pub(super) fn observables(library: &Library, package: &PackageSpec, report: &Report) -> String {
    let mut out = line(&["kind", "value", "first_seen", "last_seen", "context", "field", "row"]);
    for one in &package.observables {
        let columns = library.vocabularies().field(&one.field).map_or(&[][..], |field| &field.columns[..]);
        for (number, row) in (1..).zip(rows(report, &one.field)) {
            let value = cell(row, Some(&one.value));
            if value.is_empty() {
                continue;
            }
            let said = |id: &String| {
                let column = columns.iter().find(|column| column.id == *id)?;
                let text = column_text(library, column, row.get(id)?, "UTC");
                (!text.is_empty()).then(|| format!("{}: {text}", column.label))
            };
            let context: Vec<String> = one.context.iter().filter_map(said).collect();
            let number: i32 = number;
            out.push_str(&line(&[
                one.kind.as_deref().unwrap_or(&cell(row, one.kind_from.as_deref())),
                &value,
                &cell(row, one.first_seen.as_deref()),
                &cell(row, one.last_seen.as_deref()),
                &context.join("; "),
                &one.field,
                &number.to_string(),
            ]));
        }
    }
    out
}
