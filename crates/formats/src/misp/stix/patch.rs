//! What STIX cannot say of a part, as the difference between the part and what can be read from its STIX
//! objects. Only differences are kept, each with the value that it stands beside: whoever edits the STIX object
//! changes that value, and the difference no longer applies. So edited STIX wins, member by member.

use std::borrow::Cow;

use crate::{Json, Member};

/// Members of a difference between two objects.
const SET: &str = "set";
const SWAP: &str = "swap";
const DROP: &str = "drop";
const WITHIN: &str = "within";
/// Members of a difference between two lists.
const LIST: &str = "list";
/// A part that is no object stands as a whole.
pub const WHOLE: &str = "whole";
const GONE: &str = "gone";

/// From what was read (`plain`) to what is (`real`); nothing when they are the same.
pub fn difference<'e>(name: &str, plain: &Json<'_>, real: &Json<'e>) -> Option<Json<'e>> {
    match (plain, real) {
        (Json::Object(before), Json::Object(after)) => of_objects(before, after),
        (Json::List(before), Json::List(after)) => of_lists(name, before, after),
        _ => None,
    }
}

fn of_objects<'e>(before: &[Member<'_>], after: &[Member<'e>]) -> Option<Json<'e>> {
    let (mut set, mut swap, mut drop, mut within) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for member in after {
        let name = member.name.clone();
        let Some(plain) = find(before, &member.name) else {
            set.push(member.clone());
            continue;
        };
        if *plain == member.value {
            continue;
        }
        match inner(&member.name, plain, &member.value) {
            Inner::Same => {}
            Inner::Within(value) => within.push(Member { name, value }),
            Inner::Other => {
                let value = Json::List(vec![plain.clone().into_owned(), member.value.clone()]);
                swap.push(Member { name, value });
            }
        }
    }
    let dropped = before.iter().filter(|member| find(after, &member.name).is_none());
    drop.extend(dropped.map(|member| member.clone().into_owned()));
    let parts = [(SET, set), (SWAP, swap), (DROP, drop), (WITHIN, within)];
    let members: Vec<Member<'e>> = parts
        .into_iter()
        .filter(|(_, members)| !members.is_empty())
        .map(|(name, members)| Member { name: name.into(), value: Json::Object(members) })
        .collect();
    if members.is_empty() { None } else { Some(Json::Object(members)) }
}

enum Inner<'e> {
    Same,
    Within(Json<'e>),
    Other,
}

fn inner<'e>(name: &str, plain: &Json<'_>, real: &Json<'e>) -> Inner<'e> {
    match (plain, real) {
        (Json::Object(_), Json::Object(_)) | (Json::List(_), Json::List(_)) => {
            match difference(name, plain, real) {
                Some(value) => Inner::Within(value),
                None => Inner::Same,
            }
        }
        _ => Inner::Other,
    }
}

fn find<'m, 'e>(members: &'m [Member<'e>], name: &str) -> Option<&'m Json<'e>> {
    members.iter().rev().find(|member| member.name == name).map(|member| &member.value)
}

/// Items of lists are told apart by what identifies them: tags by name, roles by role, others by UUID.
fn of_lists<'e>(name: &str, before: &[Json<'_>], after: &[Json<'e>]) -> Option<Json<'e>> {
    if before == after {
        return None;
    }
    let known = keys(name, before);
    let mut items = Vec::with_capacity(after.len());
    for (key, real) in keys(name, after).into_iter().zip(after) {
        let plain = key.as_ref().and_then(|key| known.iter().position(|known| known.as_ref() == Some(key)));
        let entry = match (key, plain.and_then(|at| before.get(at))) {
            (Some(key), Some(plain)) if plain.kind() == real.kind() => match difference(name, plain, real) {
                Some(change) => Json::object([("key", Json::text(key.into_owned())), ("change", change)]),
                // The order of members means nothing.
                None => Json::text(key.into_owned()),
            },
            (Some(_) | None, _) => Json::object([("whole", real.clone())]),
        };
        items.push(entry);
    }
    let kept = keys(name, after);
    let gone = known.into_iter().filter(|key| !kept.contains(key)).flatten();
    let gone: Vec<Json<'e>> = gone.map(|key| Json::text(key.into_owned())).collect();
    let mut members = vec![Member { name: LIST.into(), value: Json::List(items) }];
    if !gone.is_empty() {
        members.push(Member { name: GONE.into(), value: Json::List(gone) });
    }
    Some(Json::Object(members))
}

fn keys<'k>(name: &str, items: &'k [Json<'_>]) -> Vec<Option<Cow<'k, str>>> {
    let member = match name {
        "Tag" => "name",
        "Attribute" => "object_relation",
        "Galaxy" => "type",
        _ => "uuid",
    };
    let mut found: Vec<Option<Cow<'k, str>>> = Vec::with_capacity(items.len());
    for item in items {
        let own = item.get(member).and_then(Json::as_text).or_else(|| item.as_text());
        let key = own.map(|own| {
            let is_before = |known: &&Cow<'_, str>| {
                known.strip_prefix(own).is_some_and(|rest| rest.is_empty() || rest.starts_with('#'))
            };
            match found.iter().flatten().filter(is_before).count() {
                0 => Cow::Borrowed(own),
                before => Cow::Owned(format!("{own}#{before}")),
            }
        });
        found.push(key);
    }
    found
}

/// Applies a difference to what was read.
pub fn apply<'b>(name: &str, plain: Json<'b>, change: &Json<'b>) -> Json<'b> {
    if let Some(whole) = change.get(WHOLE) {
        return whole.clone();
    }
    match plain {
        Json::Object(members) => Json::Object(to_object(members, change)),
        Json::List(items) => Json::List(to_list(name, items, change)),
        other => other,
    }
}

fn to_object<'b>(mut members: Vec<Member<'b>>, change: &Json<'b>) -> Vec<Member<'b>> {
    for dropped in part(change, DROP) {
        members.retain(|member| member.name != dropped.name || member.value != dropped.value);
    }
    for swapped in part(change, SWAP) {
        let Some([was, is]) = swapped.value.as_list() else { continue };
        if let Some(member) =
            members.iter_mut().find(|member| member.name == swapped.name && member.value == *was)
        {
            member.value = is.clone();
        }
    }
    for inner in part(change, WITHIN) {
        if let Some(member) = members.iter_mut().find(|member| member.name == inner.name) {
            let value = std::mem::replace(&mut member.value, Json::Null);
            member.value = apply(&inner.name, value, &inner.value);
        }
    }
    for set in part(change, SET) {
        if !members.iter().any(|member| member.name == set.name) {
            members.push(set.clone());
        }
    }
    members
}

fn part<'p, 'b>(change: &'p Json<'b>, name: &str) -> &'p [Member<'b>] {
    change.get(name).and_then(Json::as_object).unwrap_or_default()
}

/// What the list does not name is new in STIX, and stays; what it names and STIX no longer has, is gone.
fn to_list<'b>(name: &str, items: Vec<Json<'b>>, change: &Json<'b>) -> Vec<Json<'b>> {
    let Some(entries) = change.get(LIST).and_then(Json::as_list) else { return items };
    let known: Vec<Option<String>> =
        keys(name, &items).into_iter().map(|key| key.map(Cow::into_owned)).collect();
    let mut left: Vec<Option<Json<'b>>> = items.into_iter().map(Some).collect();
    let mut found = Vec::with_capacity(entries.len());
    let mut take = |key: &str| {
        let at = known.iter().position(|known| known.as_deref() == Some(key))?;
        left.get_mut(at).and_then(Option::take)
    };
    for entry in entries {
        if let Some(key) = entry.as_text() {
            found.extend(take(key));
        } else if let Some(whole) = entry.get("whole") {
            found.push(whole.clone());
        } else if let (Some(key), Some(change)) =
            (entry.get("key").and_then(Json::as_text), entry.get("change"))
        {
            found.extend(take(key).map(|item| apply(name, item, change)));
        }
    }
    let gone = change.get(GONE).and_then(Json::as_list).unwrap_or_default();
    for (key, item) in known.iter().zip(left) {
        let is_gone = key.as_deref().is_some_and(|key| gone.iter().any(|gone| gone.as_text() == Some(key)));
        found.extend(item.filter(|_| !is_gone));
    }
    found
}
