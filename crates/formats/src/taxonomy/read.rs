//! A file of machine tags read back.

use super::uuid_of;
use crate::{Json, Limits, Loss, Member, Reading, reading::documents, syntax::uuid::is_uuid};

/// A taxonomy as its file says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadScheme {
    /// The name before the colon.
    pub namespace: String,
    /// What people call it.
    pub title: Option<String>,
    /// What it is.
    pub description: Option<String>,
    /// The predicates with their values.
    pub predicates: Vec<ReadPredicate>,
}

/// A predicate with its values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadPredicate {
    /// The predicate itself.
    pub entry: ReadEntry,
    /// Its values.
    pub values: Vec<ReadEntry>,
}

/// A predicate or a value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadEntry {
    /// Where it stands: a JSON pointer.
    pub pointer: String,
    /// The short name.
    pub value: String,
    /// What people call it.
    pub expanded: Option<String>,
    /// What it means.
    pub description: Option<String>,
    /// Its UUID, unless it is the one that follows from its tag.
    pub uuid: Option<String>,
}

/// Reads a file of machine tags. Colours, numbers and what is nothing of a taxonomy are losses.
#[must_use]
pub fn read(bytes: &[u8], limits: &Limits) -> Reading<ReadScheme> {
    documents(bytes, limits, "a taxonomy", |document| {
        let mut losses = vec![];
        let scheme = Reader { losses: &mut losses }.scheme(&document);
        Reading { items: scheme.into_iter().collect(), losses }
    })
}

struct Reader<'a> {
    losses: &'a mut Vec<Loss>,
}

impl Reader<'_> {
    fn scheme(&mut self, document: &Json<'_>) -> Option<ReadScheme> {
        let namespace = text(document, "namespace");
        let predicates = document.get("predicates").and_then(Json::as_list);
        let (Some(namespace), Some(predicates)) = (namespace, predicates) else {
            let why = "a file of machine tags has a namespace and predicates";
            self.losses.push(Loss::at(&[], document.in_short(), why));
            return None;
        };
        let mut read: Vec<ReadPredicate> = vec![];
        for (predicate, at) in predicates.iter().zip(0_usize..) {
            let place = format!("/predicates/{at}");
            if let Some(entry) = self.entry(predicate, &place, |value| format!("{namespace}:{value}")) {
                read.push(ReadPredicate { entry, values: vec![] });
            }
        }
        let groups = document.get("values").and_then(Json::as_list).unwrap_or_default();
        for (group, at) in groups.iter().zip(0_usize..) {
            self.group(group, at, &namespace, &mut read);
        }
        let known = ["namespace", "expanded", "description", "version", "uuid", "predicates", "values"];
        self.others(document, "", &known);
        let (title, description) = (text(document, "expanded"), text(document, "description"));
        Some(ReadScheme { namespace, title, description, predicates: read })
    }

    fn group(&mut self, group: &Json<'_>, at: usize, namespace: &str, read: &mut [ReadPredicate]) {
        let name = text(group, "predicate").unwrap_or_default();
        let Some(predicate) = read.iter_mut().find(|predicate| predicate.entry.value == name) else {
            let at = at.to_string();
            let loss =
                Loss::at(&["values", &at, "predicate"], format!("{name:?}"), "no predicate of this name");
            self.losses.push(loss);
            return;
        };
        let entries = group.get("entry").and_then(Json::as_list).unwrap_or_default();
        for (entry, index) in entries.iter().zip(0_usize..) {
            let place = format!("/values/{at}/entry/{index}");
            let tag = |value: &str| format!("{namespace}:{name}=\"{value}\"");
            predicate.values.extend(self.entry(entry, &place, tag));
        }
    }

    fn entry(&mut self, entry: &Json<'_>, place: &str, tag: impl Fn(&str) -> String) -> Option<ReadEntry> {
        let Some(value) = text(entry, "value") else {
            let why = "an entry has a value".to_owned();
            self.losses.push(Loss { pointer: place.to_owned(), what: entry.in_short(), why });
            return None;
        };
        self.others(entry, place, &["value", "expanded", "description", "uuid"]);
        let follows = uuid_of(&tag(&value));
        let uuid = text(entry, "uuid").map(|uuid| uuid.to_ascii_lowercase());
        Some(ReadEntry {
            pointer: place.to_owned(),
            expanded: text(entry, "expanded"),
            description: text(entry, "description"),
            uuid: uuid.filter(|uuid| is_uuid(uuid) && *uuid != follows),
            value,
        })
    }

    /// Names what has no place in a term of ours.
    fn others(&mut self, value: &Json<'_>, place: &str, known: &[&str]) {
        let members: &[Member<'_>] = value.as_object().unwrap_or_default();
        for member in members.iter().filter(|member| !known.contains(&&*member.name)) {
            let mut pointer = place.to_owned();
            crate::pointer::push(&mut pointer, &member.name);
            let why = "an own term has no place for it".to_owned();
            self.losses.push(Loss { pointer, what: member.value.in_short(), why });
        }
    }
}

fn text(value: &Json<'_>, name: &str) -> Option<String> {
    value.get(name).and_then(Json::as_text).filter(|text| !text.is_empty()).map(str::to_owned)
}

impl ReadEntry {
    /// What it is called.
    #[must_use]
    pub fn called(&self) -> &str {
        self.expanded.as_deref().unwrap_or(&self.value)
    }
}
