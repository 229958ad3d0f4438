//! Forms: which fields a stage asks, in what order, and how strictly.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Condition;
use crate::Basis;

/// A form, shared by the stages of a pack.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// Always `beffroi-form/1`.
    pub format: String,
    /// In a profile: whether it adds to the form of the law, instead of taking its place.
    #[serde(default)]
    pub adds: bool,
    /// The sections in order.
    pub sections: Vec<FormSection>,
}

/// A part of a form.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormSection {
    /// The identifier.
    pub id: String,
    /// The questions in order.
    pub fields: Vec<FormField>,
}

/// A question of a form.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "RawFormField")]
pub struct FormField {
    /// The field of the vocabulary.
    pub field: String,
    /// The number of the field in the law's own form (`3.25`).
    pub number: Option<String>,
    /// The numbers of the columns, where the law's own form numbers each of them.
    pub numbers: BTreeMap<String, String>,
    /// Who wants to know.
    pub basis: Basis,
    /// Where the law asks for it.
    pub article: Option<String>,
    /// Whether it stands on the first screen.
    pub first: bool,
    /// How strictly each stage asks; [`ALL_STAGES`] stands for those that are not named.
    pub stages: BTreeMap<String, Obligation>,
    /// Shown only then; while that is open, the question is shown.
    pub when: Option<Condition>,
    /// Where the answer is wanted if available, it is required then.
    pub required_if: Option<Condition>,
    /// The values that a stage takes, where not all of the field.
    pub values: BTreeMap<String, Vec<String>>,
    /// The values that a stage does not take any more.
    pub without: BTreeMap<String, Vec<String>>,
    /// Values that may be chosen only then.
    pub value_when: BTreeMap<String, Condition>,
    /// The value that a stage gives by itself: nobody is asked.
    pub fixed: BTreeMap<String, String>,
    /// The columns without which the law takes no record.
    pub required_columns: Vec<String>,
    /// The most characters, where the law takes fewer than the field.
    pub max_length: Option<u32>,
}

/// What stands for every stage that uses the form.
pub const ALL_STAGES: &str = "all";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFormField {
    field: String,
    number: Option<String>,
    #[serde(default)]
    numbers: BTreeMap<String, String>,
    #[serde(default = "voluntary")]
    basis: Basis,
    article: Option<String>,
    #[serde(default)]
    first: bool,
    #[serde(default)]
    required: Vec<String>,
    #[serde(default)]
    if_available: Vec<String>,
    #[serde(default)]
    optional: Vec<String>,
    #[serde(default)]
    carried_over: Vec<String>,
    when: Option<Condition>,
    required_if: Option<Condition>,
    #[serde(default)]
    values: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    without: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    value_when: BTreeMap<String, Condition>,
    #[serde(default)]
    fixed: BTreeMap<String, String>,
    #[serde(default)]
    required_columns: Vec<String>,
    max_length: Option<u32>,
}

impl TryFrom<RawFormField> for FormField {
    type Error = String;

    fn try_from(raw: RawFormField) -> Result<Self, String> {
        let lists = [
            (Obligation::Required, raw.required),
            (Obligation::IfAvailable, raw.if_available),
            (Obligation::Optional, raw.optional),
            (Obligation::CarriedOver, raw.carried_over),
        ];
        let mut stages = BTreeMap::new();
        for (obligation, names) in lists {
            for name in names {
                if stages.insert(name.clone(), obligation).is_some() {
                    return Err(format!(
                        "{} names the stage {name:?} twice; a stage asks in one way",
                        raw.field
                    ));
                }
            }
        }
        if stages.is_empty() {
            return Err(format!("{} is asked at no stage; name one, or \"all\"", raw.field));
        }
        Ok(Self {
            field: raw.field,
            number: raw.number,
            numbers: raw.numbers,
            basis: raw.basis,
            article: raw.article,
            first: raw.first,
            stages,
            when: raw.when,
            required_if: raw.required_if,
            values: raw.values,
            without: raw.without,
            value_when: raw.value_when,
            fixed: raw.fixed,
            required_columns: raw.required_columns,
            max_length: raw.max_length,
        })
    }
}

impl FormField {
    /// How strictly a stage asks; `None` when it does not.
    #[must_use]
    pub fn obligation(&self, stage: &str) -> Option<Obligation> {
        self.stages.get(stage).or_else(|| self.stages.get(ALL_STAGES)).copied()
    }

    /// Whether a stage takes a value, as far as the stage alone decides.
    #[must_use]
    pub fn takes(&self, stage: &str, value: &str) -> bool {
        let names = |values: &Vec<String>| values.iter().any(|known| known == value);
        let among = self.values.get(stage).or_else(|| self.values.get(ALL_STAGES)).is_none_or(names);
        among && !self.without.get(stage).is_some_and(names)
    }

    /// The value that a stage gives by itself.
    #[must_use]
    pub fn fixed_at(&self, stage: &str) -> Option<&String> {
        self.fixed.get(stage).or_else(|| self.fixed.get(ALL_STAGES))
    }

    /// The conditions of the question.
    pub fn conditions(&self) -> impl Iterator<Item = &Condition> {
        self.when.iter().chain(&self.required_if).chain(self.value_when.values())
    }

    /// How the law's own form numbers the question: its number and those of its columns.
    pub fn all_numbers(&self) -> impl Iterator<Item = &String> {
        self.number.iter().chain(self.numbers.values())
    }
}

const fn voluntary() -> Basis {
    Basis::Voluntary
}

/// How strictly a stage asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obligation {
    /// It cannot be filed without an answer.
    Required,
    /// "Where applicable" or "where available": unknown is an answer.
    IfAvailable,
    /// It may be answered.
    Optional,
    /// Taken over from an earlier stage and still open to change.
    CarriedOver,
}

impl Form {
    /// Takes over the questions of `other`: they join the section of the same name, and take the place of a question
    /// about the same field, wherever that stands.
    pub(super) fn add(&mut self, other: Self) {
        for section in other.sections {
            for asked in section.fields {
                let mut known = self.sections.iter_mut().flat_map(|own| &mut own.fields);
                if let Some(known) = known.find(|known| known.field == asked.field) {
                    *known = asked;
                    continue;
                }
                match self.sections.iter_mut().find(|own| own.id == section.id) {
                    Some(own) => own.fields.push(asked),
                    None => self.sections.push(FormSection { id: section.id.clone(), fields: vec![asked] }),
                }
            }
        }
    }

    /// Every question in order.
    pub fn fields(&self) -> impl Iterator<Item = &FormField> {
        self.sections.iter().flat_map(|section| &section.fields)
    }
}
