//! Every public method of the store is called by a test here, and so on both databases.

use std::{fs, path::Path};

/// The texts of a folder of this crate, by file name.
fn texts(folder: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read_to_string(entry.path()).unwrap()))
        .collect()
}

#[test]
fn every_method_is_tested() {
    let tests: String = texts("tests/it").into_iter().map(|(_, text)| text).collect();
    // What differs between the databases and what makes the tables is not public.
    let inner = ["dialect.rs", "migration.rs"];
    let source: String = texts("src")
        .into_iter()
        .filter(|(name, _)| !inner.contains(&name.as_str()))
        .map(|(_, text)| text)
        .collect();
    let methods: Vec<&str> = source
        .lines()
        .filter_map(|line| line.trim().strip_prefix("pub async fn "))
        .filter_map(|rest| rest.split(['(', '<']).next())
        .collect();
    assert!(methods.len() > 70, "{}", methods.len());
    let called = |name: &str| tests.contains(&format!(".{name}(")) || tests.contains(&format!("::{name}("));
    let missing: Vec<_> = methods.into_iter().filter(|name| !called(name)).collect();
    assert!(missing.is_empty(), "no test calls {missing:?}");
}
