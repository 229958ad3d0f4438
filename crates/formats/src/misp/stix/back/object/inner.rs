//! What a pattern looks for within a file or a key: the executable, its sections, the values.

use std::borrow::Cow;

use super::{Made, family, looked_for};
use crate::misp::{
    stix::{back::pattern::Tests, ids, table},
    words,
};

const EXECUTABLE: &str = "file:extensions.windows-pebinary-ext.";
const SECTIONS: &str = "file:extensions.windows-pebinary-ext.sections.";
const VALUES: &str = "windows-registry-key:values.";

/// Objects that are written into another.
#[derive(Default)]
pub struct Inner<'b> {
    pub family: Vec<Made<'b>>,
    /// How many tests they hold.
    pub read: usize,
    /// The tests on the other object itself, where they are not all tests.
    pub rest: Option<Tests>,
}

/// Parts the tests on the inner objects of an object of this name and identifier from the others.
pub fn of_tests<'b>(name: &str, uuid: &str, tests: &Tests) -> Inner<'b> {
    let (inner, rest) = match name {
        "file" => tests.parted(EXECUTABLE),
        "pe" => tests.parted(SECTIONS),
        "registry-key" => tests.parted(VALUES),
        _ => return Inner::default(),
    };
    let mut found = Inner { rest: Some(rest), ..Inner::default() };
    match name {
        "file" => {
            let (inner_sections, own) = inner.parted(SECTIONS);
            found.executable(uuid, &own);
            found.sections(uuid, &inner_sections);
        }
        "pe" => found.sections(uuid, &inner),
        // A single value stands in the key itself.
        _ if inner.by_place().len() < 2 => return Inner::default(),
        _ => found.values(uuid, &inner),
    }
    found
}

impl<'b> Inner<'b> {
    fn executable(&mut self, uuid: &str, tests: &Tests) {
        let Some(form) = table::observable("pe").filter(|_| !tests.all.is_empty()) else { return };
        let mut pe = Made::new("pe", "file", ids::of_text(&format!("{uuid} pe")));
        let (read, _) = looked_for::of_tests(&mut pe, form, tests);
        self.add(pe, read);
    }

    fn sections(&mut self, uuid: &str, tests: &Tests) {
        for (nth, tests) in tests.by_place().into_values().enumerate() {
            let uuid = ids::of_text(&format!("{uuid} pe-section {nth}"));
            let mut section = Made::new("pe-section", "file", uuid);
            let read = tests.iter().filter(|(path, text)| {
                let Some((role, kind)) = path.strip_prefix(SECTIONS).and_then(section_role) else {
                    return false;
                };
                section.put(role, kind, Cow::Owned((*text).to_owned()));
                true
            });
            let read = read.count();
            self.add(section, read);
        }
    }

    fn values(&mut self, uuid: &str, tests: &Tests) {
        for (nth, tests) in tests.by_place().into_values().enumerate() {
            let mut value =
                Made::new("registry-key-value", "file", ids::of_text(&format!("{uuid} value {nth}")));
            let read = tests.iter().filter(|(path, text)| {
                let known = path
                    .strip_prefix(VALUES)
                    .and_then(|property| family::KEY_VALUE.iter().find(|(known, _)| *known == property));
                let Some((_, role)) = known else { return false };
                value.put(*role, "text", Cow::Owned(without_escapes(text)));
                true
            });
            let read = read.count();
            self.add(value, read);
        }
    }

    fn add(&mut self, made: Made<'b>, read: usize) {
        self.read += read;
        if !made.is_empty() {
            self.family.push(made);
        }
    }
}

/// The role and the type of a property of a section.
fn section_role(property: &str) -> Option<(String, &'static str)> {
    if let Some(hash) = property.strip_prefix("hashes.") {
        let role = family::hash_role(hash);
        let kind = words::known(&role).unwrap_or("text");
        return Some((role, kind));
    }
    if let Some(own) = property.strip_prefix("x_misp_") {
        let role = own.replace('_', "-");
        let kind = words::known(&role).unwrap_or("text");
        return Some((role, kind));
    }
    let (_, role, kind) = family::SECTION.iter().find(|(known, ..)| *known == property)?;
    Some(((*role).to_owned(), kind))
}

/// Data of keys: the other converter escapes what needs none.
pub fn without_escapes(text: &str) -> String {
    text.replace("\\%", "%")
}
