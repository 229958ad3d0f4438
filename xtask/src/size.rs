//! No source file grows beyond what one reads in a sitting. (Functions are measured by clippy.)

use crate::sources::Source;

/// The most lines a source file may have.
const MOST_LINES: usize = 500;

/// One line per file that is too long.
pub fn violations(sources: &[Source]) -> Vec<String> {
    let counted = sources.iter().map(|source| (source, source.text.lines().count()));
    counted
        .filter(|(_, lines)| *lines > MOST_LINES)
        .map(|(source, lines)| {
            let path = source.path.display();
            format!("{path} has {lines} lines, more than {MOST_LINES}: split it by noun or verb")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_hundred_lines_are_enough() {
        let source =
            |lines: usize| Source { path: "crates/store/src/tx.rs".into(), text: "\n".repeat(lines) };
        assert!(violations(&[source(500)]).is_empty());
        let found = violations(&[source(501)]);
        assert_eq!(found, ["crates/store/src/tx.rs has 501 lines, more than 500: split it by noun or verb"]);
    }
}
