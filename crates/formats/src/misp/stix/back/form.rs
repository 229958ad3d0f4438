//! What observables and tests of others are closest to.

use super::pattern::Tests;
use crate::{Json, misp::words};

/// The type of attribute of an observable that says one thing.
pub fn single(kind: &str) -> Option<(&'static str, &'static str)> {
    Some(match kind {
        "autonomous-system" => ("AS", "number"),
        "domain-name" => ("domain", "value"),
        "email-addr" => ("email", "value"),
        "ipv4-addr" | "ipv6-addr" => ("ip-dst", "value"),
        "mac-addr" => ("mac-address", "value"),
        "mutex" => ("mutex", "name"),
        "url" => ("url", "value"),
        _ => return None,
    })
}

pub fn says_one_thing(sco: &Json<'_>, property: &str) -> bool {
    let plain = ["type", "spec_version", "id", "defanged", "object_marking_refs", "display_name", property];
    sco.as_object()
        .unwrap_or_default()
        .iter()
        .all(|member| plain.contains(&member.name.as_ref()) || member.name.ends_with("_ref"))
}

/// Whether the one value of an observable is all that it says.
pub fn says_nothing_more(sco: &Json<'_>) -> bool {
    const PLAIN: [&str; 10] = [
        "type",
        "spec_version",
        "id",
        "value",
        "display_name",
        "path",
        "name",
        "pid",
        "number",
        "object_marking_refs",
    ];
    let values = ["value", "path", "name", "pid", "number"];
    let members = sco.as_object().unwrap_or_default();
    members.iter().all(|member| PLAIN.contains(&member.name.as_ref()))
        && sco.get("type").and_then(Json::as_text) != Some("domain-name")
        && members.iter().filter(|member| values.contains(&member.name.as_ref())).count() == 1
}

/// The object that an observable is.
pub fn form_of(sco: &Json<'_>, kind: &str) -> Option<(&'static str, &'static str)> {
    let has =
        |extension: &str| sco.get("extensions").is_some_and(|extensions| extensions.get(extension).is_some());
    Some(match kind {
        "artifact" => ("artifact", "file"),
        "autonomous-system" => ("asn", "network"),
        "directory" => ("directory", "file"),
        "domain-name" => ("domain-ip", "network"),
        "email-message" => ("email", "network"),
        "file" => ("file", "file"),
        "mutex" => ("mutex", "misc"),
        "network-traffic" if has("socket-ext") => ("network-socket", "network"),
        "network-traffic" if has("http-request-ext") => ("http-request", "network"),
        "network-traffic" => ("network-traffic", "network"),
        "process" => ("process", "misc"),
        "software" => ("software", "misc"),
        "url" => ("url", "network"),
        "user-account" => ("user-account", "misc"),
        "windows-registry-key" => ("registry-key", "file"),
        "x509-certificate" => ("x509", "network"),
        _ => return None,
    })
}

pub fn form_of_tests(kind: &str, tests: &Tests) -> Option<(&'static str, &'static str)> {
    let has = |part: &str| tests.all.iter().any(|(path, _)| path.contains(part));
    let of_one = |kind: &str| {
        tests
            .all
            .iter()
            .all(|(path, _)| path.starts_with(kind) && path.as_bytes().get(kind.len()) == Some(&b':'))
    };
    let addresses =
        |path: &str| ["domain-name:", "ipv4-addr:", "ipv6-addr:"].iter().any(|kind| path.starts_with(kind));
    if tests.all.iter().all(|(path, _)| addresses(path)) {
        return Some(("domain-ip", "network"));
    }
    if !of_one(kind) {
        return None;
    }
    Some(match kind {
        "network-traffic" if has("socket-ext") => ("network-socket", "network"),
        "network-traffic" if has("http-request-ext") => ("http-request", "network"),
        "email-addr" => ("email", "network"),
        other => return form_of(&Json::Null, other),
    })
}

/// The type of attribute that a single test looks for.
pub fn attribute_of(path: &str) -> Option<&'static str> {
    let (kind, property) = path.split_once(':')?;
    Some(match (kind, property) {
        ("autonomous-system", "number") => "AS",
        ("domain-name", "value") => "domain",
        ("email-addr", "value") => "email-dst",
        ("email-addr", "display_name") => "email-dst-display-name",
        ("email-message", "subject") => "email-subject",
        ("email-message", "from_ref.value") => "email-src",
        ("file", "name") => "filename",
        ("file", "size") => "size-in-bytes",
        ("ipv4-addr" | "ipv6-addr", "value") => "ip-dst",
        ("mac-addr", "value") => "mac-address",
        ("mutex", "name") => "mutex",
        ("network-traffic", "dst_ref.value") => "ip-dst",
        ("network-traffic", "src_ref.value") => "ip-src",
        ("network-traffic", "dst_port" | "src_port") => "port",
        ("url", "value") => "url",
        ("windows-registry-key", "key") => "regkey",
        ("file" | "x509-certificate", _) => {
            let hash = property.strip_prefix("hashes.")?.replace('-', "").to_lowercase();
            let name = if kind == "file" { hash } else { format!("x509-fingerprint-{hash}") };
            return words::known(&name);
        }
        _ => return None,
    })
}
