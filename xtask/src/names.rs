//! The law is data: no regime is named in code. The names are those of the folders in `regimes/`.
//!
//! Comments, generated files, test modules and `testkit` may name one: they explain and prove, they
//! do not decide.

use std::path::Path;

use crate::sources::Source;

/// One line per place in code that names one of the regimes.
pub fn violations(sources: &[Source], regimes: &[String]) -> Vec<String> {
    let regimes: Vec<(&String, Vec<String>)> = regimes.iter().map(|name| (name, words(name))).collect();
    let mut found = Vec::new();
    for source in sources.iter().filter(|source| !is_test_file(&source.path)) {
        for (number, line) in code_lines(&source.text) {
            let line_words = words(line);
            for (name, regime_words) in &regimes {
                if line_words.windows(regime_words.len()).any(|window| window == regime_words) {
                    let path = source.path.display();
                    found.push(format!(
                        "{path}:{number} names the regime {name}: say it in the pack, the code reads packs"
                    ));
                }
            }
        }
    }
    found
}

fn is_test_file(path: &Path) -> bool {
    let text = path.to_string_lossy();
    text.starts_with("crates/testkit/")
        || text.contains("/tests/")
        || text.ends_with("/tests.rs")
        || text.ends_with(".test.ts")
        || text.ends_with(".test.tsx")
}

/// Lines with their numbers, without comment lines and without items under `#[cfg(test)]`.
fn code_lines(text: &str) -> Vec<(usize, &str)> {
    let mut kept = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((index, line)) = lines.next() {
        let trimmed = line.trim_start();
        if trimmed.starts_with("#[cfg(test)]") {
            skip_item(&mut lines, line.len() - trimmed.len());
        } else if !trimmed.starts_with("//") && !trimmed.starts_with("* ") && !trimmed.starts_with("/*") {
            kept.push((index + 1, line));
        }
    }
    kept
}

/// Passes over one item: to its semicolon, or to the closing brace that stands at its own indent.
fn skip_item<'a>(lines: &mut impl Iterator<Item = (usize, &'a str)>, indent: usize) {
    let mut opened = false;
    for (_, line) in lines {
        let trimmed = line.trim();
        let at_indent = line.len() - line.trim_start().len() == indent;
        if !opened && (trimmed.ends_with(';') || trimmed.ends_with("{}")) {
            return;
        }
        if opened && at_indent && trimmed.starts_with('}') {
            return;
        }
        opened |= trimmed.ends_with('{');
    }
}

/// The words of a text in lower case; `camelCase`, `snake_case` and `kebab-case` are taken apart.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut after_small = false;
    for letter in text.chars() {
        if !letter.is_alphanumeric() || (after_small && letter.is_uppercase()) {
            words.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
        }
        if letter.is_alphanumeric() {
            word.extend(letter.to_lowercase());
        }
        after_small = letter.is_lowercase() || letter.is_numeric();
    }
    words.extend((!word.is_empty()).then_some(word));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> Vec<String> {
        let source = Source { path: path.into(), text: text.to_owned() };
        violations(&[source], &["alpha".to_owned(), "beta-2013-40".to_owned()])
    }

    #[test]
    fn a_regime_in_code_is_found_however_it_is_written() {
        for code in [
            "let pack = \"alpha\";",
            "fn alpha_stage() {}",
            "struct AlphaPack;",
            "    pack.id == \"alpha.early\" // clock",
            "const BETA_2013_40: u8 = 1;",
        ] {
            assert_eq!(found("crates/service/src/file_stage.rs", code).len(), 1, "{code}");
        }
        assert_eq!(
            found("ui/src/app/router.tsx", "\nif (law === 'ALPHA') {}"),
            ["ui/src/app/router.tsx:2 names the regime alpha: say it in the pack, the code reads packs"]
        );
    }

    #[test]
    fn other_words_comments_and_tests_are_no_matter() {
        for code in ["let alphabet = 1;", "beta(2013)", "// the pack alpha", "/// \"alpha\"", " * alpha"] {
            assert!(found("crates/service/src/file_stage.rs", code).is_empty(), "{code}");
        }
        assert!(found("crates/testkit/src/lib.rs", "alpha").is_empty());
        assert!(found("ui/src/parts/Form.test.tsx", "alpha").is_empty());
        assert!(found("crates/service/src/duties/tests.rs", "alpha").is_empty());
    }

    #[test]
    fn code_after_a_test_module_is_read_again() {
        let text = "#[cfg(test)]\nmod tests {\n    fn alpha() {\n    }\n}\n\nfn alpha() {}\n";
        assert_eq!(found("crates/regime/src/lib.rs", text).len(), 1);
        let declared = "#[cfg(test)]\nmod tests;\nfn alpha() {}\n";
        assert_eq!(found("crates/regime/src/lib.rs", declared).len(), 1);
    }
}
