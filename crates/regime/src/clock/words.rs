//! Instants and terms in words.

use jiff::tz::{AmbiguousOffset, TimeZone};
use model::Instant;

use super::{Anchor, Term, Which};

/// An instant as people of that zone write it: "Saturday 7 March 2026, 16:30
/// (Europe/Luxembourg)". The minute is cut, never rounded up; an hour that happens twice is
/// told apart by its offset from UTC.
#[must_use]
pub fn local_words(at: Instant, zone: &TimeZone) -> String {
    let local = at.timestamp().to_zoned(zone.clone());
    let name = zone.iana_name().unwrap_or("UTC");
    let words = local.strftime("%A %-d %B %Y, %H:%M");
    match zone.to_ambiguous_timestamp(local.datetime()).offset() {
        AmbiguousOffset::Fold { .. } => format!("{words} ({name}, UTC{})", local.strftime("%:z")),
        AmbiguousOffset::Unambiguous { .. } | AmbiguousOffset::Gap { .. } => format!("{words} ({name})"),
    }
}

/// An anchor in words, from its id.
pub(super) fn anchor_words(anchor: &Anchor) -> String {
    match anchor {
        Anchor::Event(id) => id.replace('_', " "),
        Anchor::Submission { stage, which } => {
            let which = match which {
                Which::First => "first",
                Which::Latest => "latest",
            };
            format!("{which} submission of {}", stage.replace('_', " "))
        }
    }
}

/// A term in words, from its ids.
pub(super) fn term_words(term: &Term) -> String {
    let list = |terms: &[Term]| terms.iter().map(term_words).collect::<Vec<_>>().join(", ");
    match term {
        Term::Period { from, length } => format!("{} + {length}", anchor_words(from)),
        Term::EarliestOf(terms) => format!("the earliest of ({})", list(terms)),
        Term::LatestOf(terms) => format!("the latest of ({})", list(terms)),
        Term::IfLater { event, than, then, otherwise } => format!(
            "{} if {} is later than {}, else {}",
            term_words(then),
            anchor_words(event),
            term_words(than),
            term_words(otherwise)
        ),
    }
}
