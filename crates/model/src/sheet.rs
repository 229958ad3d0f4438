//! A table of a file: what tables with commas and workbooks are written from.

/// One table with its name. The first row holds the titles of the columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// The name, up to 31 characters without any of `[]:*?/\`, so that it can be the name of a sheet.
    pub name: String,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Words; never a formula, whatever they begin with.
    Text(String),
    /// How many.
    Count(u64),
    /// A measure, written with one decimal.
    Number(f64),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<usize> for Cell {
    fn from(count: usize) -> Self {
        Self::Count(u64::try_from(count).unwrap_or(u64::MAX))
    }
}
