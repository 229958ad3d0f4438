//! How a value is said in the one format and in the other.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::{
    Json, canonical,
    syntax::{address::is_domain_name, time},
};

/// A time as `created` has it: in UTC, to the millisecond.
pub fn created(text: &str) -> Option<String> {
    time::in_utc(time::nanoseconds(text)?)
}

/// Beginning and end of what was observed; what is not known is taken from what is.
pub fn window(start: Option<&str>, end: Option<&str>, created: &str) -> (String, String) {
    let first = start.and_then(time::for_stix).unwrap_or_else(|| created.to_owned());
    let last = end.and_then(time::for_stix).unwrap_or_else(|| first.clone());
    let in_order = time::nanoseconds(&last) >= time::nanoseconds(&first);
    let last = if in_order { last } else { first.clone() };
    (first, last)
}

/// The share of 1 as a percentage.
pub fn percentage(digits: &str) -> Option<String> {
    let share: f64 = digits.parse().ok().filter(|share| (0.0..=1.0).contains(share))?;
    Some(format!("{:.0}", share * 100.0))
}

/// The percentage as a share of 1.
pub fn share(digits: &str) -> Option<String> {
    let percentage: u8 = digits.parse().ok().filter(|percentage| *percentage <= 100)?;
    Some(match percentage {
        0 => "0".to_owned(),
        100 => "1".to_owned(),
        part => format!("0.{part:02}").trim_end_matches('0').to_owned(),
    })
}

const PRIORITIES: [(&str, u8); 4] = [("Info", 10), ("Low", 30), ("Medium", 60), ("High", 90)];

/// The criticality of an incident, 0 to 100.
pub fn criticality(priority: &str) -> Option<u8> {
    PRIORITIES.into_iter().find(|(name, _)| *name == priority).map(|(_, level)| level)
}

/// The priority of an alert.
pub fn priority(criticality: &str) -> Option<&'static str> {
    let level: u8 = criticality.parse().ok()?;
    let nearest = PRIORITIES.into_iter().min_by_key(|(_, known)| known.abs_diff(level));
    nearest.map(|(name, _)| name)
}

/// Determination and status of the investigation.
pub fn investigation(status: &[String]) -> (&'static str, &'static str) {
    let has = |word: &str| status.iter().any(|known| known == word);
    let determination = if has("FalsePositive") {
        "false-positive"
    } else if has("Incident") || has("Reported") {
        "confirmed"
    } else {
        "suspected"
    };
    let investigation = if has("Closed") {
        "closed"
    } else if has("Open") {
        "open"
    } else {
        "new"
    };
    (determination, investigation)
}

/// The status of an alert.
pub fn status(determination: &str, investigation: &str) -> Vec<&'static str> {
    let judged = match determination {
        "confirmed" => Some("Incident"),
        "false-positive" => Some("FalsePositive"),
        _ => None,
    };
    let state = match investigation {
        "closed" => Some("Closed"),
        "open" => Some("Open"),
        _ => None,
    };
    let words: Vec<&str> = judged.into_iter().chain(state).collect();
    if words.is_empty() { vec!["Event"] } else { words }
}

const FUNCTIONS: [(&str, &str, usize); 6] = [
    ("md5", "MD5", 32),
    ("sha1", "SHA-1", 40),
    ("sha256", "SHA-256", 64),
    ("sha512", "SHA-512", 128),
    ("sha3-256", "SHA3-256", 64),
    ("sha3-512", "SHA3-512", 128),
];

/// The hashes as STIX has them; none when one cannot be said, or one function stands twice.
pub fn hashes(texts: &[String]) -> Option<Vec<(&'static str, String)>> {
    let plain = |name: &str| name.replace('-', "").to_ascii_lowercase();
    let mut found: Vec<(&'static str, String)> = Vec::new();
    for text in texts {
        let (function, digits) = text.split_once(':')?;
        let known = FUNCTIONS.into_iter().find(|(own, ..)| plain(own) == plain(function));
        let (_, name, _) = known.filter(|(.., length)| digits.len() == *length)?;
        if found.iter().any(|(other, _)| *other == name)
            || !digits.bytes().all(|byte| byte.is_ascii_hexdigit())
        {
            return None;
        }
        found.push((name, digits.to_owned()));
    }
    (!found.is_empty()).then_some(found)
}

/// A hash as an alert has it.
pub fn hash(name: &str, digits: &str) -> Option<String> {
    let known = FUNCTIONS.into_iter().find(|(_, other, _)| *other == name);
    known.map(|(own, ..)| format!("{own}:{digits}"))
}

/// Latitude and longitude as numbers.
pub fn coordinates(text: &str) -> Option<(String, String)> {
    let mut parts = text.split(',').map(|part| part.trim().parse::<f64>().ok());
    let (latitude, longitude) = (parts.next()??, parts.next()??);
    let digits = |number: f64| canonical(&Json::Number(number.to_string().into()));
    let fits = latitude.abs() <= 90.0 && longitude.abs() <= 180.0;
    // ECMAScript writes very small numbers with an exponent, which coordinates do not have.
    let near = |number: f64| number == 0.0 || number.abs() >= 1e-6;
    if !fits || !near(latitude) || !near(longitude) {
        return None;
    }
    Some((digits(latitude)?, digits(longitude)?))
}

/// The type of observable for an address, and its value.
pub fn address(text: &str) -> Option<(&'static str, String)> {
    if let Ok(address) = text.parse::<Ipv4Addr>() {
        return Some(("ipv4-addr", address.to_string()));
    }
    let address = text.parse::<Ipv6Addr>().ok()?;
    // The published schema does not know the mixed form.
    let written = match address.to_ipv4_mapped() {
        Some(_) => {
            let [.., high, low] = address.segments();
            format!("::ffff:{high:x}:{low:x}")
        }
        None => address.to_string(),
    };
    Some(("ipv6-addr", written))
}

/// The domain name that a host name is, if it is one of the Domain Name System.
pub fn domain(text: &str) -> Option<String> {
    let name = text.strip_suffix('.').unwrap_or(text).to_lowercase();
    let (_, top) = name.rsplit_once('.')?;
    let is_top =
        top.len() >= 2 && top.bytes().all(|byte| byte.is_ascii_lowercase()) || top.starts_with("xn--");
    let is_plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'));
    (is_top && is_plain && is_domain_name(&name)).then_some(name)
}

/// The technique or tactic of ATT&CK that a text names: `T1566`, `ATT&CK T1566.004`, `TA0010`.
pub fn attack_id(text: &str) -> Option<&str> {
    text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '.')
        .find(|word| is_attack_id(word))
}

pub fn is_attack_id(word: &str) -> bool {
    let digits =
        |text: &str, count: usize| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    if let Some(tactic) = word.strip_prefix("TA") {
        return digits(tactic, 4);
    }
    let Some(technique) = word.strip_prefix('T') else { return false };
    match technique.split_once('.') {
        None => digits(technique, 4),
        Some((technique, part)) => digits(technique, 4) && digits(part, 3),
    }
}
