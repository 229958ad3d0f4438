//! What a document says, before it is known where it stands.

use crate::fonts::Face;

/// How dark, or in what colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// Text.
    Black,
    /// Labels and notes.
    Grey,
    /// What must not be missed.
    Red,
}

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    /// The typeface.
    pub face: Face,
    /// In points.
    pub size: f32,
    /// The colour.
    pub ink: Ink,
}

impl Style {
    /// Running text.
    pub const TEXT: Self = Self { face: Face::Regular, size: 9.5, ink: Ink::Black };
    /// Labels of rows, heads of columns.
    pub const LABEL: Self = Self { face: Face::Regular, size: 9.5, ink: Ink::Grey };
    /// Remarks below an answer.
    pub const NOTE: Self = Self { face: Face::Regular, size: 8.0, ink: Ink::Grey };
    /// What stands out within text.
    pub const STRONG: Self = Self { face: Face::Bold, size: 9.5, ink: Ink::Black };
    /// What must not be missed.
    pub const LATE: Self = Self { face: Face::Bold, size: 9.5, ink: Ink::Red };
    /// Digests, keys, commands.
    pub const CODE: Self = Self { face: Face::Mono, size: 8.5, ink: Ink::Black };
    /// Titles of columns.
    pub const COLUMN: Self = Self { face: Face::Bold, size: 8.5, ink: Ink::Grey };
    /// The word above the title.
    pub const OVER: Self = Self { face: Face::Bold, size: 9.5, ink: Ink::Grey };

    /// The style of a heading.
    pub const fn heading(level: u16) -> Self {
        let size = match level {
            1 => 20.0,
            2 => 12.5,
            _ => 10.0,
        };
        Self { face: Face::Bold, size, ink: Ink::Black }
    }

    /// From one line to the next, in points.
    pub fn leading(self) -> f32 {
        self.size * 1.36
    }
}

/// A text in one style; `\n` starts a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Paragraph {
    /// How.
    pub style: Style,
    /// What.
    pub text: String,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Whether it names its row.
    pub heading: bool,
    /// Its content, never empty: an empty cell holds a dash.
    pub paragraphs: Vec<Paragraph>,
}

/// A table; each row has as many cells as there are widths.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The widths of the columns, in shares of the whole.
    pub shares: Vec<f32>,
    /// The titles of the columns, repeated on each page.
    pub head: Option<Vec<String>>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading; level 1 is the title.
    Heading {
        /// From 1 to 3.
        level: u16,
        /// The text.
        text: String,
    },
    /// A paragraph.
    Text(Paragraph),
    /// A table.
    Table(Table),
}

impl Paragraph {
    /// `text` in `style`.
    pub fn new(style: Style, text: impl Into<String>) -> Self {
        Self { style, text: text.into() }
    }
}

impl Cell {
    /// A cell with one text.
    pub fn of(style: Style, text: impl Into<String>) -> Self {
        Self::with(vec![Paragraph::new(style, text)])
    }

    /// The cell that names its row.
    pub fn label(text: impl Into<String>) -> Self {
        Self { heading: true, ..Self::of(Style::LABEL, text) }
    }

    /// A cell with several texts; nothing is said by a dash.
    pub fn with(paragraphs: Vec<Paragraph>) -> Self {
        let mut paragraphs: Vec<_> =
            paragraphs.into_iter().filter(|paragraph| !paragraph.text.trim().is_empty()).collect();
        if paragraphs.is_empty() {
            paragraphs.push(Paragraph::new(Style::LABEL, "—"));
        }
        Self { heading: false, paragraphs }
    }
}

impl Block {
    /// A paragraph of running text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(Paragraph::new(Style::TEXT, text))
    }

    /// A heading of a section.
    pub fn section(text: impl Into<String>) -> Self {
        Self::Heading { level: 2, text: text.into() }
    }

    /// Labels with values.
    pub fn facts(rows: Vec<(&str, Vec<Paragraph>)>) -> Self {
        let rows =
            rows.into_iter().map(|(label, value)| vec![Cell::label(label), Cell::with(value)]).collect();
        Self::Table(Table { shares: vec![0.26, 0.74], head: None, rows })
    }
}
