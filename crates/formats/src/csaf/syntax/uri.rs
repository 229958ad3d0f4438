//! The addresses of schemas of extensions.

use super::Number;

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
