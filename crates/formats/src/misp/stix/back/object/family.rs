//! Objects that are written into another: executables, their sections, the values of a key.

use std::borrow::Cow;

use super::{Made, customs, kind};
use crate::{
    Json,
    misp::{
        stix::{
            back::{Reader, text},
            ids, table, value,
        },
        words,
    },
};

/// Property, role and type of what a section says.
pub const SECTION: [(&str, &str, &str); 3] =
    [("name", "name", "text"), ("size", "size-in-bytes", "size-in-bytes"), ("entropy", "entropy", "float")];

/// Property and role of what a value of a key says.
pub const KEY_VALUE: [(&str, &str); 3] = [("name", "name"), ("data", "data"), ("data_type", "data-type")];

impl<'b> Reader<'b, '_> {
    /// Executables, their sections, and the values of a key beyond the first.
    pub fn family(&self, made: &mut Made<'b>, root: &'b Json<'b>) -> Vec<Made<'b>> {
        let mut family = Vec::new();
        let extension = root.get("extensions").and_then(|extensions| extensions.get("windows-pebinary-ext"));
        match (made.name.as_ref(), extension) {
            ("file", Some(extension)) => {
                let mut pe = Made::new("pe", "file", ids::of_text(&format!("{} pe", made.uuid)));
                self.executable(&mut pe, root);
                family.push(pe);
                sections(&mut family, &made.uuid, extension);
            }
            ("pe", Some(extension)) => {
                customs(&mut made.found, extension);
                sections(&mut family, &made.uuid, extension);
            }
            ("registry-key", _) => {
                let values = root.get("values").and_then(Json::as_list).unwrap_or_default();
                let is_referred = values.len() > 1;
                if is_referred {
                    made.found.retain(|one| !matches!(one.role.as_ref(), "name" | "data" | "data-type"));
                    for (nth, value) in values.iter().enumerate() {
                        family.push(key_value(&made.uuid, nth, value));
                    }
                }
            }
            _ => {}
        }
        family
    }

    fn executable(&self, pe: &mut Made<'b>, root: &'b Json<'b>) {
        let Some(form) = table::observable("pe") else { return };
        for (role, path) in &form.own {
            for (found, _) in self.at_owned(root, &path.steps, None) {
                if let Some(text) = value::to_text(path.last(), found) {
                    pe.put(role.as_str(), kind::kind_of(role, path, &text), text);
                }
            }
        }
        if let Some(extension) =
            root.get("extensions").and_then(|extensions| extensions.get("windows-pebinary-ext"))
        {
            if let Some(time) = text(extension, "time_date_stamp") {
                pe.put("compilation-timestamp", "datetime", Cow::Borrowed(time));
            }
            customs(&mut pe.found, extension);
        }
    }
}

fn sections<'b>(family: &mut Vec<Made<'b>>, uuid: &str, extension: &'b Json<'b>) {
    let items = extension.get("sections").and_then(Json::as_list).unwrap_or_default();
    for (nth, item) in items.iter().enumerate() {
        let mut section = Made::new("pe-section", "file", ids::of_text(&format!("{uuid} pe-section {nth}")));
        for (property, role, kind) in SECTION {
            if let Some(text) = item.get(property).and_then(|value| value::to_text(property, value)) {
                section.put(role, kind, text);
            }
        }
        for hash in item.get("hashes").and_then(Json::as_object).unwrap_or_default() {
            let role = hash_role(&hash.name);
            let kind = words::known(&role).unwrap_or("text");
            if let Some(text) = hash.value.as_text() {
                section.put(role, kind, Cow::Borrowed(text));
            }
        }
        customs(&mut section.found, item);
        family.push(section);
    }
}

/// The role of a hash.
pub fn hash_role(name: &str) -> String {
    name.replace('-', "").to_lowercase()
}

fn key_value<'b>(uuid: &str, nth: usize, value: &'b Json<'b>) -> Made<'b> {
    let mut made = Made::new("registry-key-value", "file", ids::of_text(&format!("{uuid} value {nth}")));
    for (property, role) in KEY_VALUE {
        if let Some(found) = text(value, property) {
            made.put(role, "text", Cow::Borrowed(found));
        }
    }
    made
}
