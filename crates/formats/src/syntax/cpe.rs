//! CPE names (NISTIR 7695, 6.2).

/// Whether this is the formatted string of a CPE 2.3 name: `cpe:2.3:` and eleven parts.
pub fn is_cpe_23(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("cpe:2.3:") else { return false };
    let parts = split(rest);
    let part_is_known = matches!(parts.first(), Some(&("a" | "h" | "o" | "*" | "-")));
    let language = parts.get(6).is_some_and(|part| is_any(part) || is_language(part));
    let others =
        parts.iter().enumerate().all(|(at, part)| at == 0 || at == 6 || is_any(part) || is_value(part));
    parts.len() == 11 && part_is_known && language && others
}

/// At the colons that no backslash escapes.
fn split(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut begin = 0;
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b':' if !escaped => {
                parts.push(text.get(begin..at).unwrap_or_default());
                begin = at + 1;
            }
            _ => {}
        }
        escaped = byte == b'\\' && !escaped;
    }
    parts.push(text.get(begin..).unwrap_or_default());
    parts
}

fn is_any(part: &str) -> bool {
    matches!(part, "*" | "-")
}

fn is_language(part: &str) -> bool {
    let (language, region) =
        part.split_once('-').map_or((part, None), |(language, region)| (language, Some(region)));
    let region_is_fine = region.is_none_or(|region| {
        region.len() == 2 && region.bytes().all(|byte| byte.is_ascii_alphabetic())
            || region.len() == 3 && region.bytes().all(|byte| byte.is_ascii_digit())
    });
    (2..=3).contains(&language.len())
        && language.bytes().all(|byte| byte.is_ascii_alphabetic())
        && region_is_fine
}

/// Letters, digits, `-._`, escaped punctuation; `?` and `*` only at the ends.
fn is_value(part: &str) -> bool {
    let inner = part.trim_start_matches(['?', '*']);
    let mut bytes = inner.bytes().peekable();
    let mut some = false;
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' => {
                if !bytes.next().is_some_and(|next| next.is_ascii_punctuation()) {
                    return false;
                }
                some = true;
            }
            b'?' | b'*' => {
                // Only others of their kind may follow, unless nothing stood before.
                return some && bytes.all(|rest| matches!(rest, b'?' | b'*'));
            }
            _ if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) => some = true,
            _ => return false,
        }
    }
    some
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_products() {
        for fine in [
            "cpe:2.3:a:microsoft:word:2000:*:*:*:*:*:*:*",
            "cpe:2.3:o:linux:linux_kernel:6.1\\:rc1:-:*:*:*:*:x86:*",
            "cpe:2.3:a:foo\\\\bar:big\\$money:2010:*:*:en-us:special:ipod_touch:80gb:*",
            "cpe:2.3:a:vendor:product?:1.*:*:*:de:*:*:*:*",
        ] {
            assert!(is_cpe_23(fine), "{fine}");
        }
        for wrong in [
            "",
            "invalid",
            "cpe:/a:x:y",
            "cpe:2.3:z:a:b:*:*:*:*:*:*:*:*",
            "cpe:2.3:a:b",
            "cpe:2.3:a:b c:d:*:*:*:*:*:*:*:*",
        ] {
            assert!(!is_cpe_23(wrong), "{wrong}");
        }
    }
}
