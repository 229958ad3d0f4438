//! What authorities owe for an incident: to answer, to forward, to inform others, each with its clock.

use model::{DutyKey, DutyState, Instant};

use super::{Docket, all, counted, recipients, state};
use crate::{
    Case, DirectoryEntry, Duty, Library, Trace, Verdict,
    clock::{self, Events},
    evaluate::{World, together},
    pack::{AuthorityDuty, Per},
};

/// The name of the track that a pack's duties of authorities stand in.
const AUTHORITY: &str = "authority";

/// The duties of the authorities for the incident: each with its clock.
#[must_use]
pub fn authority_duties(
    library: &Library,
    case: &Case,
    directory: &[DirectoryEntry],
    now: Instant,
) -> Vec<Duty> {
    library
        .speaking(case, now)
        .filter(|pack| !pack.law.authority.is_empty())
        .flat_map(|pack| {
            let case = counted(library, pack, case);
            Docket::new(library, pack, &case, directory, now).authority_duties()
        })
        .collect()
}

impl Docket<'_> {
    /// What authorities owe for the incident.
    pub(super) fn authority_duties(&self) -> Vec<Duty> {
        let own = self.pack.law.authority.iter().filter(|duty| duty.per == Per::Incident);
        own.map(|duty| self.authority_duty(duty)).collect()
    }

    fn authority_duty(&self, duty: &AuthorityDuty) -> Duty {
        let key =
            DutyKey { pack: self.pack.id().to_owned(), track: AUTHORITY.to_owned(), stage: duty.id.clone() };
        let track = duty.track.as_deref();
        let track = self.pack.law.tracks.iter().find(|known| Some(known.id.as_str()) == track);
        let track = track.map(|track| track.id.as_str());
        let (world, events) = (self.world.within(track), self.events(track));
        let dues = self.dues(&world, &events);
        let found = duty.clock.as_ref().map(|clock| dues.of_clock(clock)).unwrap_or_default();
        let title = self.pack.text(self.world.language, &format!("authority-{}", duty.id));
        let reasons = self.authority_reasons(duty, &title, (&world, &events));
        let submissions = self.submissions(&key);
        let recipients = recipients::of(self, &duty.recipients);
        let due = self.due(&found, submissions.first().copied(), &recipients);
        let own = self.case.submissions.iter().filter(|submission| submission.duty == key);
        let mut state = state(&own.collect::<Vec<_>>(), None, reasons.verdict);
        if state == DutyState::Due && due.as_ref().is_some_and(|due| due.late) {
            state = DutyState::Late;
        }
        Duty {
            key,
            pack_version: self.pack.version(),
            law: self.pack.law.law.clone(),
            reasons,
            title,
            article: duty.article.clone(),
            state,
            soft: duty.clock.as_ref().is_some_and(|clock| clock.soft || clock.has_no_length()),
            due,
            recipients,
            note: self.note(&found, duty.unsure.as_ref()),
            channels: self.channels(&duty.recipients),
            missing: found.missing,
            submissions,
            on_request: false,
            voluntary: false,
        }
    }

    /// The duty of an authority begins when what it counts from has happened.
    fn authority_reasons(
        &self,
        duty: &AuthorityDuty,
        title: &str,
        (world, events): (&World<'_>, &Events),
    ) -> Trace {
        let anchors = duty.clock.as_ref().map(clock::Clock::anchors).unwrap_or_default();
        let begun = anchors.iter().all(|anchor| events.anchor(anchor).is_some());
        let words = if begun { "its clock runs" } else { "its clock has not started" };
        let mut parts = vec![Trace::statement(Verdict::of(begun), words)];
        parts.extend(duty.applies.as_ref().map(|applies| world.evaluate(applies)));
        let verdict = all(&parts);
        let missing = if verdict == Verdict::Unknown { together(&parts) } else { vec![] };
        Trace { article: Some(duty.article.clone()), parts, missing, ..Trace::statement(verdict, title) }
    }
}
