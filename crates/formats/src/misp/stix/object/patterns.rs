//! The pattern of an object: what of it is meant for detection.

use super::{All, One, attributes, observable, role_of};
use crate::misp::{
    Attribute,
    stix::{
        pattern::{Tests, quoted},
        table::{self, Form, Path, Step},
        value,
    },
};

/// The pattern, if any part is meant for detection.
pub fn of<'e>(one: &One<'e>, form: &'static Form, all: &All<'e>) -> Option<String> {
    let mut tests = Tests::default();
    if let Some(account) = &form.account
        && one.roles.iter().any(|(_, attribute)| attributes::to_ids(*attribute))
    {
        tests.push(format!("{}:account_type = '{account}'", form.kind));
    }
    let mut count = 0;
    count += add(&mut tests, one, form, "");
    if one.object.name() == Some("file")
        && let Some((_, pe)) = all.executable_of(one.object)
    {
        count += executable(&mut tests, &one.beside(pe), all);
    }
    if one.object.name() == Some("pe") {
        count += sections(&mut tests, one, all);
    }
    (count > 0).then(|| tests.done())
}

fn executable<'e>(tests: &mut Tests, pe: &One<'e>, all: &All<'e>) -> usize {
    let Some(form) = table::observable("pe") else { return 0 };
    add(tests, pe, form, "extensions.'windows-pebinary-ext'.") + sections(tests, pe, all)
}

fn sections<'e>(tests: &mut Tests, pe: &One<'e>, all: &All<'e>) -> usize {
    let mut count = 0;
    for (nth, (_, section)) in all.inner(pe.object, "pe-section").enumerate() {
        for attribute in section.attributes().filter(|attribute| attributes::to_ids(*attribute)) {
            let (Some(hash), Some(text)) = (observable::hash_name(role_of(attribute)), attribute.value())
            else {
                continue;
            };
            if !value::is_hash(hash, text) {
                continue;
            }
            let name = if hash.contains('-') { format!("'{hash}'") } else { hash.to_owned() };
            tests.push(format!(
                "file:extensions.'windows-pebinary-ext'.sections[{nth}].hashes.{name} = {}",
                quoted(text)
            ));
            count += 1;
        }
    }
    count
}

/// Adds the tests of one object; gives how many.
fn add(tests: &mut Tests, one: &One<'_>, form: &'static Form, within: &str) -> usize {
    let mut count = 0;
    let within = if one.object.name() == Some("pe") { "extensions.'windows-pebinary-ext'." } else { within };
    let numbered = one.object.name() == Some("email");
    let mut seen: Vec<&str> = Vec::new();
    for (role, attribute) in &one.roles {
        let nth = seen.iter().filter(|known| **known == *role).count();
        seen.push(role);
        let Some(text) = attribute.value().filter(|text| !text.is_empty()) else { continue };
        if !attributes::to_ids(*attribute) {
            continue;
        }
        if *role == "malware-sample" {
            sample(tests, *attribute, text);
            count += 1;
            continue;
        }
        let added = match form.path(role) {
            Some(path) => tests.add(path, text, numbered.then_some(nth)),
            None => false,
        };
        if added && numbered && matches!(*role, "attachment" | "screenshot") {
            tests.push(format!("{}:body_multipart[{nth}].content_disposition = 'attachment'", form.kind));
        }
        // A value that STIX cannot hold where it belongs is not looked for elsewhere.
        if !added && !named(tests, form, role, text) {
            if form.path(role).is_some() {
                continue;
            }
            tests.push(format!("{}:{within}{} = {}", form.kind, value::custom(role), quoted(text)));
        }
        count += 1;
    }
    count
}

/// A name of a host stands where an address would.
fn named(tests: &mut Tests, form: &'static Form, role: &str, text: &str) -> bool {
    if role == "url" && form.kind == "file" {
        tests.push(format!("file:content_ref.url = {}", quoted(text)));
        return true;
    }
    if form.kind != "network-traffic" || role != "url" && !value::is_domain(text) {
        return false;
    }
    let end = match role {
        "domain" | "hostname" | "hostname-dst" | "host" => "dst_ref",
        "hostname-src" => "src_ref",
        "url" => {
            tests.push(format!(
                "network-traffic:extensions.'http-request-ext'.request_value = {}",
                quoted(text)
            ));
            return true;
        }
        _ => return false,
    };
    let path = Path {
        kind: form.kind.clone(),
        steps: vec![Step::Ref(end.to_owned()), Step::Name("value".to_owned())],
    };
    tests.add(&path, text, None)
}

fn sample(tests: &mut Tests, attribute: Attribute<'_>, text: &str) {
    if let Some(data) = attribute.data().and_then(attributes::payload) {
        tests.push(format!("file:content_ref.payload_bin = {}", quoted(&data)));
    }
    if let Some((name, md5)) = text.rsplit_once('|').filter(|(_, md5)| value::is_hash("MD5", md5)) {
        tests.push(format!("file:content_ref.x_misp_filename = {}", quoted(name)));
        tests.push(format!("file:content_ref.hashes.MD5 = {}", quoted(md5)));
    }
    for (name, word) in [
        ("mime_type", "application/zip"),
        ("encryption_algorithm", "mime-type-indicated"),
        ("decryption_key", "infected"),
    ] {
        tests.push(format!("file:content_ref.{name} = '{word}'"));
    }
}
