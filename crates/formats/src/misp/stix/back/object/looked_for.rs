//! Objects from the tests of patterns.

use std::borrow::Cow;

use super::{Made, contents, inner, kind};
use crate::misp::{
    stix::{
        back::pattern::{Tests, time_of},
        table::{Form, Path},
        value,
    },
    words,
};

/// Reads tests into an object; gives how many found a place, and the objects that are written into it.
pub fn of_tests<'b>(made: &mut Made<'b>, form: &'static Form, tests: &Tests) -> (usize, Vec<Made<'b>>) {
    let inner = inner::of_tests(&made.name, &made.uuid, tests);
    let read = itself(made, form, inner.rest.as_ref().unwrap_or(tests));
    (read + inner.read, inner.family)
}

/// Reads the tests on the object itself.
fn itself<'b>(made: &mut Made<'b>, form: &'static Form, tests: &Tests) -> usize {
    let mut used: Vec<&Path> = Vec::new();
    let mut read = 0;
    for (role, path) in &form.own {
        if used.contains(&path) && !kind::is_by_value(path) || kind::is_write_only(form, role) {
            continue;
        }
        for text in tests.at(path) {
            if kind::is_by_value(path) && !kind::role_takes(role, &text) {
                continue;
            }
            used.push(path);
            read += 1;
            let kind = kind::kind_of(role, path, &text);
            let text = match path.last() {
                "number" if !text.starts_with("AS") => format!("AS{text}"),
                "data" => inner::without_escapes(&text),
                last if value::kind(last) == value::Kind::Time => time_of(&text),
                _ => text,
            };
            let is_url = *role == "uri" && text.contains("://");
            made.put(
                if is_url { "url" } else { role.as_str() },
                if is_url { "url" } else { kind },
                Cow::Owned(text),
            );
        }
    }
    for (path, text) in &tests.all {
        read += usize::from(aside(made, path, text));
    }
    read + contents::of_tests(made, tests)
}

/// Tests on properties of our own, on names of hosts and protocols, and those that only say what is said.
fn aside<'b>(made: &mut Made<'b>, path: &str, tested: &str) -> bool {
    if let Some((_, name)) = path.rsplit_once("x_misp_").filter(|_| !path.contains("content_ref")) {
        if name.ends_with(".data") {
            return true;
        }
        let is_file = name.ends_with(".value");
        let role = name.trim_end_matches(".value").replace('_', "-");
        let kind = words::known(&role).unwrap_or(if is_file { "attachment" } else { "text" });
        made.put(role, kind, Cow::Owned(tested.to_owned()));
        return true;
    }
    let name = made.name.to_string();
    match (name.as_str(), path) {
        ("ip-port", "network-traffic:dst_ref.value") if value::kind_of_address(tested) == "domain-name" => {
            made.put("domain", "domain", Cow::Owned(tested.to_owned()));
        }
        ("domain-ip", "ipv4-addr:value" | "ipv6-addr:value") => {
            made.put("ip", "ip-dst", Cow::Owned(tested.to_owned()))
        }
        ("image", "file:content_ref.url") => made.put("url", "url", Cow::Owned(tested.to_owned())),
        ("email", "email-message:body_multipart.body") => {
            made.put("email-body", "email-body", Cow::Owned(tested.to_owned()));
        }
        ("pe", path) if path.ends_with("time_date_stamp") => {
            made.put("compilation-timestamp", "datetime", Cow::Owned(time_of(tested)));
        }
        ("process", "process:name") => made.put("name", "text", Cow::Owned(tested.to_owned())),
        ("network-socket", path) if path.ends_with("is_listening") => {
            made.put("state", "text", Cow::Borrowed("listening"))
        }
        ("email", path) if path.ends_with("display_name") => {
            let (role, kind) = match path.split_once(':').map(|(_, rest)| rest) {
                Some("from_ref.display_name") => ("from-display-name", "email-src-display-name"),
                Some("cc_refs.display_name") => ("cc-display-name", "email-dst-display-name"),
                Some("bcc_refs.display_name") => ("bcc-display-name", "email-dst-display-name"),
                Some(_) | None => ("to-display-name", "email-dst-display-name"),
            };
            made.put(role, kind, Cow::Owned(tested.to_owned()));
        }
        ("network-connection" | "network-socket" | "netflow" | "ip-port", "network-traffic:protocols") => {
            let upper = tested.to_uppercase();
            let role = match (name.as_str(), tested) {
                ("network-connection", "ip" | "ipv4" | "ipv6" | "icmp") => "layer3-protocol",
                ("network-connection", "tcp" | "udp") => "layer4-protocol",
                ("network-connection", _) => "layer7-protocol",
                _ => "protocol",
            };
            made.put(role, "text", Cow::Owned(upper));
        }
        (_, path) => {
            return path.ends_with("_ref.type")
                || path.ends_with("content_disposition")
                || path.ends_with(":account_type");
        }
    }
    true
}
