//! One-time codes by time (RFC 6238 with SHA-1, six digits, thirty seconds: what every
//! authenticator reads) and the alphabet in which their secret is written down.
//!
//! Forty lines over the HMAC that is here anyway take the place of a crate with its own SHA-1,
//! URL parser and image writer.

use aws_lc_rs::{
    constant_time::verify_slices_are_equal,
    hmac::{self, HMAC_SHA1_FOR_LEGACY_USE_ONLY},
};

/// How long one code is shown, in seconds.
pub const ONE_TIME_PERIOD: i64 = 30;
/// So many steps a clock may be off, either way.
const SKEW: i64 = 1;

/// The alphabet of RFC 4648 section 6.
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The code of a time step.
#[must_use]
pub fn one_time_code(secret: &[u8], step: i64) -> String {
    let tag = hmac::sign(&hmac::Key::new(HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret), &step.to_be_bytes());
    let bytes = tag.as_ref();
    // The low half of the last byte says where the four bytes begin (RFC 4226 section 5.3).
    let offset = usize::from(bytes.last().copied().unwrap_or(0) & 0x0f);
    let word = bytes
        .get(offset..)
        .and_then(|rest| rest.first_chunk::<4>())
        .map_or(0, |four| u32::from_be_bytes(*four) & 0x7fff_ffff);
    format!("{:06}", word % 1_000_000)
}

/// The step after `last` whose code is `code`, looked for around `now`; both in seconds and steps
/// of Unix time. What was used before is never found again.
#[must_use]
pub fn one_time_step(secret: &[u8], code: &str, now_seconds: i64, last: i64) -> Option<i64> {
    let now = now_seconds.div_euclid(ONE_TIME_PERIOD);
    (now - SKEW..=now + SKEW)
        .filter(|step| {
            verify_slices_are_equal(one_time_code(secret, *step).as_bytes(), code.as_bytes()).is_ok()
        })
        .find(|step| *step > last)
}

/// Bytes as authenticators take them when they are typed: RFC 4648 section 6 without padding.
#[must_use]
pub fn base32(bytes: &[u8]) -> String {
    let mut text = String::new();
    for group in bytes.chunks(5) {
        let word =
            (0..5).fold(0_u64, |word, place| word << 8 | u64::from(group.get(place).copied().unwrap_or(0)));
        let letters = (group.len() * 8).div_ceil(5);
        for place in 0..letters {
            let five = word >> (35 - 5 * place) & 31;
            let letter = usize::try_from(five).ok().and_then(|five| BASE32.get(five));
            text.push(letter.copied().map_or('A', char::from));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codes_of_the_standard() {
        let secret = b"12345678901234567890";
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000_i64, "353130"),
        ] {
            assert_eq!(one_time_code(secret, seconds / ONE_TIME_PERIOD), code);
        }
    }

    #[test]
    fn a_step_is_found_once_and_within_one_of_now() {
        let (secret, now) = (b"12345678901234567890", 1_111_111_109_i64);
        let step = now / ONE_TIME_PERIOD;
        for (off, found) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] {
            let code = one_time_code(secret, step + off);
            assert_eq!(one_time_step(secret, &code, now, 0), found.then_some(step + off), "{off}");
            assert_eq!(one_time_step(secret, &code, now, step + off), None);
        }
        for wrong in ["", "28708", "2870820", "abcdef", "\u{0660}\u{0661}\u{0662}\u{0663}\u{0664}\u{0665}"] {
            assert_eq!(one_time_step(secret, wrong, now, 0), None);
        }
    }

    #[test]
    fn the_words_of_the_standard() {
        for (bytes, text) in [
            ("", ""),
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foob", "MZXW6YQ"),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ] {
            assert_eq!(base32(bytes.as_bytes()), text);
        }
    }
}
