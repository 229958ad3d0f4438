//! The table of places, `data/incident-stix.toml`.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

use crate::{Json, stix::extension::INCIDENT_CORE};

/// Where the fields of a record stand.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    #[serde(rename = "format")]
    _format: String,
    #[serde(rename = "source")]
    _source: String,
    pub objects: Vec<Thing>,
    pub rows: Vec<Row>,
}

/// An object beside the incident.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Thing {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: String,
    /// Objects of others are never taken for it.
    #[serde(default)]
    pub own: bool,
    /// What is written and tells the objects of others.
    #[serde(default)]
    pub known_by: BTreeMap<String, toml::Value>,
    /// What is written besides, where no field says it.
    #[serde(default)]
    pub fixed: BTreeMap<String, toml::Value>,
}

/// The place of a field.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    pub field: String,
    /// The group whose marking holds for it.
    pub group: Option<String>,
    place: String,
    #[serde(rename = "as", default)]
    pub shape: Shape,
    /// The prefix of labels, the source of a reference, the abstract of a note.
    #[serde(default)]
    pub name: String,
    /// Whether a value is a list of choices.
    #[serde(default)]
    pub many: bool,
    /// Whether STIX demands the property, so that it cannot be withheld alone.
    #[serde(default)]
    pub mandatory: bool,
    /// The event that the field holds, as clocks name it.
    pub event: Option<String>,
    /// Words of ours with those of STIX.
    #[serde(default)]
    pub words: Vec<(String, String)>,
}

/// How a value is written in its place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// In the extension only.
    #[default]
    Extension,
    /// As it is.
    Text,
    /// An instant.
    Time,
    /// An instant to the millisecond.
    Stamp,
    /// A word, or a number, for one of ours.
    Word,
    /// The same, in a list.
    Listed,
    /// A whole number; of a range its upper end.
    Count,
    /// Whole seconds in words.
    Seconds,
    /// An amount with its currency.
    Money,
    /// Labels with a prefix.
    Labels,
    /// An external reference.
    Reference,
    /// The object is there.
    Presence,
    /// Locations that the incident is related to.
    Countries,
    /// The location of who reports.
    Country,
    /// A level of TLP or PAP.
    Marking,
    /// A note.
    Note,
    /// For people to read.
    Shown,
    /// For people to read, in a note.
    ShownNote,
}

impl Row {
    /// The object, and the members that lead to the place in it.
    pub fn place(&self) -> (&str, Vec<&str>) {
        let mut parts = self.place.split('/');
        let object = parts.next().unwrap_or_default();
        (object, parts.map(|part| if part == "incident-core" { INCIDENT_CORE } else { part }).collect())
    }

    /// The word of STIX for one of ours.
    pub fn theirs(&self, ours: &str) -> Option<&str> {
        self.words.iter().find(|(own, _)| own == ours).map(|(_, word)| word.as_str())
    }

    /// Our word for one of STIX; of several the first.
    pub fn ours(&self, theirs: &str) -> Option<&str> {
        self.words.iter().find(|(_, word)| word == theirs).map(|(own, _)| own.as_str())
    }
}

impl Table {
    /// Ours; a test holds that it can be read.
    pub fn own() -> &'static Self {
        static TABLE: LazyLock<Table> = LazyLock::new(|| {
            toml::from_str(include_str!("../../data/incident-stix.toml")).unwrap_or_default()
        });
        &TABLE
    }

    pub fn row(&self, field: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.field == field)
    }

    /// The field that holds an event.
    pub fn field_of_event<'t>(&'t self, event: &'t str) -> &'t str {
        let row = self.rows.iter().find(|row| row.event.as_deref() == Some(event));
        row.map_or(event, |row| &row.field)
    }
}

/// A constant of the table as JSON: texts, whole numbers, lists of texts.
pub fn constant(value: &toml::Value) -> Json<'static> {
    match value {
        toml::Value::Array(items) => Json::List(items.iter().map(constant).collect()),
        toml::Value::Integer(number) => Json::Number(number.to_string().into()),
        toml::Value::String(text) => Json::text(text.clone()),
        toml::Value::Float(_)
        | toml::Value::Boolean(_)
        | toml::Value::Datetime(_)
        | toml::Value::Table(_) => Json::Null,
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use super::*;
    use crate::stix::has_place;

    /// The fields of a vocabulary with their groups.
    fn fields(path: &Path) -> Vec<(String, String)> {
        let text = fs::read_to_string(path).unwrap();
        let vocabulary: toml::Table = toml::from_str(&text).unwrap();
        let text = |field: &toml::Value, name: &str| field[name].as_str().unwrap().to_owned();
        let fields = vocabulary["fields"].as_array().unwrap().iter();
        fields.map(|field| (text(field, "id"), text(field, "group"))).collect()
    }

    #[test]
    fn every_field_has_its_row_and_its_group() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let vocabulary = fields(&root.join("vocabularies/incident-fields.toml"));
        assert!(vocabulary.len() > 70);
        for (field, group) in &vocabulary {
            let row = Table::own().row(field).unwrap_or_else(|| panic!("{field} has no row"));
            assert_eq!(row.group.as_ref(), Some(group), "{field}");
        }
        let mut known: BTreeSet<String> = vocabulary.into_iter().map(|(field, _)| field).collect();
        for law in fs::read_dir(root.join("regimes")).unwrap() {
            let path = law.unwrap().path().join("fields.toml");
            known.extend(path.exists().then(|| fields(&path)).into_iter().flatten().map(|(field, _)| field));
        }
        let rows = Table::own().rows.iter().map(|row| row.field.as_str());
        let stray: Vec<&str> = rows.filter(|row| !row.contains('.') && !known.contains(*row)).collect();
        assert_eq!(stray, [""; 0], "rows of no field");
    }

    #[test]
    fn every_place_is_one_of_stix() {
        let table = Table::own();
        for row in table.rows.iter().filter(|row| row.shape != Shape::Extension) {
            let (object, path) = row.place();
            let thing = table.objects.iter().find(|thing| thing.id == object);
            let kind = match (thing, object) {
                (Some(thing), _) => thing.kind.as_str(),
                (None, "incident") => "incident",
                (None, "note" | "locations" | "reporter-location") => continue,
                (None, other) => panic!("{}: no object is called {other}", row.field),
            };
            assert!(has_place(kind, &path), "{}: {kind} has no {path:?}", row.field);
        }
        for thing in &table.objects {
            for path in thing.known_by.keys().chain(thing.fixed.keys()) {
                let path: Vec<&str> = path.split('/').collect();
                assert!(has_place(&thing.kind, &path), "{}: {path:?}", thing.id);
            }
        }
    }
}
