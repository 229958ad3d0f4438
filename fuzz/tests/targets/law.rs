//! Laws that were edited by hand: reading them never panics, and what is read can be worked with.

use std::collections::BTreeMap;

use bolero::check;
use fuzz::{Dice, Tally, quick, text};
use regime::Library;

use crate::record::{case_of_the_hospital, work_with};

#[test]
fn library_of_spoilt_files() {
    let files = testkit::files();
    let texts: BTreeMap<&str, &str> =
        files.iter().map(|(path, bytes)| (path.as_str(), std::str::from_utf8(bytes).unwrap())).collect();
    // The list of countries and sectors alone would take most of the chances.
    let paths: Vec<&str> = texts.keys().copied().collect();
    let laws: Vec<&str> = paths.iter().copied().filter(|path| path.starts_with("regimes/")).collect();
    let sources: Vec<&str> = texts.values().copied().collect();
    let tally = Tally::new("law::library_of_spoilt_files");
    check!().for_each(|bytes: &[u8]| {
        let mut dice = Dice::new(bytes);
        let mut spoilt = files.clone();
        for _ in 0..=dice.below(3) {
            let pool = if dice.one_in(2) { &laws } else { &paths };
            let path = dice.pick(pool).copied().unwrap_or_default();
            spoilt.insert(path.to_owned(), text::spoilt(texts[path], &sources, &mut dice));
        }
        if dice.one_in(8) {
            let path = dice.pick(&paths).copied().unwrap_or_default();
            spoilt.remove(path);
        }
        let mut taken = false;
        assert!(quick(|| taken = read_and_use(&spoilt)), "reading these files takes longer than a second");
        tally.count(taken);
    });
}

/// Whether the files are a library; if so, every duty of a case is worked out with it.
fn read_and_use(files: &BTreeMap<String, Vec<u8>>) -> bool {
    match Library::read(files) {
        Ok(library) => {
            work_with(&library, &case_of_the_hospital());
            let _schema = regime::schema(&library);
            true
        }
        Err(problems) => {
            assert!(!problems.is_empty(), "files that are refused are refused for a reason");
            assert!(problems.iter().all(|problem| !problem.file.is_empty()), "{problems:?}");
            false
        }
    }
}
