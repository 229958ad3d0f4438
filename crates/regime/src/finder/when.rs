//! When a stage is due, in words, before the instants are known.

use model::{DutyKey, Instant};

use crate::{
    Case, Library, Pack, Verdict,
    clock::{Anchor, Length, Term},
    duties::{due::anchor_words, world_of},
};

/// The time that the law gives for a stage of this case ("24 hours from becoming aware of the incident"); none
/// where it sets no clock, or counts from what only an authority does.
#[must_use]
pub fn clock_in_words(library: &Library, case: &Case, key: &DutyKey, now: Instant) -> Option<String> {
    let pack = library.pack(&key.pack)?;
    let (_, stage) = pack.stage(&key.track, &key.stage)?;
    let mut world = world_of(library, pack, case, (&key.track, "en"));
    world.now = Some(now);
    // As dues are worked out: while it is open whether another clock runs, the earlier of them counts.
    let mut terms = vec![];
    let mut decided = false;
    for conditional in &stage.clocks {
        match world.evaluate(&conditional.when).verdict {
            Verdict::No => continue,
            Verdict::Unknown => {}
            Verdict::Yes => decided = true,
        }
        terms.extend(term(library, pack, &conditional.clock.term));
        if decided {
            break;
        }
    }
    if !decided {
        terms.extend(stage.clock.as_ref().and_then(|clock| term(library, pack, &clock.term)));
    }
    match terms.len() {
        0 | 1 => terms.pop(),
        _ => Some(format!("whichever is earlier: {}", terms.join("; "))),
    }
}

fn term(library: &Library, pack: &Pack, of: &Term) -> Option<String> {
    let several = |terms: &[Term]| -> Option<String> {
        let parts: Option<Vec<String>> = terms.iter().map(|one| term(library, pack, one)).collect();
        parts.map(|parts| parts.join("; "))
    };
    match of {
        Term::Period { length: Length::OnTheDate, .. } => None,
        Term::Period { from, length } => Some(format!("{length} from {}", start(library, pack, from))),
        Term::EarliestOf(terms) => several(terms).map(|parts| format!("whichever is earlier: {parts}")),
        Term::LatestOf(terms) => several(terms).map(|parts| format!("whichever is later: {parts}")),
        Term::IfLater { event, than, then, otherwise } => {
            let (then, otherwise) = (term(library, pack, then)?, term(library, pack, otherwise)?);
            let event = start(library, pack, event);
            let than = term(library, pack, than)?;
            Some(format!("{otherwise}; if {event} comes later than {than}: {then}"))
        }
    }
}

/// What a period starts with, to follow "from".
fn start(library: &Library, pack: &Pack, anchor: &Anchor) -> String {
    match anchor {
        Anchor::Event(_) => anchor_words(library, pack, anchor),
        Anchor::Submission { stage, .. } => {
            format!("the filing of \u{201c}{}\u{201d}", pack.text("en", &format!("stage-{stage}")))
        }
    }
}
