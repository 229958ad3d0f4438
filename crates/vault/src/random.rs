//! Chance, from the operating system alone.

/// `N` random bytes of the system's generator.
///
/// The process ends when the system has no chance to give: nothing may be sealed, signed or
/// named with guessable bytes, and no caller could do better (aws-lc itself aborts there).
#[must_use]
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    fill(&mut bytes);
    bytes
}

/// Fills `bytes` with chance, for keys that must not be copied about.
pub(crate) fn fill(bytes: &mut [u8]) {
    if aws_lc_rs::rand::fill(bytes).is_err() {
        std::process::abort();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_draws_differ() {
        assert_ne!(random::<16>(), random::<16>());
    }
}
