//! Each part of an event has an identifier of its own, as servers want it.

use std::collections::HashSet;

use crate::{Json, Member, misp::stix::ids};

/// Gives what stands twice another identifier, which follows from the first. Attributes and objects keep theirs
/// before attributes within objects do: references lead to them.
pub fn identifiers(event: &mut Json<'_>) {
    let mut known = HashSet::new();
    let Json::Object(members) = event else { return };
    for name in ["Attribute", "Object"] {
        each(members, name, |part| rename(part, &mut known));
    }
    each(members, "Object", |part| each(part, "Attribute", |inner| rename(inner, &mut known)));
}

fn each<'b>(members: &mut [Member<'b>], name: &str, mut act: impl FnMut(&mut Vec<Member<'b>>)) {
    let found = members.iter_mut().find(|member| member.name == name).map(|member| &mut member.value);
    let Some(Json::List(items)) = found else { return };
    for item in items {
        if let Json::Object(inner) = item {
            act(inner);
        }
    }
}

fn rename(part: &mut [Member<'_>], known: &mut HashSet<String>) {
    let Some(member) = part.iter_mut().find(|member| member.name == "uuid") else { return };
    let mut uuid = member.value.as_text().unwrap_or_default().to_owned();
    if known.insert(uuid.clone()) {
        return;
    }
    while !known.insert(uuid.clone()) {
        uuid = ids::of_text(&format!("another {uuid}"));
    }
    member.value = Json::text(uuid);
}
