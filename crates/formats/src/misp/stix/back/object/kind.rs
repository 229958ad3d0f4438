//! Which role takes a value, and what type of attribute it has.

use crate::misp::{
    check,
    stix::{
        table::{Form, Path},
        value,
    },
    words,
};

/// Paths whose role is told by the value that stands there.
pub fn is_by_value(path: &Path) -> bool {
    path.kind == "network-traffic" && path.last() == "value"
}

/// The first property of what a reference leads to: an attribute of its own stands for it.
pub fn first_of(path: &Path) -> &str {
    match path.last() {
        "display_name" => "value",
        other => other,
    }
}

pub fn role_takes(role: &str, text: &str) -> bool {
    let is_name = value::kind_of_address(text) == "domain-name";
    is_name == matches!(role, "host" | "hostname-src" | "hostname-dst" | "domain" | "hostname")
}

/// The type of the attribute of a role, as most templates have it.
pub fn kind_of(role: &str, path: &Path, text: &str) -> &'static str {
    let found = match (path.last(), role) {
        ("value", "from" | "e-mail") => "email-src",
        ("value", "to" | "cc" | "bcc") => "email-dst",
        ("value", "ip-src") => "ip-src",
        ("value", "ip" | "ip-dst") => "ip-dst",
        ("value", "host" | "hostname-src" | "hostname-dst") => "hostname",
        ("number", _) => "AS",
        ("src_port" | "dst_port", _) => "port",
        ("size", _) => "size-in-bytes",
        ("name", "filename" | "image" | "parent-image" | "FileName") => "filename",
        ("name", "attachment") => "email-attachment",
        ("pattern", _) => return words::known(role).unwrap_or("text"),
        ("key", _) => "regkey",
        ("mime_type", _) => "mime-type",
        ("cpe", _) => "cpe",
        ("request_method", _) => "http-method",
        ("request_value", _) => "uri",
        ("subject", "subject") if path.kind == "email-message" => "email-subject",
        ("body", _) => "email-body",
        ("received_lines", _) => "email-header",
        ("number_of_sections", _) => "counter",
        ("message_id", _) => "email-message-id",
        ("Reply-To", _) => "email-reply-to",
        ("X-Mailer", _) => "email-x-mailer",
        ("User-Agent", _) => "user-agent",
        ("account_login", "username") if path.kind == "user-account" => "text",
        (last, _) if value::kind(last) == value::Kind::Time => "datetime",
        (last, _) if value::kind(last) == value::Kind::Truth => "boolean",
        (last, _) if value::kind(last) == value::Kind::Decimal => "float",
        (last, _) if path.steps.iter().any(|step| step.name() == "hashes") => {
            let plain = role.to_lowercase();
            let plain = if words::is_type(&plain) { plain } else { last.replace('-', "").to_lowercase() };
            return words::known(&plain).unwrap_or("text");
        }
        _ => "",
    };
    if !found.is_empty() {
        return found;
    }
    let own = words::known(role);
    own.filter(|kind| check::flaw(kind, text).is_none()).unwrap_or("text")
}

/// Roles that are written where another of the same place is read.
pub fn is_write_only(form: &Form, role: &str) -> bool {
    match role {
        "ip" => form.path("ip-dst").is_some(),
        "fullpath" => form.path("path").is_some(),
        "screenshot" => true,
        _ => false,
    }
}
