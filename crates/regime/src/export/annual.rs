//! The yearly table: one row per incident and law, flat, whatever the forms asked.

use std::collections::BTreeMap;

use model::Instant;
use serde::Deserialize;
use serde_json::Value;

use super::{Report, csv::line, outgoing::plain};
use crate::{Library, ReadProblem, Vocabularies, pack::read::problem};

/// The file of the columns.
pub(crate) const ANNUAL: &str = "vocabularies/annual-columns.toml";

/// Which answers stand in which column.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnnualColumns {
    format: String,
    columns: Vec<Column>,
    hours: Vec<Hours>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Column {
    id: String,
    /// The first of these fields that is answered.
    from: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Hours {
    id: String,
    from: String,
    to: String,
}

/// A filing as the yearly table counts it.
#[derive(Clone, Debug, PartialEq)]
pub struct AnnualFiling {
    /// The incident, an opaque identifier.
    pub incident: String,
    /// What was filed.
    pub report: Report,
    /// The sector of the entity, where it is known.
    pub sector: Option<String>,
    /// Whether it came later than its law allows.
    pub late: bool,
}

impl AnnualColumns {
    /// The fields that some column is taken from and that this library does not have: those of laws that are not here.
    pub fn unknown<'a>(&'a self, vocabularies: &'a Vocabularies) -> impl Iterator<Item = &'a str> {
        let named = self.columns.iter().flat_map(|column| &column.from).map(String::as_str);
        named.filter(|field| vocabularies.field(field).is_none())
    }

    /// What the file names and that does not exist. A field may be that of a law that is not here.
    pub(crate) fn problems(&self) -> Vec<ReadProblem> {
        let mut wrong = vec![];
        if self.format != "beffroi-annual/1" {
            wrong.push(problem(ANNUAL, "format", "must be \"beffroi-annual/1\""));
        }
        for hours in &self.hours {
            for name in [&hours.from, &hours.to].into_iter().filter(|name| self.column(name).is_none()) {
                wrong.push(problem(ANNUAL, &hours.id, &format!("{name:?} is no column")));
            }
        }
        wrong
    }

    fn column(&self, id: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.id == id)
    }
}

/// The table (RFC 4180): one row for each incident and law, from its latest answers. Filings of one incident
/// count together, in the order of their instants.
#[must_use]
pub fn annual_csv(library: &Library, filings: &[AnnualFiling]) -> String {
    let columns = library.annual_columns();
    let mut head = vec!["incident", "law", "stages", "filings", "voluntary", "sector"];
    head.extend(columns.columns.iter().map(|column| column.id.as_str()));
    head.extend(columns.hours.iter().map(|hours| hours.id.as_str()));
    head.extend(["first_filed_at", "on_time"]);
    let mut incidents: BTreeMap<(&str, &str), Vec<&AnnualFiling>> = BTreeMap::new();
    for filing in filings {
        incidents.entry((&filing.incident, &filing.report.duty.pack)).or_default().push(filing);
    }
    let first = |filings: &[&AnnualFiling]| filings.iter().filter_map(|filing| filed_at(filing)).min();
    let mut incidents: Vec<_> =
        incidents.into_iter().map(|(key, filings)| (first(&filings), key, filings)).collect();
    // Those of one instant stay in the order of incident and law.
    incidents.sort_by_key(|(at, ..)| *at);
    let rows = incidents.into_iter().map(|(at, (incident, pack), mut filings)| {
        filings.sort_by_key(|filing| filed_at(filing));
        let known = row(library, columns, &filings);
        let law = library.pack(pack).map_or(pack, |pack| pack.law.law.as_str());
        let mut cells = vec![incident.to_owned(), law.to_owned()];
        cells.extend(known);
        cells.push(at.map_or_else(String::new, |at| at.to_string()));
        cells.push(if filings.iter().any(|filing| filing.late) { "no" } else { "yes" }.to_owned());
        line(&cells.iter().map(String::as_str).collect::<Vec<_>>())
    });
    line(&head) + &rows.collect::<String>()
}

fn filed_at(filing: &AnnualFiling) -> Option<Instant> {
    filing.report.filing.as_ref().map(|head| head.filed_at)
}

/// The cells between the law and the times of filing.
fn row(library: &Library, columns: &AnnualColumns, filings: &[&AnnualFiling]) -> Vec<String> {
    let mut stages: Vec<&str> = vec![];
    for filing in filings {
        let stage = filing.report.duty.stage.as_str();
        if !stages.contains(&stage) {
            stages.push(stage);
        }
    }
    let voluntary = filings.iter().all(|filing| is_voluntary(library, &filing.report));
    let sector = filings.iter().rev().find_map(|filing| filing.sector.clone());
    let mut cells = vec![
        stages.join(" "),
        filings.len().to_string(),
        if voluntary { "yes" } else { "no" }.to_owned(),
        sector.unwrap_or_default(),
    ];
    let latest = |column: &Column| {
        let of = |field: &String| filings.iter().rev().find_map(|filing| filing.report.value(field));
        column.from.iter().find_map(of)
    };
    // What holds while nobody has answered: an incident is no near miss.
    let assumed = |column: &Column| {
        let field = library.vocabularies().field(column.from.first()?)?;
        field.assumed.as_ref()?.as_str().map(str::to_owned)
    };
    let in_cell = |column: &Column| latest(column).map(cell).or_else(|| assumed(column)).unwrap_or_default();
    cells.extend(columns.columns.iter().map(in_cell));
    let instant = |id: &str| -> Option<Instant> { latest(columns.column(id)?)?.as_str()?.parse().ok() };
    cells.extend(columns.hours.iter().map(|hours| {
        let times = instant(&hours.from).zip(instant(&hours.to));
        let length = times.filter(|(from, to)| from <= to).map(|(from, to)| to.since(from));
        length.map_or_else(String::new, |length| format!("{:.1}", length.as_secs_f64() / 3600.0))
    }));
    cells
}

fn is_voluntary(library: &Library, report: &Report) -> bool {
    let pack = library.pack(&report.duty.pack);
    let stage = pack.and_then(|pack| pack.stage(&report.duty.track, &report.duty.stage));
    stage.is_some_and(|(track, _)| track.voluntary)
}

/// A value in one cell; of a range both ends.
fn cell(value: &Value) -> String {
    match value {
        Value::Array(values) => values.iter().map(plain).collect::<Vec<_>>().join(" "),
        Value::Object(range) => match (range.get("min"), range.get("max")) {
            (Some(min), Some(max)) => format!("{min} to {max}"),
            _ => value.to_string(),
        },
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Null | Value::Number(_) | Value::String(_) => plain(value),
    }
}
