//! Where a person comes back to after signing in.

use std::fmt::Write as _;

/// The longest address that is come back to.
const LONGEST: usize = 2000;

/// The sign-in page that comes back to `place`, a path with its query.
#[must_use]
pub fn sign_in_address(place: &str) -> String {
    address_with("/login", place)
}

/// The page of the second step, from which one comes to `place`.
#[must_use]
pub fn second_step_address(place: &str) -> String {
    address_with("/login/code", place)
}

fn address_with(page: &str, place: &str) -> String {
    let mut address = format!("{page}?next=");
    for byte in safe(place).bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                address.push(byte.into())
            }
            _ => {
                let _always_fits = write!(address, "%{byte:02X}");
            }
        }
    }
    address
}

/// `place` when it is a path of this node, else the first page: nobody is sent to another host.
/// Browsers read a backslash as a slash and skip tabs and line ends, so none of them may stand in it.
#[must_use]
pub fn safe(place: &str) -> &str {
    let path = place.starts_with('/') && !place.starts_with("//") && place.len() <= LONGEST;
    if path && place.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\') { place } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comes_back_to_a_page_of_this_node_only() {
        for place in [
            "/",
            "/report",
            "/report/incidents/1?tab=facts#x",
            "/a//b",
            "/@evil.example",
            "/%09/evil.example",
        ] {
            assert_eq!(safe(place), place);
        }
        for place in [
            "",
            "report",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/a\\b",
            "https://evil.example",
            "https:evil.example",
            "javascript:alert(1)",
            "/\t/evil.example",
            "\t//evil.example",
            "/\n/evil.example",
            " //evil.example",
            "/ü",
            "/a b",
        ] {
            assert_eq!(safe(place), "/", "{place:?}");
        }
        assert_eq!(safe(&format!("/{}", "a".repeat(LONGEST))), "/");
    }

    #[test]
    fn the_way_back_survives_the_address() {
        assert_eq!(sign_in_address("/report/new?a=1&b=ü"), "/login?next=/");
        assert_eq!(sign_in_address("/report/new?a=1&b=2"), "/login?next=/report/new%3Fa%3D1%26b%3D2");
    }
}
