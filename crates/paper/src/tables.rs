//! Tables on paper: statistics, summaries.

use model::{Cell as Value, Instant, Marking, Sheet};

use crate::{
    Paper, PaperError,
    block::{Block, Cell, Style, Table},
    draw::{Frame, typeset},
};

/// A document of tables, each below its name. The first row of a table holds the titles of its columns; the first
/// cell of a row names it.
///
/// # Errors
/// [`PaperError`], which no text of a table causes.
pub fn tables(title: &str, at: Instant, sheets: &[Sheet]) -> Result<Paper, PaperError> {
    let mut blocks = vec![Block::Heading { level: 1, text: title.to_owned() }];
    for sheet in sheets {
        blocks.push(Block::section(sheet.name.as_str()));
        let Some((head, rows)) = sheet.rows.split_first() else { continue };
        blocks.push(Block::Table(table(head, rows)));
    }
    let frame = Frame {
        title: title.to_owned(),
        language: "en",
        author: "",
        at,
        above: title.to_owned(),
        below: title.to_owned(),
        marking: Marking::default(),
        watermark: None,
    };
    typeset(&frame, blocks)
}

#[expect(clippy::cast_precision_loss, reason = "a table has a handful of columns")]
fn table(head: &[Value], rows: &[Vec<Value>]) -> Table {
    // The first column is as wide as two others.
    let share = 1.0 / (head.len() + 1) as f32;
    let shares = (0..head.len()).map(|at| if at == 0 { share * 2.0 } else { share }).collect();
    let row = |row: &Vec<Value>| {
        let cells = row.iter().map(text).enumerate();
        let cells =
            cells.map(|(at, text)| if at == 0 { Cell::label(text) } else { Cell::of(Style::TEXT, text) });
        cells.chain(std::iter::repeat_with(|| Cell::of(Style::TEXT, ""))).take(head.len()).collect()
    };
    Table { shares, head: Some(head.iter().map(text).collect()), rows: rows.iter().map(row).collect() }
}

fn text(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Count(count) => count.to_string(),
        Value::Number(number) => format!("{number:.1}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_typeset_below_their_names() {
        let rows = vec![
            vec!["Law".into(), "reports".into()],
            vec!["NIS2".into(), Value::Count(3)],
            vec!["GDPR".into()],
        ];
        let sheets = [Sheet { name: "Laws".into(), rows }, Sheet { name: "None".into(), rows: vec![] }];
        let at = "2026-04-01T00:00:00Z".parse().unwrap();
        let paper = tables("Summary of 2026-Q1", at, &sheets).unwrap();
        let said = paper.pages.join("\n");
        for word in ["Summary of 2026-Q1", "Laws", "NIS2", "3", "GDPR", "None"] {
            assert!(said.contains(word), "{word}: {said}");
        }
        assert!(paper.pdf.starts_with(b"%PDF"));
    }
}
