//! Addresses: of networks, mail and URI.

use std::net::{Ipv4Addr, Ipv6Addr};

/// Whether this is a mail address (RFC 5322, 3.4.1), and nothing around it.
pub fn is_email(text: &str) -> bool {
    text.rsplit_once('@').is_some_and(|(local, domain)| is_local(local) && is_domain(domain))
}

/// Whether this is an IPv4 address, or a prefix in CIDR notation.
pub fn is_ipv4_prefix(text: &str) -> bool {
    let (address, length) = text.split_once('/').map_or((text, "32"), |(address, length)| (address, length));
    address.parse::<Ipv4Addr>().is_ok() && is_length(length, 32)
}

/// Whether this is an IPv6 address, or a prefix in CIDR notation; a zone may stand behind the address.
pub fn is_ipv6_prefix(text: &str) -> bool {
    let (address, length) = text.split_once('/').map_or((text, "128"), |(address, length)| (address, length));
    let address = address.split_once('%').map_or(address, |(address, _)| address);
    address.parse::<Ipv6Addr>().is_ok() && is_length(length, 128)
}

/// A number without leading zeros, up to the most.
fn is_length(text: &str, most: u8) -> bool {
    let is_plain = text == "0" || !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit());
    is_plain && text.parse::<u8>().is_ok_and(|length| length <= most)
}

/// Whether this is a MAC address of six pairs of small digits.
pub fn is_mac(text: &str) -> bool {
    let pair =
        |part: &str| part.len() == 2 && part.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    text.split(':').count() == 6 && text.split(':').all(pair)
}

/// Whether this is a name of the Domain Name System (RFC 1034, RFC 5890); underscores, which names of
/// services have, are taken too.
pub fn is_domain_name(text: &str) -> bool {
    let name = text.strip_suffix('.').unwrap_or(text);
    let label = |label: &str| {
        let fine = |letter: char| {
            letter.is_alphanumeric()
                || letter == '-'
                || letter == '_'
                || !letter.is_ascii() && !letter.is_whitespace()
        };
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(fine)
    };
    name.len() <= 253 && name.split('.').all(label)
}

fn is_dot_atom(text: &str) -> bool {
    let is_atom_byte = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte);
    text.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(is_atom_byte))
}

fn is_local(text: &str) -> bool {
    let Some(quoted) = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
        return is_dot_atom(text);
    };
    let mut escaped = false;
    for byte in quoted.bytes() {
        match (escaped, byte) {
            (false, b'\\') => escaped = true,
            (true, b' '..=b'~' | b'\t') => escaped = false,
            (false, b' ' | b'\t' | b'!' | b'#'..=b'[' | b']'..=b'~') => {}
            (true | false, _) => return false,
        }
    }
    !escaped
}

fn is_domain(text: &str) -> bool {
    let literal = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    literal.map_or_else(
        || is_dot_atom(text),
        |literal| literal.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'!'..=b'Z' | b'^'..=b'~')),
    )
}

/// What is wrong with a URI (RFC 3986), in words.
pub fn fault_of_uri(text: &str) -> Option<&'static str> {
    let Some((scheme, rest)) = text.split_once(':').filter(|(scheme, _)| is_scheme(scheme)) else {
        return Some("begin with a scheme, as in https://example.org/ or urn:cve:");
    };
    let authority =
        rest.strip_prefix("//").map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
    let hash_count = rest.matches('#').count();
    if !are_uri_bytes(rest) || hash_count > 1 {
        Some("spaces, umlauts and \"<>\\^`{|} must be written as %20 and so on")
    } else if authority.is_some_and(|authority| !is_authority(authority)) {
        Some("the host or its port is not written as RFC 3986 says")
    } else if rest.contains(['[', ']']) && !authority.is_some_and(|authority| authority.contains('[')) {
        Some("brackets stand only around an IPv6 address")
    } else if matches!(scheme, "http" | "https") && authority.is_none_or(str::is_empty) {
        Some("the host is missing")
    } else if rest.is_empty() {
        Some("nothing follows the scheme")
    } else {
        None
    }
}

fn is_scheme(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_alphabetic())
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

fn are_uri_bytes(text: &str) -> bool {
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let fine = match byte {
            b'%' => {
                let mut hex = || bytes.next().is_some_and(|digit| digit.is_ascii_hexdigit());
                hex() && hex()
            }
            _ => byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=".contains(&byte),
        };
        if !fine {
            return false;
        }
    }
    true
}

fn is_authority(text: &str) -> bool {
    let host = text.rsplit_once('@').map_or(text, |(_, host)| host);
    let (host, port) = if let Some(rest) = host.strip_prefix('[') {
        let Some((literal, after)) = rest.split_once(']') else { return false };
        if literal.parse::<Ipv6Addr>().is_err() && !literal.starts_with(['v', 'V']) {
            return false;
        }
        ("", after.strip_prefix(':').unwrap_or(after))
    } else {
        host.split_once(':').unwrap_or((host, ""))
    };
    !host.contains(['[', ']', ':']) && port.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_people() {
        for fine in ["a@example.org", "\"a b\"@x", "o'hara+x@[192.0.2.1]", "root@localhost"] {
            assert!(is_email(fine), "{fine}");
        }
        for wrong in
            ["nope", "a@", "@b", "a b@c", "a..b@c", "A <a@b.c>", "a@b@c", "\"a@b", "é@x.org", "\"\\\"@x"]
        {
            assert!(!is_email(wrong), "{wrong}");
        }
    }

    #[test]
    fn identifiers_of_resources() {
        for fine in [
            "urn:cve:CVE-2013-2266",
            "https://example.org:8080/a?b=c#d",
            "http://[2001:db8::1]:80/",
            "magnet:?xt=urn:sha1:YNCK",
            "file:///etc/passwd",
            "HTTPS://user:pw@example.org/%20",
        ] {
            assert_eq!(fault_of_uri(fine), None, "{fine}");
        }
        for wrong in [
            "not a uri",
            "",
            "http://",
            "https:example",
            "1http://x",
            "urn:",
            "http://a b",
            "http://x/%2",
            "a:b#c#d",
            "http://[::1",
            "http://x:80x/",
            "a:[b]",
            "http://é/",
        ] {
            assert!(fault_of_uri(wrong).is_some(), "{wrong}");
        }
    }
}
