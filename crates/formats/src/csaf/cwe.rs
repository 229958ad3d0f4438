//! The names of weaknesses (CWE, MITRE).

use std::{collections::HashMap, sync::LazyLock};

static NAMES: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let lines = include_str!("../../data/cwe-names.tsv").lines().filter(|line| !line.starts_with('#'));
    let rows = lines.filter_map(|line| line.split_once('\t'));
    rows.map(|(number, names)| (number, names.split('\t').collect())).collect()
});

/// The names that a weakness had in the versions of the list, the latest last; `id` is as `CWE-79`.
pub fn names(id: &str) -> Option<&'static [&'static str]> {
    NAMES.get(id.strip_prefix("CWE-")?).map(Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weaknesses_are_known_by_all_their_names() {
        assert!(names("CWE-79").unwrap().iter().any(|name| name.contains("Cross-site Scripting")));
        assert_eq!(names("CWE-22").unwrap().last().unwrap().split(' ').next(), Some("Improper"));
        assert!(names("CWE-1").is_none_or(|names| !names.is_empty()) && names("CWE-9999999").is_none());
        assert!(NAMES.len() > 900, "{}", NAMES.len());
    }
}
