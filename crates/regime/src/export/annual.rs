//! The yearly table: one row per incident and law, flat, whatever the forms asked.

use std::collections::BTreeMap;

use model::{Cell, Instant, Sheet};
use serde::Deserialize;
use serde_json::Value;

use super::{Report, outgoing::plain};
use crate::{Library, ReadProblem, Vocabularies, pack::read::problem};

/// The file of the columns.
pub(crate) const ANNUAL: &str = "vocabularies/annual-columns.toml";

/// What stands in each row beside the columns of the file, and can be counted.
const OWN: [&str; 4] = ["law", "voluntary", "sector", "on_time"];
/// When the first filing of a row came.
const FIRST_FILED_AT: &str = "first_filed_at";

/// Which answers stand in which column, and what is counted over them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnnualColumns {
    format: String,
    columns: Vec<Column>,
    pub(crate) hours: Vec<Hours>,
    #[serde(default)]
    pub(crate) dimensions: Vec<Dimension>,
    #[serde(default)]
    pub(crate) not_told: Vec<String>,
    #[serde(default)]
    pub(crate) shares: Vec<ShareOf>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Column {
    id: String,
    /// The first of these fields that is answered.
    from: Vec<String>,
}

/// A length of time between two columns.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Hours {
    pub id: String,
    pub label: String,
    from: String,
    to: String,
}

/// Incidents by the values of a column.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Dimension {
    pub id: String,
    pub label: String,
    pub from: String,
}

/// The share of those with one value among those of which it is told.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ShareOf {
    pub id: String,
    pub label: String,
    pub from: String,
    pub is: String,
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

/// One incident under one law, from the latest answers of its filings.
#[derive(Clone, Debug, PartialEq)]
pub struct AnnualRow {
    /// The incident, an opaque identifier.
    pub incident: String,
    /// The pack.
    pub pack: String,
    /// The short name of the law.
    pub law: String,
    /// The stages that were filed, in order.
    pub stages: Vec<String>,
    /// How many filings there were.
    pub filings: usize,
    /// Whether nothing of it was owed.
    pub voluntary: bool,
    /// The sector of the entity, where it is known.
    pub sector: Option<String>,
    /// Whether all filings came in time.
    pub on_time: bool,
    /// When the first one came.
    pub first_filed_at: Option<Instant>,
    /// Column to the field that told it and its value.
    told: BTreeMap<String, (String, Value)>,
}

/// Filings become rows one by one: what was filed is not kept.
#[derive(Clone, Debug, Default)]
pub struct AnnualRows {
    /// By incident and pack.
    found: BTreeMap<(String, String), Gathered>,
}

#[derive(Clone, Debug, Default)]
struct Gathered {
    stages: Vec<(Option<Instant>, String)>,
    owed: bool,
    late: bool,
    sector: Option<(Option<Instant>, String)>,
    /// Column to what was told.
    told: BTreeMap<String, Told>,
}

#[derive(Clone, Debug)]
struct Told {
    /// The place of the field among those of the column: the first one counts.
    rank: usize,
    at: Option<Instant>,
    field: String,
    value: Value,
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
        let column = |name: &String| self.columns.iter().any(|column| column.id == *name);
        let own = |name: &String| OWN.contains(&name.as_str());
        let mut named = |id: &str, name: &String, known: bool| {
            if !known {
                wrong.push(problem(ANNUAL, id, &format!("{name:?} is no column")));
            }
        };
        for hours in &self.hours {
            for name in [&hours.from, &hours.to] {
                named(&hours.id, name, column(name) || name == FIRST_FILED_AT);
            }
        }
        let dimensions = self.dimensions.iter().map(|dimension| (&dimension.id, &dimension.from));
        let shares = self.shares.iter().map(|share| (&share.id, &share.from));
        for (id, from) in dimensions.chain(shares) {
            named(id, from, column(from) || own(from));
        }
        wrong
    }
}

impl AnnualRows {
    /// Takes a filing in, in any order. Of two of the same instant the one that comes in later is the later one.
    pub fn add(&mut self, library: &Library, filing: AnnualFiling) {
        let AnnualFiling { incident, report, sector, late } = filing;
        let at = report.filing.as_ref().map(|head| head.filed_at);
        let row = self.found.entry((incident, report.duty.pack.clone())).or_default();
        row.stages.push((at, report.duty.stage.clone()));
        row.owed |= !is_voluntary(library, &report);
        row.late |= late;
        if let Some(sector) = sector.filter(|_| row.sector.as_ref().is_none_or(|(before, _)| *before <= at)) {
            row.sector = Some((at, sector));
        }
        for column in &library.annual_columns().columns {
            let fields = column.from.iter().enumerate();
            let told = fields.filter_map(|(rank, field)| Some((rank, field, report.value(field)?))).next();
            let Some((rank, field, value)) = told else { continue };
            let counts = row
                .told
                .get(&column.id)
                .is_none_or(|known| rank < known.rank || rank == known.rank && known.at <= at);
            if counts {
                let told = Told { rank, at, field: field.clone(), value: value.clone() };
                row.told.insert(column.id.clone(), told);
            }
        }
    }

    /// The rows, by the instants of their first filings; those of one instant in the order of incident and law.
    #[must_use]
    pub fn rows(self, library: &Library) -> Vec<AnnualRow> {
        let mut rows: Vec<AnnualRow> =
            self.found.into_iter().map(|(key, gathered)| gathered.row(library, key)).collect();
        rows.sort_by_key(|row| row.first_filed_at);
        rows
    }
}

impl Gathered {
    fn row(mut self, library: &Library, (incident, pack): (String, String)) -> AnnualRow {
        self.stages.sort_by_key(|(at, _)| *at);
        let (first_filed_at, filings) = (self.stages.iter().find_map(|(at, _)| *at), self.stages.len());
        let mut stages: Vec<String> = vec![];
        for (_, stage) in self.stages {
            if !stages.contains(&stage) {
                stages.push(stage);
            }
        }
        let mut told: BTreeMap<String, (String, Value)> =
            self.told.into_iter().map(|(column, told)| (column, (told.field, told.value))).collect();
        for column in &library.annual_columns().columns {
            // What holds while nobody has answered: an incident is no near miss.
            let field = column.from.first().and_then(|field| library.vocabularies().field(field));
            let assumed = field.and_then(|field| Some((field, field.assumed.as_ref()?.as_str()?)));
            if let Some((field, assumed)) = assumed {
                let value = || (field.id.clone(), Value::String(assumed.to_owned()));
                told.entry(column.id.clone()).or_insert_with(value);
            }
        }
        AnnualRow {
            law: library.pack(&pack).map_or_else(|| pack.clone(), |pack| pack.law.law.clone()),
            incident,
            pack,
            stages,
            filings,
            voluntary: !self.owed,
            sector: self.sector.map(|(_, sector)| sector),
            on_time: !self.late,
            first_filed_at,
            told,
        }
    }
}

impl AnnualRow {
    /// What a column says, with the field that told it.
    pub(crate) fn told(&self, column: &str) -> Option<(&str, &Value)> {
        self.told.get(column).map(|(field, value)| (field.as_str(), value))
    }

    /// A length between two columns, in hours; none where they stand the wrong way round.
    pub(crate) fn hours(&self, hours: &Hours) -> Option<f64> {
        let instant = |column: &str| -> Option<Instant> {
            if column == FIRST_FILED_AT {
                self.first_filed_at
            } else {
                self.told(column)?.1.as_str()?.parse().ok()
            }
        };
        let times = instant(&hours.from).zip(instant(&hours.to)).filter(|(from, to)| from <= to);
        times.map(|(from, to)| to.since(from).as_secs_f64() / 3600.0)
    }
}

/// The rows as a table, with the titles of its columns.
#[must_use]
pub fn annual_sheet(library: &Library, rows: &[AnnualRow]) -> Sheet {
    let columns = library.annual_columns();
    let mut head = vec!["incident", "law", "stages", "filings", "voluntary", "sector"];
    head.extend(columns.columns.iter().map(|column| column.id.as_str()));
    head.extend(columns.hours.iter().map(|hours| hours.id.as_str()));
    head.extend([FIRST_FILED_AT, "on_time"]);
    let mut sheet =
        Sheet { name: "Incidents".to_owned(), rows: vec![head.into_iter().map(Cell::from).collect()] };
    for row in rows {
        let mut cells = vec![
            Cell::from(row.incident.as_str()),
            Cell::from(row.law.as_str()),
            Cell::from(row.stages.join(" ")),
            Cell::from(row.filings),
            Cell::from(yes_or_no(row.voluntary)),
            Cell::from(row.sector.as_deref().unwrap_or_default()),
        ];
        let told =
            |column: &Column| row.told(&column.id).map_or_else(|| Cell::from(""), |(_, value)| cell(value));
        cells.extend(columns.columns.iter().map(told));
        cells.extend(
            columns.hours.iter().map(|hours| row.hours(hours).map_or_else(|| Cell::from(""), Cell::Number)),
        );
        cells.push(Cell::from(row.first_filed_at.map_or_else(String::new, |at| at.to_string())));
        cells.push(Cell::from(yes_or_no(row.on_time)));
        sheet.rows.push(cells);
    }
    sheet
}

pub(crate) const fn yes_or_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

fn is_voluntary(library: &Library, report: &Report) -> bool {
    let pack = library.pack(&report.duty.pack);
    let stage = pack.and_then(|pack| pack.stage(&report.duty.track, &report.duty.stage));
    stage.is_some_and(|(track, _)| track.voluntary)
}

/// A value in one cell; of a range both ends.
fn cell(value: &Value) -> Cell {
    let text = match value {
        Value::Array(values) => values.iter().map(plain).collect::<Vec<_>>().join(" "),
        Value::Object(range) => match (range.get("min"), range.get("max")) {
            (Some(min), Some(max)) => format!("{min} to {max}"),
            _ => value.to_string(),
        },
        Value::Bool(yes) => yes_or_no(*yes).to_owned(),
        Value::Number(number) => {
            return number.as_u64().map_or_else(|| Cell::from(plain(value)), Cell::Count);
        }
        Value::Null | Value::String(_) => plain(value),
    };
    Cell::Text(text)
}
