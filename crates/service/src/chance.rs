//! The one door through which chance comes in: identifiers, tokens, references.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// Crockford's alphabet: no letter that is read as another.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Ten bytes of chance for an identifier.
#[must_use]
pub fn for_id() -> [u8; 10] {
    vault::random()
}

/// A secret of 256 bits in base64url without padding, 43 characters.
#[must_use]
pub fn secret() -> String {
    URL_SAFE_NO_PAD.encode(vault::random::<32>())
}

/// A reference that people can read out on the telephone: 75 bits of chance as three groups of
/// five letters and digits. It can be neither guessed nor counted.
#[must_use]
pub fn reference() -> String {
    let letters: Vec<char> = vault::random::<15>().iter().map(|byte| letter(byte & 31)).collect();
    let groups: Vec<String> = letters.chunks(5).map(|group| group.iter().collect()).collect();
    groups.join("-")
}

/// Letters of a recovery code: 80 bits.
pub(crate) const RECOVERY_LETTERS: usize = 16;

/// A recovery code for a sign-in without the authenticator: 80 bits as four groups of four.
#[must_use]
pub fn recovery_code() -> String {
    let letters: Vec<char> =
        vault::random::<RECOVERY_LETTERS>().iter().map(|byte| letter(byte & 31)).collect();
    let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join("-")
}

fn letter(five_bits: u8) -> char {
    ALPHABET.get(usize::from(five_bits)).copied().map_or('0', char::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_can_be_read_out() {
        let reference = reference();
        assert_eq!(reference.len(), 17);
        assert!(reference.bytes().all(|byte| byte == b'-' || ALPHABET.contains(&byte)), "{reference}");
        assert_ne!(reference, super::reference());
    }

    #[test]
    fn secrets_have_256_bits() {
        assert_eq!(secret().len(), 43);
    }
}
