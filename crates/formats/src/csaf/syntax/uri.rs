//! URIs (RFC 3986), as far as one can tell without their scheme's own rules.

use super::Number;

/// Whether this is a URI: a scheme, a colon, and only what RFC 3986, appendix A lets stand behind it.
pub fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let first = scheme.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic());
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
    first && scheme.bytes().all(plain) && is_tail(rest)
}

fn is_tail(rest: &str) -> bool {
    let bytes = rest.as_bytes();
    let mut hashes = 0;
    let all = bytes.iter().enumerate().all(|(at, byte)| match byte {
        b'%' => bytes.get(at + 1..at + 3).is_some_and(|pair| pair.iter().all(u8::is_ascii_hexdigit)),
        b'#' => {
            hashes += 1;
            hashes == 1
        }
        other => other.is_ascii_alphanumeric() || b"-._~:/?[]@!$&'()*+,;=".contains(other),
    });
    all && rest.strip_prefix("//").is_none_or(|rest| !rest.is_empty())
}

/// The address of a schema of an extension (CSAF 2.1, 3.1): https, a host, a path, a name with its version.
pub fn is_extension_schema(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://") else { return false };
    let Some((host, path)) = rest.split_once('/') else { return false };
    let segments: Vec<&str> = path.split('/').collect();
    let plain = segments.iter().all(|part| !part.is_empty() && !part.contains(char::is_whitespace));
    let Some(name) = segments.last().and_then(|name| name.strip_suffix(".json")) else { return false };
    let versioned = name.match_indices('_').any(|(at, _)| {
        let number = name.get(at + 1..).and_then(Number::parse);
        at > 0 && number.is_some_and(|number| !number.is_whole())
    });
    let own = host == "docs.oasis-open.org"
        && path.starts_with("csaf/csaf/v2.1/")
        && path.contains("schema/extension-content.json");
    plain && versioned && !own && is_host(host)
}

fn is_host(host: &str) -> bool {
    let small = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_lowercase();
    let label = |label: &str| {
        let ends = [label.bytes().next(), label.bytes().next_back()];
        label.len() <= 63
            && ends.into_iter().all(|end| end.is_some_and(small))
            && label.bytes().all(|byte| small(byte) || byte == b'-')
    };
    host.contains('.') && host.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_uri() {
        for right in ["https://example.com/a?b#c", "mailto:x@example.com", "urn:uuid:1", "pkg:npm/%40a/b"] {
            assert!(is_uri(right), "{right}");
        }
        for wrong in ["example.com", "https://", "http://a b", "1a:x", "https://x/%zz", "a:#b#c", "a:ü"] {
            assert!(!is_uri(wrong), "{wrong}");
        }
    }
}
