//! What every head has: labels, confidence, external references.

use super::{Members, Remainder, object, text, texts, words};
use crate::{
    Json,
    idmef::{
        Category, IncidentType,
        stix::{ALERTS, ALT_NAME, ID, REFERENCE},
    },
    syntax::{address::fault_of_uri, uuid::is_uuid},
};

pub fn common(rest: &mut Remainder) -> Members {
    let mut members: Members = Vec::new();
    let mut labels = Vec::new();
    keywords(rest, "Type", |word| IncidentType::parse(word).is_some(), &mut labels);
    keywords(rest, "Category", |word| Category::parse(word).is_some(), &mut labels);
    if !labels.is_empty() {
        members.push(("labels", texts(labels)));
    }
    members.extend(confidence(rest).map(|value| ("confidence", value)));
    let references = references(rest);
    if !references.is_empty() {
        members.push(("external_references", Json::List(references)));
    }
    members
}

/// Keywords that everybody reads are labels.
fn keywords(rest: &mut Remainder, name: &str, known: impl Fn(&str) -> bool, labels: &mut Vec<String>) {
    let words = rest.texts(name).filter(|words| words.iter().all(|word| known(word)));
    if let Some(words) = words {
        rest.take(name);
        labels.extend(words);
    }
}

fn confidence(rest: &mut Remainder) -> Option<Json<'static>> {
    let Some(Json::Number(digits)) = rest.get("Confidence") else { return None };
    let percentage = words::percentage(digits)?;
    if words::share(&percentage).is_some_and(|share| share == *digits) {
        rest.take("Confidence");
    }
    Some(Json::Number(percentage.into()))
}

fn references(rest: &mut Remainder) -> Vec<Json<'static>> {
    let external =
        |source: &str, id: String| object(vec![("source_name", text(source)), ("external_id", text(id))]);
    let mut found = Vec::new();
    if let Some(id) = rest.text("ID").filter(|id| is_uuid(id)).map(str::to_owned) {
        rest.take("ID");
        found.push(external(ID, id));
    }
    let plain = |names: &Vec<String>| {
        !names.iter().any(|name| name.starts_with("CVE-") || name.starts_with("CAPEC-"))
    };
    if let Some(names) = rest.texts("AltNames").filter(plain) {
        rest.take("AltNames");
        found.extend(names.into_iter().map(|name| external(ALT_NAME, name)));
    }
    if let Some(urls) = rest.texts("Ref").filter(|urls| urls.iter().all(|url| fault_of_uri(url).is_none())) {
        rest.take("Ref");
        let url = |url| object(vec![("source_name", text(REFERENCE)), ("url", text(url))]);
        found.extend(urls.into_iter().map(url));
    }
    for (name, source) in ALERTS {
        if let Some(ids) = rest.texts(name).filter(|ids| ids.iter().all(|id| is_uuid(id))) {
            rest.take(name);
            found.extend(ids.into_iter().map(|id| external(source, id)));
        }
    }
    found
}
