//! A report as a JSON document of another format.

use std::collections::{BTreeMap, BTreeSet};

use model::Country;
use serde_json::{Map, Value};

use super::{
    Entry, Export, Exported, ListOf, Report,
    outgoing::{Going, Notes, plain},
    place::{has_parent, pointer, put},
    trouble,
};
use crate::{Case, FieldKind, Library, Pack, Verdict, evaluate::World, vocabulary::Field};

/// The report in the format, with what the format refuses or has no place for.
#[must_use]
pub fn json_of(library: &Library, export: &Export, report: &Report) -> Exported<Value> {
    let case = case_of(report);
    let mut writer = Writer::new(library, report, case.as_ref());
    let mut document = Map::new();
    let here = |entry: &&Entry| entry.holds_at(&report.duty.track, &report.duty.stage);
    let entries = || export.entries.iter().filter(here);
    for entry in entries().filter(|entry| entry.constant.is_none()) {
        writer.entry(entry, "", None, &mut document);
    }
    for list in &export.lists {
        writer.list(list, &mut document);
    }
    writer.constants(entries(), &mut document);
    writer.finish(Value::Object(document))
}

/// What the report says, for conditions.
pub(super) fn case_of(report: &Report) -> Option<Case> {
    let known =
        report.answers().filter_map(|(field, _)| Some((field.to_owned(), report.value(field)?.clone())));
    let (entity, facts) = known.partition(|(field, _)| field.starts_with("entity."));
    Some(Case {
        entity,
        facts,
        country: "LU".parse::<Country>().ok()?,
        zone: "UTC".to_owned(),
        submissions: vec![],
        requests: vec![],
        opened: None,
        simulated: vec![],
    })
}

/// Writes, and keeps count of what was written.
pub(super) struct Writer<'a> {
    pub library: &'a Library,
    pub report: &'a Report,
    world: Option<World<'a>>,
    /// The columns that went out, by field; none of a field without columns.
    written: BTreeMap<String, BTreeSet<String>>,
    pub notes: Notes,
}

impl<'a> Writer<'a> {
    pub fn new(library: &'a Library, report: &'a Report, case: Option<&'a Case>) -> Self {
        let pack: Option<&Pack> = library.pack(&report.duty.pack);
        let world = pack.zip(case).map(|(pack, case)| {
            World::new(library.vocabularies(), pack, case, "en").within(Some(&report.duty.track))
        });
        Self { library, report, world, written: BTreeMap::new(), notes: Notes::default() }
    }

    /// Whether the condition of an entry holds.
    pub fn holds(&self, entry: &Entry) -> bool {
        entry.when.as_ref().is_none_or(|when| {
            self.world.as_ref().is_some_and(|world| world.evaluate(when).verdict == Verdict::Yes)
        })
    }

    fn entry(
        &mut self,
        entry: &Entry,
        within: &str,
        row: Option<(&str, &Value)>,
        object: &mut Map<String, Value>,
    ) {
        if !self.holds(entry) {
            return;
        }
        let pointer = format!("{within}{}", pointer(&entry.to));
        let value = match (&entry.column, row) {
            (Some(column), Some((field, row))) => self.cell(entry, (field, column), row, &pointer),
            (Some(_), None) => None,
            (None, _) => self.value(entry, &pointer),
        };
        match value.or_else(|| self.absent(entry)) {
            Some(value) => put(object, &entry.to, value),
            None if entry.needed => self.needed(entry, &pointer),
            None => {}
        }
    }

    /// What stands there when the stage does not ask. Where it asks and nobody knows, nothing does.
    pub fn absent(&self, entry: &Entry) -> Option<Value> {
        let asked = entry.source().is_some_and(|(field, _)| self.report.answer(field).is_some());
        entry.absent.clone().filter(|_| !asked)
    }

    fn needed(&mut self, entry: &Entry, pointer: &str) {
        let field = entry.source().map_or("", |(field, _)| field);
        let label = self.library.vocabularies().label(field);
        let message = format!("{pointer} is wanted by the format, and {field} ({label}) is not known");
        self.notes.errors.push(trouble(field, pointer, "needed", message));
    }

    fn constants<'b>(&self, entries: impl Iterator<Item = &'b Entry>, object: &mut Map<String, Value>) {
        for entry in entries {
            let Some(constant) = &entry.constant else { continue };
            if has_parent(object, &entry.to) && self.holds(entry) {
                put(object, &entry.to, constant.clone());
            }
        }
    }

    /// The answer that an entry stands for, as the format writes it.
    pub fn value(&mut self, entry: &Entry, pointer: &str) -> Option<Value> {
        let (name, column) = entry.source()?;
        let field = self.library.vocabularies().field(name)?;
        let value = self.report.value(name)?;
        match (column, field.kind) {
            (Some(column), FieldKind::Records) => self.column(entry, (field, column), value, pointer),
            (None, FieldKind::Records) => self.rows_in_words(entry, field, value),
            (_, _) => {
                let going = self.going(entry, field, name, pointer);
                let mut notes = Notes::default();
                let written = going.written(value, &mut notes);
                self.took(name, None, written.is_some(), notes);
                written
            }
        }
    }

    fn going<'b>(&'b self, entry: &'b Entry, field: &'b Field, name: &'b str, pointer: &'b str) -> Going<'b> {
        let currency = entry.currency.as_ref().and_then(|field| self.report.value(field)?.as_str());
        Going { vocabularies: self.library.vocabularies(), entry, field, name, pointer, currency }
    }

    /// Keeps count of what went out, and what is said of it. What could not go out has been told already.
    fn took(&mut self, field: &str, column: Option<&str>, went: bool, notes: Notes) {
        if went || !notes.errors.is_empty() || !notes.losses.is_empty() {
            self.written.entry(field.to_owned()).or_default().extend(column.map(str::to_owned));
        }
        self.notes.errors.extend(notes.errors);
        self.notes.losses.extend(notes.losses);
    }

    fn cell(
        &mut self,
        entry: &Entry,
        (name, column): (&str, &str),
        row: &Value,
        pointer: &str,
    ) -> Option<Value> {
        let field = self.library.vocabularies().field(name)?;
        let of_column = field.columns.iter().find(|known| known.id == column)?;
        let value = row.get(column).filter(|value| !value.is_null())?;
        let mut notes = Notes::default();
        let written = self.going(entry, of_column, name, pointer).written(value, &mut notes);
        self.took(name, Some(column), written.is_some(), notes);
        written
    }

    /// A column of a table: of the first row, or of all rows in one text.
    fn column(
        &mut self,
        entry: &Entry,
        (field, column): (&Field, &str),
        value: &Value,
        pointer: &str,
    ) -> Option<Value> {
        let rows = value.as_array().map(Vec::as_slice).unwrap_or_default();
        let Some(between) = &entry.join else {
            if rows.len() > 1 {
                let message = format!(
                    "{} ({}) has {} rows; the format takes the first",
                    field.id,
                    field.label,
                    rows.len()
                );
                self.notes.losses.push(trouble(&field.id, pointer, "one_row", message));
            }
            return self.cell(entry, (&field.id, column), rows.first()?, pointer);
        };
        let cells: Vec<String> = rows
            .iter()
            .map(|row| {
                self.cell(entry, (&field.id, column), row, pointer)
                    .map_or_else(String::new, |cell| plain(&cell))
            })
            .collect();
        cells.iter().any(|cell| !cell.is_empty()).then(|| Value::String(cells.join(between)))
    }

    /// The rows of a table in one text: `Name (code)`.
    fn rows_in_words(&mut self, entry: &Entry, field: &Field, value: &Value) -> Option<Value> {
        let rows = value.as_array()?;
        let mut words = vec![];
        for row in rows {
            let cells = entry.columns.iter().filter_map(|column| Some(plain(row.get(column)?)));
            let mut cells = cells.collect::<Vec<_>>().into_iter();
            let Some(first) = cells.next() else { continue };
            let more: Vec<String> = cells.collect();
            words.push(if more.is_empty() { first } else { format!("{first} ({})", more.join(", ")) });
        }
        self.written.entry(field.id.clone()).or_default().extend(entry.columns.iter().cloned());
        let between = entry.join.as_deref().unwrap_or("; ");
        (!words.is_empty()).then(|| Value::String(words.join(between)))
    }

    fn list(&mut self, list: &ListOf, document: &mut Map<String, Value>) {
        let records = match (&list.each, &list.rows) {
            (Some(field), _) => self.each(list, field),
            (None, Some(field)) => self.rows(list, field),
            (None, None) => vec![],
        };
        if !records.is_empty() {
            put(document, &list.to, Value::Array(records));
        } else if list.needed {
            let field = list.each.as_ref().or(list.rows.as_ref()).map_or("", String::as_str);
            let place = pointer(&list.to);
            let label = self.library.vocabularies().label(field);
            let message = format!("{place} is wanted by the format, and {field} ({label}) is not known");
            self.notes.errors.push(trouble(field, &place, "needed", message));
        }
    }

    /// One record for each value of a field of choices.
    fn each(&mut self, list: &ListOf, name: &str) -> Vec<Value> {
        let chosen = self.report.value(name).and_then(Value::as_array).cloned().unwrap_or_default();
        let ids: Vec<&str> = chosen.iter().filter_map(Value::as_str).collect();
        let mut records: Vec<Value> = vec![];
        for id in &ids {
            let within = format!("{}/{}", pointer(&list.to), records.len());
            let mut record = Map::new();
            for entry in list.entries.iter().filter(|entry| entry.constant.is_none()) {
                let beside = entry.of.as_ref().is_none_or(|of| of == id)
                    || (entry.or_first
                        && records.is_empty()
                        && !ids.iter().any(|id| entry.of.as_deref() == Some(*id)));
                if entry.key {
                    let theirs = entry.values.get(*id).cloned();
                    put(&mut record, &entry.to, theirs.unwrap_or_else(|| Value::String((*id).to_owned())));
                    self.written.entry(name.to_owned()).or_default();
                } else if beside {
                    self.entry(entry, &within, None, &mut record);
                }
            }
            self.constants(list.entries.iter(), &mut record);
            records.push(Value::Object(record));
        }
        records
    }

    /// One record for each row of a table.
    fn rows(&mut self, list: &ListOf, name: &str) -> Vec<Value> {
        let mut rows = self.report.value(name).and_then(Value::as_array).cloned().unwrap_or_default();
        if rows.is_empty() && list.alone {
            rows.push(Value::Null);
        }
        let mut records = vec![];
        for (index, row) in rows.iter().enumerate() {
            let within = format!("{}/{index}", pointer(&list.to));
            let mut record = Map::new();
            for entry in list.entries.iter().filter(|entry| entry.constant.is_none()) {
                self.entry(entry, &within, Some((name, row)), &mut record);
            }
            self.constants(list.entries.iter(), &mut record);
            if !record.is_empty() {
                records.push(Value::Object(record));
            }
        }
        records
    }

    /// The result, with the answers for which the format has no place.
    pub fn finish<T>(mut self, result: T) -> Exported<T> {
        for (field, answer) in self.report.answers() {
            let Some(value) = self.report.value(field) else { continue };
            let label = &answer.label;
            match self.written.get(field) {
                None => {
                    let message = format!("{field} ({label}) has no place in this format");
                    self.notes.losses.push(trouble(field, "", "no_place", message));
                }
                Some(columns) if value.as_array().is_some_and(|rows| rows.iter().any(Value::is_object)) => {
                    let rows = value.as_array().map(Vec::as_slice).unwrap_or_default();
                    let filled = rows.iter().filter_map(Value::as_object).flatten();
                    let lost: BTreeSet<&String> = filled
                        .filter(|(column, cell)| !cell.is_null() && !columns.contains(*column))
                        .map(|(column, _)| column)
                        .collect();
                    for column in lost {
                        let message =
                            format!("the column {column} of {field} ({label}) has no place in this format");
                        self.notes.losses.push(trouble(field, "", "no_place", message));
                    }
                }
                Some(_) => {}
            }
        }
        let mut seen = BTreeSet::new();
        let mut once =
            |problem: &crate::Problem| seen.insert((problem.pointer.clone(), problem.message.clone()));
        let Notes { mut errors, mut losses } = self.notes;
        errors.retain(&mut once);
        losses.retain(&mut once);
        Exported { result, errors, losses }
    }
}
