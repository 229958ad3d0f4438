//! How an incident stands under each law: one line for each, whatever the law asks.

use model::DutyState;
use regime::{Duty, Library, Missing, Verdict};

use super::{situation::Situation, view::open_duties};
use crate::view::LawStanding;

/// One line for each law of `duties`, those that ask something first, least time left first.
pub(crate) fn laws_of(library: &Library, situation: &Situation, duties: &[Duty]) -> Vec<LawStanding> {
    let open = open_duties(duties);
    let mut packs: Vec<&str> = Vec::new();
    for pack in open.iter().copied().chain(duties).map(|duty| duty.key.pack.as_str()) {
        if !packs.contains(&pack) {
            packs.push(pack);
        }
    }
    packs
        .into_iter()
        .filter_map(|pack| {
            let next = open.iter().copied().find(|duty| duty.key.pack == pack);
            let mut of_law = duties.iter().filter(|duty| duty.key.pack == pack);
            match next {
                Some(next) => Some(standing(library, situation, next, duties)),
                None => at_rest(of_law.clone().max_by_key(|duty| weight(duty))?, duties)
                    .or_else(|| at_rest(of_law.next()?, duties)),
            }
        })
        .collect()
}

/// All that is missing for a stage: what would decide it, and what its form requires.
pub(crate) fn missing_for(library: &Library, situation: &Situation, duty: &Duty) -> Vec<Missing> {
    let mut missing = duty.missing.clone();
    for one in regime::missing_to_file(library, &situation.case, &duty.key) {
        if !missing.iter().any(|known| known.field == one.field) {
            missing.push(one);
        }
    }
    missing
}

/// The law's next step with all that is missing for it.
fn standing(library: &Library, situation: &Situation, next: &Duty, duties: &[Duty]) -> LawStanding {
    LawStanding {
        pack: next.key.pack.clone(),
        law: next.law.clone(),
        state: next.state,
        duty: Some(next.key.clone()),
        title: Some(next.title.clone()),
        due: next.due.clone(),
        missing: missing_for(library, situation, next),
        reason: None,
        filed: filed(&next.key.pack, duties),
    }
}

/// A law that asks nothing now: everything is filed, or it does not apply and why.
fn at_rest(duty: &Duty, duties: &[Duty]) -> Option<LawStanding> {
    let reason = match duty.state {
        DutyState::NotApplicable | DutyState::Displaced | DutyState::Undecided => Some(why_not(duty)),
        DutyState::Due
        | DutyState::Drafted
        | DutyState::InApproval
        | DutyState::Filed
        | DutyState::Acknowledged
        | DutyState::Late
        | DutyState::Withdrawn
        | DutyState::Waived => None,
    };
    Some(LawStanding {
        pack: duty.key.pack.clone(),
        law: duty.law.clone(),
        state: duty.state,
        duty: None,
        title: None,
        due: None,
        missing: vec![],
        reason,
        filed: filed(&duty.key.pack, duties),
    })
}

/// The first ground on which a stage is not owed, with its article: which law takes the place, where one does.
pub(crate) fn why_not(duty: &Duty) -> String {
    let ground = duty.reasons.parts.iter().rfind(|part| part.verdict == Verdict::No);
    let displacing = (duty.state == DutyState::Displaced)
        .then(|| ground.and_then(|ground| ground.parts.iter().find(|part| part.verdict == Verdict::Yes)))
        .flatten();
    let said = displacing.or(ground).unwrap_or(&duty.reasons);
    let article = said.article.as_ref().map(|article| format!(" ({article})")).unwrap_or_default();
    format!("{}{article}", said.rule)
}

fn filed(pack: &str, duties: &[Duty]) -> u32 {
    let filed = duties.iter().filter(|duty| duty.key.pack == pack && !duty.submissions.is_empty());
    u32::try_from(filed.count()).unwrap_or(u32::MAX)
}

/// Which state of a law that rests says most about it.
const fn weight(duty: &Duty) -> u8 {
    match duty.state {
        DutyState::Filed | DutyState::Acknowledged => 5,
        DutyState::Due | DutyState::Drafted | DutyState::InApproval | DutyState::Late => 4,
        DutyState::Displaced => 3,
        DutyState::Withdrawn | DutyState::Waived => 2,
        DutyState::Undecided => 1,
        DutyState::NotApplicable => 0,
    }
}
