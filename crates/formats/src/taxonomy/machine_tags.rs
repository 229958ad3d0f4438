//! The file of a taxonomy as MISP reads it (`machinetag.json`).

use super::{Predicate, Scheme, Term, plain, uuid_of};
use crate::{Json, Member};

/// The scheme as a file of machine tags. It speaks one language: English, else the first that a term has; what a
/// term is called elsewhere has no place in it. A retired term says so at the beginning of its description.
#[must_use]
pub fn machine_tags(scheme: &Scheme) -> Json<'static> {
    let title = plain(&scheme.title).unwrap_or(&scheme.namespace);
    let described = plain(&scheme.description).filter(|text| !text.is_empty()).unwrap_or(title);
    let values: Vec<Json<'static>> = scheme
        .predicates
        .iter()
        .filter(|predicate| !predicate.values.is_empty())
        .map(|predicate| {
            let entries = predicate.values.iter().map(term).collect();
            object(vec![
                ("predicate", Json::text(predicate.term.value.clone())),
                ("entry", Json::List(entries)),
            ])
        })
        .collect();
    let mut members = vec![
        ("namespace", Json::text(scheme.namespace.clone())),
        ("expanded", Json::text(title.to_owned())),
        ("description", Json::text(described.to_owned())),
        ("version", Json::Number(scheme.version.to_string().into())),
        ("uuid", Json::text(scheme.uuid.clone())),
        ("predicates", Json::List(scheme.predicates.iter().map(|one| predicate(scheme, one)).collect())),
    ];
    if !values.is_empty() {
        members.push(("values", Json::List(values)));
    }
    object(members)
}

fn predicate(scheme: &Scheme, predicate: &Predicate) -> Json<'static> {
    if predicate.own {
        return term(&predicate.term);
    }
    // Of another scheme: here it is only the middle of a tag, which has a UUID of its own.
    let uuid = uuid_of(&scheme.tag(&predicate.term.value, None));
    term(&Term { uuid, ..predicate.term.clone() })
}

fn term(term: &Term) -> Json<'static> {
    let label = plain(&term.label).unwrap_or(&term.value);
    let mut members =
        vec![("value", Json::text(term.value.clone())), ("expanded", Json::text(label.to_owned()))];
    let help = plain(&term.help).filter(|help| !help.is_empty());
    let notes = term.retired.is_some().then_some(&term.notes).into_iter().flatten().map(String::as_str);
    let description: Vec<&str> = notes.chain(help).collect();
    if !description.is_empty() {
        members.push(("description", Json::text(description.join(" "))));
    }
    members.push(("uuid", Json::text(term.uuid.clone())));
    object(members)
}

fn object(members: Vec<(&'static str, Json<'static>)>) -> Json<'static> {
    Json::Object(members.into_iter().map(|(name, value)| Member { name: name.into(), value }).collect())
}
