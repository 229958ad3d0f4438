//! Identifiers, and what describes the content of an attachment: media type, hash, encoding.

use md5::Md5;
use sha1::{Digest, Sha1};
use sha2::{Sha224, Sha256, Sha384, Sha512};

use super::Flaw;
use crate::{
    json::short,
    syntax::{binary::hex, uuid},
};

const UUID: &str = "draft-lehmann-idmefv2-08, 3.3.10 (RFC 4122)";
const MEDIA: &str = "draft-lehmann-idmefv2-08, 3.3.9 (RFC 2046)";
const HASH: &str = "draft-lehmann-idmefv2-08, 3.3.13";

/// The hash functions of the IANA registry "Hash Function Textual Names" and their usual other names,
/// without hyphens, with the number of their bytes; 0 where the length is free.
const FUNCTIONS: [(&str, usize); 19] = [
    ("md2", 16),
    ("md4", 16),
    ("md5", 16),
    ("sha1", 20),
    ("sha224", 28),
    ("sha256", 32),
    ("sha384", 48),
    ("sha512", 64),
    ("sha512256", 32),
    ("sha512224", 28),
    ("sha3224", 28),
    ("sha3256", 32),
    ("sha3384", 48),
    ("sha3512", 64),
    ("shake128", 0),
    ("shake256", 0),
    ("ripemd160", 20),
    ("blake2b512", 64),
    ("blake2s256", 32),
];

/// What is wrong with an identifier.
pub fn uuid(text: &str) -> Option<Flaw> {
    (!uuid::is_uuid(text)).then(|| {
        let hint = if text.len() > 36 {
            "bare, without urn:uuid: or braces"
        } else {
            "8-4-4-4-12 hexadecimal digits"
        };
        let message = format!("\"{}\" is no UUID: write it {hint}", short(text));
        Flaw::error("idmef.uuid", UUID, message)
    })
}

/// What is wrong with the name of an attachment.
pub fn label(text: &str) -> Option<Flaw> {
    let is_fine = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (!is_fine).then(|| {
        let message = format!(
            "\"{}\" is no name of an attachment: only the letters A to Z, a to z and digits",
            short(text)
        );
        Flaw::error("idmef.attachment.name", "draft-lehmann-idmefv2-08, 3.3.8", message)
    })
}

/// What is wrong with an entry of `Source.TI`.
pub fn threat_intelligence(text: &str) -> Option<Flaw> {
    let parts =
        text.split_once(':').filter(|(attribute, origin)| !attribute.is_empty() && !origin.is_empty());
    parts.is_none().then(|| {
        let message =
            format!("\"{}\" must say which attribute was found where, as in IP:Dshield", short(text));
        Flaw::error("idmef.ti", "draft-lehmann-idmefv2-08, 5.5", message)
    })
}

/// What is wrong with the name of a protocol.
pub fn protocol(text: &str) -> Option<Flaw> {
    let parts_are_fine =
        text.split('-').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    (!parts_are_fine).then(|| {
        let message = format!(
            "\"{}\" is no name of a protocol: use the IANA service name, letters, digits and single hyphens, as in tcp",
            short(text)
        );
        Flaw::error("idmef.protocol", "draft-lehmann-idmefv2-08, 3.3.11 (schema: IANA service names)", message)
    })
}

/// What is wrong with a media type.
pub fn media(text: &str) -> Option<Flaw> {
    (!is_media(text)).then(|| {
        let message = format!(
            "\"{}\" is no media type: write type/subtype, as in text/plain; charset=utf-8",
            short(text)
        );
        Flaw::error("idmef.media", MEDIA, message)
    })
}

/// Type, subtype and parameters (RFC 7231, 3.1.1.1).
pub fn is_media(text: &str) -> bool {
    let Some((kind, rest)) = text.split_once('/') else { return false };
    let end = rest.bytes().position(|byte| !is_token(byte)).unwrap_or(rest.len());
    let (subtype, mut rest) = rest.split_at_checked(end).unwrap_or((rest, ""));
    if kind.is_empty() || !kind.bytes().all(is_token) || subtype.is_empty() {
        return false;
    }
    let blank = [' ', '\t'];
    while !rest.is_empty() {
        let Some(parameter) = rest.trim_start_matches(blank).strip_prefix(';') else { return false };
        let Some((name, value)) = parameter.trim_start_matches(blank).split_once('=') else { return false };
        if name.is_empty() || !name.bytes().all(is_token) {
            return false;
        }
        let Some(after) = after_value(value) else { return false };
        rest = after;
    }
    true
}

/// What follows the token or the quoted string at the beginning.
fn after_value(text: &str) -> Option<&str> {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.bytes().position(|byte| !is_token(byte)).unwrap_or(text.len());
        return (end > 0).then(|| text.get(end..)).flatten();
    };
    let mut escaped = false;
    for (at, byte) in quoted.bytes().enumerate() {
        match (escaped, byte) {
            (false, b'"') => return quoted.get(at + 1..),
            (false, b'\\') => escaped = true,
            (true, b'\t' | b' ' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z') => escaped = false,
            (false, b'\t' | b' ' | b'!' | b'#'..=b'[' | b']'..=b'~') => {}
            (true | false, _) => return None,
        }
    }
    None
}

const fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'-' | b'!'
                | b'#'
                | b'$'
                | b'%'
                | b'&'
                | b'\''
                | b'*'
                | b'+'
                | b'.'
                | b'^'
                | b'_'
                | b'`'
                | b'|'
                | b'~'
        )
}

/// The name of a hash function, small and without hyphens.
fn plain(function: &str) -> String {
    function.bytes().filter(|byte| *byte != b'-').map(|byte| char::from(byte.to_ascii_lowercase())).collect()
}

/// What is wrong with a hash, seen for itself.
pub fn hash(text: &str) -> Option<Flaw> {
    let parts = text.split_once(':').filter(|(function, digits)| {
        !function.is_empty()
            && function.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !digits.is_empty()
            && digits.len() % 2 == 0
            && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    });
    let Some((function, digits)) = parts else {
        let message = format!(
            "\"{}\" is no hash: write function:hexadecimal digits in pairs, as in sha256:a027…",
            short(text)
        );
        return Some(Flaw::error("idmef.hash.form", HASH, message));
    };
    let name = plain(function);
    let Some((_, bytes)) = FUNCTIONS.iter().find(|(known, _)| *known == name) else {
        let message =
            format!("the hash function \"{}\" is not in the IANA registry: prefer sha256", short(function));
        return Some(Flaw::warning("idmef.hash.function", HASH, message));
    };
    if *bytes > 0 && digits.len() != bytes * 2 {
        let message = format!("{function} has {} hexadecimal digits, here are {}", bytes * 2, digits.len());
        return Some(Flaw::error("idmef.hash.length", HASH, message));
    }
    if matches!(name.as_str(), "md2" | "md4" | "md5" | "sha1") {
        let message = format!("{function} can be forged: add a hash of SHA-2 or SHA-3");
        return Some(Flaw::note("idmef.hash.weak", "draft-lehmann-idmefv2-08, 5.7", message));
    }
    None
}

/// The digest of `content` by the function of this name, in small hexadecimal digits; none for the
/// functions that we do not compute.
pub fn digest(function: &str, content: &[u8]) -> Option<String> {
    let digest = match plain(function).as_str() {
        "md5" => hex(&Md5::digest(content)),
        "sha1" => hex(&Sha1::digest(content)),
        "sha224" => hex(&Sha224::digest(content)),
        "sha256" => hex(&Sha256::digest(content)),
        "sha384" => hex(&Sha384::digest(content)),
        "sha512" => hex(&Sha512::digest(content)),
        _ => return None,
    };
    Some(digest)
}

/// An identifier that follows from a text: the same for the same text (RFC 4122, version 5).
pub fn derived_uuid(seed: &str) -> String {
    /// The name space of identifiers that Beffroi derives for parts of alerts.
    const SPACE: [u8; 16] = *b"beffroi:idmefv2:";
    uuid::version_5(SPACE, seed.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_types() {
        for fine in
            ["text/plain", "application/vnd.x+json", "text/plain; charset=utf-8", "a/b ;c=\"d;\\ e\"\t; f=g"]
        {
            assert!(is_media(fine), "{fine}");
        }
        for wrong in [
            "",
            "text",
            "text/",
            "/plain",
            "text/plain;",
            "text/plain; charset",
            "a/b; c=",
            "a/b c",
            "a/b;c=\"d",
            "ä/b",
        ] {
            assert!(!is_media(wrong), "{wrong}");
        }
    }

    #[test]
    fn hashes() {
        let rule = |text: &str| hash(text).map_or("fine", |flaw| flaw.rule);
        let sha256 = digest("SHA-256", b"{}").unwrap();
        assert_eq!(sha256, "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
        assert_eq!(rule(&format!("sha256:{sha256}")), "fine");
        assert_eq!(rule("md5:dc89f0b4ff9bd3b061dd66bb66c991b1"), "idmef.hash.weak");
        assert_eq!(rule("sha256:ab"), "idmef.hash.length");
        assert_eq!(rule("crc32:ab12cd34"), "idmef.hash.function");
        for wrong in ["", "sha256", "sha256:", "sha256:abc", ":ab", "sha_256:ab", "sha256:xy"] {
            assert_eq!(rule(wrong), "idmef.hash.form", "{wrong}");
        }
        assert_eq!(digest("sha3-256", b""), None);
    }

    #[test]
    fn identifiers_and_protocols() {
        assert_eq!(uuid("9F1C4A6D-8e1b-4f9a-9d3e-3a1d2c7f7b01"), None);
        for wrong in ["", "9f1c4a6d8e1b4f9a9d3e3a1d2c7f7b01", "urn:uuid:9f1c4a6d-8e1b-4f9a-9d3e-3a1d2c7f7b01"]
        {
            assert!(uuid(wrong).is_some());
        }
        assert!(protocol("ipv6-icmp").is_none() && protocol("a--b").is_some() && protocol("").is_some());
    }
}
