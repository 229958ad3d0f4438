//! Addresses: IP, mail, URI.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::Flaw;
use crate::json::short;

const IP: &str = "draft-lehmann-idmefv2-08, 3.3.6 (RFC 5321, RFC 4291 2.2)";
const EMAIL: &str = "draft-lehmann-idmefv2-08, 3.3.7 (RFC 5322, 3.4.1)";
const URI: &str = "draft-lehmann-idmefv2-08, 3.3.5 (RFC 3986)";

/// What is wrong with an address of version 4 or 6.
pub fn ip(text: &str) -> Option<Flaw> {
    if text.parse::<Ipv4Addr>().is_ok() {
        return None;
    }
    if let Ok(address) = text.parse::<Ipv6Addr>() {
        // The standard library writes as RFC 5952 says.
        let advised = address.to_string();
        let message = format!("RFC 5952 writes this address {advised}");
        return (advised != text)
            .then(|| Flaw::note("idmef.ip.form", "draft-lehmann-idmefv2-08, 3.3.6 (RFC 5952)", message));
    }
    let hint = if text.contains('/') {
        "one address is expected, not a prefix: leave the part from the slash away"
    } else if text.split('.').count() == 4
        && text.split('.').any(|part| part.len() > 1 && part.starts_with('0'))
    {
        "octets have no leading zeros: some read them as octal"
    } else if text.contains('%') {
        "the zone of an address has no meaning elsewhere: leave the part from the percent sign away"
    } else {
        "write 192.0.2.1 or 2001:db8::1"
    };
    Some(Flaw::error("idmef.ip.syntax", IP, format!("\"{}\" is no IP address: {hint}", short(text))))
}

/// What is wrong with a mail address.
pub fn email(text: &str) -> Option<Flaw> {
    let wrong = match text.rsplit_once('@') {
        None => true,
        Some((local, domain)) => !is_local(local) || !is_domain(domain),
    };
    wrong.then(|| {
        let message =
            format!("\"{}\" is no mail address: write name@example.org, and nothing around it", short(text));
        Flaw::error("idmef.email", EMAIL, message)
    })
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

/// What is wrong with a URI.
pub fn uri(text: &str) -> Option<Flaw> {
    let Some((scheme, rest)) = text.split_once(':').filter(|(scheme, _)| is_scheme(scheme)) else {
        let message = format!(
            "\"{}\" is no URI: begin with a scheme, as in https://example.org/ or urn:cve:",
            short(text)
        );
        return Some(Flaw::error("idmef.uri", URI, message));
    };
    let authority =
        rest.strip_prefix("//").map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
    let hash_count = rest.matches('#').count();
    let wrong = if !are_uri_bytes(rest) || hash_count > 1 {
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
    };
    wrong.map(|hint| Flaw::error("idmef.uri", URI, format!("\"{}\" is no URI: {hint}", short(text))))
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
    fn addresses_of_machines() {
        for fine in ["192.0.2.1", "::1", "2001:db8::1", "::ffff:192.0.2.1", "::"] {
            assert_eq!(ip(fine), None, "{fine}");
        }
        assert_eq!(ip("2001:DB8:0::1").unwrap().message, "RFC 5952 writes this address 2001:db8::1");
        for wrong in
            ["", "10.0.0.0/8", "010.1.1.1", "fe80::1%eth0", "256.1.1.1", "1.2.3", "::1::", "localhost"]
        {
            assert_eq!(ip(wrong).unwrap().rule, "idmef.ip.syntax", "{wrong}");
        }
    }

    #[test]
    fn addresses_of_people() {
        for fine in ["a@example.org", "\"a b\"@x", "o'hara+x@[192.0.2.1]", "root@localhost"] {
            assert_eq!(email(fine), None, "{fine}");
        }
        for wrong in
            ["nope", "a@", "@b", "a b@c", "a..b@c", "A <a@b.c>", "a@b@c", "\"a@b", "é@x.org", "\"\\\"@x"]
        {
            assert!(email(wrong).is_some(), "{wrong}");
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
            assert_eq!(uri(fine), None, "{fine}");
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
            assert!(uri(wrong).is_some(), "{wrong}");
        }
    }
}
