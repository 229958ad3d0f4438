//! The vocabularies: which questions there are, and which values may be chosen.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Deserialize;

use crate::{Choice, FieldKind, ReadProblem, format::Format};

/// Every field and every list of values.
#[derive(Clone, Debug, Default)]
pub struct Vocabularies {
    fields: BTreeMap<String, Field>,
    order: Vec<String>,
    groups: Vec<FieldGroup>,
    lists: BTreeMap<String, List>,
}

/// A group of fields: grants, redaction and approvals go by it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldGroup {
    /// The identifier.
    pub id: String,
    /// Its name.
    pub label: String,
}

/// A question that is asked once, whatever the law.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// The identifier (`users_affected`, `entity.sector`).
    pub id: String,
    /// The shape of its value.
    pub kind: FieldKind,
    /// The question in words.
    pub label: String,
    /// What to write, in plain words.
    #[serde(default)]
    pub help: String,
    /// The field group.
    #[serde(default)]
    pub group: String,
    /// The list of values: `countries`, or `rsit#groups` for the headings of a list.
    #[serde(default)]
    pub vocabulary: Option<String>,
    /// The values, where no other field shares them.
    #[serde(default)]
    pub choices: Vec<ListValue>,
    /// The most characters of a text.
    #[serde(default)]
    pub max_length: Option<u32>,
    /// The unit of a number in words.
    #[serde(default)]
    pub unit: Option<String>,
    /// The least number; numbers, amounts and durations start at zero when it is absent.
    #[serde(default)]
    pub least: Option<Decimal>,
    /// The greatest number.
    #[serde(default)]
    pub greatest: Option<Decimal>,
    /// How a text or a number is written.
    #[serde(default)]
    pub format: Option<Format>,
    /// Whether only a late report is asked for it; it must then be answered.
    #[serde(default)]
    pub when_late: bool,
    /// What holds while nobody has answered (`incident` for the kind of report).
    #[serde(default)]
    pub assumed: Option<toml::Value>,
    /// The columns of a table of records.
    #[serde(default)]
    pub columns: Vec<Field>,
    /// A column without which a record is incomplete.
    #[serde(default)]
    pub required: bool,
    /// The event of the law's clocks whose time it holds.
    #[serde(default)]
    pub event: Option<Event>,
    /// What a believable answer obeys.
    #[serde(default)]
    pub plausible: Plausible,
}

/// An event from which clocks count.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// The name by which clocks refer to it (`aware_significant`).
    pub id: String,
    /// The event in words, to follow "from".
    pub words: String,
}

/// What a believable answer obeys, in view of other answers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plausible {
    /// The instant is not later than now.
    #[serde(default)]
    pub past: bool,
    /// The instant is not earlier than that of these fields.
    #[serde(default)]
    pub not_before: Vec<String>,
    /// The number is not greater than that of this field.
    #[serde(default)]
    pub not_above: Option<String>,
    /// The chosen value stands under the heading that this field chose.
    #[serde(default)]
    pub under: Option<String>,
}

/// A list of values.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    /// Always `beffroi-list/1`.
    pub format: String,
    /// The name by which fields refer to it.
    pub id: String,
    /// The version of its source.
    pub version: String,
    /// Where it comes from.
    pub source: String,
    /// The licence of the source.
    pub licence: String,
    /// Whether organisations may keep own terms below its values: where no law fixes what may be chosen.
    #[serde(default)]
    pub open: bool,
    /// The headings.
    #[serde(default)]
    pub groups: Vec<ListValue>,
    /// The values.
    pub values: Vec<ListValue>,
}

/// One value of a list.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListValue {
    /// The value as it is kept.
    pub id: String,
    /// The value in words.
    pub label: String,
    /// What it means.
    #[serde(default)]
    pub help: String,
    /// The heading it stands under.
    #[serde(default)]
    pub group: Option<String>,
    /// The wider value that contains it (a sub-sector's sector).
    #[serde(default)]
    pub within: Option<String>,
    /// Where the law lists it.
    #[serde(default)]
    pub article: Option<String>,
}

/// A file of fields.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FieldFile {
    pub format: String,
    #[expect(dead_code, reason = "kept in the file for people; the library has no use for it")]
    pub version: String,
    #[serde(default)]
    pub groups: Vec<FieldGroup>,
    pub fields: Vec<Field>,
}

impl Vocabularies {
    /// The field of that name.
    #[must_use]
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields.get(id)
    }

    /// Every field in the order of the files.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.order.iter().filter_map(|id| self.fields.get(id))
    }

    /// The fields of the incident record, without those of the entity.
    pub fn incident_fields(&self) -> impl Iterator<Item = &Field> {
        self.fields().filter(|field| !field.is_of_entity())
    }

    /// The fields of the entity's profile.
    pub fn entity_fields(&self) -> impl Iterator<Item = &Field> {
        self.fields().filter(|field| field.is_of_entity())
    }

    /// The field that holds the time of an event.
    #[must_use]
    pub fn field_of_event(&self, event: &str) -> Option<&Field> {
        self.fields().find(|field| field.event.as_ref().is_some_and(|known| known.id == event))
    }

    /// The groups of fields in order.
    #[must_use]
    pub fn groups(&self) -> &[FieldGroup] {
        &self.groups
    }

    /// The list of that name.
    #[must_use]
    pub fn list(&self, id: &str) -> Option<&List> {
        self.lists.get(id)
    }

    /// The lists.
    pub fn lists(&self) -> impl Iterator<Item = &List> {
        self.lists.values()
    }

    /// The values that a field may take; empty for a field that has no list.
    #[must_use]
    pub fn values<'a>(&'a self, field: &'a Field) -> &'a [ListValue] {
        match field.vocabulary.as_deref() {
            None => &field.choices,
            Some(name) => self.referenced(name).map_or(&[], |(_, values)| values),
        }
    }

    /// The list that a field names, and the part of it that it means: `rsit` its values, `rsit#groups` its
    /// headings.
    #[must_use]
    pub fn referenced(&self, name: &str) -> Option<(&List, &[ListValue])> {
        match name.strip_suffix("#groups") {
            Some(list) => self.lists.get(list).map(|list| (list, list.groups.as_slice())),
            None => self.lists.get(name).map(|list| (list, list.values.as_slice())),
        }
    }

    /// A value that a field may take.
    #[must_use]
    pub fn value<'a>(&'a self, field: &'a Field, id: &str) -> Option<&'a ListValue> {
        self.values(field).iter().find(|value| value.id == id)
    }

    /// The label of a field group, or its identifier when there is none.
    #[must_use]
    pub fn group_label(&self, group: &str) -> String {
        let known = self.groups().iter().find(|known| known.id == group);
        known.map_or_else(|| group.to_owned(), |known| known.label.clone())
    }

    /// The label of a field, or its identifier when there is none.
    #[must_use]
    pub fn label(&self, field: &str) -> String {
        self.fields.get(field).map_or_else(|| field.to_owned(), |field| field.label.clone())
    }

    /// The values of a field as a page offers them.
    #[must_use]
    pub fn choices(&self, field: &Field) -> Vec<Choice> {
        let heading = |group: &String| {
            field
                .vocabulary
                .as_ref()
                .and_then(|list| self.lists.get(list))
                .and_then(|list| list.groups.iter().find(|heading| heading.id == *group))
                .map_or_else(|| group.clone(), |heading| heading.label.clone())
        };
        self.values(field)
            .iter()
            .map(|value| Choice {
                id: value.id.clone(),
                label: value.label.clone(),
                help: value.help.clone(),
                group: value.group.as_ref().map(heading),
                terms: vec![],
            })
            .collect()
    }

    /// What the vocabularies name and does not exist.
    pub(crate) fn problems(&self) -> Vec<ReadProblem> {
        let mut problems = vec![];
        for list in self.lists.values().filter(|list| list.open) {
            let parts = list.values.iter().chain(&list.groups).map(|value| &value.id).chain([&list.id]);
            // A machine tag of an own term says list and value with a dot between.
            for id in parts.filter(|id| id.contains(['.', '#', '"', ':', '='])) {
                let file = format!("vocabularies/{}.toml", list.id);
                let rule = "an identifier of an open list has none of . # \" : =".to_owned();
                problems.push(ReadProblem { file, key: id.clone(), rule });
            }
        }
        for field in self.fields() {
            let file = if field.is_of_entity() { "entity-fields" } else { "incident-fields" };
            let mut wrong = |rule: String| {
                let file = format!("vocabularies/{file}.toml");
                problems.push(ReadProblem { file, key: field.id.clone(), rule });
            };
            if !self.groups.iter().any(|group| group.id == field.group) {
                wrong(format!("group {:?} is not among the groups", field.group));
            }
            let chosen = matches!(field.kind, FieldKind::Choice | FieldKind::Choices);
            if chosen == self.values(field).is_empty() {
                wrong("a choice has values, and nothing else has: give vocabulary or choices".to_owned());
            }
            if (field.kind == FieldKind::Records) == field.columns.is_empty() {
                wrong("records have columns, and nothing else has".to_owned());
            }
            let columns = field.columns.iter().chain([field]);
            for column in columns.filter(|one| one.format.is_some_and(|format| !format.fits(one.kind))) {
                wrong(format!("the format of {:?} does not fit its kind, {}", column.id, column.kind.name()));
            }
            let named = field
                .plausible
                .not_before
                .iter()
                .chain(&field.plausible.not_above)
                .chain(&field.plausible.under);
            for name in named.filter(|name| !self.fields.contains_key(*name)) {
                wrong(format!("plausible names {name:?}, which is no field"));
            }
        }
        problems
    }

    /// Adds a file of fields and says which of them were there already.
    pub(crate) fn add_fields(&mut self, file: FieldFile) -> Vec<String> {
        let mut twice = vec![];
        self.groups.extend(file.groups);
        for field in file.fields {
            if self.fields.contains_key(&field.id) {
                twice.push(field.id.clone());
                continue;
            }
            self.order.push(field.id.clone());
            self.fields.insert(field.id.clone(), field);
        }
        twice
    }

    /// Adds what an older version of a law asked and the newest does not, and says which fields the newest made
    /// another question, so that the answers of running cases would lose their meaning.
    pub(crate) fn add_older_fields(&mut self, mut file: FieldFile) -> Vec<(String, String)> {
        let known: Vec<&str> = self.groups.iter().map(|group| group.id.as_str()).collect();
        file.groups.retain(|group| !known.contains(&group.id.as_str()));
        let mut differs = vec![];
        for old in &file.fields {
            let Some(new) = self.fields.get(&old.id) else { continue };
            let kept = |id: &String| new.choices.iter().any(|choice| choice.id == *id);
            let lost: Vec<&str> = old
                .choices
                .iter()
                .map(|choice| &choice.id)
                .filter(|id| !kept(id))
                .map(String::as_str)
                .collect();
            if new.kind != old.kind {
                let rule = "a newer version gives it another kind, but running cases stay on this version: \
                            give the new question a name of its own";
                differs.push((old.id.clone(), rule.to_owned()));
            } else if !lost.is_empty() {
                let rule = format!(
                    "a newer version takes {} from its choices, but running cases stay on this version: keep the \
                     choice in fields.toml and name in the form the values that a stage takes",
                    lost.join(", ")
                );
                differs.push((old.id.clone(), rule));
            }
        }
        let _there_already = self.add_fields(file);
        differs
    }

    pub(crate) fn add_list(&mut self, list: List) {
        self.lists.insert(list.id.clone(), list);
    }
}

impl Field {
    /// Whether it is a fact of the entity rather than of the incident.
    #[must_use]
    pub fn is_of_entity(&self) -> bool {
        self.id.starts_with("entity.")
    }
}
