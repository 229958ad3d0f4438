//! Objects from concepts, and from objects of our own.

use std::borrow::Cow;

use super::{
    super::attribute::{common, member},
    Made, customs, kind,
};
use crate::{
    Json, Member,
    misp::{
        check,
        stix::{
            back::text,
            ids,
            table::{Form, Path},
            value,
        },
        words,
    },
};

/// Reads a concept into an object.
pub fn concept<'b>(made: &mut Made<'b>, form: &'static Form, object: &'b Json<'b>) {
    let mut used: Vec<&Path> = Vec::new();
    for (role, path) in &form.own {
        let Some(found) = object.get(path.last()).filter(|_| !used.contains(&path)) else { continue };
        let items = match found {
            Json::List(items) => items.as_slice(),
            other => std::slice::from_ref(other),
        };
        used.push(path);
        for item in items {
            if let Some(text) = value::to_text(path.last(), item) {
                made.put(role.as_str(), kind::kind_of(role, path, &text), text);
            }
        }
    }
    if made.name == "vulnerability"
        && let Some(name) = text(object, "name")
    {
        made.put("id", "vulnerability", Cow::Borrowed(name));
    }
    if form.kind == "identity"
        && form.path("name").is_none()
        && let Some(name) = text(object, "name")
    {
        made.put("name", "text", Cow::Borrowed(name));
    }
    if !form.contact.is_empty()
        && let Some(words) = text(object, "contact_information")
    {
        for part in words.split(" / ") {
            let Some((role, values)) = part.split_once(": ") else { continue };
            for one in values.split("; ") {
                let kind = words::known(role).unwrap_or("text");
                made.put(role, kind, Cow::Borrowed(one));
            }
        }
    }
    if made.name == "geolocation"
        && let Some(Json::Number(metres)) = object.get("precision")
    {
        let kilometres = metres.parse::<f64>().unwrap_or_default() / 1000.0;
        made.put("accuracy-radius", "float", Cow::Owned(format!("{kilometres:?}")));
    }
    references(made, object);
    customs(&mut made.found, object);
}

fn references<'b>(made: &mut Made<'b>, object: &'b Json<'b>) {
    let role = match made.name.as_ref() {
        "sigma" | "yara" => "reference",
        "suricata" => "ref",
        _ => "references",
    };
    for reference in object.get("external_references").and_then(Json::as_list).unwrap_or_default() {
        if let Some(url) = text(reference, "url") {
            made.put(role, "link", Cow::Borrowed(url));
        } else if let (Some(id), "attack-pattern") = (text(reference, "external_id"), made.name.as_ref()) {
            made.put("id", "text", Cow::Borrowed(id.strip_prefix("CAPEC-").unwrap_or(id)));
        }
    }
}

pub fn script<'b>(made: &mut Made<'b>, object: &'b Json<'b>) {
    for (property, role, kind) in [("name", "filename", "filename"), ("description", "comment", "text")] {
        if let Some(found) = text(object, property) {
            made.put(role, kind, Cow::Borrowed(found));
        }
    }
    for language in object.get("implementation_languages").and_then(Json::as_list).unwrap_or_default() {
        if let Some(language) = language.as_text() {
            made.put("language", "text", Cow::Borrowed(language));
        }
    }
    customs(&mut made.found, object);
}

/// What an object of our own says.
pub fn custom<'b>(object: &'b Json<'b>) -> Json<'b> {
    let id = text(object, "id").unwrap_or_default();
    let uuid = ids::uuid_of(id);
    let mut members = vec![
        member("uuid", Json::text(if check::is_uuid(uuid) { uuid.to_owned() } else { ids::of_text(id) })),
        member("name", Json::text(text(object, "x_misp_name").unwrap_or("unknown"))),
        member("meta-category", Json::text(text(object, "x_misp_meta_category").unwrap_or("misc"))),
    ];
    members.extend(text(object, "x_misp_comment").map(|comment| member("comment", Json::text(comment))));
    common(&mut members, object);
    members.retain(|member| member.name != "Tag");
    let items = object.get("x_misp_attributes").and_then(Json::as_list).unwrap_or_default();
    let attributes: Vec<Json<'b>> = items.iter().map(in_custom).collect();
    members.push(member("Attribute", Json::List(attributes)));
    Json::Object(members)
}

fn in_custom<'b>(item: &'b Json<'b>) -> Json<'b> {
    let mut members: Vec<Member<'b>> = item.as_object().unwrap_or_default().to_vec();
    if item.get("to_ids").is_none() {
        members.push(member("to_ids", Json::Bool(false)));
    }
    members.push(member("distribution", Json::text("5")));
    Json::Object(members)
}
