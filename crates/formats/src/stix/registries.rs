//! Registers of names that the standard refers to. They are data, in `data/iana/`.

use std::{collections::HashSet, sync::LazyLock};

macro_rules! register {
    ($(#[doc = $doc:literal] $name:ident $file:literal)*) => {
        $(
            #[doc = $doc]
            pub fn $name(word: &str) -> bool {
                static WORDS: LazyLock<HashSet<&'static str>> =
                    LazyLock::new(|| words(include_str!(concat!("../../data/iana/", $file))));
                WORDS.contains(word)
            }
        )*
    };
}

register! {
    /// Whether IANA knows this media type.
    is_media_type "media-types.txt"
    /// Whether IANA knows this character set.
    is_character_set "character-sets.txt"
    /// Whether IANA knows a service or protocol of this name.
    is_service_name "service-names.txt"
    /// Whether IANA knows this information element of IPFIX.
    is_ipfix_element "ipfix-elements.txt"
    /// Whether a system has this socket option.
    is_socket_option "socket-options.txt"
    /// Whether ISO 639 has this language.
    is_language "languages.txt"
}

fn words(list: &'static str) -> HashSet<&'static str> {
    list.lines().filter(|line| !line.starts_with('#')).collect()
}

/// Header fields of HTTP requests, as the reference validator knows them; in small letters.
pub fn is_http_request_header(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "accept",
        "accept-charset",
        "accept-encoding",
        "accept-language",
        "accept-datetime",
        "authorization",
        "cache-control",
        "connection",
        "cookie",
        "content-length",
        "content-md5",
        "content-type",
        "date",
        "expect",
        "forwarded",
        "from",
        "host",
        "if-match",
        "if-modified-since",
        "if-none-match",
        "if-range",
        "if-unmodified-since",
        "max-forwards",
        "origin",
        "pragma",
        "proxy-authorization",
        "range",
        "referer",
        "te",
        "user-agent",
        "upgrade",
        "via",
        "warning",
        "x-requested-with",
        "dnt",
        "x-forwarded-for",
        "x-forwarded-host",
        "x-forwarded-proto",
        "front-end-https",
        "x-http-method-override",
        "x-att-deviceid",
        "x-wap-profile",
        "proxy-connection",
        "x-uidh",
        "x-csrf-token",
        "x-request-id",
        "x-correlation-id",
    ];
    NAMES.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Whether a tag is well-formed and its language is known (RFC 5646): `fr`, `zh-Hant-TW`, `x-private`.
pub fn is_language_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let primary = parts.next().unwrap_or_default();
    let known = is_language(&primary.to_ascii_lowercase()) || matches!(primary, "x" | "i");
    let well_formed =
        |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    known && parts.all(well_formed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registers_are_read() {
        assert!(is_media_type("application/json") && !is_media_type("bla/blabla"));
        assert!(is_character_set("UTF-8") && !is_character_set("bla.bla.bla"));
        assert!(is_service_name("http") && !is_service_name("foo bar"));
        assert!(is_ipfix_element("octetDeltaCount") && is_socket_option("SO_ACCEPTCONN"));
        assert!(is_language_tag("fr") && is_language_tag("zh-Hant-TW") && !is_language_tag("foo"));
    }
}
