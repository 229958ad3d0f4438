//! Places: coordinates and UN/LOCODE.

use super::Flaw;
use crate::{json::short, syntax::country::is_located_country};

const GEO: &str = "draft-lehmann-idmefv2-08, 3.3.3 (WGS 84)";
const UNLOCODE: &str = "draft-lehmann-idmefv2-08, 3.3.4 (UN/LOCODE)";

/// What is wrong with coordinates.
pub fn geo(text: &str) -> Option<Flaw> {
    let parts: Vec<&str> = text.split(',').collect();
    let numbers: Option<Vec<f64>> = parts.iter().map(|part| degrees(part.trim_matches(' '))).collect();
    let (Some(numbers), 2 | 3) = (numbers, parts.len()) else {
        let message = format!(
            "\"{}\" is no place: write latitude,longitude in degrees, and metres of altitude if known, as in 48.8584,2.2945,276.13",
            short(text)
        );
        return Some(Flaw::error("idmef.geo.form", GEO, message));
    };
    let far = |at: usize, most: f64| numbers.get(at).is_some_and(|number| number.abs() > most);
    if far(0, 90.0) || far(1, 180.0) {
        let message =
            "the latitude goes from -90 to 90 and the longitude from -180 to 180, the latitude first";
        return Some(Flaw::error("idmef.geo.range", GEO, message));
    }
    if text.contains([' ', '+']) {
        let message =
            "write coordinates without plus signs and spaces: readers that follow the grammar refuse them";
        return Some(Flaw::warning("idmef.geo.sign", GEO, message));
    }
    None
}

fn degrees(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !are_digits(whole) || !are_digits(fraction) {
        return None;
    }
    text.strip_prefix('+').unwrap_or(text).parse().ok()
}

/// What is wrong with a code of a place.
pub fn unlocode(text: &str) -> Option<Flaw> {
    let bytes = text.as_bytes();
    let (country, place) = bytes.split_at_checked(2).unwrap_or((bytes, &[]));
    let place = place.strip_prefix(b" ").unwrap_or(place);
    let is_country = country.len() == 2 && country.iter().all(u8::is_ascii_uppercase);
    let is_place = place.len() == 3 && place.iter().all(|byte| matches!(byte, b'A'..=b'Z' | b'2'..=b'9'));
    if !is_country || !is_place {
        let message = format!(
            "\"{}\" is no UN/LOCODE: two letters of the country and three letters or digits from 2 to 9, as in FR PAR",
            short(text)
        );
        return Some(Flaw::error("idmef.unlocode.form", UNLOCODE, message));
    }
    if !is_located_country(country) {
        let message = format!("no country has the code {}", String::from_utf8_lossy(country));
        return Some(Flaw::warning("idmef.unlocode.country", UNLOCODE, message));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates() {
        let rule = |text| geo(text).map_or("fine", |flaw| flaw.rule);
        assert_eq!(rule("48.8584,2.2945,276.13"), "fine");
        assert_eq!(rule("-48,-2"), "fine");
        assert_eq!(rule("+48.75726, +2.299528, +65.1"), "idmef.geo.sign");
        assert_eq!(rule("948.1,2.2"), "idmef.geo.range");
        for wrong in ["", "48", "48,2,3,4", "48.,2", "1e1,2", "NaN,1", "--1,2", "48;2"] {
            assert_eq!(rule(wrong), "idmef.geo.form", "{wrong}");
        }
    }

    #[test]
    fn codes_of_places() {
        let rule = |text| unlocode(text).map_or("fine", |flaw| flaw.rule);
        assert_eq!(
            (rule("FR PAR"), rule("FRPAR"), rule("US 2NY"), rule("XZ OSC")),
            ("fine", "fine", "fine", "fine")
        );
        assert_eq!(rule("ZZ ZZZ"), "idmef.unlocode.country");
        for wrong in ["", "F", "fr par", "FR  PAR", "FR PA1", "FR PARI", "É PAR"] {
            assert_eq!(rule(wrong), "idmef.unlocode.form", "{wrong}");
        }
    }
}
