//! Payloads that a pattern looks for: samples, attachments, artifacts.

use std::borrow::Cow;

use super::{Found, Made};
use crate::misp::{check, stix::back::pattern::Tests};

const CONTENT: &str = "file:content_ref.";

/// What the tests say of one payload, property by property.
type Content<'t> = Vec<(&'t str, &'t str)>;

/// Reads payloads into an object; gives how many tests say them.
pub fn of_tests(made: &mut Made<'_>, tests: &Tests) -> usize {
    if made.name == "artifact" {
        let payload = tests.value("artifact:payload_bin").filter(|data| check::is_base64(data));
        let found = usize::from(payload.is_some());
        let uuid = made.uuid.clone();
        made.found.extend(payload.map(|data| attached("payload_bin", "attachment", uuid, Some(data))));
        return found;
    }
    each(tests).iter().map(|content| put(made, content, tests)).sum()
}

/// Payloads stand one after another: each property once.
fn each(tests: &Tests) -> Vec<Content<'_>> {
    let mut found: Vec<Content<'_>> = Vec::new();
    for (path, text) in &tests.all {
        let Some(property) = path.strip_prefix(CONTENT) else { continue };
        match found.last_mut().filter(|last| last.iter().all(|(known, _)| *known != property)) {
            Some(last) => last.push((property, text)),
            None => found.push(vec![(property, text)]),
        }
    }
    found
}

fn put(made: &mut Made<'_>, content: &Content<'_>, tests: &Tests) -> usize {
    let value = |property: &str| content.iter().find(|(known, _)| *known == property).map(|(_, text)| *text);
    let data = value("payload_bin").filter(|data| check::is_base64(data)).map(str::to_owned);
    let is_image = made.name == "image";
    let name = value("x_misp_filename");
    if let (Some(name), Some(md5), false) = (name, value("hashes.MD5"), is_image) {
        const SAID: [&str; 5] =
            ["x_misp_filename", "hashes.MD5", "mime_type", "encryption_algorithm", "decryption_key"];
        let said = content.iter().filter(|(property, _)| SAID.contains(property)).count();
        let found = said + usize::from(data.is_some());
        made.found.push(attached("malware-sample", "malware-sample", format!("{name}|{md5}"), data));
        return found;
    }
    let found = usize::from(name.is_some()) + usize::from(data.is_some());
    if found > 0 {
        let name = name.map(str::to_owned).or_else(|| tests.value("file:name"));
        let name = name.unwrap_or_else(|| made.uuid.clone());
        made.found.push(attached("attachment", "attachment", name, data));
    }
    found
}

fn attached<'b>(role: &'static str, kind: &'static str, value: String, data: Option<String>) -> Found<'b> {
    Found { role: role.into(), kind, value: Cow::Owned(value), data: data.map(Cow::Owned), uuid: None }
}
