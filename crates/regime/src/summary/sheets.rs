//! A summary as tables of a file.

use model::{Cell, Sheet};

use super::{Shown, Summary, SummaryTable};

/// The summary as tables: what it is, then each of its tables.
#[must_use]
pub fn summary_sheets(summary: &Summary) -> Vec<Sheet> {
    let row = |what: &str, value: &str| vec![Cell::from(what), Cell::from(value)];
    let about = vec![
        row("what", "value"),
        row("format", &summary.format),
        row("law", &summary.law),
        row("article", &summary.article),
        row("country", &summary.country.to_string()),
        row("period", &summary.period),
        vec![Cell::from("hidden below"), Cell::from(summary.hidden_below)],
        vec![Cell::from("reports"), shown(summary.total)],
    ];
    let mut sheets = vec![Sheet { name: "Summary".to_owned(), rows: about }];
    sheets.extend(summary.tables.iter().map(table));
    sheets
}

fn table(table: &SummaryTable) -> Sheet {
    let mut rows = vec![vec![Cell::from(table.label.as_str()), Cell::from("value"), Cell::from("reports")]];
    if table.withheld {
        rows.push(vec![Cell::from("Too few to be shown"), Cell::from(""), Cell::from("")]);
    }
    rows.extend(table.lines.iter().map(|line| {
        vec![Cell::from(line.label.as_str()), Cell::from(line.id.as_str()), shown(line.reports)]
    }));
    Sheet { name: table.label.chars().take(31).collect(), rows }
}

fn shown(reports: Shown) -> Cell {
    match reports {
        Shown::Count(count) => Cell::from(count),
        Shown::FewerThan(least) => Cell::from(format!("<{least}")),
        Shown::HiddenFrom(_) => Cell::from("hidden"),
    }
}
