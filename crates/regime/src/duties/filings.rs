//! What was filed, as the law counts it.

use std::borrow::Cow;

use model::Instant;

use super::due::moments;
use crate::{
    Case, Library, Pack, Submission, Verdict,
    evaluate::World,
    pack::{Track, Withdrawal},
};

/// The case with its filings as the law counts them: a filing counts for the stages that it covers, and what
/// was filed before a track began anew no longer counts.
pub(crate) fn counted<'a>(library: &Library, pack: &Pack, case: &'a Case) -> Cow<'a, Case> {
    let mut counted = Cow::Borrowed(case);
    for track in &pack.law.tracks {
        if let Some(ended) = track.withdrawn_by.as_ref().and_then(|by| ended(library, pack, case, by)) {
            counted
                .to_mut()
                .submissions
                .retain(|submission| !(submission.at <= ended && belongs(pack, track, &submission.duty)));
        }
    }
    let covered: Vec<Submission> =
        pack.law.tracks.iter().flat_map(|track| covered(library, pack, track, &counted)).collect();
    if !covered.is_empty() {
        counted.to_mut().submissions.extend(covered);
    }
    counted
}

/// Until when a withdrawal ended what was filed, when the track has begun anew since.
fn ended(library: &Library, pack: &Pack, case: &Case, by: &Withdrawal) -> Option<Instant> {
    let revived = moments(library, case).get(by.revived_by.as_ref()?)?;
    withdrawal(pack, case, by).filter(|withdrawn| revived > *withdrawn)
}

/// When a track was taken back.
pub(super) fn withdrawal(pack: &Pack, case: &Case, by: &Withdrawal) -> Option<Instant> {
    let named =
        |submission: &&Submission| submission.duty.pack == pack.id() && submission.duty.stage == by.stage;
    case.submissions.iter().filter(named).map(|submission| submission.at).max()
}

/// Whether a filing is one of the track, or the one that took it back.
fn belongs(pack: &Pack, track: &Track, duty: &model::DutyKey) -> bool {
    let took_back = track.withdrawn_by.as_ref().is_some_and(|by| by.stage == duty.stage);
    duty.pack == pack.id() && (duty.track == track.id || took_back)
}

/// The filings that others of the track stand for.
fn covered(library: &Library, pack: &Pack, track: &Track, case: &Case) -> Vec<Submission> {
    let mut found: Vec<Submission> = vec![];
    for stage in &track.stages {
        let (Some(covers), Some(first)) =
            (&stage.covers, first_of(&case.submissions, pack, track, &stage.id))
        else {
            continue;
        };
        let allowed = covers.when.as_ref().is_none_or(|when| {
            let world = World::new(library.vocabularies(), pack, case, "en").within(Some(&track.id));
            world.evaluate(when).verdict == Verdict::Yes
        });
        for name in covers.stages.iter().filter(|_| allowed) {
            let before = [&case.submissions, &found].map(|filed| first_of(filed, pack, track, name));
            if before.into_iter().flatten().all(|before| before.at > first.at) {
                let mut duty = first.duty.clone();
                duty.stage.clone_from(name);
                found.push(Submission { duty, corrects: false, ..first.clone() });
            }
        }
    }
    found
}

/// The first filing of a stage.
fn first_of<'a>(filed: &'a [Submission], pack: &Pack, track: &Track, stage: &str) -> Option<&'a Submission> {
    let own = filed.iter().filter(|submission| {
        let duty = &submission.duty;
        duty.stage == stage && duty.track == track.id && duty.pack == pack.id()
    });
    own.min_by_key(|submission| submission.at)
}
