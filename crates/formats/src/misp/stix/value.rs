//! Texts of MISP to values of STIX properties, and back.

use std::borrow::Cow;

use super::table::Path;
use crate::{
    Json,
    misp::time,
    stix::{registries, words},
    syntax::address,
};

/// How the values of a property are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Whole,
    Decimal,
    Truth,
    Time,
}

/// The kind of a property, by its name.
pub fn kind(property: &str) -> Kind {
    match property {
        "subject_public_key_exponent"
        | "number"
        | "size"
        | "dst_port"
        | "src_port"
        | "pid"
        | "gid"
        | "number_of_sections"
        | "address_of_entry_point"
        | "src_byte_count"
        | "dst_byte_count"
        | "src_packets"
        | "dst_packets" => Kind::Whole,
        "latitude" | "longitude" | "entropy" => Kind::Decimal,
        "can_escalate_privs" => Kind::Truth,
        _ if property.starts_with("is_") => Kind::Truth,
        "atime"
        | "ctime"
        | "mtime"
        | "start"
        | "end"
        | "date"
        | "first_seen"
        | "last_seen"
        | "account_created"
        | "account_expires"
        | "account_first_login"
        | "account_last_login"
        | "credential_last_changed"
        | "validity_not_before"
        | "validity_not_after" => Kind::Time,
        _ if property.ends_with("_time") => Kind::Time,

        _ => Kind::Text,
    }
}

/// The value of a property that this text is; nothing when it cannot be.
pub fn for_property<'e>(property: &str, text: &'e str) -> Option<Json<'e>> {
    match kind(property) {
        Kind::Text if text.is_empty() => None,
        Kind::Text => Some(Json::text(text)),
        Kind::Whole => whole(property, text).map(|digits| Json::Number(Cow::Borrowed(digits))),
        Kind::Decimal => decimal(text).map(|digits| Json::Number(Cow::Borrowed(digits))),
        Kind::Truth => truth(text).map(Json::Bool),
        Kind::Time => time::nanoseconds(text).map(|instant| Json::text(time::of_nanoseconds(instant))),
    }
}

/// As above, at the end of a path: hardware addresses are in lower case (6.10).
pub fn for_path<'e>(path: &Path, text: &'e str) -> Option<Json<'e>> {
    let last = path.last();
    let is_fit = match path.kind.as_str() {
        "url" => last != "value" || address::fault_of_uri(text).is_none(),
        "email-addr" | "email-message" if last == "value" => is_mail(text),
        "artifact" if last == "mime_type" => registries::is_media_type(text),
        "artifact" if last == "encryption_algorithm" => is_encryption(text),
        "software" if last == "languages" => {
            text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_lowercase())
        }
        _ => true,
    };
    if is_fit { for_pattern(path, text) } else { None }
}

/// The algorithms that an artifact may name (10.6).
pub fn is_encryption(text: &str) -> bool {
    words::ENCRYPTION_ALGORITHM.contains(&text)
}

/// As above, for a test of a pattern, which may look for what is malformed.
pub fn for_pattern<'e>(path: &Path, text: &'e str) -> Option<Json<'e>> {
    match (path.kind.as_str(), path.last()) {
        ("mac-addr", _) => Some(Json::text(text.to_ascii_lowercase())),
        ("windows-registry-key", "key") => key(text).map(Json::text),
        (_, last) if path.steps.iter().any(|step| step.name() == "hashes") => {
            is_hash(last, text).then(|| Json::text(text))
        }
        (_, last) => for_property(last, text),
    }
}

/// Whether a text is a hash of this name (2.8).
pub fn is_hash(name: &str, text: &str) -> bool {
    let digits = |length: usize| text.len() == length && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    match name {
        "MD5" | "IMPHASH" => digits(32),
        "SHA-1" | "PEHASH" => digits(40),
        "SHA-224" | "SHA3-224" => digits(56),
        "SHA-256" | "SHA3-256" | "AUTHENTIHASH" => digits(64),
        "SHA-384" | "SHA3-384" => digits(96),
        "SHA-512" | "SHA3-512" => digits(128),
        "TLSH" => text.len() == 70 && text.bytes().all(|byte| byte.is_ascii_alphanumeric()),
        "SSDEEP" => {
            let is_written = |byte: u8| byte.is_ascii_alphanumeric() || b"/+:.".contains(&byte);
            (1..=128).contains(&text.len()) && text.bytes().all(is_written)
        }
        _ => !text.is_empty(),
    }
}

/// The hive is written in full (6.17); a key that has a short one elsewhere is none.
fn key(text: &str) -> Option<Cow<'_, str>> {
    const HIVES: [(&str, &str); 5] = [
        ("HKLM", "HKEY_LOCAL_MACHINE"),
        ("HKCU", "HKEY_CURRENT_USER"),
        ("HKCR", "HKEY_CLASSES_ROOT"),
        ("HKCC", "HKEY_CURRENT_CONFIG"),
        ("HKU", "HKEY_USERS"),
    ];
    let (hive, rest) = text.split_once('\\').unwrap_or((text, ""));
    let whole = HIVES.iter().find(|(short, _)| short.eq_ignore_ascii_case(hive));
    let key = match whole {
        Some((_, whole)) if rest.is_empty() => Cow::Owned((*whole).to_owned()),
        Some((_, whole)) => Cow::Owned(format!("{whole}\\{rest}")),
        None => Cow::Borrowed(text),
    };
    let has_short =
        HIVES.iter().any(|(short, _)| key.contains(short) || key.contains(&short.to_ascii_lowercase()));
    (!key.is_empty() && !has_short).then_some(key)
}

/// A mail address, by the text and by the reference validator, which knows fewer letters before the `@`.
fn is_mail(text: &str) -> bool {
    let is_known = |byte: u8| byte.is_ascii_alphanumeric() || b"_.+-".contains(&byte);
    address::is_email(text)
        && text.split_once('@').is_some_and(|(local, domain)| {
            local.bytes().all(is_known)
                && domain.contains('.')
                && domain.bytes().all(|byte| is_known(byte) && byte != b'_' && byte != b'+')
        })
}

/// The text that a value is in MISP.
pub fn to_text<'b>(property: &str, value: &'b Json<'_>) -> Option<Cow<'b, str>> {
    match value {
        Json::Number(digits) if property == "number" => Some(Cow::Owned(format!("AS{digits}"))),
        Json::Text(text) | Json::Number(text) => Some(Cow::Borrowed(text)),
        Json::Bool(truth) => Some(Cow::Borrowed(if *truth { "True" } else { "False" })),
        Json::Null | Json::List(_) | Json::Object(_) => None,
    }
}

fn whole<'e>(property: &str, text: &'e str) -> Option<&'e str> {
    let digits = if property == "number" { text.strip_prefix("AS").unwrap_or(text) } else { text };
    let is_plain = !digits.is_empty()
        && digits.len() <= 15
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && (digits == "0" || !digits.starts_with('0'));
    let most = if property.ends_with("_port") { 65_535 } else { u64::MAX };
    (is_plain && digits.parse::<u64>().is_ok_and(|number| number <= most)).then_some(digits)
}

fn decimal(text: &str) -> Option<&str> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_plain = all_digits(whole) && all_digits(fraction) && (whole.len() == 1 || !whole.starts_with('0'));
    (is_plain && text.len() < 30).then_some(text)
}

/// A truth as servers write it in values.
pub fn truth(text: &str) -> Option<bool> {
    match text {
        "1" | "true" | "True" | "TRUE" => Some(true),
        "0" | "false" | "False" | "FALSE" => Some(false),
        _ => None,
    }
}

/// The type of observable that an address is.
pub fn kind_of_address(text: &str) -> &'static str {
    let (address, mask) = text.split_once('/').map_or((text, ""), |(address, mask)| (address, mask));
    let mask_fits = |most: u8| {
        mask.is_empty() && !text.contains('/') || mask.parse::<u8>().is_ok_and(|mask| mask <= most)
    };
    match address.parse::<std::net::IpAddr>() {
        Ok(std::net::IpAddr::V4(_)) if mask_fits(32) => "ipv4-addr",
        Ok(std::net::IpAddr::V6(_)) if mask_fits(128) => "ipv6-addr",
        Ok(_) | Err(_) => "domain-name",
    }
}

/// Whether a text may be the name of a domain in STIX, by the text and by the schema.
pub fn is_domain(text: &str) -> bool {
    address::is_domain_name(text) && !text.contains('_')
}

/// Letters of a role in the name of a property, which has at most 250 (STIX 2.1, 3.1).
const LONGEST: usize = 243;

/// The name of a property of our own for a role: lower case, digits and underscores (STIX 2.1, 11.1).
pub fn custom(role: &str) -> String {
    let plain = |character: char| {
        if character.is_ascii_alphanumeric() { character.to_ascii_lowercase() } else { '_' }
    };
    format!("x_misp_{}", role.chars().map(plain).take(LONGEST).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_find_their_kind() {
        assert_eq!(for_property("dst_port", "443"), Some(Json::Number("443".into())));
        assert_eq!(for_property("dst_port", "0443"), None);
        assert_eq!(for_property("dst_port", "70000"), None);
        assert_eq!(for_property("number", "AS64496"), Some(Json::Number("64496".into())));
        assert_eq!(for_property("is_hidden", "True"), Some(Json::Bool(true)));
        assert_eq!(for_property("ctime", "2021-10-25T16:22:00Z"), Some(Json::text("2021-10-25T16:22:00Z")));
        assert_eq!(for_property("latitude", "-76.771389"), Some(Json::Number("-76.771389".into())));
        assert_eq!(for_property("latitude", "1e5"), None);
        assert_eq!(
            (kind_of_address("::1/64"), kind_of_address("192.0.2.1/33")),
            ("ipv6-addr", "domain-name")
        );
        assert_eq!(custom("KnownMalicious (x)"), "x_misp_knownmalicious__x_");
    }
}
