//! OpenDocument text 1.3.

use super::{
    Part,
    xml::{HEAD, escaped, lines, style},
};
use crate::block::{Block, Cell, Paragraph, Table};

const KIND: &str = "application/vnd.oasis.opendocument.text";

/// The parts of the package; the first one tells readers what it is.
pub fn parts(title: &str, language: &str, blocks: &[Block]) -> Vec<Part> {
    vec![
        ("mimetype", KIND.to_owned()),
        ("META-INF/manifest.xml", manifest()),
        ("meta.xml", meta(title, language)),
        ("styles.xml", styles(language)),
        ("content.xml", content(blocks)),
    ]
}

fn manifest() -> String {
    let entry = |path: &str, kind: &str| {
        format!("<manifest:file-entry manifest:full-path=\"{path}\" manifest:media-type=\"{kind}\"/>")
    };
    let parts = ["meta.xml", "styles.xml", "content.xml"].map(|part| entry(part, "text/xml")).concat();
    format!(
        "{HEAD}<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" manifest:version=\"1.3\">{}{parts}</manifest:manifest>",
        entry("/", KIND)
    )
}

fn meta(title: &str, language: &str) -> String {
    format!(
        "{HEAD}<office:document-meta {NAMES} office:version=\"1.3\"><office:meta><dc:title>{}</dc:title><dc:language>{}</dc:language></office:meta></office:document-meta>",
        escaped(title),
        escaped(language)
    )
}

const NAMES: &str = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" xmlns:meta=\"urn:oasis:names:tc:opendocument:xmlns:meta:1.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"";

fn styles(language: &str) -> String {
    let paragraph = |name: &str, text: &str| {
        format!(
            "<style:style style:name=\"{name}\" style:family=\"paragraph\"><style:paragraph-properties fo:margin-top=\"0.1cm\" fo:margin-bottom=\"0.1cm\"/><style:text-properties {text}/></style:style>"
        )
    };
    let all = [
        paragraph("Text", "fo:font-size=\"10pt\""),
        paragraph("Label", "fo:font-size=\"10pt\" fo:color=\"#555555\""),
        paragraph("Note", "fo:font-size=\"8pt\" fo:color=\"#555555\""),
        paragraph("Strong", "fo:font-size=\"10pt\" fo:font-weight=\"bold\""),
        paragraph("Heading_1", "fo:font-size=\"18pt\" fo:font-weight=\"bold\""),
        paragraph("Heading_2", "fo:font-size=\"13pt\" fo:font-weight=\"bold\""),
        paragraph("Heading_3", "fo:font-size=\"10pt\" fo:font-weight=\"bold\""),
    ];
    format!(
        "{HEAD}<office:document-styles {NAMES} office:version=\"1.3\"><office:styles><style:default-style style:family=\"paragraph\"><style:text-properties fo:language=\"{}\"/></style:default-style>{}</office:styles></office:document-styles>",
        escaped(language),
        all.concat()
    )
}

fn content(blocks: &[Block]) -> String {
    let body: String = blocks.iter().enumerate().map(|(at, block)| of_block(block, at)).collect();
    format!(
        "{HEAD}<office:document-content {NAMES} office:version=\"1.3\"><office:automatic-styles><style:style style:name=\"Cell\" style:family=\"table-cell\"><style:table-cell-properties fo:border-bottom=\"0.5pt solid #bbbbbb\" fo:padding=\"0.1cm\"/></style:style></office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
}

fn of_block(block: &Block, at: usize) -> String {
    match block {
        Block::Heading { level, text } => format!(
            "<text:h text:style-name=\"Heading_{level}\" text:outline-level=\"{level}\">{}</text:h>",
            inline(text)
        ),
        Block::Text(paragraph) => of_paragraph(paragraph),
        Block::Table(table) => of_table(table, at),
    }
}

fn of_paragraph(paragraph: &Paragraph) -> String {
    format!("<text:p text:style-name=\"{}\">{}</text:p>", style(paragraph.style), inline(&paragraph.text))
}

fn of_table(table: &Table, at: usize) -> String {
    let columns = table.shares.len();
    let cell = |content: &str| {
        format!(
            "<table:table-cell table:style-name=\"Cell\" office:value-type=\"string\">{content}</table:table-cell>"
        )
    };
    let head = table.head.iter().map(|head| {
        let cells = head
            .iter()
            .map(|title| cell(&format!("<text:p text:style-name=\"Strong\">{}</text:p>", inline(title))));
        format!(
            "<table:table-header-rows><table:table-row>{}</table:table-row></table:table-header-rows>",
            cells.collect::<String>()
        )
    });
    let of_cell = |one: &Cell| cell(&one.paragraphs.iter().map(of_paragraph).collect::<String>());
    let rows = table.rows.iter().map(|row| {
        format!("<table:table-row>{}</table:table-row>", row.iter().map(of_cell).collect::<String>())
    });
    format!(
        "<table:table table:name=\"Table{at}\"><table:table-column table:number-columns-repeated=\"{columns}\"/>{}</table:table><text:p text:style-name=\"Note\"/>",
        head.chain(rows).collect::<String>()
    )
}

/// A text with its line ends, and with every space of a run.
fn inline(text: &str) -> String {
    let line = |line: &str| escaped(line).replace('\t', "<text:tab/>").replace("  ", " <text:s/>");
    lines(text).map(line).collect::<Vec<_>>().join("<text:line-break/>")
}
