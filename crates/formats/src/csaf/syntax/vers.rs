//! Version ranges (vers), as far as CSAF asks for them.

/// Whether this is a range of versions: `vers:type/constraints` with at least one constraint (6.2.18).
pub fn is_vers(text: &str) -> bool {
    let parts = text.strip_prefix("vers:").and_then(|rest| rest.split_once('/'));
    parts.is_some_and(|(kind, constraints)| {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-".contains(&byte);
        let first = kind.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase());
        first && kind.bytes().all(plain) && !constraints.is_empty()
    })
}

/// Whether it names one version only (CSAF 2.1, 6.1.59).
pub fn is_single(text: &str) -> bool {
    let parts = text.strip_prefix("vers:").and_then(|rest| rest.split_once('/'));
    parts.is_some_and(|(_, constraints)| {
        !constraints.contains('|') && constraints != "*" && !constraints.starts_with(['<', '>', '!'])
    })
}

/// What is wrong with it by the specification of vers (CSAF 2.1, 6.1.50), in words.
pub fn flaw(text: &str) -> Option<&'static str> {
    let (kind, constraints) = text.strip_prefix("vers:").and_then(|rest| rest.split_once('/'))?;
    if constraints == "*" {
        return (kind != "all").then_some("the star stands alone, and only behind vers:all/");
    }
    if constraints.contains(char::is_whitespace) {
        return Some("no spaces stand in a range");
    }
    let mut seen = std::collections::HashSet::new();
    for constraint in constraints.split('|') {
        let version = constraint.trim_start_matches(['<', '>', '!', '=']);
        let comparator = constraint.strip_suffix(version).unwrap_or_default();
        if version.is_empty() || version == "*" {
            return Some("every constraint names a version");
        }
        if !matches!(comparator, "" | "<" | "<=" | ">" | ">=" | "!=") {
            return Some("a constraint begins with <, <=, >, >=, != or directly with its version");
        }
        if !seen.insert(version) {
            return Some("a version stands there once");
        }
    }
    None
}

/// Whether the name of one version holds words or signs of a range (6.1.31).
pub fn smells_of_range(name: &str) -> bool {
    let folded = name.to_lowercase();
    let words = ["after", "all", "before", "earlier", "later", "prior", "versions"];
    let is_word = |part: &str| words.contains(&part);
    name.contains(['<', '>']) || folded.split(|one: char| !one.is_alphanumeric()).any(is_word)
}
