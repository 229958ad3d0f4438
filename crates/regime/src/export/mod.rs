//! Filings in the formats of others, and back: what stands where is data of the pack (`exports/*.toml`).
//!
//! What goes out are the answers that a recipient may see, as they were filed or would be; what comes in are
//! answers for a draft, with a problem for each that cannot be taken.

mod annual;
mod csv;
mod import;
mod incoming;
mod link;
mod mail;
mod mapping;
mod outgoing;
mod place;
mod report;
mod sheet;
mod write;

use std::collections::BTreeMap;

use model::{DutyKey, FiledAnswer, Marking, Marks, Role};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

pub(crate) use self::annual::{ANNUAL, yes_or_no};
pub use self::annual::{AnnualColumns, AnnualFiling, AnnualRow, AnnualRows, annual_sheet};
pub(crate) use self::csv::line;
pub use self::csv::{csv_of, csv_of_sheets, sheet_csv};
pub use self::import::{ImportFailure, Imported, import};
pub(crate) use self::link::problems;
pub use self::mail::mail_of;
pub(crate) use self::mapping::named_or_all;
pub use self::mapping::{Entry, Export, ExportKind, ListOf, Writing};
pub(crate) use self::outgoing::plain;
pub use self::report::{Heading, REPORT_FORMAT, heading, report_of, report_schema};
pub use self::sheet::{SheetRow, sheet_of};
pub use self::write::json_of;
use crate::{Case, Library, Pack, Problem, content};

/// What is exported: the answers of one stage as a recipient sees them.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The stage.
    pub duty: DutyKey,
    /// Field group to field to answer.
    pub groups: BTreeMap<String, BTreeMap<String, FiledAnswer>>,
    /// What is known of the filing; absent for a draft.
    pub filing: Option<ReportHead>,
    /// How the report and its groups are marked.
    pub marks: Marks,
}

/// What a filing says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportHead {
    /// The reference that people quote.
    pub reference: String,
    /// 1 for the first filing of a stage; each correction counts up.
    pub version: u32,
    /// When it was filed.
    pub filed_at: model::Instant,
    /// Who filed.
    pub from: String,
    /// Who received.
    pub to: String,
}

/// What came out, and what did not come over.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Exported<T> {
    /// The result.
    pub result: T,
    /// What the format itself does not take: with these it is refused there.
    pub errors: Vec<Problem>,
    /// What the format has no place for, or takes in less detail.
    pub losses: Vec<Problem>,
}

impl Report {
    /// The narrowest marking of what is in it.
    #[must_use]
    pub fn marking(&self) -> Marking {
        self.markings().into_values().fold(self.marks.report, Marking::narrowed_by)
    }

    /// How what stands in a group is marked.
    #[must_use]
    pub fn marking_of(&self, group: &str) -> Marking {
        self.marks.of_group(group).unwrap_or(self.marks.report)
    }

    /// The markings of the groups that have one of their own.
    #[must_use]
    pub fn markings(&self) -> BTreeMap<String, Marking> {
        let of = |group: &String| Some((group.clone(), self.marks.of_group(group)?));
        self.groups.keys().filter_map(of).collect()
    }

    /// What a stage of a case would say to a recipient in the role `to`.
    #[must_use]
    pub fn of_case(library: &Library, case: &Case, key: &DutyKey, to: Role) -> Self {
        Self {
            duty: key.clone(),
            groups: content(library, case, key, "en", to),
            filing: None,
            marks: Marks::default(),
        }
    }

    /// The answers by field, whatever their group.
    pub fn answers(&self) -> impl Iterator<Item = (&str, &FiledAnswer)> {
        self.groups.values().flatten().map(|(field, answer)| (field.as_str(), answer))
    }

    /// The answer to a field.
    #[must_use]
    pub fn answer(&self, field: &str) -> Option<&FiledAnswer> {
        self.groups.values().find_map(|group| group.get(field))
    }

    /// The value of a field; absent when it is unknown.
    #[must_use]
    pub fn value(&self, field: &str) -> Option<&Value> {
        self.answer(field)?.value.as_ref().filter(|value| !value.is_null())
    }

    /// The answers in the order of the form of the stage; what the form does not ask comes last.
    pub(crate) fn in_order(&self, library: &Library) -> Vec<(&str, &str, &FiledAnswer)> {
        let stage = crate::visibility::stage_of(library, &self.duty);
        let form = stage.and_then(|(pack, stage)| pack.forms.get(stage.form.as_ref()?));
        let order: BTreeMap<&str, usize> = form
            .into_iter()
            .flat_map(|form| form.fields())
            .map(|field| field.field.as_str())
            .zip(0..)
            .collect();
        let mut all: Vec<(&str, &str, &FiledAnswer)> = self
            .groups
            .iter()
            .flat_map(|(group, fields)| {
                fields.iter().map(move |(field, answer)| (group.as_str(), field.as_str(), answer))
            })
            .collect();
        all.sort_by_key(|(_, field, _)| order.get(field).copied().unwrap_or(usize::MAX));
        all
    }
}

/// The formats of its law that a stage is offered in.
#[must_use]
pub fn exports_of<'a>(library: &'a Library, key: &DutyKey) -> Vec<&'a Export> {
    let Some(pack) = library.pack(&key.pack) else { return vec![] };
    if pack.stage(&key.track, &key.stage).is_none_or(|(_, stage)| stage.form.is_none()) {
        return vec![];
    }
    pack.exports.values().filter(|export| export.takes(&key.track, &key.stage)).collect()
}

/// A format by its name, with the pack that brings it: that of the law before those of its profiles.
#[must_use]
pub fn export_named<'a>(library: &'a Library, name: &str) -> Option<(&'a Pack, &'a Export)> {
    let found = |pack: &'a Pack| Some((pack, pack.exports.values().find(|export| export.id == name)?));
    let mut all: Vec<_> = library.packs().iter().map(|pack| &**pack).filter_map(found).collect();
    all.sort_by_key(|(pack, _)| pack.law.changes.is_some());
    all.into_iter().next()
}

/// The names of all formats that laws bring, each once, with the name for people.
#[must_use]
pub fn export_names(library: &Library) -> BTreeMap<&str, &str> {
    let all = library.packs().iter().flat_map(|pack| pack.exports.values());
    all.map(|export| (export.id.as_str(), export.name.as_str())).collect()
}

fn trouble(field: &str, pointer: &str, rule: &str, message: String) -> Problem {
    Problem { field: field.to_owned(), pointer: pointer.to_owned(), rule: rule.to_owned(), message }
}
