//! Attachments: files with their hashes, their content as artifacts, where else they are as URLs.

use super::{Building, Members, Parts, Remainder, number, object, text, words};
use crate::{
    Json,
    stix::is_media_type,
    syntax::binary::{base64, to_base64},
};

pub fn add(building: &mut Building<'_>, rest: &mut Remainder, parts: &mut Parts) {
    let categories = rest.texts("Category").unwrap_or_default();
    let is_malware = categories.iter().any(|category| category.starts_with("Malware."));
    for mut attachment in rest.parts("Attachment") {
        // What comes with its content is evidence more often than a sample: no indicator is made of it.
        let attacks = is_malware && attachment.get("Content").is_none();
        let artifact = artifact(building, &mut attachment, parts);
        file(building, &mut attachment, artifact.as_deref(), (parts, attacks));
        urls(building, &mut attachment, parts);
        parts.attachments.push(attachment);
    }
}

/// The content, with its media type.
fn artifact(building: &mut Building<'_>, rest: &mut Remainder, parts: &mut Parts) -> Option<String> {
    let payload = payload(rest)?;
    let media = rest.text("ContentType").filter(|media| is_media_type(media)).map(str::to_owned);
    let mut members: Members = Vec::new();
    if let Some(media) = &media {
        members.push(("mime_type", text(media.clone())));
    }
    members.push(("payload_bin", text(payload)));
    let id = building.observable("artifact", members)?;
    if media.is_some() {
        rest.take("ContentType");
    }
    rest.take("Content");
    rest.refer("artifact_ref", &id);
    parts.observables.push(id.clone());
    Some(id)
}

/// The content in Base64, where this is exact.
fn payload(rest: &Remainder) -> Option<String> {
    let content = rest.text("Content")?;
    match rest.get("ContentEncoding").map(Json::as_text) {
        None | Some(Some("json")) => Some(to_base64(content.as_bytes())),
        // What another would write otherwise stays as it is written.
        Some(Some("base64")) => {
            let bytes = base64(content)?;
            (to_base64(&bytes) == content).then(|| content.to_owned())
        }
        Some(_) => None,
    }
}

fn file(
    building: &mut Building<'_>,
    rest: &mut Remainder,
    artifact: Option<&str>,
    (parts, attacks): (&mut Parts, bool),
) {
    let hashes = rest.texts("Hash").and_then(|texts| words::hashes(&texts));
    let name = rest.text("FileName").map(str::to_owned);
    if hashes.is_none() && name.is_none() {
        return;
    }
    let mut members: Members = Vec::new();
    let mut comparison = None;
    if let Some(hashes) = &hashes {
        let values = hashes.iter().map(|(name, digits)| (*name, text(digits.clone()))).collect();
        members.push(("hashes", object(values)));
        comparison = hashes.first().map(|(name, digits)| format!("file:hashes.'{name}' = '{digits}'"));
    }
    let size = match rest.get("Size") {
        Some(Json::Number(digits)) => digits.parse::<i64>().ok().filter(|size| *size >= 0),
        _ => None,
    };
    members.extend(size.map(|size| ("size", number(size))));
    members.extend(name.as_ref().map(|name| ("name", text(name.clone()))));
    members.extend(artifact.map(|id| ("content_ref", text(id))));
    let Some(id) = building.observable("file", members) else { return };
    rest.refer("file_ref", &id);
    if size.is_some() {
        rest.take("Size");
    }
    if name.is_some() {
        rest.take("FileName");
    }
    // An object has no order: other tools may sort its members.
    let mut sorted = hashes.clone().unwrap_or_default();
    sorted.sort_unstable();
    let again: Option<Vec<String>> = sorted.iter().map(|(name, digits)| words::hash(name, digits)).collect();
    if hashes.is_some() && rest.texts("Hash") == again {
        rest.take("Hash");
    }
    parts.comparisons.extend(comparison.filter(|_| attacks));
    parts.observables.push(id);
}

fn urls(building: &mut Building<'_>, rest: &mut Remainder, parts: &mut Parts) {
    let Some(urls) = rest.texts("ExternalURI") else { return };
    if urls.iter().any(|url| crate::syntax::address::fault_of_uri(url).is_some()) {
        return;
    }
    let ids = urls.into_iter().map(|url| building.observable("url", vec![("value", text(url))]));
    let ids: Vec<String> = ids.flatten().collect();
    rest.take("ExternalURI");
    rest.refer_all("url_refs", &ids);
    parts.observables.extend(ids);
}
