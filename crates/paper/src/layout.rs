//! From what is said to where it stands: pages with lines, rules and a structure.

use std::collections::BTreeSet;

use crate::{
    block::{Block, Cell, Paragraph, Style, Table},
    fonts::Fonts,
    line::{lines, settable, title},
    structure::{Bookmark, Leaf, Part, Structure},
};

/// A4, in points.
pub const PAGE: (f32, f32) = (595.28, 841.89);
/// The left and right margin.
pub const SIDE: f32 = 56.7;
/// The width of the text.
pub const WIDTH: f32 = PAGE.0 - 2.0 * SIDE;
/// Where the text begins and ends, from above.
const TOP: f32 = 84.0;
const BOTTOM: f32 = PAGE.1 - 76.0;
/// Between the columns of a table.
const GUTTER: f32 = 10.0;
/// A row below this height is not split between pages.
const WHOLE: f32 = 240.0;
/// What must fit below a heading.
const COMPANY: f32 = 64.0;

/// Something on a page, in the order of reading.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// A line of text on its base line.
    Text {
        /// From the left.
        x: f32,
        /// From above.
        y: f32,
        /// How.
        style: Style,
        /// The text.
        text: String,
        /// To which part of the structure it belongs; none for what is repeated on each page.
        leaf: Option<Leaf>,
    },
    /// A thin line over the whole width of the text.
    Rule {
        /// From above.
        y: f32,
    },
}

/// Pages with their structure.
pub struct Laid {
    /// What stands on each page.
    pub pages: Vec<Vec<Mark>>,
    /// What it means.
    pub structure: Vec<Structure>,
    /// Where its headings stand.
    pub bookmarks: Vec<Bookmark>,
    /// What the typefaces do not have.
    pub unprinted: BTreeSet<char>,
}

/// Lays `blocks` out.
pub fn layout(fonts: &Fonts, blocks: &[Block]) -> Laid {
    let mut pager = Pager {
        fonts,
        pages: vec![vec![]],
        y: TOP,
        structure: vec![],
        bookmarks: vec![],
        unprinted: BTreeSet::new(),
        leaves: 0,
    };
    for block in blocks {
        pager.place(block);
    }
    let Pager { pages, structure, bookmarks, unprinted, .. } = pager;
    Laid { pages, structure, bookmarks, unprinted }
}

struct Pager<'a> {
    fonts: &'a Fonts,
    pages: Vec<Vec<Mark>>,
    /// Where the next line may begin.
    y: f32,
    structure: Vec<Structure>,
    bookmarks: Vec<Bookmark>,
    unprinted: BTreeSet<char>,
    leaves: usize,
}

/// A line that still needs its place.
struct Line {
    style: Style,
    text: String,
    leaf: Option<Leaf>,
}

/// The lines of a cell, and how many of them are placed.
struct Column {
    x: f32,
    lines: Vec<Line>,
    placed: usize,
}

impl Pager<'_> {
    fn place(&mut self, block: &Block) {
        match block {
            Block::Heading { level, text } => self.heading(*level, text),
            Block::Text(paragraph) => {
                let leaf = self.paragraph(paragraph);
                self.structure.push(Structure::Paragraph(leaf));
                self.y += 4.0;
            }
            Block::Table(table) => self.table(table),
        }
    }

    fn heading(&mut self, level: u16, text: &str) {
        let text = if text.trim().is_empty() { "—" } else { text };
        if self.y > TOP {
            self.y += if level == 2 { 16.0 } else { 8.0 };
        }
        if self.y + COMPANY > BOTTOM {
            self.turn();
        }
        self.bookmarks.push(Bookmark { level, title: title(text), page: self.pages.len() - 1, y: self.y });
        let leaf = self.paragraph(&Paragraph::new(Style::heading(level), text));
        self.structure.push(Structure::Heading { level, title: title(text), leaf });
        self.y += if level == 1 { 6.0 } else { 3.0 };
    }

    fn paragraph(&mut self, paragraph: &Paragraph) -> Leaf {
        let (leaf, lines) = self.broken(paragraph, WIDTH);
        for line in lines {
            if self.y + line.style.leading() > BOTTOM {
                self.turn();
            }
            self.write(SIDE, self.y, line);
            self.y += paragraph.style.leading();
        }
        leaf
    }

    /// The lines of a paragraph within `width`, as one part of the structure.
    fn broken(&mut self, paragraph: &Paragraph, width: f32) -> (Leaf, Vec<Line>) {
        let style = paragraph.style;
        let face = self.fonts.face(style.face);
        let text = settable(face, &paragraph.text, &mut self.unprinted);
        let leaf = Leaf(self.leaves);
        self.leaves += 1;
        let lines = lines(face, style.size, &text, width).into_iter();
        (leaf, lines.map(|text| Line { style, text, leaf: Some(leaf) }).collect())
    }

    fn table(&mut self, table: &Table) {
        let titles: Vec<Cell> =
            table.head.iter().flatten().map(|title| Cell::of(Style::COLUMN, title.as_str())).collect();
        let head = if titles.is_empty() { vec![] } else { self.row(&table.shares, &titles, &[]) };
        let rows = table.rows.iter().map(|cells| self.row(&table.shares, cells, &titles)).collect();
        self.structure.push(Structure::Table { head, rows });
        self.y += 6.0;
    }

    /// Places a row, over pages if it must be; titles of columns are repeated above what goes on.
    fn row(&mut self, shares: &[f32], cells: &[Cell], titles: &[Cell]) -> Vec<Part> {
        let (parts, mut columns) = self.columns(shares, cells);
        let few_lines_left = self.y + 3.0 * Style::TEXT.leading() > BOTTOM;
        if !self.fits(&columns) && self.y > TOP && (height(&columns) < WHOLE || few_lines_left) {
            self.turn_within(shares, titles);
        }
        while !self.fits(&columns) {
            self.fill(&mut columns);
            self.turn_within(shares, titles);
        }
        self.y = self.fill(&mut columns) + 3.0;
        self.mark(Mark::Rule { y: self.y });
        self.y += 3.0;
        parts
    }

    fn fits(&self, columns: &[Column]) -> bool {
        self.y + height(columns) <= BOTTOM
    }

    fn columns(&mut self, shares: &[f32], cells: &[Cell]) -> (Vec<Part>, Vec<Column>) {
        let room = WIDTH - GUTTER * (shares.len().max(1) - 1) as f32;
        let (mut parts, mut columns, mut x) = (vec![], vec![], SIDE);
        for (cell, share) in cells.iter().zip(shares) {
            let width = room * share;
            let mut part = Part { heading: cell.heading, leaves: vec![] };
            let mut column = Column { x, lines: vec![], placed: 0 };
            for paragraph in &cell.paragraphs {
                let (leaf, lines) = self.broken(paragraph, width);
                part.leaves.push(leaf);
                column.lines.extend(lines);
            }
            parts.push(part);
            columns.push(column);
            x += width + GUTTER;
        }
        (parts, columns)
    }

    /// Places of each column what fits on this page, and answers where the longest one ends.
    fn fill(&mut self, columns: &mut [Column]) -> f32 {
        let mut end = self.y;
        for column in columns {
            let mut y = self.y;
            while let Some(line) = column.lines.get_mut(column.placed) {
                let (style, leaf) = (line.style, line.leaf);
                // A page always takes one line, so that this ends whatever is said.
                if y + style.leading() > BOTTOM && y > TOP {
                    break;
                }
                let text = std::mem::take(&mut line.text);
                self.write(column.x, y, Line { style, text, leaf });
                column.placed += 1;
                y += style.leading();
            }
            end = end.max(y);
        }
        end
    }

    /// Turns the page within a table. Titles that leave little room for what goes on are not repeated.
    fn turn_within(&mut self, shares: &[f32], titles: &[Cell]) {
        self.turn();
        let (_, mut columns) = self.columns(shares, titles);
        columns.iter_mut().flat_map(|column| &mut column.lines).for_each(|line| line.leaf = None);
        if !columns.is_empty() && height(&columns) < (BOTTOM - TOP) / 3.0 {
            self.y = self.fill(&mut columns) + 6.0;
        }
    }

    fn write(&mut self, x: f32, y: f32, Line { style, text, leaf }: Line) {
        let base = y + style.size * 0.95;
        self.mark(Mark::Text { x, y: base, style, text, leaf });
    }

    fn mark(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.push(mark);
        }
    }

    fn turn(&mut self) {
        self.pages.push(vec![]);
        self.y = TOP;
    }
}

/// The height of what is not placed yet.
fn height(columns: &[Column]) -> f32 {
    let heights = columns
        .iter()
        .map(|column| column.lines.iter().skip(column.placed).map(|line| line.style.leading()).sum::<f32>());
    heights.fold(0.0, f32::max)
}
