//! Names of the Common Platform Enumeration, 2.3 and 2.2 (NISTIR 7695, 6; as the schema of CSAF has them).

/// Whether the pattern of CSAF 2.0 takes it, which holds a name at its beginning only and a URI at its end only.
pub fn fits_20(text: &str) -> bool {
    let begins = text.strip_prefix("cpe:2.3:").is_some_and(begins_with_name);
    let ends = text.rsplit_once(":/").is_some_and(|(scheme, rest)| {
        let scheme = scheme.len().checked_sub(3).and_then(|from| scheme.get(from..));
        scheme.is_some_and(|scheme| is_uri(&format!("{scheme}:/{rest}")))
    });
    begins || ends
}

fn begins_with_name(name: &str) -> bool {
    let parts = parts(name);
    let Some((first, rest)) = parts.split_at_checked(10) else { return false };
    let Some(last) = rest.first() else { return false };
    let mut signs = begin(last).chars();
    let starts = match signs.next() {
        Some('\\') => signs.next().is_some_and(is_escaped),
        Some(sign) => is_plain(sign),
        None => false,
    };
    let language = first.get(6).is_some_and(|part| is_language(part));
    let kind = first.first().is_some_and(|part| is_kind(part));
    let others = first.iter().enumerate().filter(|(place, _)| !matches!(place, 0 | 6));
    kind && language
        && others.into_iter().all(|(_, part)| is_attribute(part))
        && (starts || last.starts_with(['*', '-']))
}

fn is_kind(part: &str) -> bool {
    matches!(part, "a" | "h" | "o" | "*" | "-")
}

fn is_plain(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || "-._".contains(sign)
}

fn is_escaped(sign: char) -> bool {
    "\\*?!\"#$%&'()+,/:;<=>@[]^`{|}~".contains(sign)
}

/// Whether this is a CPE 2.3 name or a CPE 2.2 URI.
pub fn is_cpe(text: &str) -> bool {
    crate::syntax::cpe::is_cpe_23(text) || is_uri(text)
}

/// Cut at the colons that no backslash stands before.
fn parts(name: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = name;
    let mut escaped = false;
    let mut from = 0;
    while let Some(byte) = rest.as_bytes().get(from).copied() {
        if byte == b':' && !escaped {
            let (part, behind) = rest.split_at_checked(from).unwrap_or((rest, ""));
            parts.push(part);
            rest = behind.get(1..).unwrap_or_default();
            from = 0;
            continue;
        }
        escaped = byte == b'\\' && !escaped;
        from += 1;
    }
    parts.push(rest);
    parts
}

/// `*`, `-`, or text with question marks, or one star, at its ends; all other signs behind a backslash.
fn is_attribute(part: &str) -> bool {
    if matches!(part, "*" | "-") {
        return true;
    }
    let trimmed = end(begin(part));
    let mut escaped = false;
    for sign in trimmed.chars() {
        escaped = match (escaped, sign) {
            (true, sign) if is_escaped(sign) => false,
            (false, '\\') => true,
            (false, sign) if is_plain(sign) => false,
            _ => return false,
        };
    }
    !trimmed.is_empty() && !escaped
}

fn begin(part: &str) -> &str {
    match part.strip_prefix('*') {
        Some(rest) => rest,
        None => part.trim_start_matches('?'),
    }
}

/// Without the wild cards at the end, where no backslash makes them a plain sign.
fn end(part: &str) -> &str {
    let bare = part.trim_end_matches('?');
    let shorter = if bare.len() == part.len() { part.strip_suffix('*').unwrap_or(part) } else { bare };
    let slashes = shorter.bytes().rev().take_while(|byte| *byte == b'\\').count();
    if slashes % 2 == 0 {
        return shorter;
    }
    // The first wild card belongs to the backslash before it.
    part.get(..shorter.len() + 1).unwrap_or(part)
}

fn is_language(part: &str) -> bool {
    let letters = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphabetic());
    let (language, region) = part.split_once('-').map_or((part, None), |(one, two)| (one, Some(two)));
    let is_region =
        |region: &str| region.len() == 2 && letters(region) || region.len() == 3 && super::is_digits(region);
    matches!(part, "*" | "-")
        || (2..=3).contains(&language.len()) && letters(language) && region.is_none_or(is_region)
}

/// `cpe:/`, the part, and up to six attributes; two of its letters in any case, as the schema has it.
fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(":/") else { return false };
    let mut parts = rest.split(':');
    let kind = parts.next().is_some_and(|part| matches!(part, "" | "a" | "h" | "o" | "A" | "H" | "O"));
    let plain =
        |part: &str| part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-~%".contains(&byte));
    let attributes: Vec<&str> = parts.collect();
    scheme.starts_with('c')
        && scheme.eq_ignore_ascii_case("cpe")
        && kind
        && attributes.len() <= 6
        && attributes.into_iter().all(plain)
}
