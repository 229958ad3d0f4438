//! The syntax of values, where a type has one for certain.

use std::net::IpAddr;

use crate::misp::time;

/// What a value of this type must be, when this one is not.
pub fn flaw(kind: &str, value: &str) -> Option<&'static str> {
    let (Some((left_kind, right_kind)), true) = (kind.split_once('|'), kind != "regkey|value") else {
        return single(kind, value);
    };
    let Some((left, right)) = value.rsplit_once('|') else {
        return Some("two values parted by |");
    };
    match left_kind {
        "malware-sample" => None,
        "hostname" | "domain" | "filename" if left.is_empty() => {
            Some("two values parted by |, the first is empty")
        }
        "ip-src" | "ip-dst" => single("ip-dst", left).or_else(|| single(right_kind, right)),
        _ if right_kind == "ip" => single("ip-dst", right),
        _ => single(right_kind, right),
    }
}

/// Whether servers refuse a flaw in a value of this type; others they take as it is.
pub fn is_refused(kind: &str) -> bool {
    !matches!(kind, "vulnerability" | "weakness" | "email" | "datetime" | "cpe" | "uuid")
}

fn single(kind: &str, value: &str) -> Option<&'static str> {
    if let Some((length, words)) = hash(kind) {
        return unless(value.len() == length && is_hex(value), words);
    }
    match kind {
        "malware-sample" => {
            unless(value.contains('|') || !value.is_empty(), "the name of a file and its MD5, parted by |")
        }
        "regkey|value" => unless(value.contains('|'), "two values parted by |"),
        "ip-src" | "ip-dst" => unless(is_network(value), "an IP address, or a network in CIDR notation"),
        "port" => unless(value.parse::<u16>().is_ok_and(|port| port > 0), "a port from 1 to 65535"),
        "counter" | "size-in-bytes" => unless(is_digits(value), "a whole number"),
        "float" => unless(value.trim().parse::<f64>().is_ok_and(f64::is_finite), "a number"),
        "boolean" => unless(is_truth(value), "true or false, 1 or 0"),
        "AS" => {
            unless(is_digits(value.strip_prefix("AS").unwrap_or(value)), "the number of an autonomous system")
        }
        "mac-address" => unless(is_mac(value, 6), "six pairs of hexadecimal digits parted by :"),
        "mac-eui-64" => unless(is_mac(value, 8), "eight pairs of hexadecimal digits parted by :"),
        "email" | "email-src" | "email-dst" | "target-email" | "whois-registrant-email" | "dns-soa-email" => {
            unless(value.contains('@'), "a mail address")
        }
        "domain" | "hostname" => unless(
            !value.contains(char::is_whitespace) && !value.contains('/'),
            "a name without spaces and slashes",
        ),
        "datetime" => unless(time::nanoseconds(value).is_some(), "a time as 2026-05-15T12:30:00Z"),
        "vulnerability" => unless(
            is_numbered(value, "CVE-") || value.starts_with("GCVE-"),
            "a number of CVE or GCVE, as CVE-2026-1234",
        ),
        "weakness" => unless(value.strip_prefix("CWE-").is_some_and(is_digits), "a number of CWE, as CWE-79"),
        "cpe" => unless(value.starts_with("cpe:"), "a name that begins with cpe:"),
        "hex" => unless(is_hex(value), "hexadecimal digits"),
        "uuid" => unless(super::is_uuid(value), "a UUID"),
        _ => None,
    }
}

fn unless(holds: bool, words: &'static str) -> Option<&'static str> {
    if holds { None } else { Some(words) }
}

/// How many hexadecimal digits a hash of this type has.
fn hash(kind: &str) -> Option<(usize, &'static str)> {
    Some(match kind {
        "md5"
        | "imphash"
        | "x509-fingerprint-md5"
        | "ja3-fingerprint-md5"
        | "hassh-md5"
        | "hasshserver-md5" => (32, "32 hexadecimal digits"),
        "sha1" | "pehash" | "x509-fingerprint-sha1" | "cdhash" | "git-commit-id" => {
            (40, "40 hexadecimal digits")
        }
        "sha224" | "sha512/224" | "sha3-224" => (56, "56 hexadecimal digits"),
        "sha256" | "sha512/256" | "sha3-256" | "authentihash" | "x509-fingerprint-sha256" => {
            (64, "64 hexadecimal digits")
        }
        "sha384" | "sha3-384" => (96, "96 hexadecimal digits"),
        "sha512" | "sha3-512" => (128, "128 hexadecimal digits"),
        "jarm-fingerprint" => (62, "62 hexadecimal digits"),
        _ => return None,
    })
}

fn is_hex(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_truth(text: &str) -> bool {
    ["0", "1", "true", "false"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

fn is_network(text: &str) -> bool {
    let (address, mask) = text.split_once('/').map_or((text, None), |(address, mask)| (address, Some(mask)));
    let Ok(address) = address.parse::<IpAddr>() else { return false };
    let most = if address.is_ipv4() { 32 } else { 128 };
    mask.is_none_or(|mask| mask.parse::<u8>().is_ok_and(|mask| mask <= most))
}

fn is_mac(text: &str, pairs: usize) -> bool {
    let parts: Vec<&str> = text.split([':', '-']).collect();
    parts.len() == pairs && parts.iter().all(|part| part.len() == 2 && is_hex(part))
}

fn is_numbered(text: &str, prefix: &str) -> bool {
    let Some((year, number)) = text.strip_prefix(prefix).and_then(|rest| rest.split_once('-')) else {
        return false;
    };
    year.len() == 4 && is_digits(year) && number.len() >= 4 && is_digits(number)
}

/// A day of the calendar.
pub fn is_date(text: &str) -> bool {
    text.len() == 10 && time::nanoseconds(&format!("{text}T00:00:00Z")).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_follow_the_syntax_of_their_type() {
        for (kind, right, wrong) in [
            ("md5", "8764605c6f388c89096b534d33565802", "8764605c6f388c89096b534d3356580"),
            (
                "filename|sha1",
                "a|2920d5e6c579fce772e5506caf03af65579088bd",
                "2920d5e6c579fce772e5506caf03af65579088bd",
            ),
            ("ip-dst", "2001:db8::/32", "192.0.2.300"),
            ("ip-dst|port", "192.0.2.1|443", "192.0.2.1|0"),
            ("domain|ip", "example.org|192.0.2.1", "example.org|example.net"),
            ("hostname|port", "a.example|65535", "a.example|65536"),
            ("mac-address", "12:34:56:78:90:ab", "12:34:56:78:90"),
            ("vulnerability", "CVE-2026-12345", "cve 1"),
            ("boolean", "True", "yes"),
            ("AS", "AS64496", "ASx"),
            ("regkey|value", "HKLM\\a|b", "HKLM\\a"),
        ] {
            assert_eq!(flaw(kind, right), None, "{kind}");
            assert!(flaw(kind, wrong).is_some(), "{kind} {wrong}");
        }
        assert_eq!(flaw("text", ""), None);
    }
}
