//! Numbers that have a source of their own in external references (STIX 2.1, 2.5).

/// The `source_name` that an identifier of this form must have, and no other may: `cve` for `CVE-2026-0001`,
/// `capec` for `CAPEC-1`.
pub fn source_of(id: &str) -> Option<&'static str> {
    if id.strip_prefix("CVE-").and_then(|rest| rest.split_once('-')).is_some_and(is_cve) {
        return Some("cve");
    }
    id.strip_prefix("CAPEC-").is_some_and(is_digits).then_some("capec")
}

fn is_cve((year, number): (&str, &str)) -> bool {
    let is_padded = number.len() > 4 && number.starts_with('0');
    year.len() == 4 && is_digits(year) && is_digits(number) && number.len() >= 4 && !is_padded
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_tell_their_source() {
        assert_eq!(source_of("CVE-2026-0001").zip(source_of("CVE-2026-12345")), Some(("cve", "cve")));
        assert_eq!(source_of("CAPEC-1"), Some("capec"));
        let others = ["CVE-2026-01", "CVE-2026-01234", "cve-2026-0001", "CAPEC-", "CVE-26-0001", ""];
        assert!(others.iter().all(|id| source_of(id).is_none()));
    }
}
