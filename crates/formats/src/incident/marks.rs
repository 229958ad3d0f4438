//! Who may see which part: TLP 2.0 and PAP of the report, and of field groups that are marked narrower.

use std::collections::BTreeMap;

use super::{record::Values, table::Table};
use crate::{
    Json,
    stix::marking::{Level, Predefined, levels},
};

/// Narrowest first.
const TLP: [&str; 5] = ["red", "amber+strict", "amber", "green", "clear"];
const PAP: [&str; 4] = ["red", "amber", "green", "clear"];

/// How something is marked: places in [`TLP`] and [`PAP`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marking {
    tlp: Option<usize>,
    pap: Option<usize>,
}

impl Marking {
    fn of(tlp: Option<&str>, pap: Option<&str>) -> Self {
        let place = |levels: &[&str], protocol: &str, name: Option<&str>| {
            let level = name?.strip_prefix(protocol)?.to_ascii_lowercase();
            levels.iter().position(|known| *known == level)
        };
        Self { tlp: place(&TLP, "TLP:", tlp), pap: place(&PAP, "PAP:", pap) }
    }

    /// Of each protocol the narrower.
    fn narrowed_by(self, other: Self) -> Self {
        let narrower = |one: Option<usize>, other: Option<usize>| match (one, other) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        Self { tlp: narrower(self.tlp, other.tlp), pap: narrower(self.pap, other.pap) }
    }

    /// The definitions that say so.
    pub fn definitions(self) -> Vec<&'static Predefined> {
        let tlp = self.tlp.and_then(|at| TLP.get(at)).and_then(|level| Predefined::tlp_2(level));
        let pap = self.pap.and_then(|at| PAP.get(at)).and_then(|level| Predefined::pap(level));
        tlp.into_iter().chain(pap).collect()
    }
}

/// The markings of a record.
#[derive(Debug, Default)]
pub struct Marks {
    pub report: Marking,
    groups: BTreeMap<String, Marking>,
    /// What holds for a field whose group we do not know: of all the narrowest.
    narrowest: Marking,
}

impl Marks {
    pub fn of(record: &Json<'_>, values: &Values) -> Self {
        let text = |field: &str| values.get(field).and_then(Json::as_text);
        let report =
            Marking::of(text("record.tlp"), text("record.pap")).narrowed_by(Marking::of(text("tlp"), None));
        let groups = record.get("marks").and_then(|marks| marks.get("groups")).and_then(Json::as_object);
        let groups: BTreeMap<String, Marking> = groups
            .unwrap_or_default()
            .iter()
            .map(|group| {
                let level = |name: &str| group.value.get(name).and_then(Json::as_text);
                let own = Marking::of(level("tlp"), level("pap"));
                (group.name.to_string(), report.narrowed_by(own))
            })
            .collect();
        let narrowest = groups.values().fold(report, |all, group| all.narrowed_by(*group));
        Self { report, groups, narrowest }
    }

    /// How a field is marked.
    pub fn of_field(&self, field: &str) -> Marking {
        match Table::own().row(field) {
            Some(row) => {
                let group = row.group.as_ref().and_then(|group| self.groups.get(group));
                group.copied().unwrap_or(self.report)
            }
            None => self.narrowest,
        }
    }

    /// How something is marked that says all of these.
    pub fn of_fields<'f>(&self, fields: impl IntoIterator<Item = &'f str>) -> Marking {
        fields.into_iter().fold(self.report, |all, field| all.narrowed_by(self.of_field(field)))
    }

    /// Whether a field may be seen by fewer than the report.
    pub fn is_guarded(&self, field: &str) -> bool {
        self.of_field(field) != self.report
    }

    /// What may hold any field.
    pub const fn narrowest(&self) -> Marking {
        self.narrowest
    }
}

/// The level of TLP and of PAP of an object, as we write them.
pub fn of_object(object: &Json<'_>) -> (Option<String>, Option<String>) {
    let (mut tlp, mut pap) = (None, None);
    for level in levels(object) {
        match level {
            Level::Tlp1("white") => tlp = Some("TLP:CLEAR".to_owned()),
            Level::Tlp1(level) | Level::Tlp2(level) => {
                tlp = Some(format!("TLP:{}", level.to_ascii_uppercase()))
            }
            Level::Pap("white") => pap = Some("PAP:CLEAR".to_owned()),
            Level::Pap(level) => pap = Some(format!("PAP:{}", level.to_ascii_uppercase())),
        }
    }
    (tlp, pap)
}
