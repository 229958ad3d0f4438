//! The duties by law, as a person reads them.

use std::collections::BTreeSet;

use model::{DutyState, Instant};
use regime::{
    Case, Duty, Library,
    finder::{clock_in_words, wanted},
    pack::Status,
};

use super::find_duties::Unknown;
use crate::{
    incidents::laws::why_not,
    view::{Bill, FoundDuty, FoundLaw, LawVerdict},
};

/// One entry for each law, those that ask something first, least time left first.
pub(super) fn laws(
    library: &Library,
    case: &Case,
    (duties, unknown): (Vec<Duty>, &Unknown),
    now: Instant,
) -> Vec<FoundLaw> {
    let mut packs: Vec<(String, Vec<Duty>)> = vec![];
    for duty in duties {
        match packs.iter_mut().find(|(pack, _)| *pack == duty.key.pack) {
            Some((_, own)) => own.push(duty),
            None => packs.push((duty.key.pack.clone(), vec![duty])),
        }
    }
    let mut laws: Vec<FoundLaw> = packs
        .into_iter()
        .filter_map(|(pack, duties)| law(library, case, (&pack, duties, unknown), now))
        .collect();
    let due = |law: &FoundLaw| {
        law.duties.iter().filter_map(|found| found.duty.due.as_ref()).map(|due| due.at).min()
    };
    laws.sort_by_key(|law| (law.verdict, due(law).is_none(), due(law)));
    laws
}

/// The laws that may be simulated for this State: bills, and those that begin later.
pub(super) fn bills(library: &Library, case: &Case, now: Instant) -> Vec<Bill> {
    let today = regime::clock::day_of(now);
    let here = library.packs().iter().filter(|pack| {
        let speaks = pack.law.countries.is_empty() || pack.law.countries.contains(&case.country);
        speaks && (pack.law.status == Status::Proposed || pack.law.valid_from > today)
    });
    here.map(|pack| Bill {
        pack: pack.id().to_owned(),
        law: pack.law.law.clone(),
        title: pack.title("en"),
        simulated: case.simulated.iter().any(|name| name == pack.id()),
    })
    .collect()
}

fn law(
    library: &Library,
    case: &Case,
    (pack, duties, unknown): (&str, Vec<Duty>, &Unknown),
    now: Instant,
) -> Option<FoundLaw> {
    let verdict = verdict(&duties);
    let first = duties.first()?;
    let (law, title) = (first.law.clone(), library.pack(pack)?.title("en"));
    let reason = (verdict == LawVerdict::DoesNotApply).then(|| {
        let displaced = duties.iter().find(|duty| duty.state == DutyState::Displaced);
        why_not(displaced.unwrap_or(first))
    });
    let silent = matches!(verdict, LawVerdict::DoesNotApply | LawVerdict::Voluntary);
    let mut wanted_of_law: BTreeSet<String> = BTreeSet::new();
    let mut found = vec![];
    for (place, duty) in duties.into_iter().enumerate() {
        let shown = speaks(&duty) || (silent && place == 0);
        if !shown {
            continue;
        }
        let wanted = wanted(library, case, &duty, unknown);
        if duty.state == DutyState::Undecided && !duty.voluntary {
            wanted_of_law.extend(wanted.iter().cloned());
        }
        let within = clock_in_words(library, case, &duty.key, now).filter(|_| speaks(&duty));
        found.push(FoundDuty { duty, within, wanted });
    }
    Some(FoundLaw {
        pack: pack.to_owned(),
        law,
        title,
        verdict,
        answers_wanted: wanted_of_law.len(),
        reason,
        simulated: case.simulated.iter().any(|name| name == pack),
        duties: found,
    })
}

fn verdict(duties: &[Duty]) -> LawVerdict {
    let any = |states: &[DutyState], voluntary: bool| {
        duties
            .iter()
            .any(|duty| states.contains(&duty.state) && duty.voluntary == voluntary && !duty.on_request)
    };
    let owed = [DutyState::Due, DutyState::Late];
    if any(&owed, false) {
        LawVerdict::Applies
    } else if any(&[DutyState::Undecided], false) {
        LawVerdict::Open
    } else if any(&owed, true) || any(&[DutyState::Undecided], true) {
        LawVerdict::Voluntary
    } else {
        LawVerdict::DoesNotApply
    }
}

/// Whether a duty is worth a line: owed, open, or possible.
fn speaks(duty: &Duty) -> bool {
    let waits = matches!(duty.state, DutyState::Due | DutyState::Late | DutyState::Undecided);
    waits && !(duty.on_request && duty.state == DutyState::Undecided)
}
