//! A calendar as RFC 5545 writes it: lines of at most 75 octets ended by CR LF, values escaped.

use model::Instant;

/// A deadline in a calendar.
pub(super) struct Entry {
    /// Stays the same as long as the deadline does; nothing of it is guessed by others.
    pub id: String,
    /// When it falls.
    pub at: Instant,
    /// When what it says last changed.
    pub changed_at: Instant,
    /// One line.
    pub summary: String,
    /// More words.
    pub description: String,
    /// Where to look: a path in our pages.
    pub path: String,
}

/// The longest line, in octets without its end (RFC 5545 section 3.1).
const LONGEST: usize = 75;

/// The calendar of these entries. The same entries give the same bytes.
pub(super) fn calendar(entries: &[Entry], public_address: &str) -> String {
    let mut lines = Lines::default();
    lines.add("BEGIN", "VCALENDAR");
    lines.add("VERSION", "2.0");
    lines.add("PRODID", "-//Beffroi//Deadlines//EN");
    lines.add("CALSCALE", "GREGORIAN");
    lines.add("METHOD", "PUBLISH");
    lines.add("NAME", "Reporting deadlines");
    lines.add("X-WR-CALNAME", "Reporting deadlines");
    lines.add("REFRESH-INTERVAL;VALUE=DURATION", "PT15M");
    lines.add("X-PUBLISHED-TTL", "PT15M");
    for entry in entries {
        event(&mut lines, entry, public_address);
    }
    lines.add("END", "VCALENDAR");
    lines.text
}

/// A deadline is a moment: an event of no length, which blocks nobody's time, with two alarms.
fn event(lines: &mut Lines, entry: &Entry, public_address: &str) {
    lines.add("BEGIN", "VEVENT");
    lines.add("UID", &format!("{}@beffroi", entry.id));
    lines.add("DTSTAMP", &stamp(entry.changed_at));
    lines.add("DTSTART", &stamp(entry.at));
    lines.add("SUMMARY", &escaped(&entry.summary));
    lines.add("DESCRIPTION", &escaped(&entry.description));
    lines.add("URL", &format!("{public_address}{}", entry.path));
    lines.add("TRANSP", "TRANSPARENT");
    lines.add("CLASS", "CONFIDENTIAL");
    for (before, summary) in [("-PT4H", "due in four hours"), ("-PT1H", "due in one hour")] {
        lines.add("BEGIN", "VALARM");
        lines.add("ACTION", "DISPLAY");
        lines.add("TRIGGER", before);
        lines.add("DESCRIPTION", &escaped(&format!("{}: {summary}", entry.summary)));
        lines.add("END", "VALARM");
    }
    lines.add("END", "VEVENT");
}

/// An instant in UTC to the second: `20260307T153000Z`.
fn stamp(at: Instant) -> String {
    at.timestamp().strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// A TEXT value (RFC 5545 section 3.3.11); control characters, which it cannot hold, become blanks.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.replace("\r\n", "\n").chars() {
        match letter {
            '\\' => safe.push_str("\\\\"),
            ';' => safe.push_str("\\;"),
            ',' => safe.push_str("\\,"),
            '\n' => safe.push_str("\\n"),
            letter if letter.is_control() => safe.push(' '),
            letter => safe.push(letter),
        }
    }
    safe
}

#[derive(Default)]
struct Lines {
    text: String,
}

impl Lines {
    /// Adds a content line, folded between characters and never within one.
    fn add(&mut self, name: &str, value: &str) {
        let mut room = LONGEST;
        for letter in name.chars().chain([':']).chain(value.chars()) {
            if letter.len_utf8() > room {
                self.text.push_str("\r\n ");
                room = LONGEST - 1;
            }
            room -= letter.len_utf8();
            self.text.push(letter);
        }
        self.text.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(summary: &str) -> Entry {
        Entry {
            id: "0195-x.law.track.stage".to_owned(),
            at: "2026-03-07T15:30:00.5Z".parse().unwrap(),
            changed_at: "2026-03-06T15:30:00Z".parse().unwrap(),
            summary: summary.to_owned(),
            description: "Due.".to_owned(),
            path: "/report".to_owned(),
        }
    }

    #[test]
    fn a_deadline_reads_as_rfc_5545_writes_it() {
        let text = calendar(&[entry("NIS2 early warning")], "https://beffroi.example.eu");
        insta::assert_snapshot!(text.replace("\r\n", "\n"), @"
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//Beffroi//Deadlines//EN
        CALSCALE:GREGORIAN
        METHOD:PUBLISH
        NAME:Reporting deadlines
        X-WR-CALNAME:Reporting deadlines
        REFRESH-INTERVAL;VALUE=DURATION:PT15M
        X-PUBLISHED-TTL:PT15M
        BEGIN:VEVENT
        UID:0195-x.law.track.stage@beffroi
        DTSTAMP:20260306T153000Z
        DTSTART:20260307T153000Z
        SUMMARY:NIS2 early warning
        DESCRIPTION:Due.
        URL:https://beffroi.example.eu/report
        TRANSP:TRANSPARENT
        CLASS:CONFIDENTIAL
        BEGIN:VALARM
        ACTION:DISPLAY
        TRIGGER:-PT4H
        DESCRIPTION:NIS2 early warning: due in four hours
        END:VALARM
        BEGIN:VALARM
        ACTION:DISPLAY
        TRIGGER:-PT1H
        DESCRIPTION:NIS2 early warning: due in one hour
        END:VALARM
        END:VEVENT
        END:VCALENDAR
        ");
    }

    #[test]
    fn no_value_breaks_out_of_its_line() {
        let nasty = "a\r\nEND:VCALENDAR\rX;b,c\\d\u{7}\u{2028}é";
        let text = calendar(&[entry(nasty)], "https://b.example");
        assert!(text.contains("SUMMARY:a\\nEND:VCALENDAR X\\;b\\,c\\\\d \u{2028}é\r\n"), "{text}");
        assert_eq!(text.matches("END:VCALENDAR\r\n").count(), 1);
    }

    #[test]
    fn lines_are_folded_between_characters_and_unfold_to_what_they_were() {
        for width in 1..=400 {
            for letter in ["x", "é", "界", "🔔"] {
                let summary = letter.repeat(width);
                let text = calendar(&[entry(&summary)], "https://b.example");
                assert!(text.split("\r\n").all(|line| line.len() <= 75), "{width} of {letter}");
                assert!(text.replace("\r\n ", "").contains(&format!("SUMMARY:{summary}\r\n")));
            }
        }
    }
}
