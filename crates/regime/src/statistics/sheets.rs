//! The statistics as tables of a file.

use model::{Cell, Sheet};

use super::{DimensionCount, Statistics};

/// The most characters of the name of a sheet.
const LONGEST_NAME: usize = 31;

/// The statistics as tables: the figures, the months, then one for each dimension.
#[must_use]
pub fn statistics_sheets(statistics: &Statistics) -> Vec<Sheet> {
    let mut sheets = vec![figures(statistics), months(statistics)];
    sheets.extend(statistics.dimensions.iter().map(dimension));
    sheets
}

fn figures(statistics: &Statistics) -> Sheet {
    let row = |figure: &str, value: Cell, of: Cell| vec![Cell::from(figure), value, of];
    let none = || Cell::from("");
    let mut rows = vec![
        row("figure", Cell::from("value"), Cell::from("of")),
        row("from", Cell::from(statistics.from.as_str()), none()),
        row("until", Cell::from(statistics.until.as_str()), none()),
        row("incidents", Cell::from(statistics.incidents), none()),
        row("reports", Cell::from(statistics.reports), none()),
        row("filings", Cell::from(statistics.filings), none()),
    ];
    rows.extend(
        statistics
            .shares
            .iter()
            .map(|share| row(&share.label, Cell::from(share.count), Cell::from(share.told))),
    );
    for length in &statistics.lengths {
        for (what, hours) in [
            ("median", length.median_hours),
            ("shortest", length.shortest_hours),
            ("longest", length.longest_hours),
        ] {
            let figure = format!("{}, {what}, hours", length.label);
            rows.push(row(&figure, hours.map_or_else(none, Cell::Number), Cell::from(length.told)));
        }
    }
    Sheet { name: "Figures".to_owned(), rows }
}

fn months(statistics: &Statistics) -> Sheet {
    let laws = statistics.dimensions.iter().find(|dimension| dimension.id == "law");
    let laws: Vec<(&str, &str)> = laws
        .iter()
        .flat_map(|laws| &laws.values)
        .map(|law| (law.value.as_str(), law.label.as_str()))
        .collect();
    let mut head = vec![Cell::from("month"), Cell::from("reports")];
    head.extend(laws.iter().map(|(_, label)| Cell::from(*label)));
    let row = |month: &super::MonthCount| {
        let of =
            |law: &str| month.laws.iter().find(|count| count.value == law).map_or(0, |count| count.count);
        let mut cells = vec![Cell::from(month.month.as_str()), Cell::from(month.count)];
        cells.extend(laws.iter().map(|(law, _)| Cell::from(of(law))));
        cells
    };
    let rows = std::iter::once(head).chain(statistics.months.iter().map(row)).collect();
    Sheet { name: "Months".to_owned(), rows }
}

fn dimension(dimension: &DimensionCount) -> Sheet {
    let mut rows =
        vec![vec![Cell::from(dimension.label.as_str()), Cell::from("value"), Cell::from("reports")]];
    rows.extend(dimension.values.iter().map(|value| {
        vec![Cell::from(value.label.as_str()), Cell::from(value.value.as_str()), Cell::from(value.count)]
    }));
    rows.push(vec![Cell::from("Not told"), Cell::from(""), Cell::from(dimension.untold)]);
    let name = |sign: char| if "[]:*?/\\'".contains(sign) { ' ' } else { sign };
    Sheet { name: dimension.label.chars().map(name).take(LONGEST_NAME).collect(), rows }
}
