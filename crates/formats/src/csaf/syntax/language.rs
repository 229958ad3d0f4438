//! Language tags: the pattern of the schema, and what RFC 5646 asks beyond it.

/// The languages of two letters (ISO 639-1), as the IANA registry has them, with those it deprecates.
const TWO_LETTERS: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de \
    dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii \
    ik in io is it iu iw ja ji jv jw ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh \
    mi mk ml mn mo mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa \
    sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz \
    ve vi vo wa wo xh yi yo za zh zu";

/// The pattern of the schema.
pub fn is_tag(text: &str) -> bool {
    let folded = text.to_ascii_lowercase();
    if matches!(folded.as_str(), "i-default" | "i-mingo") {
        return true;
    }
    let mut parts = folded.split('-').peekable();
    let alphanumeric = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    if parts.peek() == Some(&"x") {
        parts.next();
        return parts.peek().is_some()
            && parts.all(|part| (1..=8).contains(&part.len()) && alphanumeric(part));
    }
    let Some(language) = parts.next() else { return false };
    if !letters(language) || !(2..=8).contains(&language.len()) {
        return false;
    }
    if language.len() <= 3 {
        for _ in 0..3 {
            parts.next_if(|part| part.len() == 3 && letters(part));
        }
    }
    parts.next_if(|part| part.len() == 4 && letters(part));
    parts.next_if(|part| part.len() == 2 && letters(part) || part.len() == 3 && super::is_digits(part));
    let is_variant = |part: &&str| {
        let digit = part.starts_with(|first: char| first.is_ascii_digit());
        alphanumeric(part) && ((5..=8).contains(&part.len()) || part.len() == 4 && digit)
    };
    while parts.next_if(is_variant).is_some() {}
    while parts.next_if(|part| part.len() == 1 && *part != "x" && alphanumeric(part)).is_some() {
        let is_extension = |part: &&str| (2..=8).contains(&part.len()) && alphanumeric(part);
        if parts.next_if(is_extension).is_none() {
            return false;
        }
        while parts.next_if(is_extension).is_some() {}
    }
    match parts.next() {
        None => true,
        Some("x") => {
            parts.peek().is_some() && parts.all(|part| (1..=8).contains(&part.len()) && alphanumeric(part))
        }
        Some(_) => false,
    }
}

/// What is wrong with a tag of the right form, as far as one can tell without the whole IANA registry.
pub fn flaw(text: &str) -> Option<&'static str> {
    let folded = text.to_ascii_lowercase();
    let mut parts = folded.split('-');
    let language = parts.next().unwrap_or_default();
    if language.len() == 2 && !TWO_LETTERS.split_ascii_whitespace().any(|known| known == language) {
        return Some("no language has this code of two letters in the IANA registry");
    }
    if (4..=8).contains(&language.len()) {
        return Some("no language of four letters or more is registered");
    }
    let mut seen = std::collections::HashSet::new();
    let singles = parts.take_while(|part| *part != "x").filter(|part| part.len() == 1);
    singles
        .into_iter()
        .any(|single| !seen.insert(single.to_owned()))
        .then_some("an extension stands there twice")
}

/// Whether it has parts for private use (RFC 5646, 2.2.7; `qaa` to `qtz`).
pub fn is_private(text: &str) -> bool {
    let folded = text.to_ascii_lowercase();
    let between = |part: &str, low: &str, high: &str| part.len() == low.len() && part >= low && part <= high;
    let mut parts = folded.split('-');
    let language = parts.next().unwrap_or_default();
    language == "x"
        || between(language, "qaa", "qtz")
        || parts.any(|part| {
            part == "x"
                || between(part, "qaaa", "qabx")
                || matches!(part, "aa" | "zz")
                || between(part, "qm", "qz")
                || between(part, "xa", "xz")
        })
}

/// The language of the tag, without script and region.
pub fn primary(text: &str) -> String {
    text.split('-').next().unwrap_or_default().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_all_shapes() {
        for right in [
            "de",
            "en-US",
            "zh-Hant-TW",
            "sl-rozaj-biske",
            "de-DE-u-co-phonebk",
            "x-a",
            "i-default",
            "en-x-b",
            "zh-yue-HK",
            "es-419",
        ] {
            assert!(is_tag(right), "{right}");
        }
        for wrong in ["", "d", "de_DE", "en-", "en-a", "x", "123", "en-x", "abcdefghi", "i-klingon"] {
            assert!(!is_tag(wrong), "{wrong}");
        }
        assert!(flaw("ez").is_some() && flaw("de-AT").is_none() && flaw("en-a-bb-a-cc").is_some());
        assert!(is_private("qab") && is_private("en-x-y") && !is_private("en-US"));
    }
}
