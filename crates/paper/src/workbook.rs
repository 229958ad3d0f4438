//! Tables as a workbook (XLSX, ISO/IEC 29500). Words stay words: no cell is ever a formula or a link, whatever it
//! begins with.

use model::{Cell, Sheet};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use crate::PaperError;

/// The most characters of a cell (Excel's specification); what is longer is cut with an ellipsis.
const LONGEST_TEXT: usize = 32_767;
/// The width of columns, in characters.
const WIDEST: usize = 48;

/// The tables as sheets, in order: the same tables give the same bytes.
///
/// # Errors
/// [`PaperError::Pack`] for more than 1,048,576 rows or 16,384 columns, and for two sheets of the same name.
pub fn workbook(sheets: &[Sheet]) -> Result<Vec<u8>, PaperError> {
    written(sheets).map_err(|error| PaperError::Pack(error.to_string()))
}

fn written(sheets: &[Sheet]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // Without it the library asks the clock.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&created));
    for sheet in sheets {
        fill(book.add_worksheet(), sheet)?;
    }
    book.save_to_buffer()
}

fn fill(page: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    page.set_name(&sheet.name)?;
    page.set_freeze_panes(1, 0)?;
    let (title, plain) = (Format::new().set_bold(), Format::new());
    let measure = Format::new().set_num_format("0.0");
    for (row, cells) in (0..).zip(&sheet.rows) {
        for (column, cell) in (0..).zip(cells) {
            let format = if row == 0 { &title } else { &plain };
            match cell {
                Cell::Text(text) => page.write_string_with_format(row, column, shortened(text), format)?,
                #[expect(clippy::cast_precision_loss, reason = "a workbook holds numbers as floating point")]
                Cell::Count(count) => page.write_number_with_format(row, column, *count as f64, format)?,
                Cell::Number(number) => page.write_number_with_format(row, column, *number, &measure)?,
            };
        }
    }
    let columns = sheet.rows.first().map_or(0, Vec::len);
    for (column, at) in (0..).zip(0..columns) {
        let widths = sheet.rows.iter().filter_map(|cells| cells.get(at)).map(width);
        let width = u32::try_from(widths.max().unwrap_or(0).clamp(8, WIDEST) + 2).unwrap_or(u32::MAX);
        page.set_column_width(column, width)?;
    }
    Ok(())
}

fn width(cell: &Cell) -> usize {
    match cell {
        Cell::Text(text) => text.chars().count(),
        Cell::Count(_) | Cell::Number(_) => 8,
    }
}

fn shortened(text: &str) -> String {
    if text.encode_utf16().count() <= LONGEST_TEXT {
        return text.to_owned();
    }
    let mut units = 0;
    let fits = |sign: &char| {
        units += sign.len_utf16();
        units < LONGEST_TEXT
    };
    text.chars().take_while(fits).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use zip::ZipArchive;

    use super::*;

    fn part(bytes: &[u8], name: &str) -> String {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    fn sheet(rows: Vec<Vec<Cell>>) -> Sheet {
        Sheet { name: "Figures".into(), rows }
    }

    #[test]
    fn words_are_never_formulas_or_links() {
        let rows = ["=1+1", "+1", "-1", "@SUM(A1)", "http://example.org/", "<c>&", "\u{feff}=1"];
        let rows = rows.map(|text| vec![Cell::from(text)]).to_vec();
        let bytes = workbook(&[sheet(rows)]).unwrap();
        let page = part(&bytes, "xl/worksheets/sheet1.xml");
        let page = roxmltree::Document::parse(&page).unwrap();
        let named = |name: &str| {
            page.descendants()
                .filter(|node| node.has_tag_name((page.root_element().tag_name().namespace().unwrap(), name)))
                .count()
        };
        assert_eq!((named("f"), named("hyperlink"), named("c")), (0, 0, 7));
        let texts = part(&bytes, "xl/sharedStrings.xml");
        let texts = roxmltree::Document::parse(&texts).unwrap();
        let said: Vec<_> =
            texts.descendants().filter(|node| node.is_text()).filter_map(|node| node.text()).collect();
        assert!(said.contains(&"=1+1") && said.contains(&"<c>&"), "{said:?}");
    }

    #[test]
    fn numbers_are_numbers_and_the_same_tables_give_the_same_bytes() {
        let rows = || vec![vec![Cell::from("a"), Cell::from("b")], vec![Cell::Count(42), Cell::Number(1.5)]];
        let bytes = workbook(&[sheet(rows())]).unwrap();
        let page = part(&bytes, "xl/worksheets/sheet1.xml");
        assert!(page.contains("<v>42</v>") && page.contains("<v>1.5</v>"), "{page}");
        assert_eq!(bytes, workbook(&[sheet(rows())]).unwrap());
    }

    #[test]
    fn a_text_that_is_too_long_is_cut() {
        let text = shortened(&"😀".repeat(20_000));
        assert!(text.encode_utf16().count() <= LONGEST_TEXT && text.ends_with('…'));
        workbook(&[sheet(vec![vec![Cell::from("x".repeat(40_000))]])]).unwrap();
        assert_eq!(shortened("short"), "short");
    }
}
