//! Timestamps, as draft 08 has them.

use super::Flaw;
use crate::{json::short, syntax::time::Parts};

const SOURCE: &str = "draft-lehmann-idmefv2-08, 3.3.2 (RFC 3339, 5.6)";

/// What the text of the draft finds wrong with a timestamp.
pub fn time(text: &str) -> Option<Flaw> {
    let Some(parts) = Parts::read(text) else {
        let message = format!("\"{}\" is no timestamp: write 2026-05-15T12:30:00Z", short(text));
        return Some(Flaw::error("idmef.time.form", SOURCE, message));
    };
    if !parts.is_clock() || !parts.is_date() {
        let message = format!("\"{}\" names a day or a time of day that does not exist", short(text));
        return Some(Flaw::error("idmef.time.date", SOURCE, message));
    }
    let Some(offset) = parts.offset else {
        let message = format!("the zone is missing: write \"{0}Z\" for UTC, or \"{0}+02:00\"", short(text));
        return Some(Flaw::error("idmef.time.zone", SOURCE, message));
    };
    if parts.second == 60 && !parts.is_leap_second(offset) {
        let message = "second 60 exists only as a leap second at the end of a month in UTC";
        return Some(Flaw::error("idmef.time.leap", "RFC 3339, 5.7", message));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(text: &str) -> &'static str {
        time(text).map_or("fine", |flaw| flaw.rule)
    }

    #[test]
    fn days_zones_and_leap_seconds() {
        assert_eq!(rule("2024-02-29T00:00:00Z"), "fine");
        assert_eq!(rule("2100-02-29T00:00:00Z"), "idmef.time.date");
        assert_eq!(rule("2026-13-01T00:00:00Z"), "idmef.time.date");
        assert_eq!(rule("2026-01-01T24:00:00Z"), "idmef.time.date");
        assert_eq!(rule("2026-01-01T00:00:00"), "idmef.time.zone");
        assert_eq!(rule("2026-01-01 00:00:00Z"), "idmef.time.form");
        assert_eq!(rule("2026-01-01T00:00:00.Z"), "idmef.time.form");
        assert_eq!(rule("2026-01-01T00:00:00+24:00"), "idmef.time.form");
        assert_eq!(rule("2016-12-31T23:59:60Z"), "fine");
        assert_eq!(rule("2017-01-01T00:59:60+01:00"), "fine");
        assert_eq!(rule("2017-01-01T00:00:60Z"), "idmef.time.leap");
        assert_eq!(rule("2026-05-15t12:30:00z"), "fine");
        assert_eq!(rule("２026-05-15T12:30:00Z"), "idmef.time.form");
    }
}
