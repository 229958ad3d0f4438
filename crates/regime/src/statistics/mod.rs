//! The statistics of an authority: what it was told in a period, counted. Which dimensions there are is data
//! (`vocabularies/annual-columns.toml`); one incident counts once under each law.

mod period;
mod sheets;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

pub(crate) use self::period::month_of;
pub use self::period::{Period, PeriodProblem};
pub use self::sheets::statistics_sheets;
use crate::{
    FieldKind, Library,
    export::{AnnualRow, yes_or_no},
};

/// What stands for an answer in words: such answers are counted together, never shown.
const IN_WORDS: &str = "in_words";

/// The statistics of a period.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Statistics {
    /// The first month (`2026-01`), in UTC.
    pub from: String,
    /// The last month.
    pub until: String,
    /// How many incidents were first told of in the period.
    pub incidents: usize,
    /// The same, each counted under each law.
    pub reports: usize,
    /// How many filings there were of them.
    pub filings: usize,
    /// Shares of those of which it was told.
    pub shares: Vec<Share>,
    /// Lengths of time.
    pub lengths: Vec<Length>,
    /// How many there were of each kind.
    pub dimensions: Vec<DimensionCount>,
    /// Month by month.
    pub months: Vec<MonthCount>,
}

/// A share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Share {
    /// Its name.
    pub id: String,
    /// In words.
    pub label: String,
    /// So many.
    pub count: usize,
    /// Of so many of which it was told.
    pub told: usize,
}

/// Lengths of time, in hours.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Length {
    /// Its name.
    pub id: String,
    /// In words.
    pub label: String,
    /// For how many both ends were told.
    pub told: usize,
    /// Half took no longer; of an even number, in the middle between the two in the middle.
    pub median_hours: Option<f64>,
    /// The shortest.
    pub shortest_hours: Option<f64>,
    /// The longest.
    pub longest_hours: Option<f64>,
}

/// Incidents by the values of one column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct DimensionCount {
    /// Its name.
    pub id: String,
    /// In words.
    pub label: String,
    /// Whether one incident can count under several values: then they add up to more than there are.
    pub several: bool,
    /// The values, most frequent first.
    pub values: Vec<ValueCount>,
    /// Of how many it was not told.
    pub untold: usize,
}

/// How many have a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ValueCount {
    /// The value.
    pub value: String,
    /// In words.
    pub label: String,
    /// How many.
    pub count: usize,
}

/// One month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct MonthCount {
    /// The month (`2026-03`), in UTC.
    pub month: String,
    /// How many were first told of in it, each under each law.
    pub count: usize,
    /// By law, in the order in which the laws are counted.
    pub laws: Vec<ValueCount>,
}

/// Counts the rows of a period.
#[must_use]
pub fn statistics(library: &Library, period: Period, rows: &[AnnualRow]) -> Statistics {
    let columns = library.annual_columns();
    let incidents: BTreeSet<&str> = rows.iter().map(|row| row.incident.as_str()).collect();
    let hours = columns.hours.iter().map(|hours| {
        let told = rows.iter().filter_map(|row| row.hours(hours)).collect();
        length((&hours.id, &hours.label), told)
    });
    let shares = columns.shares.iter().map(|share| {
        let values = rows.iter().map(|row| values_of(library, row, &share.from));
        let told: Vec<_> = values.filter(|values| !values.is_empty()).collect();
        let has = |values: &&Vec<(String, String)>| values.iter().any(|(value, _)| *value == share.is);
        let count = told.iter().filter(has).count();
        Share { id: share.id.clone(), label: share.label.clone(), count, told: told.len() }
    });
    let dimensions = columns.dimensions.iter().map(|dimension| {
        let values = rows.iter().map(|row| values_of(library, row, &dimension.from));
        counted((&dimension.id, &dimension.label), values)
    });
    Statistics {
        from: period.first_month(),
        until: period.last_month(),
        incidents: incidents.len(),
        reports: rows.len(),
        filings: rows.iter().map(|row| row.filings).sum(),
        shares: shares.collect(),
        lengths: hours.collect(),
        dimensions: dimensions.collect(),
        months: months(period, rows),
    }
}

/// The values that a row has in a column, with their words; none when it is not told.
pub(crate) fn values_of(library: &Library, row: &AnnualRow, column: &str) -> Vec<(String, String)> {
    let yes = |yes: bool| vec![(yes_or_no(yes).to_owned(), if yes { "Yes" } else { "No" }.to_owned())];
    match column {
        "law" => return vec![(row.pack.clone(), row.law.clone())],
        "voluntary" => return yes(row.voluntary),
        "on_time" => return yes(row.on_time),
        _ => {}
    }
    let sector = row.sector.clone().filter(|_| column == "sector").map(Value::String);
    let told = sector.as_ref().map(|sector| ("entity.sector", sector)).or_else(|| row.told(column));
    let Some((field, value)) = told else { return vec![] };
    let vocabularies = library.vocabularies();
    let Some(field) = vocabularies.field(field) else { return vec![] };
    // What somebody wrote is no category, and leaves with no figure.
    let in_words = || (IN_WORDS.to_owned(), "Told in words".to_owned());
    let chosen = |value: &Value| {
        let known = value.as_str().and_then(|id| vocabularies.value(field, id));
        known.map_or_else(in_words, |known| (known.id.clone(), known.label.clone()))
    };
    let mut values = match (field.kind, value) {
        (FieldKind::Boolean, Value::Bool(value)) => yes(*value),
        (FieldKind::Choice, value) => vec![chosen(value)],
        (FieldKind::Choices, Value::Array(ids)) => ids.iter().map(chosen).collect(),
        _ => vec![in_words()],
    };
    values.retain(|(value, _)| !library.annual_columns().not_told.contains(value));
    values.sort();
    values.dedup_by(|one, other| one.0 == other.0);
    values
}

/// How often each value comes.
pub(crate) fn counted(
    (id, label): (&str, &str),
    rows: impl Iterator<Item = Vec<(String, String)>>,
) -> DimensionCount {
    let (mut counts, mut untold, mut several) = (BTreeMap::<String, (String, usize)>::new(), 0, false);
    for values in rows {
        untold += usize::from(values.is_empty());
        several |= values.len() > 1;
        for (value, label) in values {
            counts.entry(value).or_insert((label, 0)).1 += 1;
        }
    }
    let mut values: Vec<ValueCount> =
        counts.into_iter().map(|(value, (label, count))| ValueCount { value, label, count }).collect();
    values.sort_by_key(|value| std::cmp::Reverse(value.count));
    DimensionCount { id: id.to_owned(), label: label.to_owned(), several, values, untold }
}

fn months(period: Period, rows: &[AnnualRow]) -> Vec<MonthCount> {
    let mut by_month: BTreeMap<String, BTreeMap<(&str, &str), usize>> =
        period.months().map(|month| (month, BTreeMap::new())).collect();
    for row in rows {
        let month = row.first_filed_at.map(period::month_of);
        if let Some(laws) = month.and_then(|month| by_month.get_mut(&month)) {
            *laws.entry((&row.pack, &row.law)).or_default() += 1;
        }
    }
    let month = |(month, laws): (String, BTreeMap<(&str, &str), usize>)| MonthCount {
        month,
        count: laws.values().sum(),
        laws: laws
            .into_iter()
            .map(|((value, label), count)| ValueCount {
                value: value.to_owned(),
                label: label.to_owned(),
                count,
            })
            .collect(),
    };
    by_month.into_iter().map(month).collect()
}

fn length((id, label): (&str, &str), mut told: Vec<f64>) -> Length {
    told.sort_by(f64::total_cmp);
    let middle = |at: usize| told.get(at).copied();
    let half = told.len() / 2;
    let median_hours = match (middle(half), half.checked_sub(1).and_then(middle)) {
        (Some(upper), Some(lower)) if told.len().is_multiple_of(2) => Some(f64::midpoint(lower, upper)),
        (upper, _) => upper,
    };
    Length {
        id: id.to_owned(),
        label: label.to_owned(),
        told: told.len(),
        median_hours,
        shortest_hours: told.first().copied(),
        longest_hours: told.last().copied(),
    }
}
