//! UUIDs (RFC 4122, RFC 9562).

use sha1::{Digest, Sha1};

use super::binary::hex;

/// Whether this is a UUID in its plain form, small or capital.
pub fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// The version of a UUID, 1 to 8, if its variant is that of RFC 4122.
pub fn version(text: &str) -> Option<u8> {
    let digit = |at: usize| text.as_bytes().get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let variant = digit(19)?;
    let version = digit(14)?;
    (is_uuid(text) && (8..12).contains(&variant)).then(|| u8::try_from(version).ok()).flatten()
}

/// The UUID that follows from a name in a name space (RFC 4122, version 5).
pub fn version_5(space: [u8; 16], name: &[u8]) -> String {
    let digest = Sha1::new().chain_update(space).chain_update(name).finalize();
    let mut bytes = [0_u8; 16];
    bytes.iter_mut().zip(digest.iter()).for_each(|(byte, digested)| *byte = *digested);
    let [_, _, _, _, _, _, version, _, variant, ..] = &mut bytes;
    *version = *version & 0x0f | 0x50;
    *variant = *variant & 0x3f | 0x80;
    let mut digits = hex(&bytes);
    // From behind, so that the places of the others stay.
    for place in [20, 16, 12, 8] {
        digits.insert(place, '-');
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions() {
        assert_eq!(version("9f1c4a6d-8e1b-4f9a-9d3e-3a1d2c7f7b01"), Some(4));
        assert_eq!(version("9f1c4a6d-8e1b-4f9a-cd3e-3a1d2c7f7b01"), None);
        assert_eq!(version("9f1c4a6d8e1b4f9a9d3e3a1d2c7f7b01"), None);
    }

    #[test]
    fn the_name_decides() {
        // The example of RFC 9562, appendix A.4: www.example.com in the name space of DNS.
        let dns =
            [0x6b, 0xa7, 0xb8, 0x10, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0, 0xc0, 0x4f, 0xd4, 0x30, 0xc8];
        assert_eq!(version_5(dns, b"www.example.com"), "2ed6657d-e927-568b-95e1-2665a8aea6a2");
    }
}
