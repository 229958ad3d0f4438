//! Hashes whose algorithm is known: hexadecimal digits, and how many.

use super::ast::{Path, Step};

/// The algorithm that a path leads to, as in `file:hashes.'SHA-256'`.
pub(super) fn algorithm(path: &Path) -> Option<&str> {
    match path.steps.as_slice() {
        [.., Step::Key(hashes), Step::Key(algorithm)] if hashes == "hashes" => Some(algorithm),
        _ => None,
    }
}

/// How many hexadecimal digits a hash of this algorithm has; none when they are not told by their number.
pub(super) fn digits(algorithm: &str) -> Option<usize> {
    Some(match bare(algorithm).as_str() {
        "MD5" => 32,
        "SHA1" | "RIPEMD160" => 40,
        "SHA224" | "SHA3224" => 56,
        "SHA256" | "SHA3256" => 64,
        "SHA384" | "SHA3384" => 96,
        "SHA512" | "SHA3512" | "WHIRLPOOL" => 128,
        _ => return None,
    })
}

/// Whether the standard or practice knows the algorithm (hash-algorithm-ov).
pub(super) fn is_known(algorithm: &str) -> bool {
    digits(algorithm).is_some() || matches!(bare(algorithm).as_str(), "SSDEEP" | "TLSH" | "MD6" | "IMPHASH")
}

/// Whether what the path leads to is the same in small and capital letters.
pub(super) fn is_hexadecimal(path: &Path) -> bool {
    algorithm(path).is_some_and(|algorithm| digits(algorithm).is_some())
}

/// Names are written with and without hyphens.
fn bare(algorithm: &str) -> String {
    algorithm
        .chars()
        .filter(|character| *character != '-')
        .map(|character| character.to_ascii_uppercase())
        .collect()
}
