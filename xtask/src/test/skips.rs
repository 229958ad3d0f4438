//! Tests that cannot run here say so in a file, one line each, and are counted.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use crate::workspace;

/// The variable that names the file to tests.
pub const VARIABLE: &str = "BEFFROI_TEST_SKIPS";

/// Makes the empty file for a run.
pub fn file(target: &Path) -> Result<PathBuf> {
    let file = workspace::scratch_folder(target)?.join("skips.txt");
    fs::write(&file, "").with_context(|| format!("cannot write {}", file.display()))?;
    Ok(file)
}

/// The reasons in the file, without the mark that some tests put in front.
pub fn read(file: &Path) -> Result<Vec<String>> {
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    Ok(lines.map(|line| line.strip_prefix("SKIPPED:").unwrap_or(line).trim().to_owned()).collect())
}

/// Notes one skip of a test of our own.
#[cfg(test)]
pub fn note(reason: &str) {
    use std::{env, io::Write};

    println!("SKIPPED: {reason}");
    if let Some(file) = env::var_os(VARIABLE) {
        let mut file = fs::OpenOptions::new().append(true).create(true).open(file).unwrap();
        writeln!(file, "{reason}").unwrap();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_is_a_reason() {
        let target = tempfile::tempdir().unwrap();
        let file = file(target.path()).unwrap();
        assert!(read(&file).unwrap().is_empty());
        fs::write(&file, "SKIPPED: no tmpfs\n\nPostgreSQL is not here\n").unwrap();
        assert_eq!(read(&file).unwrap(), ["no tmpfs", "PostgreSQL is not here"]);
    }
}
