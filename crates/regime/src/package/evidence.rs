//! The evidence with its custody, and what of it is withheld.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{cell, rows, spec::Evidence};
use crate::{
    Library,
    content::value_text,
    export::{Report, heading, line},
};

/// Why a piece is not there.
const NO_CONSENT: &str = "withheld: no consent";

/// The columns of the table that are no columns of the pieces.
const OWN: [&str; 3] = ["record", "id", "consent"];

/// What is said of the evidence.
pub(super) struct Manifest {
    /// The columns of a piece, without its number and the consent.
    item_columns: Vec<String>,
    /// The columns of a hand-over, without the number of the piece.
    custody_columns: Vec<String>,
    items: Vec<Item>,
    withheld: Vec<String>,
    whole: Value,
}

struct Item {
    id: String,
    consent: String,
    row: Map<String, Value>,
    custody: Vec<Map<String, Value>>,
}

/// Two numbers that people take for the same.
fn same(number: &str) -> String {
    number.trim().to_lowercase()
}

/// The report without the pieces that nobody consented to hand over, and without their custody; and their numbers.
/// Where one number stands for several pieces, all of them are withheld if one is. A hand-over of a piece that is
/// not in the package goes nowhere.
pub(super) fn without_withheld(
    library: &Library,
    evidence: &Evidence,
    report: &Report,
    zone: &str,
) -> (Report, Vec<String>) {
    let consented = |row: &Map<String, Value>| evidence.given.contains(&cell(row, Some(&evidence.consent)));
    let number = |row: &Map<String, Value>| cell(row, Some(&evidence.number));
    let mut withheld: Vec<String> = Vec::new();
    for row in rows(report, &evidence.items).filter(|row| !consented(row)) {
        if !withheld.contains(&number(row)) {
            withheld.push(number(row));
        }
    }
    let gone: BTreeSet<String> = withheld.iter().map(|number| same(number)).collect();
    let kept: BTreeSet<String> = rows(report, &evidence.items)
        .map(|row| same(&number(row)))
        .filter(|number| !gone.contains(number))
        .collect();
    let mut reduced = report.clone();
    let fields = [(&evidence.items, &evidence.number), (&evidence.custody, &evidence.custody_number)];
    for (field, column) in fields {
        let stays =
            |row: &Value| row.as_object().is_some_and(|row| kept.contains(&same(&cell(row, Some(column)))));
        for answer in reduced.groups.values_mut().filter_map(|group| group.get_mut(field)) {
            // What the table was before may tell of pieces that are withheld now.
            answer.earlier.clear();
            let Some(Value::Array(rows)) = &mut answer.value else { continue };
            let before = rows.len();
            rows.retain(stays);
            if rows.len() != before {
                answer.text = match &answer.value {
                    Some(value) if rows_of(value) > 0 => value_text(library, field, value, zone),
                    Some(_) | None => NO_CONSENT.to_owned(),
                };
            }
        }
    }
    (reduced, withheld)
}

fn rows_of(value: &Value) -> usize {
    value.as_array().map_or(0, Vec::len)
}

/// What is said of the evidence of a report that holds no withheld piece any more.
pub(super) fn manifest(
    library: &Library,
    evidence: &Evidence,
    (report, withheld): (&Report, &[String]),
) -> Manifest {
    let columns = |field: &str, without: &[&str]| -> Vec<String> {
        let field = library.vocabularies().field(field);
        let columns = field.into_iter().flat_map(|field| &field.columns).map(|column| column.id.clone());
        columns.filter(|column| !without.contains(&column.as_str())).collect()
    };
    let custody: Vec<&Map<String, Value>> = rows(report, &evidence.custody).collect();
    let items = rows(report, &evidence.items).map(|row| {
        let id = cell(row, Some(&evidence.number));
        let own = |hand_over: &&&Map<String, Value>| {
            same(&cell(hand_over, Some(&evidence.custody_number))) == same(&id)
        };
        Item {
            custody: custody.iter().filter(own).map(|row| (*row).clone()).collect(),
            consent: cell(row, Some(&evidence.consent)),
            row: row.clone(),
            id,
        }
    });
    let whole = evidence.whole.as_ref().and_then(|field| report.answer(field));
    Manifest {
        item_columns: columns(&evidence.items, &[&evidence.number, &evidence.consent]),
        custody_columns: columns(&evidence.custody, &[&evidence.custody_number]),
        items: items.collect(),
        withheld: withheld.to_vec(),
        whole: whole.map_or(Value::Null, |answer| json!({ "value": answer.value, "text": answer.text })),
    }
}

/// The manifest as JSON.
pub(super) fn document(library: &Library, report: &Report, manifest: &Manifest) -> Value {
    let titles = heading(library, &report.duty);
    let of = |row: &Map<String, Value>, columns: &[String]| -> Map<String, Value> {
        let known = |column: &String| Some((column.clone(), row.get(column)?.clone()));
        columns.iter().filter_map(known).collect()
    };
    let items = manifest.items.iter().map(|item| {
        let custody: Vec<_> = item.custody.iter().map(|row| of(row, &manifest.custody_columns)).collect();
        let mut told = of(&item.row, &manifest.item_columns);
        told.insert("id".to_owned(), json!(item.id));
        told.insert("consent".to_owned(), json!(item.consent));
        told.insert("custody".to_owned(), json!(custody));
        Value::Object(told)
    });
    let withheld = manifest.withheld.iter().map(|id| json!({ "id": id, "reason": NO_CONSENT }));
    json!({
        "format": "beffroi-evidence-manifest/1",
        "law": titles.law,
        "duty": report.duty.to_string(),
        "stage": titles.stage,
        "filing": report.filing,
        "consent_for_the_whole": manifest.whole,
        "items": items.collect::<Vec<_>>(),
        "withheld": withheld.collect::<Vec<_>>(),
    })
}

/// The manifest as a table: a line for each piece, behind it one for each hand-over of it, last what is withheld.
pub(super) fn table(manifest: &Manifest) -> String {
    let custody_titles: Vec<String> =
        manifest.custody_columns.iter().map(|column| format!("custody_{column}")).collect();
    let columns = manifest.item_columns.iter().chain(&custody_titles).map(String::as_str);
    let mut out = line(&OWN.into_iter().chain(columns).collect::<Vec<_>>());
    let mut say =
        |own: [&str; 3], item: Option<&Map<String, Value>>, custody: Option<&Map<String, Value>>| {
            let of = |row: Option<&Map<String, Value>>, columns: &[String]| -> Vec<String> {
                let cell = |column: &String| row.map_or_else(String::new, |row| cell(row, Some(column)));
                columns.iter().map(cell).collect()
            };
            let cells = [of(item, &manifest.item_columns), of(custody, &manifest.custody_columns)].concat();
            let cells = own.into_iter().chain(cells.iter().map(String::as_str));
            out.push_str(&line(&cells.collect::<Vec<_>>()));
        };
    for item in &manifest.items {
        say(["item", &item.id, &item.consent], Some(&item.row), None);
        for hand_over in &item.custody {
            say(["custody", &item.id, ""], None, Some(hand_over));
        }
    }
    for id in &manifest.withheld {
        say(["withheld", id, NO_CONSENT], None, None);
    }
    out
}
