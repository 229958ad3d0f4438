//! What the published schemas accept: their patterns, written out. Formats (uri, email) are not asserted
//! by default, so any text passes there.

use super::content;
use crate::idmef::model::Kind;
use crate::syntax::time::Parts;

/// Whether the pattern that the schemas have for this kind of text accepts it.
pub fn accepts(kind: Kind, text: &str) -> bool {
    match kind {
        Kind::Uuid => content::uuid(text).is_none(),
        Kind::Time => is_time(text),
        Kind::Geo => is_geo(text),
        Kind::UnLocode => is_unlocode(text),
        Kind::Ip => is_v4(text, is_octet) || is_v6(text),
        Kind::Label | Kind::Handle => {
            !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
        }
        Kind::Media => content::is_media(text),
        Kind::Protocol => content::protocol(text).is_none(),
        Kind::Hash => is_hash(text),
        Kind::Version
        | Kind::Text
        | Kind::Name
        | Kind::Uri
        | Kind::Email
        | Kind::Path
        | Kind::Ti
        | Kind::Zone
        | Kind::Encoding
        | Kind::Content
        | Kind::Words(_)
        | Kind::Port
        | Kind::Size
        | Kind::Confidence
        | Kind::Number => true,
    }
}

fn is_time(text: &str) -> bool {
    Parts::read(text).is_some_and(|parts| !parts.is_small && parts.is_clock() && parts.is_loose_date())
}

fn is_geo(text: &str) -> bool {
    let mut parts = text.split(',');
    let Some(first) = parts.next().filter(|first| is_coordinate(first)) else { return false };
    let mut count = usize::from(!first.is_empty());
    for part in parts {
        count += 1;
        if !is_coordinate(part.strip_prefix(' ').unwrap_or(part)) {
            return false;
        }
    }
    count == 2 || count == 3
}

fn is_coordinate(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let are_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    !whole.is_empty() && are_digits(whole) && are_digits(fraction)
}

fn is_unlocode(text: &str) -> bool {
    let (country, place) = text.split_at_checked(2).unwrap_or((text, ""));
    let place = place.strip_prefix(' ').unwrap_or(place);
    let are_letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_uppercase());
    country.len() == 2 && are_letters(country) && place.len() == 3 && are_letters(place)
}

fn is_hash(text: &str) -> bool {
    text.split_once(':').is_some_and(|(function, digits)| {
        !function.is_empty()
            && function.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !digits.is_empty()
            && digits.len() % 2 == 0
            && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

fn is_v4(text: &str, octet: fn(&str) -> bool) -> bool {
    text.split('.').count() == 4 && text.split('.').all(octet)
}

/// Up to three digits up to 255, leading zeros or not.
fn is_octet(text: &str) -> bool {
    matches!(text.len(), 1..=3)
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && text.parse::<u16>().is_ok_and(|number| number < 256)
}

/// As above, but three digits only from 100.
fn is_embedded_octet(text: &str) -> bool {
    is_octet(text) && !(text.len() == 3 && text.starts_with('0'))
}

fn is_group(text: &str) -> bool {
    matches!(text.len(), 1..=4) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn is_v6(text: &str) -> bool {
    if let Some((address, zone)) = text.split_once('%') {
        let Some(groups) = address.strip_prefix("fe80:") else { return false };
        // The pattern wants up to four times a colon with up to four digits.
        let are_groups = groups.is_empty()
            || groups.strip_prefix(':').is_some_and(|groups| {
                groups.split(':').count() <= 4
                    && groups.split(':').all(|group| group.is_empty() || is_group(group))
            });
        return are_groups && !zone.is_empty() && zone.bytes().all(|byte| byte.is_ascii_alphanumeric());
    }
    let Some((left, right)) = text.split_once("::") else {
        return text.split(':').count() == 8 && text.split(':').all(is_group);
    };
    let groups = |part: &str| match part {
        "" => Some(0),
        _ => part.split(':').all(is_group).then(|| part.split(':').count()),
    };
    let Some(before) = groups(left) else { return false };
    if right.contains('.') {
        let tail = right.rsplit_once(':');
        let (zeros, quad) = tail.map_or(("", right), |(zeros, quad)| (zeros, quad));
        let is_mapped =
            left.is_empty() && (zeros == "ffff" || zeros.strip_prefix("ffff:").is_some_and(is_zeros));
        return is_v4(quad, is_embedded_octet)
            && (is_mapped || (zeros.is_empty() && tail.is_none() && before <= 4));
    }
    groups(right).is_some_and(|after| before + after <= 7)
}

fn is_zeros(text: &str) -> bool {
    matches!(text.len(), 1..=4) && text.bytes().all(|byte| byte == b'0')
}
