//! Tables with commas (RFC 4180): a report, a sheet; and a report read back.

use model::{Cell, Pap, Sheet, Tlp};
use serde_json::Value;

use super::{ImportFailure, Imported, Report, SheetRow, import::Intake, outgoing::plain, report::heading};
use crate::{FieldKind, Library};

const HEAD: [&str; 12] = [
    "duty",
    "law",
    "stage",
    "field",
    "number",
    "label",
    "value",
    "text",
    "article",
    "tlp",
    "pap",
    "own_terms",
];

/// The report as a table: one row for each answer, in the order of the form. A value is a text, or JSON where
/// it is none.
#[must_use]
pub fn csv_of(library: &Library, report: &Report) -> String {
    let heading = heading(library, &report.duty);
    let duty = report.duty.to_string();
    let mut out = line(&HEAD);
    for (group, field, answer) in report.in_order(library) {
        let marking = report.marking_of(group);
        let value = answer.value.as_ref().filter(|value| !value.is_null()).map_or_else(String::new, plain);
        let number = answer.number.clone().unwrap_or_default();
        let article = answer.article.clone().unwrap_or_default();
        let terms: Vec<&str> = answer.terms.iter().map(|term| term.tag.as_str()).collect();
        out.push_str(&line(&[
            &duty,
            &heading.law,
            &heading.stage,
            field,
            &number,
            &answer.label,
            &value,
            &answer.text,
            &article,
            marking.tlp.map_or("", Tlp::name),
            marking.pap.map_or("", Pap::name),
            &terms.join(" "),
        ]));
    }
    out
}

/// The fields of a portal as a table.
#[must_use]
pub fn sheet_csv(rows: &[SheetRow]) -> String {
    let mut out = line(&["number", "label", "text", "length", "limit", "too_long", "required", "field"]);
    for row in rows {
        let limit = row.limit.map_or_else(String::new, |limit| limit.to_string());
        let (length, too_long, required) =
            (row.length.to_string(), row.too_long.to_string(), row.required.to_string());
        out.push_str(&line(&[
            &row.number,
            &row.label,
            &row.text,
            &length,
            &limit,
            &too_long,
            &required,
            &row.field,
        ]));
    }
    out
}

/// Tables one after the other, an empty line between them. Measures have one decimal.
#[must_use]
pub fn csv_of_sheets(sheets: &[Sheet]) -> String {
    let text = |cell: &Cell| match cell {
        Cell::Text(text) => text.clone(),
        Cell::Count(count) => count.to_string(),
        Cell::Number(number) => format!("{number:.1}"),
    };
    let row = |row: &Vec<Cell>| {
        let cells: Vec<String> = row.iter().map(text).collect();
        line(&cells.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let tables = sheets.iter().map(|sheet| sheet.rows.iter().map(row).collect::<String>());
    tables.collect::<Vec<_>>().join("\r\n")
}

/// One line of a table. A cell that a spreadsheet would take for a formula gets an apostrophe in front, and so
/// does one that begins with an apostrophe; the reader takes it away.
pub(crate) fn line(cells: &[&str]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
    format!("{}\r\n", cells.join(","))
}

fn quoted(cell: &str) -> String {
    let guarded = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\'']);
    let cell = if guarded { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\n', '\r', ';']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}

/// Most rows of a table that is read.
const MOST_ROWS: usize = 10_000;

/// Reads a table with at least the columns `field` and `value`; others may stand beside. The sign between cells
/// is that of the first line: a comma, a semicolon or a tab.
pub(super) fn read(library: &Library, bytes: &[u8]) -> Result<Imported, ImportFailure> {
    let unreadable = |why: &str| ImportFailure::Unreadable(why.to_owned());
    let text = std::str::from_utf8(bytes).map_err(|_| unreadable("it is not UTF-8"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let first = text.lines().next().unwrap_or_default();
    let between = [',', ';', '\t'].into_iter().max_by_key(|sign| first.matches(*sign).count()).unwrap_or(',');
    let rows = rows(text, between);
    if rows.len() > MOST_ROWS {
        return Err(unreadable(&format!("it has more than {MOST_ROWS} rows: divide it")));
    }
    let mut rows = rows.into_iter();
    let head = rows.next().unwrap_or_default();
    let column = |name: &str| head.iter().position(|cell| cell.trim().eq_ignore_ascii_case(name));
    let (Some(field_at), Some(value_at)) = (column("field"), column("value")) else {
        return Err(unreadable("its first line does not name the columns field and value"));
    };
    let (duty_at, terms_at) = (column("duty"), column("own_terms"));
    let mut intake = Intake::new(library, "csv");
    for (row, number) in rows.zip(2..) {
        let cell = |at: usize| row.get(at).map(String::as_str).unwrap_or_default();
        let (name, value) = (cell(field_at).trim(), cell(value_at));
        if intake.imported.duty.is_none() {
            intake.imported.duty = duty_at.and_then(|at| cell(at).parse().ok());
        }
        if name.is_empty() || value.is_empty() {
            continue;
        }
        let place = format!("/{number}/value");
        intake.take(name, of_cell(library, name, value), &place);
        intake.leave_terms(name, terms_at.map_or("", cell), &format!("/{number}/own_terms"));
    }
    Ok(intake.finish())
}

/// A cell as a value: a text as it stands where the field is one, else JSON; what is none is left to the check.
fn of_cell(library: &Library, field: &str, cell: &str) -> Value {
    let text = || Value::String(cell.to_owned());
    match library.vocabularies().field(field).map(|field| field.kind) {
        Some(FieldKind::Text | FieldKind::LongText | FieldKind::Choice | FieldKind::Instant) | None => text(),
        Some(
            FieldKind::Boolean
            | FieldKind::Choices
            | FieldKind::Integer
            | FieldKind::Decimal
            | FieldKind::Money
            | FieldKind::Duration
            | FieldKind::Records,
        ) => serde_json::from_str(cell).unwrap_or_else(|_| text()),
    }
}

/// The rows of a table, each its cells; of a table that is too long one more than is read.
fn rows(text: &str, between: char) -> Vec<Vec<String>> {
    let mut rows = vec![];
    let mut table = Table { row: vec![], cell: String::new(), was_quoted: false };
    let mut quoted = false;
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '"' if quoted && signs.peek() == Some(&'"') => {
                signs.next();
                table.cell.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if table.cell.is_empty() && !table.was_quoted => (quoted, table.was_quoted) = (true, true),
            sign if !quoted && sign == between => table.end_cell(),
            '\n' if !quoted => rows.extend(table.end_row()),
            '\r' if !quoted && signs.peek() == Some(&'\n') => {}
            sign => table.cell.push(sign),
        }
        if rows.len() > MOST_ROWS {
            return rows;
        }
    }
    rows.extend(table.end_row());
    rows
}

struct Table {
    row: Vec<String>,
    cell: String,
    was_quoted: bool,
}

impl Table {
    fn end_cell(&mut self) {
        let cell = std::mem::take(&mut self.cell);
        self.row.push(cell.strip_prefix('\'').map_or(cell.clone(), str::to_owned));
        self.was_quoted = false;
    }

    /// The row, unless the line was empty.
    fn end_row(&mut self) -> Option<Vec<String>> {
        if self.row.is_empty() && self.cell.is_empty() && !self.was_quoted {
            return None;
        }
        self.end_cell();
        Some(std::mem::take(&mut self.row))
    }
}
