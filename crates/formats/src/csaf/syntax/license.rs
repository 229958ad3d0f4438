//! Licence expressions (SPDX, annex B), as far as they can be judged without the lists of licences.

/// What is wrong with the expression, in words.
pub fn flaw(text: &str) -> Option<&'static str> {
    let spaced = text.replace('(', " ( ").replace(')', " ) ");
    let mut open = 0_usize;
    // Whether a licence is due next, and whether the last one may have an exception.
    let (mut is_due, mut may_except) = (true, false);
    let mut tokens = spaced.split_whitespace();
    while let Some(token) = tokens.next() {
        match (token, is_due) {
            ("(", true) => open += 1,
            (")", false) if open > 0 => (open, may_except) = (open - 1, false),
            ("AND" | "OR" | "and" | "or", false) => (is_due, may_except) = (true, false),
            ("WITH" | "with", false) if may_except => {
                if !tokens.next().is_some_and(|name| is_name(name.trim_start_matches("AdditionRef-"))) {
                    return Some("WITH is followed by the name of an exception");
                }
                may_except = false;
            }
            ("(" | ")" | "AND" | "OR" | "and" | "or" | "WITH" | "with", _) => {
                return Some("names stand between operators, and parentheses in pairs");
            }
            (name, true) => {
                if name.starts_with("DocumentRef-") {
                    return Some("no DocumentRef leads anywhere from an advisory");
                }
                let bare = name
                    .strip_prefix("LicenseRef-")
                    .unwrap_or_else(|| name.strip_suffix('+').unwrap_or(name));
                if !is_name(bare) {
                    return Some("the name of a licence has letters, digits, hyphens and full stops only");
                }
                (is_due, may_except) = (false, true);
            }
            (_, false) => return Some("two names stand side by side: put AND, OR or WITH between them"),
        }
    }
    (is_due || open > 0).then_some("it ends where a name or a parenthesis is due")
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_licence_expression() {
        for right in [
            "CC-BY-4.0",
            "MIT OR (Apache-2.0 AND GPL-2.0+ WITH Classpath-exception-2.0)",
            "LicenseRef-scancode-public-domain",
        ] {
            assert_eq!(flaw(right), None, "{right}");
        }
        for wrong in [
            "",
            "MIT Apache-2.0",
            "MIT AND",
            "(MIT",
            "MIT)",
            "DocumentRef-x:LicenseRef-y",
            "M_T",
            "MIT WITH",
            "OR MIT",
            "()",
        ] {
            assert!(flaw(wrong).is_some(), "{wrong}");
        }
    }
}
