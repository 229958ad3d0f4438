//! Attachments of our own alerts, and files of others.

use super::{
    Run,
    observables::Observables,
    own::GONE,
    store::{digits, text},
    words,
};
use crate::{
    Json,
    idmef::{Hash, MediaType, stix::carried::Carried},
    syntax::binary::base64,
};

pub fn all(
    observables: &mut Observables<'_, '_>,
    parts: &[Json<'static>],
    run: &mut Run<'_>,
) -> Vec<Json<'static>> {
    parts.iter().map(|part| one(observables, part, run)).collect()
}

fn one(observables: &mut Observables<'_, '_>, part: &Json<'static>, run: &mut Run<'_>) -> Json<'static> {
    let mut own = Carried::of(Some(part), run.limits);
    if let Some(id) = own.reference("artifact_ref") {
        match observables.claim(id, run) {
            Some(artifact) => content(&mut own, artifact),
            None => run.lose(observables.pointer.clone(), "Content", GONE),
        }
    }
    if let Some(id) = own.reference("file_ref") {
        match observables.claim(id, run) {
            Some(file) => {
                if !described(&mut own, file) {
                    run.lose(observables.pointer.clone(), "a hash", "an alert has no name for its function");
                }
            }
            None => run.lose(observables.pointer.clone(), "FileName and Hash", GONE),
        }
    }
    for id in own.references("url_refs") {
        match observables.claim(id, run).and_then(|url| text(url, "value")) {
            Some(url) => own.add("ExternalURI", url),
            None => run.lose(observables.pointer.clone(), "ExternalURI", GONE),
        }
    }
    own.into_json()
}

/// The content of an artifact, as JSON if it came so.
pub fn content(own: &mut Carried<'_>, artifact: &Json<'static>) {
    if let Some(media) = text(artifact, "mime_type").filter(|media| MediaType::parse(*media).is_ok()) {
        own.set("ContentType", Json::text(media.to_owned()));
    }
    let Some(payload) = text(artifact, "payload_bin") else { return };
    let is_text = own.text("ContentEncoding") != Some("base64");
    let decoded =
        if is_text { base64(payload).and_then(|bytes| String::from_utf8(bytes).ok()) } else { None };
    let content = decoded.unwrap_or_else(|| {
        own.set("ContentEncoding", Json::text("base64"));
        payload.to_owned()
    });
    own.set("Content", Json::text(content));
}

/// Name, size and hashes of a file; whether all of them could be said.
pub fn described(own: &mut Carried<'_>, file: &Json<'static>) -> bool {
    if let Some(name) = text(file, "name") {
        own.set("FileName", Json::text(name.to_owned()));
    }
    if let Some(size) = digits(file, "size").filter(|size| size.parse::<u64>().is_ok()) {
        own.set("Size", Json::Number(size.to_owned().into()));
    }
    let all = file.get("hashes").and_then(Json::as_object).unwrap_or_default();
    let mut said: Vec<(&str, &str)> =
        all.iter().filter_map(|hash| Some((hash.name.as_ref(), hash.value.as_text()?))).collect();
    said.sort_unstable();
    let sorted = |mut list: Vec<(String, String)>| {
        list.sort();
        list
    };
    let owned = |(name, digits): (&str, &str)| (name.to_owned(), digits.to_owned());
    let carried = words::hashes(&own.texts("Hash")).unwrap_or_default();
    let carried = carried.iter().map(|(name, digits)| owned((name, digits))).collect();
    if sorted(carried) != sorted(said.iter().copied().map(owned).collect()) {
        own.take("Hash");
        let count = said.len();
        let hashes = said.into_iter().filter_map(|(name, digits)| words::hash(name, digits));
        let hashes: Vec<String> = hashes.filter(|hash| Hash::parse(hash.as_str()).is_ok()).collect();
        hashes.iter().for_each(|hash| own.add("Hash", hash));
        return hashes.len() == count;
    }
    true
}
