//! What commands print and how they end.

use std::{
    fmt,
    io::{Read, Write},
    path::Path,
    process::ExitCode,
};

use anyhow::Context;
use serde::Serialize;

/// How a command ended that did its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing to complain about.
    Fine,
    /// Errors or a difference were found and printed.
    Found,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Fine => Self::SUCCESS,
            Outcome::Found => Self::from(1),
        }
    }
}

/// Marks an error as bad usage or unreadable input, for the exit code 2.
#[derive(Debug)]
pub struct Unreadable(pub String);

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unreadable {}

/// Prints why a command could not do its work.
pub fn report(error: &anyhow::Error) -> ExitCode {
    let _closed = writeln!(std::io::stderr(), "beffroi: {error:#}");
    let unreadable = error.downcast_ref::<Unreadable>().is_some();
    ExitCode::from(if unreadable { 2 } else { 1 })
}

/// The refusal of a use case with everything that is to be mended, one problem per line.
pub fn in_full(error: service::Error) -> anyhow::Error {
    match error {
        service::Error::Invalid(problems) => {
            let lines: Vec<String> =
                problems.into_iter().map(|problem| format!("\n  {}", problem.message)).collect();
            anyhow::anyhow!("{} to mend:{}", lines.len(), lines.concat())
        }
        other => other.into(),
    }
}

/// Whether to print for people or for machines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    /// Words.
    Words,
    /// JSON.
    Json,
}

impl Output {
    /// Prints `value` as JSON, or what `words` makes of it.
    ///
    /// # Errors
    /// When the standard output is closed.
    pub fn print<T: Serialize>(self, value: &T, words: impl FnOnce(&T) -> String) -> anyhow::Result<()> {
        let mut text = match self {
            Self::Json => serde_json::to_string_pretty(value)?,
            Self::Words => words(value),
        };
        if !text.ends_with('\n') && !text.is_empty() {
            text.push('\n');
        }
        let mut out = std::io::stdout().lock();
        out.write_all(text.as_bytes())
            .and_then(|()| out.flush())
            .context("cannot write to the standard output")
    }
}

/// A document, an incident, a file of keys or of vectors is not larger.
const LARGE: u64 = 64 * 1024 * 1024;
/// The audit of many years is not larger.
const HUGE: u64 = 8 * 1024 * 1024 * 1024;

/// The content of `file`, of the standard input when it is `-`.
///
/// # Errors
/// [`Unreadable`] when it cannot be read or is larger than 64 MiB.
pub fn read_input(file: &Path) -> anyhow::Result<Vec<u8>> {
    read_up_to(LARGE, file)
}

/// As [`read_input`], up to 8 GiB.
///
/// # Errors
/// [`Unreadable`] when it cannot be read or is larger.
pub fn read_large(file: &Path) -> anyhow::Result<Vec<u8>> {
    read_up_to(HUGE, file)
}

fn read_up_to(limit: u64, file: &Path) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = if file == Path::new("-") {
        std::io::stdin().lock().take(limit.saturating_add(1)).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(file)
            .and_then(|opened| opened.take(limit.saturating_add(1)).read_to_end(&mut bytes))
    };
    read.with_context(|| Unreadable(format!("cannot read {}", file.display())))?;
    if bytes.len() as u64 > limit {
        return Err(Unreadable(format!("{} is larger than {limit} bytes", file.display())).into());
    }
    Ok(bytes)
}

/// Rows under a head, columns as wide as their widest cell.
#[must_use]
pub fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
        cells.chain(head.get(column).map(|title| title.chars().count())).max().unwrap_or(0)
    };
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let padded: Vec<String> =
            cells.enumerate().map(|(column, cell)| format!("{cell:<wide$}", wide = width(column))).collect();
        format!("{}\n", padded.join("  ").trim_end())
    };
    let mut text = line(&mut head.iter().copied());
    for row in rows {
        text += &line(&mut row.iter().map(String::as_str));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_lines_up() {
        let text = table(
            &["name", "id"],
            &[vec!["Hôpital".to_owned(), "1".to_owned()], vec!["B".to_owned(), "22".to_owned()]],
        );
        assert_eq!(text, "name     id\nHôpital  1\nB        22\n");
    }

    #[test]
    fn what_is_missing_is_named() {
        let error = read_input(Path::new("/nowhere/at/all.json")).unwrap_err();
        assert!(error.downcast_ref::<Unreadable>().is_some());
        assert!(format!("{error:#}").contains("/nowhere/at/all.json"));
    }
}
