//! The two forms of a record, and the places of values in it.

use std::collections::BTreeMap;

use super::table::Table;
use crate::{Json, Loss, Member, pointer};

/// Known values by field. `record.…`, `entity.…` and `case.country` are what is no field of the vocabulary.
pub type Values = BTreeMap<String, Json<'static>>;

/// The members that lead to a value.
pub type Path = Vec<String>;

/// In which form a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As the platform keeps it: answers with who gave them.
    Record,
    /// As the command line takes it: facts, events, the entity.
    Case,
}

impl Form {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Record => "record",
            Self::Case => "case",
        }
    }

    /// The form of a record.
    pub fn of(record: &Json<'_>) -> Self {
        let has_answers = record.get("answers").is_some_and(|answers| answers.as_object().is_some());
        if has_answers { Self::Record } else { Self::Case }
    }

    /// Where a value stands that is not there yet; none where the form has no place for it.
    pub fn place(self, field: &str) -> Option<Path> {
        let path = |parts: &[&str]| Some(parts.iter().map(|part| (*part).to_owned()).collect());
        match (self, field) {
            (Self::Record, "record.tlp") => path(&["marks", "report", "tlp"]),
            (Self::Record, "record.pap") => path(&["marks", "report", "pap"]),
            (Self::Case, "case.country") => path(&["country"]),
            (form, field) => match (form, field.split_once('.')) {
                (Self::Record, Some(("record", name))) => path(&[name]),
                (Self::Case, Some(("entity", name))) => path(&["entity", name]),
                (Self::Record, None) => path(&["answers", field, "value"]),
                (Self::Case, None) => path(&["facts", field]),
                (_, Some(_)) => None,
            },
        }
    }
}

/// The field whose value stands on a path, whether or not it is there. A record may have `entity` and
/// `country` too, for those who send it: only then do others learn who reports.
pub fn field_at(form: Form, path: &[String]) -> Option<String> {
    let parts: Vec<&str> = path.iter().map(String::as_str).collect();
    match (form, parts.as_slice()) {
        (Form::Record, ["answers", field, "value"]) => Some((*field).to_owned()),
        (Form::Record, ["marks", "report", name @ ("tlp" | "pap")]) => Some(format!("record.{name}")),
        (Form::Record, [name @ ("id" | "created_at" | "updated_at")]) => Some(format!("record.{name}")),
        (Form::Case, ["facts", field]) => Some((*field).to_owned()),
        (Form::Case, ["events", event]) => Some(Table::own().field_of_event(event).to_owned()),
        (_, ["entity", name]) => Some(format!("entity.{}", name.trim_start_matches("entity."))),
        (_, ["country"]) => Some("case.country".to_owned()),
        (Form::Record | Form::Case, _) => None,
    }
}

/// The values of a record with their fields and paths, in the order in which they stand.
pub fn slots(form: Form, record: &Json<'_>) -> Vec<(String, Path)> {
    let mut found = Vec::new();
    let mut paths = Vec::new();
    for member in record.as_object().unwrap_or_default() {
        paths.push(vec![member.name.to_string()]);
        for inner in member.value.as_object().unwrap_or_default() {
            paths.push(vec![member.name.to_string(), inner.name.to_string()]);
            for value in inner.value.as_object().unwrap_or_default() {
                paths.push(vec![member.name.to_string(), inner.name.to_string(), value.name.to_string()]);
            }
        }
    }
    for path in paths {
        found.extend(field_at(form, &path).map(|field| (field, path)));
    }
    found
}

/// The values of a record; of an event that is given twice the one that the command line takes.
pub fn values(record: &Json<'_>, slots: &[(String, Path)]) -> Values {
    let value = |path: &Path| get(record, path).cloned().map(Json::into_owned);
    slots.iter().filter_map(|(field, path)| Some((field.clone(), value(path)?))).collect()
}

pub fn get<'j, 'a>(value: &'j Json<'a>, path: &[String]) -> Option<&'j Json<'a>> {
    path.iter().try_fold(value, |value, name| value.get(name))
}

/// Puts a value in its place; objects on the way are made.
pub fn put<S: AsRef<str>>(target: &mut Json<'static>, path: &[S], value: Json<'static>) {
    let Some((name, rest)) = path.split_first() else {
        *target = value;
        return;
    };
    if target.as_object().is_none() {
        *target = Json::Object(Vec::new());
    }
    let Json::Object(members) = target else { return };
    if !members.iter().any(|member| member.name == name.as_ref()) {
        members.push(Member { name: name.as_ref().to_owned().into(), value: Json::Null });
    }
    if let Some(member) = members.iter_mut().find(|member| member.name == name.as_ref()) {
        put(&mut member.value, rest, value);
    }
}

/// Takes a value out.
pub fn take(target: &mut Json<'static>, path: &[String]) -> Option<Json<'static>> {
    let (name, rest) = path.split_first()?;
    let Json::Object(members) = target else { return None };
    let at = members.iter().position(|member| member.name == *name)?;
    if rest.is_empty() { Some(members.remove(at).value) } else { take(&mut members.get_mut(at)?.value, rest) }
}

/// The record with each name once; of doubled ones the last counts, as for most parsers.
pub fn once(value: &Json<'_>, at: &str, losses: &mut Vec<Loss>) -> Json<'static> {
    match value {
        Json::Object(members) => {
            let mut kept: Vec<Member<'static>> = Vec::new();
            let mut places: BTreeMap<&str, usize> = BTreeMap::new();
            for member in members {
                let mut inner = at.to_owned();
                pointer::push(&mut inner, &member.name);
                let value = once(&member.value, &inner, losses);
                if let Some(earlier) = places.get(&*member.name).and_then(|place| kept.get_mut(*place)) {
                    losses.push(Loss {
                        pointer: inner,
                        what: earlier.value.in_short(),
                        why: "the name stands twice, the last counts".to_owned(),
                    });
                    earlier.value = value;
                } else {
                    places.insert(&member.name, kept.len());
                    kept.push(Member { name: member.name.to_string().into(), value });
                }
            }
            Json::Object(kept)
        }
        Json::List(items) => Json::List(items.iter().map(|item| once(item, at, losses)).collect()),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) => value.clone().into_owned(),
    }
}
