//! Whether what an export names exists: fields, columns, values, stages, rules.

use super::{Entry, Export, ExportKind, outgoing::fits};
use crate::{
    FieldKind, Pack, ReadProblem, Vocabularies,
    pack::{link::condition_problems, read::problem},
    vocabulary::Field,
};

/// Everything that the exports of a pack name and that does not exist.
pub(crate) fn problems(pack: &Pack, vocabularies: &Vocabularies) -> Vec<ReadProblem> {
    let mut found = vec![];
    for (name, export) in &pack.exports {
        let file = format!("regimes/{}/exports/{name}.toml", pack.id());
        let linker = Linker { pack, vocabularies, export };
        found.extend(linker.wrong().into_iter().map(|(key, rule)| problem(&file, &key, &rule)));
        for entry in export.all_entries() {
            if let Some(when) = &entry.when {
                found.extend(condition_problems(pack, vocabularies, &file, (&entry.to, when)));
            }
        }
    }
    found
}

/// A key and the rule that is broken there.
type Wrong = (String, String);

struct Linker<'a> {
    pack: &'a Pack,
    vocabularies: &'a Vocabularies,
    export: &'a Export,
}

impl Linker<'_> {
    fn wrong(&self) -> Vec<Wrong> {
        let mut wrong = vec![];
        if self.export.format != "beffroi-export/1" {
            wrong.push(("format".to_owned(), "must be \"beffroi-export/1\"".to_owned()));
        }
        if self.export.kind == ExportKind::Sheet && !self.export.lists.is_empty() {
            wrong.push(("lists".to_owned(), "a sheet has no lists".to_owned()));
        }
        self.stages(("tracks", &self.export.tracks), ("stages", &self.export.stages), &mut wrong);
        for list in &self.export.lists {
            let field = list.each.as_ref().or(list.rows.as_ref());
            let field = field.and_then(|name| self.vocabularies.field(name));
            let wanted = if list.each.is_some() { FieldKind::Choices } else { FieldKind::Records };
            if field.is_none_or(|field| field.kind != wanted) || list.each.is_some() == list.rows.is_some() {
                wrong.push((
                    list.to.clone(),
                    "has either each, a field of choices, or rows, a field of records".to_owned(),
                ));
                continue;
            }
            for entry in &list.entries {
                self.entry(entry, field, &mut wrong);
            }
            self.fields(&list.to, list.implies.keys(), &mut wrong);
        }
        for entry in &self.export.entries {
            self.entry(entry, None, &mut wrong);
        }
        wrong
    }

    fn stages(&self, tracks: (&str, &[String]), stages: (&str, &[String]), wrong: &mut Vec<Wrong>) {
        for track in
            tracks.1.iter().filter(|name| !self.pack.law.tracks.iter().any(|track| track.id == **name))
        {
            wrong.push((tracks.0.to_owned(), format!("{track:?} is no track of this pack")));
        }
        for stage in stages.1.iter().filter(|name| self.pack.stage_named(name).is_none()) {
            wrong.push((stages.0.to_owned(), format!("{stage:?} is no stage of this pack")));
        }
    }

    fn fields<'b>(&self, key: &str, names: impl Iterator<Item = &'b String>, wrong: &mut Vec<Wrong>) {
        for name in names.filter(|name| self.vocabularies.field(name).is_none()) {
            wrong.push((key.to_owned(), format!("{name:?} is no field")));
        }
    }

    fn entry(&self, entry: &Entry, of_list: Option<&Field>, wrong: &mut Vec<Wrong>) {
        self.stages((&entry.to, &entry.tracks), (&entry.to, &entry.stages), wrong);
        self.fields(&entry.to, entry.implies.keys().chain(&entry.currency), wrong);
        let mut say = |rule: String| wrong.push((entry.to.clone(), rule));
        let sources = [entry.from.is_some(), entry.constant.is_some(), entry.column.is_some(), entry.key];
        if sources.iter().filter(|given| **given).count() != 1 {
            say("has exactly one of from, constant, column, key".to_owned());
            return;
        }
        if self.export.kind == ExportKind::Sheet && entry.label.is_none() {
            say("a field of a sheet has a label".to_owned());
        }
        if let Some(of) = &entry.of {
            let known = of_list.is_some_and(|field| self.vocabularies.value(field, of).is_some());
            if !known {
                say(format!("of = {of:?} is no value of the field whose values the list is over"));
            }
        }
        match self.field_of(entry, of_list) {
            Ok(Some(field)) => self.of_field(entry, field, &mut say),
            Ok(None) => {}
            Err(rule) => say(rule),
        }
    }

    /// The field or the column whose values an entry carries; none for constants and tables in words.
    fn field_of<'b>(
        &'b self,
        entry: &Entry,
        of_list: Option<&'b Field>,
    ) -> Result<Option<&'b Field>, String> {
        let column_of = |field: &'b Field, column: &str| {
            let found = field.columns.iter().find(|known| known.id == column);
            found.map(Some).ok_or_else(|| format!("{} has no column {column:?}", field.id))
        };
        if let Some(column) = &entry.column {
            return of_list.map_or_else(
                || Err("column stands in lists over rows".to_owned()),
                |field| column_of(field, column),
            );
        }
        if entry.key {
            return of_list.map(Some).ok_or_else(|| "key stands in lists over values".to_owned());
        }
        let Some((name, column)) = entry.source() else { return Ok(None) };
        let field = self.vocabularies.field(name).ok_or_else(|| format!("{name:?} is no field"))?;
        match column {
            Some(column) => column_of(field, column),
            None if field.kind == FieldKind::Records => {
                let unknown =
                    entry.columns.iter().find(|name| !field.columns.iter().any(|known| known.id == **name));
                match unknown {
                    Some(column) => Err(format!("{} has no column {column:?}", field.id)),
                    None if entry.columns.is_empty() && self.export.kind == ExportKind::Json => {
                        Err(format!("{} is a table; name its columns", field.id))
                    }
                    None => Ok(None),
                }
            }
            None => Ok(Some(field)),
        }
    }

    fn of_field(&self, entry: &Entry, field: &Field, say: &mut impl FnMut(String)) {
        if let Some(writing) = entry.write.filter(|writing| !fits(*writing, field.kind)) {
            say(format!("{writing:?} does not fit {}, which is of the kind {}", field.id, field.kind.name()));
        }
        let known: Vec<&str> = match field.kind {
            FieldKind::Boolean => vec!["true", "false"],
            FieldKind::Choice | FieldKind::Choices => {
                self.vocabularies.values(field).iter().map(|value| value.id.as_str()).collect()
            }
            _ => vec![],
        };
        for name in entry.values.keys().chain(&entry.drop).filter(|_| !entry.key) {
            if !known.contains(&name.as_str()) {
                say(format!("{} has no value {name:?}", field.id));
            }
        }
        if entry.values.is_empty() {
            return;
        }
        let told = |id: &str| entry.values.contains_key(id) || entry.drop.iter().any(|dropped| dropped == id);
        for id in known.into_iter().filter(|id| !told(id) && self.is_taken(&field.id, id)) {
            say(format!("says nothing of the value {id:?} of {}; give values or drop", field.id));
        }
    }

    /// Whether a form of the pack takes a value of a field.
    fn is_taken(&self, field: &str, id: &str) -> bool {
        let forms = self.pack.forms.values().flat_map(|form| form.fields());
        let mut asked = forms.filter(|asked| asked.field == field).peekable();
        if asked.peek().is_none() {
            return true;
        }
        asked.any(|asked| {
            asked.values.is_empty()
                || asked.values.values().any(|values| values.iter().any(|known| known == id))
        })
    }
}
