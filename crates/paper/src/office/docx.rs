//! Office Open XML, strict enough for every reader of the transitional form.

use super::{
    Part,
    xml::{HEAD, escaped, lines, style},
};
use crate::block::{Block, Cell, Paragraph, Table};

/// The parts of the package.
pub fn parts(title: &str, language: &str, blocks: &[Block]) -> Vec<Part> {
    vec![
        ("[Content_Types].xml", content_types()),
        (
            "_rels/.rels",
            relations(&[
                ("officeDocument", OFFICE, "word/document.xml"),
                ("core-properties", PACKAGE, "docProps/core.xml"),
            ]),
        ),
        ("docProps/core.xml", core(title, language)),
        ("word/_rels/document.xml.rels", relations(&[("styles", OFFICE, "styles.xml")])),
        ("word/styles.xml", styles(language)),
        ("word/document.xml", document(blocks)),
    ]
}

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships/metadata";
const WORD: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
const WORD_KIND: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

fn content_types() -> String {
    let part = |name: &str, kind: &str| format!("<Override PartName=\"{name}\" ContentType=\"{kind}\"/>");
    format!(
        "{HEAD}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>{}{}{}</Types>",
        part("/word/document.xml", &format!("{WORD_KIND}.document.main+xml")),
        part("/word/styles.xml", &format!("{WORD_KIND}.styles+xml")),
        part("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml")
    )
}

fn relations(relations: &[(&str, &str, &str)]) -> String {
    let one = |(at, (kind, base, target)): (usize, &(&str, &str, &str))| {
        format!("<Relationship Id=\"r{at}\" Type=\"{base}/{kind}\" Target=\"{target}\"/>")
    };
    format!(
        "{HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{}</Relationships>",
        relations.iter().enumerate().map(one).collect::<String>()
    )
}

fn core(title: &str, language: &str) -> String {
    format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:language>{}</dc:language></cp:coreProperties>",
        escaped(title),
        escaped(language)
    )
}

/// Sizes are in half points.
fn styles(language: &str) -> String {
    let paragraph = |id: &str, name: &str, outline: Option<u16>, text: &str| {
        let outline = outline
            .map_or_else(String::new, |level| format!("<w:keepNext/><w:outlineLvl w:val=\"{level}\"/>"));
        format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:pPr>{outline}</w:pPr><w:rPr>{text}</w:rPr></w:style>"
        )
    };
    let all = [
        paragraph("Text", "Text", None, "<w:sz w:val=\"20\"/>"),
        paragraph("Label", "Label", None, "<w:color w:val=\"555555\"/><w:sz w:val=\"20\"/>"),
        paragraph("Note", "Note", None, "<w:color w:val=\"555555\"/><w:sz w:val=\"16\"/>"),
        paragraph("Strong", "Strong text", None, "<w:b/><w:sz w:val=\"20\"/>"),
        paragraph("Heading1", "heading 1", Some(0), "<w:b/><w:sz w:val=\"36\"/>"),
        paragraph("Heading2", "heading 2", Some(1), "<w:b/><w:sz w:val=\"26\"/>"),
        paragraph("Heading3", "heading 3", Some(2), "<w:b/><w:sz w:val=\"20\"/>"),
    ];
    format!(
        "{HEAD}<w:styles {WORD}><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val=\"{}\"/></w:rPr></w:rPrDefault></w:docDefaults>{}</w:styles>",
        escaped(language),
        all.concat()
    )
}

fn document(blocks: &[Block]) -> String {
    let body: String = blocks.iter().map(of_block).collect();
    format!(
        "{HEAD}<w:document {WORD}><w:body>{body}<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1134\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>"
    )
}

fn of_block(block: &Block) -> String {
    match block {
        Block::Heading { level, text } => paragraph(&format!("Heading{level}"), text),
        Block::Text(text) => of_paragraph(text),
        Block::Table(table) => of_table(table),
    }
}

fn of_paragraph(text: &Paragraph) -> String {
    paragraph(style(text.style), &text.text)
}

fn paragraph(style: &str, text: &str) -> String {
    let line = |line: &str| format!("<w:t xml:space=\"preserve\">{}</w:t>", escaped(line));
    let runs = lines(text).map(line).collect::<Vec<_>>().join("<w:br/>");
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r>{runs}</w:r></w:p>")
}

/// The width of the text on a page, in twentieths of a point.
const WIDTH: f32 = 9638.0;

fn of_table(table: &Table) -> String {
    let widths: Vec<i32> = table.shares.iter().map(|share| (share * WIDTH) as i32).collect();
    let grid: String = widths.iter().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).collect();
    let cell = |width: i32, content: &str| {
        format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>{content}</w:tc>")
    };
    let head = table.head.iter().map(|head| {
        let cells = head.iter().zip(&widths).map(|(title, width)| cell(*width, &paragraph("Strong", title)));
        format!("<w:tr><w:trPr><w:tblHeader/></w:trPr>{}</w:tr>", cells.collect::<String>())
    });
    let of_cell = |(one, width): (&Cell, &i32)| {
        cell(*width, &one.paragraphs.iter().map(of_paragraph).collect::<String>())
    };
    let rows = table
        .rows
        .iter()
        .map(|row| format!("<w:tr>{}</w:tr>", row.iter().zip(&widths).map(of_cell).collect::<String>()));
    format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/><w:tblBorders><w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"BBBBBB\"/></w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{}</w:tbl>{}",
        head.chain(rows).collect::<String>(),
        paragraph("Note", "")
    )
}
