//! The parts of an alert: analyzer, vectors, attachments, and the identifiers that draft 07 began to demand.

use std::borrow::Cow;

use super::Object;
use crate::{
    Json, Limits, Loss, Member,
    idmef::{keywords, syntax},
};

/// Draft 07 moved `Analyzer.Type` to the alert; extensions became lists.
pub fn analyzer(alert: &mut Object, losses: &mut Vec<Loss>) {
    let Some(value) = alert.get_mut("Analyzer") else { return };
    if let Json::List(items) = value
        && items.len() == 1
        && let Some(one) = items.pop()
    {
        *value = one;
    }
    let Json::Object(_) = value else { return };
    let mut object = Object::from(std::mem::replace(value, Json::Null));
    for name in ["Category", "Data", "Method", "ext-Category", "ext-Data", "ext-Method"] {
        object.as_list(name);
    }
    object.as_list("Type");
    let is_list_of_texts = |value: &Json<'_>| {
        value.as_list().is_some_and(|items| items.iter().all(|item| item.as_text().is_some()))
    };
    let types = if object.get("Type").is_some_and(is_list_of_texts) { object.take("Type") } else { None };
    if let Some(value) = alert.get_mut("Analyzer") {
        *value = Json::Object(object.0);
    }
    alert.as_list("Type");
    if let Some(Json::List(types)) = types {
        if alert.get("Type").is_some() {
            losses.push(Loss::at(
                &["Analyzer", "Type"],
                "the kind of analyzer",
                "draft 08 has it at the alert alone: added to Type",
            ));
        }
        alert.extend("Type", types.iter().filter_map(Json::as_text).map(str::to_owned));
    }
}

/// Draft 07 removed the class Vector: what moved in the event is a source of it today.
pub fn vectors(alert: &mut Object, losses: &mut Vec<Loss>) {
    let is_list_of_objects = |value: &Json<'_>| {
        value.as_list().is_some_and(|items| items.iter().all(|item| item.as_object().is_some()))
    };
    let sources_can_take = alert.get("Source").is_none_or(is_list_of_objects);
    if !sources_can_take || !alert.get("Vector").is_some_and(is_list_of_objects) {
        return;
    }
    let Some(Json::List(vectors)) = alert.take("Vector") else { return };
    let mut sources = match alert.take("Source") {
        Some(Json::List(sources)) => sources,
        Some(_) | None => Vec::new(),
    };
    for (index, vector) in vectors.into_iter().enumerate() {
        let why = format!("draft 08 has no Vector: it is Source {}", sources.len());
        losses.push(Loss::at(&["Vector", &index.to_string()], "a vector", why));
        sources.push(as_source(vector, index, losses));
    }
    if !sources.is_empty() {
        alert.put("Source", Json::List(sources));
    }
}

fn as_source(vector: Json<'static>, index: usize, losses: &mut Vec<Loss>) -> Json<'static> {
    let mut object = Object::from(vector);
    object.as_list("Category");
    let Some(Json::List(items)) = object.get_mut("Category") else { return Json::Object(object.0) };
    let mut kept = Vec::new();
    let mut without = Vec::new();
    for item in items.drain(..) {
        let word = item.as_text().unwrap_or_default();
        match keywords::moved("Vector", "Category", word) {
            Some(now) if kept.iter().any(|other: &Json<'_>| other.as_text() == Some(now)) => {}
            Some(now) => kept.push(Json::text(now)),
            None => without.push(item),
        }
    }
    for item in &without {
        losses.push(Loss::at(
            &["Vector", &index.to_string(), "Category"],
            item.in_short(),
            "draft 08 has no such source; kept in the attachment Legacy",
        ));
    }
    object.take("Category");
    if !kept.is_empty() {
        object.put("Category", Json::List(kept));
    }
    if !without.is_empty() {
        object.put("VectorCategory", Json::List(without));
    }
    // The name of a vector and the name of a source are not the same; both are for people.
    if object.get("Note").is_none()
        && let Some(name @ Json::Text(_)) = object.take("Name")
    {
        object.put("Note", name);
    }
    Json::Object(object.0)
}

/// Concerto's light schema has an object of attachments by their names; JSON content may stand as an object.
pub fn attachments(alert: &mut Object, losses: &mut Vec<Loss>) {
    if let Some(value) = alert.get_mut("Attachment")
        && let Json::Object(members) = value
        && !members.is_empty()
        && members.iter().all(|member| member.value.as_object().is_some())
    {
        let named = std::mem::take(members).into_iter().map(|Member { name, value }| {
            let mut object = Object::from(value);
            if object.get("Name").is_none() {
                object.0.insert(0, Member { name: Cow::Borrowed("Name"), value: Json::Text(name) });
            }
            Json::Object(object.0)
        });
        *value = Json::List(named.collect());
        losses.push(Loss::at(
            &["Attachment"],
            "attachments by name",
            "draft 08 has a list: the names stand in Name",
        ));
    }
    let Some(Json::List(items)) = alert.get_mut("Attachment") else { return };
    for (index, item) in items.iter_mut().enumerate() {
        let Json::Object(members) = item else { continue };
        let encoded = members.iter().any(|member| member.name == "ContentEncoding");
        let Some(content) = members.iter_mut().find(|member| member.name == "Content") else { continue };
        if !encoded && content.value.as_object().is_some() {
            content.value = Json::text(content.value.to_string());
            losses.push(Loss::at(
                &["Attachment", &index.to_string(), "Content"],
                "an object",
                "draft 08 has a text: the object is serialised",
            ));
        }
    }
}

/// The older drafts put plain text where draft 08 has JSON, and Base64 with line breaks.
pub fn plain_contents(alert: &mut Object, losses: &mut Vec<Loss>) {
    let Some(Json::List(items)) = alert.get_mut("Attachment") else { return };
    for (index, item) in items.iter_mut().enumerate() {
        let encoding = item
            .get("ContentEncoding")
            .map(|encoding| encoding.as_text().unwrap_or_default().to_ascii_lowercase());
        let Json::Object(members) = item else { continue };
        let Some(content) = members.iter_mut().find(|member| member.name == "Content") else { continue };
        let Json::Text(text) = &content.value else { continue };
        let (bare, why) = match encoding.as_deref() {
            None if crate::parse(text.as_bytes(), &Limits::default()).is_err() => {
                (syntax::to_base64(text.as_bytes()), "draft 08 has JSON or Base64: it is in Base64")
            }
            Some("base64") if text.contains(char::is_whitespace) => {
                (text.split_whitespace().collect(), "Base64 has no line breaks: they are left away")
            }
            Some(_) | None => continue,
        };
        losses.push(Loss::at(&["Attachment", &index.to_string(), "Content"], content.value.in_short(), why));
        content.value = Json::text(bare);
        if encoding.is_none() {
            members.push(Member { name: Cow::Borrowed("ContentEncoding"), value: Json::text("base64") });
        }
    }
}

/// Sources and targets must have an identifier since draft 07. It is derived from that of the alert, so that
/// reading twice gives the same.
pub fn identifiers(alert: &mut Object, older: bool, losses: &mut Vec<Loss>) {
    let Some(own) = alert.get("ID").and_then(Json::as_text).map(str::to_owned) else { return };
    for class in ["Source", "Target"] {
        let Some(Json::List(items)) = alert.get_mut(class) else { continue };
        for (index, item) in items.iter_mut().enumerate() {
            let Json::Object(members) = item else { continue };
            let is_uuid = |id: &Json<'_>| id.as_text().is_some_and(|id| syntax::uuid(id).is_none());
            match members.iter_mut().rfind(|member| member.name == "ID") {
                Some(id) if older && !is_uuid(&id.value) => id.name = Cow::Borrowed("FormerID"),
                Some(_) => continue,
                None => {}
            }
            let id = syntax::derived_uuid(&format!("{}/{class}/{index}", own.to_ascii_lowercase()));
            members.insert(0, Member { name: Cow::Borrowed("ID"), value: Json::text(id) });
            losses.push(Loss::at(
                &[class, &index.to_string(), "ID"],
                "the identifier",
                "none that is a UUID: one is derived from that of the alert",
            ));
        }
    }
}
