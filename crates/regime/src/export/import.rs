//! What was filed elsewhere, as answers for a draft.

use std::collections::{BTreeMap, BTreeSet};

use model::{DutyKey, filing::FILING_FORMAT};
use serde_json::{Map, Value, json};

use super::{
    Entry, Export, ListOf, csv,
    incoming::taken,
    place::{get, leaves, pointer},
    report::REPORT_FORMAT,
    trouble,
};
use crate::{FieldKind, Library, Pack, Problem, check_answer, value::escaped, vocabulary::Field};

/// What was read of a report.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Imported {
    /// The name of the format it was in.
    pub format: String,
    /// The stage, where the report tells it.
    pub duty: Option<DutyKey>,
    /// Answers of the incident record.
    pub answers: BTreeMap<String, Value>,
    /// Those of them that are estimates.
    pub estimated: BTreeSet<String>,
    /// What it says of the organisation, for comparison with its profile.
    pub entity: BTreeMap<String, Value>,
    /// Values that are no answers; pointers lead into the document.
    pub problems: Vec<Problem>,
    /// What was left aside because no question asks it.
    pub losses: Vec<Problem>,
}

/// Why nothing could be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportFailure {
    /// Neither JSON nor a table.
    #[error("the document is neither JSON nor a table with the columns field and value: {0}")]
    Unreadable(String),
    /// JSON of no format that is read.
    #[error("the document is in no format that is read back; these are: {0}")]
    UnknownFormat(String),
}

/// Reads a report: `format` names how it is written (`report`, `csv`, or a format of a law); by default the
/// content tells.
///
/// # Errors
/// What is no report at all. What is wrong with single values stands in the result.
pub fn import(library: &Library, format: Option<&str>, bytes: &[u8]) -> Result<Imported, ImportFailure> {
    let is_json = bytes.iter().find(|byte| !byte.is_ascii_whitespace()).is_some_and(|byte| *byte == b'{');
    if format == Some("csv") || (format.is_none() && !is_json) {
        return csv::read(library, bytes);
    }
    let document: Value =
        serde_json::from_slice(bytes).map_err(|error| ImportFailure::Unreadable(error.to_string()))?;
    let unknown = || ImportFailure::UnknownFormat(names(library).join(", "));
    let object = document.as_object().ok_or_else(unknown)?;
    let told = object.get("format").and_then(Value::as_str);
    let head = object.get("head").and_then(|head| head.get("format")).and_then(Value::as_str);
    match format {
        None | Some("report") if told == Some(REPORT_FORMAT) => return Ok(of_report(library, object)),
        None | Some("report") if head == Some(FILING_FORMAT) => return Ok(of_filing(library, object)),
        Some("report") => return Err(unknown()),
        Some(_) | None => {}
    }
    let fits = |export: &Export| {
        export.is_read()
            && match format {
                Some(name) => export.id == name,
                None => export.known_by.iter().all(|name| object.contains_key(name)),
            }
    };
    let mut packs: Vec<&Pack> = library.packs().iter().map(|pack| &**pack).collect();
    packs.sort_by_key(|pack| pack.law.changes.is_some());
    let found =
        packs.iter().find_map(|pack| Some((*pack, pack.exports.values().find(|export| fits(export))?)));
    let (pack, export) = found.ok_or_else(unknown)?;
    Ok(of_export(library, (pack, export), (&document, object)))
}

fn names(library: &Library) -> Vec<String> {
    let read =
        library.packs().iter().flat_map(|pack| pack.exports.values()).filter(|export| export.is_read());
    let mut names: BTreeSet<&str> = read.map(|export| export.id.as_str()).collect();
    names.extend(["csv", "report"]);
    names.into_iter().map(str::to_owned).collect()
}

fn of_report(library: &Library, object: &Map<String, Value>) -> Imported {
    let mut intake = Intake::new(library, "report");
    intake.imported.duty = object.get("duty").and_then(Value::as_str).and_then(|duty| duty.parse().ok());
    let fields = object.get("fields").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    for (index, field) in fields.iter().enumerate() {
        let name = field.get("field").and_then(Value::as_str).unwrap_or_default();
        let value = field.get("value").filter(|value| !value.is_null());
        if let Some(value) = value {
            intake.take(name, value.clone(), &format!("/fields/{index}/value"));
            intake.note_estimate(name, field);
            intake.note_terms(name, field, &format!("/fields/{index}/terms"));
        }
    }
    intake.finish()
}

fn of_filing(library: &Library, object: &Map<String, Value>) -> Imported {
    let mut intake = Intake::new(library, "report");
    let duty = object.get("head").and_then(|head| head.get("duty")).and_then(Value::as_str);
    intake.imported.duty = duty.and_then(|duty| duty.parse().ok());
    let groups = object.get("disclosures").and_then(Value::as_object);
    for (group, disclosure) in groups.into_iter().flatten() {
        let content = disclosure.get("content").and_then(Value::as_object);
        for (name, answer) in content.into_iter().flatten() {
            let place = format!("/disclosures/{}/content/{}/value", escaped(group), escaped(name));
            if let Some(value) = answer.get("value").filter(|value| !value.is_null()) {
                intake.take(name, value.clone(), &place);
                intake.note_estimate(name, answer);
                let place = format!("/disclosures/{}/content/{}/terms", escaped(group), escaped(name));
                intake.note_terms(name, answer, &place);
            }
        }
    }
    intake.finish()
}

/// Takes answers in, each checked.
pub(super) struct Intake<'a> {
    library: &'a Library,
    pub imported: Imported,
}

impl<'a> Intake<'a> {
    pub fn new(library: &'a Library, format: &str) -> Self {
        Self { library, imported: Imported { format: format.to_owned(), ..Imported::default() } }
    }

    /// An answer, if it is one; else a problem at that place of the document.
    pub fn take(&mut self, name: &str, value: Value, place: &str) {
        if let Err(problem) = check_answer(self.library, name, &value) {
            self.imported.problems.push(Problem { pointer: place.to_owned(), ..problem });
            return;
        }
        let to =
            if name.starts_with("entity.") { &mut self.imported.entity } else { &mut self.imported.answers };
        to.insert(name.to_owned(), value);
    }

    /// Whether the answer that was taken is an estimate, as it says beside it.
    fn note_estimate(&mut self, name: &str, answer: &Value) {
        let estimated = answer.get("estimated").and_then(Value::as_bool) == Some(true);
        if estimated && self.imported.answers.contains_key(name) {
            self.imported.estimated.insert(name.to_owned());
        }
    }

    /// Own terms belong to whoever reported: they are named, and left aside.
    fn note_terms(&mut self, name: &str, answer: &Value, place: &str) {
        let terms = answer.get("terms").and_then(Value::as_array);
        let tags = terms.into_iter().flatten().filter_map(|term| term.get("tag").and_then(Value::as_str));
        self.leave_terms(name, &tags.collect::<Vec<_>>().join(" "), place);
    }

    /// As [`Self::note_terms`], with the machine tags in one text.
    pub fn leave_terms(&mut self, name: &str, tags: &str, place: &str) {
        if !tags.is_empty() {
            let shown: String = tags.chars().take(200).collect();
            let message =
                format!("{shown}: own terms of whoever reported are left aside; their value is taken");
            self.imported.losses.push(trouble(name, place, "own_terms", message));
        }
    }

    pub fn refuse(&mut self, field: &Field, place: &str, must: &str) {
        let message = format!("{place}: {} ({}) {must}", field.id, field.label);
        self.imported.problems.push(trouble(&field.id, place, "not_taken", message));
    }

    /// So many problems and losses are told, the first of them, with how many more there are.
    fn bound(&mut self) {
        for list in [&mut self.imported.problems, &mut self.imported.losses] {
            let more = list.len().saturating_sub(MOST_TOLD);
            if more > 0 {
                list.truncate(MOST_TOLD);
                list.push(trouble("", "", "and_more", format!("and {more} more like these")));
            }
        }
    }

    /// The result. What a stage says by itself is no answer of anybody: it tells the stage.
    pub fn finish(mut self) -> Imported {
        self.bound();
        let pack = self.imported.duty.as_ref().and_then(|duty| self.library.pack(&duty.pack));
        for form in pack.into_iter().flat_map(|pack| pack.forms.values()) {
            for asked in form.fields().filter(|asked| !asked.fixed.is_empty()) {
                self.imported.answers.remove(&asked.field);
            }
        }
        self.imported
    }
}

fn of_export(
    library: &Library,
    (pack, export): (&Pack, &Export),
    (document, object): (&Value, &Map<String, Value>),
) -> Imported {
    let mut reader = Reader {
        intake: Intake::new(library, &export.id),
        seen: BTreeSet::new(),
        rows: BTreeMap::new(),
        places: BTreeMap::new(),
        currency: None,
    };
    let currency = export.all_entries().find_map(|entry| entry.currency.as_deref());
    let of_currency =
        export.entries.iter().find(|entry| entry.from.is_some() && entry.from.as_deref() == currency);
    reader.currency = of_currency.and_then(|entry| get(object, &entry.to)?.as_str()).map(str::to_owned);
    for entry in &export.entries {
        reader.entry(entry, object, "");
    }
    for list in &export.lists {
        reader.list(list, object);
    }
    reader.tables();
    let mut all = vec![];
    leaves(document, "", &mut all);
    let losses = all.into_iter().filter(|place| !reader.seen.contains(place));
    let losses: Vec<Problem> = losses
        .map(|place| {
            let message = format!("{place} is no member that this format asks, and is left aside");
            trouble("", &place, "unknown_member", message)
        })
        .collect();
    reader.intake.imported.losses.extend(losses);
    reader.intake.imported.duty = stage_said(pack, export, &reader.intake.imported.answers);
    reader.intake.finish()
}

/// So many problems of a document are told, and so many losses.
const MOST_TOLD: usize = 1000;

/// The stage of the export that says by itself what the answers say.
fn stage_said(pack: &Pack, export: &Export, answers: &BTreeMap<String, Value>) -> Option<DutyKey> {
    pack.stages().filter(|(track, stage)| export.takes(&track.id, &stage.id)).find_map(|(track, stage)| {
        let form = pack.forms.get(stage.form.as_ref()?)?;
        let fixed: Vec<_> =
            form.fields().filter_map(|field| Some((field, field.fixed_at(&stage.id)?))).collect();
        let said = |(field, value): &(&crate::pack::FormField, &String)| {
            answers.get(&field.field).and_then(Value::as_str) == Some(value)
        };
        (!fixed.is_empty() && fixed.iter().all(said)).then(|| DutyKey {
            pack: pack.id().to_owned(),
            track: track.id.clone(),
            stage: stage.id.clone(),
        })
    })
}

/// Reads one document of another format.
struct Reader<'a> {
    intake: Intake<'a>,
    seen: BTreeSet<String>,
    /// Rows of tables that entries fill column by column.
    rows: BTreeMap<String, Vec<Map<String, Value>>>,
    /// Where the columns of tables stand, by field and column.
    places: BTreeMap<(String, String), String>,
    currency: Option<String>,
}

impl Reader<'_> {
    fn entry(&mut self, entry: &Entry, object: &Map<String, Value>, within: &str) {
        let Some(value) = get(object, &entry.to) else { return };
        let place = format!("{within}{}", pointer(&entry.to));
        self.seen.insert(place.clone());
        if entry.constant.is_some() || Some(value) == entry.absent.as_ref() {
            return;
        }
        let library = self.intake.library;
        let Some((name, column)) = entry.source() else { return };
        let Some(field) = library.vocabularies().field(name) else { return };
        match (column, field.kind) {
            (Some(column), FieldKind::Records) => self.column(entry, (field, column), value, &place),
            (None, FieldKind::Records) => {
                let first = entry.columns.first().map_or("name", String::as_str);
                self.column(entry, (field, first), value, &place);
            }
            (_, _) => match taken(entry, field, value, self.currency.as_deref()) {
                Ok(ours) => self.intake.take(name, ours, &place),
                Err(must) => return self.intake.refuse(field, &place, &must),
            },
        }
        self.imply(&entry.implies, &place);
    }

    fn imply(&mut self, implies: &BTreeMap<String, Value>, place: &str) {
        for (field, value) in implies {
            self.intake.take(field, value.clone(), place);
        }
    }

    /// A column of a table: of the first row, or one text for all rows.
    fn column(&mut self, entry: &Entry, (field, column): (&Field, &str), value: &Value, place: &str) {
        let Some(of_column) = field.columns.iter().find(|known| known.id == column) else { return };
        let cells: Vec<Value> = match (&entry.join, value.as_str()) {
            (Some(between), Some(text)) if entry.columns.is_empty() => {
                text.split(between.as_str()).map(|cell| json!(cell)).collect()
            }
            (_, _) => vec![value.clone()],
        };
        self.places.insert((field.id.clone(), column.to_owned()), place.to_owned());
        for (index, cell) in cells.iter().enumerate().filter(|(_, cell)| **cell != json!("")) {
            match taken(entry, of_column, cell, self.currency.as_deref()) {
                Ok(ours) => {
                    let rows = self.rows.entry(field.id.clone()).or_default();
                    if rows.len() <= index {
                        rows.resize_with(index + 1, Map::new);
                    }
                    if let Some(row) = rows.get_mut(index) {
                        row.extend(entry.fill.clone());
                        row.insert(column.to_owned(), ours);
                    }
                }
                Err(must) => self.intake.refuse(field, place, &must),
            }
        }
    }

    fn tables(&mut self) {
        for (field, rows) in std::mem::take(&mut self.rows) {
            let mut rows: Vec<Value> =
                rows.into_iter().filter(|row| !row.is_empty()).map(Value::Object).collect();
            while let Some(problem) = self.wrong_cell(&field, &mut rows) {
                self.intake.imported.problems.push(problem);
            }
            let first = self.places.iter().find(|((of, _), _)| *of == field);
            let place = first.map_or_else(String::new, |(_, place)| place.clone());
            self.intake.take(&field, Value::Array(rows), &place);
        }
    }

    /// Takes out the first cell that is no answer, so that it does not cost the whole table.
    fn wrong_cell(&self, field: &str, rows: &mut [Value]) -> Option<Problem> {
        let value = Value::Array(rows.to_vec());
        let problem = check_answer(self.intake.library, field, &value).err()?;
        let mut steps = problem.pointer.rsplit('/');
        let (column, index) = (steps.next()?.to_owned(), steps.next()?.parse::<usize>().ok()?);
        rows.get_mut(index)?.as_object_mut()?.remove(&column)?;
        let place = self.places.get(&(field.to_owned(), column))?.clone();
        Some(Problem { pointer: place, ..problem })
    }

    fn list(&mut self, list: &ListOf, object: &Map<String, Value>) {
        let place = pointer(&list.to);
        let Some(records) = get(object, &list.to).and_then(Value::as_array) else { return };
        let Some(field) = list.each.as_ref().or(list.rows.as_ref()) else { return };
        let (mut chosen, mut rows) = (vec![], vec![]);
        for (index, record) in records.iter().enumerate() {
            let Some(record) = record.as_object() else { continue };
            let within = format!("{place}/{index}");
            let mut row = Map::new();
            for entry in &list.entries {
                match (&entry.column, entry.key) {
                    (Some(column), _) => self.cell(entry, (field, column), (record, &within), &mut row),
                    (None, true) => chosen.extend(self.chosen(entry, field, record, &within)),
                    (None, false) => self.entry(entry, record, &within),
                }
            }
            if !row.is_empty() {
                rows.push(Value::Object(row));
            }
        }
        if list.each.is_some() {
            self.intake.take(field, Value::Array(chosen), &place);
        } else if !rows.is_empty() {
            self.intake.take(field, Value::Array(rows), &place);
            self.imply(&list.implies, &place);
        }
    }

    /// The value for which a record of a list was made.
    fn chosen(
        &mut self,
        entry: &Entry,
        name: &str,
        record: &Map<String, Value>,
        within: &str,
    ) -> Option<Value> {
        let value = get(record, &entry.to)?;
        let place = format!("{within}{}", pointer(&entry.to));
        self.seen.insert(place.clone());
        let field = self.intake.library.vocabularies().field(name)?;
        let one = Entry { one: true, ..entry.clone() };
        match taken(&one, field, value, None) {
            Ok(ids) => ids.as_array().and_then(|ids| ids.first().cloned()),
            Err(must) => {
                self.intake.refuse(field, &place, &must);
                None
            }
        }
    }

    fn cell(
        &mut self,
        entry: &Entry,
        (name, column): (&str, &str),
        (record, within): (&Map<String, Value>, &str),
        row: &mut Map<String, Value>,
    ) {
        let Some(value) = get(record, &entry.to) else { return };
        let place = format!("{within}{}", pointer(&entry.to));
        self.seen.insert(place.clone());
        let Some(field) = self.intake.library.vocabularies().field(name) else { return };
        let Some(of_column) = field.columns.iter().find(|known| known.id == column) else { return };
        match taken(entry, of_column, value, self.currency.as_deref()) {
            Ok(ours) => {
                row.insert(column.to_owned(), ours);
            }
            Err(must) => self.intake.refuse(field, &place, &must),
        }
    }
}
