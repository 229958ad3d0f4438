//! The file of an export: where each answer stands in the format of somebody else.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::pack::Condition;

/// A format into which stages of a law are brought, and perhaps read back from.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Export {
    /// Always `beffroi-export/1`.
    pub format: String,
    /// The name on the command line and in addresses.
    pub id: String,
    /// The name for people.
    pub name: String,
    /// The shape of what comes out.
    pub kind: ExportKind,
    /// The version of the format, as its publisher calls it.
    pub version: String,
    /// Where the format is laid down.
    pub source: String,
    /// The tracks whose stages it takes; absent means every track.
    #[serde(default)]
    pub tracks: Vec<String>,
    /// The stages that it takes; absent means every stage.
    #[serde(default)]
    pub stages: Vec<String>,
    /// Members at the top of a document by which it is told from others; absent: it is not read back.
    #[serde(default)]
    pub known_by: Vec<String>,
    /// What stands where, in the order of the format.
    #[serde(default)]
    pub entries: Vec<Entry>,
    /// Lists of records.
    #[serde(default)]
    pub lists: Vec<ListOf>,
}

/// The shape of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExportKind {
    /// A JSON document.
    Json,
    /// Numbered fields of a portal, to copy one by one.
    Sheet,
}

/// One place of the format.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The place: members of objects, parted by points; on a sheet the number of the field.
    pub to: String,
    /// The field, or `FIELD.COLUMN` of a field of records.
    #[serde(default)]
    pub from: Option<String>,
    /// A value that is no answer; it stands only beside other members of its object.
    #[serde(default)]
    pub constant: Option<Value>,
    /// The column of the row, in a list over rows.
    #[serde(default)]
    pub column: Option<String>,
    /// The value for which the record was made, in a list over the values of a field.
    #[serde(default)]
    pub key: bool,
    /// The record of a list that it stands in: the one made for this value.
    #[serde(default)]
    pub of: Option<String>,
    /// Where there is no such record, it stands in the first one.
    #[serde(default)]
    pub or_first: bool,
    /// Our value to theirs; `true` and `false` for a boolean.
    #[serde(default)]
    pub values: BTreeMap<String, Value>,
    /// Our values for which the format has none.
    #[serde(default)]
    pub drop: Vec<String>,
    /// Their values that the format takes, where ours go over as they stand.
    #[serde(default)]
    pub among: Vec<String>,
    /// How the value is written; absent: as the kind of the field says.
    #[serde(default)]
    pub write: Option<Writing>,
    /// The field that holds the currency of an amount; another currency is an error.
    #[serde(default)]
    pub currency: Option<String>,
    /// The greatest number that the format takes.
    #[serde(default)]
    pub most: Option<rust_decimal::Decimal>,
    /// Whether the format takes one value only of a list.
    #[serde(default)]
    pub one: bool,
    /// What stands between the values of a list, or the rows of a table, in one text.
    #[serde(default)]
    pub join: Option<String>,
    /// The columns that a row in words consists of; the first names it, the others stand in brackets.
    #[serde(default)]
    pub columns: Vec<String>,
    /// What the other columns of a row are when it is read back from words.
    #[serde(default)]
    pub fill: BTreeMap<String, Value>,
    /// What stands there when the stage does not ask and the format wants something.
    #[serde(default)]
    pub absent: Option<Value>,
    /// Whether the format itself takes no document without it.
    #[serde(default)]
    pub needed: bool,
    /// Only then.
    #[serde(default)]
    pub when: Option<Condition>,
    /// The stages for which it holds; absent means every stage.
    #[serde(default)]
    pub stages: Vec<String>,
    /// The tracks for which it holds; absent means every track.
    #[serde(default)]
    pub tracks: Vec<String>,
    /// Other answers that follow when it is read back.
    #[serde(default)]
    pub implies: BTreeMap<String, Value>,
    /// On a sheet: the label of the portal.
    #[serde(default)]
    pub label: Option<String>,
    /// On a sheet: the most characters that the portal takes.
    #[serde(default)]
    pub limit: Option<usize>,
}

/// A list of records of the format.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListOf {
    /// The place of the list.
    pub to: String,
    /// One record for each value of this field of choices.
    #[serde(default)]
    pub each: Option<String>,
    /// One record for each row of this field of records.
    #[serde(default)]
    pub rows: Option<String>,
    /// One record even where there is no row.
    #[serde(default)]
    pub alone: bool,
    /// Whether the format takes no document without it.
    #[serde(default)]
    pub needed: bool,
    /// Other answers that follow when a row is read back.
    #[serde(default)]
    pub implies: BTreeMap<String, Value>,
    /// What stands in each record.
    pub entries: Vec<Entry>,
}

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Writing {
    /// A duration as days, hours and minutes: `1:04:30`; the days with at least two digits.
    DaysHoursMinutes,
    /// An amount in thousands of the currency.
    Thousands,
    /// A percentage with one decimal, rounded half up.
    OneDecimal,
    /// An instant as its day in UTC: `2026-05-12`.
    Date,
    /// An instant as people read it, in UTC: `2026-05-12 08:00`.
    MinuteUtc,
    /// A telephone number as its digits, with a plus sign if it has one.
    Digits,
    /// The words for people.
    Words,
}

impl Export {
    /// Whether it takes a stage.
    #[must_use]
    pub fn takes(&self, track: &str, stage: &str) -> bool {
        named_or_all(&self.tracks, track) && named_or_all(&self.stages, stage)
    }

    /// Whether documents of it can be read back.
    #[must_use]
    pub fn is_read(&self) -> bool {
        !self.known_by.is_empty()
    }

    /// Every entry, those of lists too.
    pub fn all_entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().chain(self.lists.iter().flat_map(|list| &list.entries))
    }
}

impl Entry {
    /// The field and, of a field of records, the column.
    #[must_use]
    pub fn source(&self) -> Option<(&str, Option<&str>)> {
        let from = self.from.as_deref()?;
        let plain = from.strip_prefix("entity.").is_some() || !from.contains('.');
        if plain {
            return Some((from, None));
        }
        from.split_once('.').map(|(field, column)| (field, Some(column)))
    }

    /// Whether it holds for a stage.
    #[must_use]
    pub fn holds_at(&self, track: &str, stage: &str) -> bool {
        named_or_all(&self.tracks, track) && named_or_all(&self.stages, stage)
    }
}

/// Whether a name is among some; none named means all.
pub(crate) fn named_or_all(names: &[String], name: &str) -> bool {
    names.is_empty() || names.iter().any(|known| known == name)
}
