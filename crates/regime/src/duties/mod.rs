//! Which duties there are, why, by when and to whom.

pub(crate) mod due;
mod recipients;

use jiff::tz::TimeZone;
use model::{DutyKey, DutyState, Instant};

use self::due::{Dues, Found};
use crate::{
    Case, DirectoryEntry, Due, Duty, Library, Missing, Recipient, Trace, Verdict,
    clock::{self, Events, local_words},
    evaluate::{World, together},
    pack::{AuthorityDuty, Kind, Pack, Per, Stage, Track},
};

/// The name of the track that a pack's duties of authorities stand in.
const AUTHORITY: &str = "authority";

/// Every duty of the entity for the incident, in the order of the packs: those that do not apply too, with
/// the reason.
#[must_use]
pub fn duties(library: &Library, case: &Case, directory: &[DirectoryEntry], now: Instant) -> Vec<Duty> {
    library
        .packs_in(case.country)
        .flat_map(|pack| Docket::new(library, pack, case, directory, now).duties())
        .collect()
}

/// The duties of the authorities for the incident: each with its clock.
#[must_use]
pub fn authority_duties(
    library: &Library,
    case: &Case,
    directory: &[DirectoryEntry],
    now: Instant,
) -> Vec<Duty> {
    library
        .packs_in(case.country)
        .flat_map(|pack| {
            let docket = Docket::new(library, pack, case, directory, now);
            let own = pack.law.authority.iter().filter(|duty| duty.per == Per::Incident);
            own.map(|duty| docket.authority_duty(duty)).collect::<Vec<_>>()
        })
        .collect()
}

/// One pack on one case.
pub(crate) struct Docket<'a> {
    pub library: &'a Library,
    pub pack: &'a Pack,
    pub case: &'a Case,
    pub directory: &'a [DirectoryEntry],
    pub now: Instant,
    pub world: World<'a>,
    events: Events,
    zone: TimeZone,
    zone_problem: Option<clock::ClockError>,
}

impl<'a> Docket<'a> {
    pub fn new(
        library: &'a Library,
        pack: &'a Pack,
        case: &'a Case,
        directory: &'a [DirectoryEntry],
        now: Instant,
    ) -> Self {
        let mut world = World::new(library.vocabularies(), pack, case, "en");
        world.now = Some(now);
        let events = due::events(library, pack, case);
        let (zone, zone_problem) = match clock::zone(&case.zone) {
            Ok(zone) => (zone, None),
            Err(error) => (TimeZone::UTC, Some(error)),
        };
        let mut docket = Self { library, pack, case, directory, now, world, events, zone, zone_problem };
        for (_, stage) in pack.stages() {
            if let Some(at) = docket.dues().simple(stage) {
                docket.world.dues.insert(stage.id.clone(), at);
            }
        }
        docket
    }

    fn dues(&self) -> Dues<'_> {
        Dues {
            library: self.library,
            world: &self.world,
            events: &self.events,
            zone: &self.zone,
            country: self.case.country,
            ordinary: false,
        }
    }

    fn duties(&self) -> Vec<Duty> {
        let displaced = self.displaced();
        self.pack
            .law
            .tracks
            .iter()
            .flat_map(|track| {
                let applies = self.track_applies(track);
                let duty = |stage| self.duty(track, stage, &applies, displaced.as_ref());
                track.stages.iter().map(duty).collect::<Vec<_>>()
            })
            .collect()
    }

    /// Whether the track applies; a law that is not in force applies to nothing.
    fn track_applies(&self, track: &Track) -> Trace {
        let law = &self.pack.law;
        let today = TimeZone::UTC.to_datetime(self.now.timestamp()).date();
        if today < law.valid_from {
            return Trace::statement(Verdict::No, format!("{} applies from {}", law.law, law.valid_from));
        }
        if let Some(until) = law.valid_until.filter(|until| today > *until) {
            return Trace::statement(Verdict::No, format!("{} applied until {until}", law.law));
        }
        let trace = self.world.evaluate(&track.applies);
        Trace { rule: self.pack.text(self.world.language, &format!("track-{}", track.id)), ..trace }
    }

    /// The first law that takes the place of this one, or might.
    fn displaced(&self) -> Option<Trace> {
        let found = self.pack.law.displaced_by.iter().map(|entry| {
            let trace = self.world.evaluate(&entry.when);
            let rule = format!("{} takes the place of {}", entry.law, self.pack.law.law);
            Trace { rule, article: Some(entry.article.clone()), ..trace }
        });
        found
            .filter(|trace| trace.verdict != Verdict::No)
            .min_by_key(|trace| trace.verdict == Verdict::Unknown)
    }

    fn duty(&self, track: &Track, stage: &Stage, track_applies: &Trace, displaced: Option<&Trace>) -> Duty {
        let key =
            DutyKey { pack: self.pack.id().to_owned(), track: track.id.clone(), stage: stage.id.clone() };
        let reasons = self.reasons(stage, &key, track_applies, displaced);
        let found = self.dues().of(stage, &key, self.case);
        let submissions = self.submissions(&key);
        let is_displaced = displaced.is_some_and(|trace| trace.verdict == Verdict::Yes);
        let mut state = self.state(&key, is_displaced, reasons.verdict);
        let shown = !matches!(state, DutyState::NotApplicable | DutyState::Displaced) && !track.voluntary;
        let recipients = recipients::of(self, &stage.recipients);
        let due = if shown { self.due(&found, &submissions, &recipients) } else { None };
        if state == DutyState::Due && due.as_ref().is_some_and(|due| due.late) {
            state = DutyState::Late;
        }
        let missing = self.missing(state, &reasons, &found);
        Duty {
            pack_version: self.pack.version(),
            law: self.pack.law.law.clone(),
            title: self.pack.text(self.world.language, &format!("stage-{}", stage.id)),
            article: stage.article.clone(),
            soft: stage.clock.as_ref().is_some_and(|clock| clock.soft || clock.has_no_length()),
            on_request: stage.on_request(),
            voluntary: track.voluntary,
            note: self.note(&found),
            key,
            state,
            due,
            recipients,
            missing,
            reasons,
            submissions,
        }
    }

    fn reasons(&self, stage: &Stage, key: &DutyKey, track: &Trace, displaced: Option<&Trace>) -> Trace {
        let mut parts = vec![track.clone()];
        parts.extend(stage.applies.as_ref().map(|applies| self.world.evaluate(applies)));
        if stage.on_request() {
            let asked = self.case.requests.iter().any(|request| request.duty == *key);
            let rule = if asked { "an authority has asked for it" } else { "no authority has asked for it" };
            parts.push(Trace::statement(Verdict::of(asked), rule));
        }
        parts.extend(displaced.map(|trace| Trace {
            rule: format!("not: {}", trace.rule),
            verdict: trace.verdict.opposite(),
            parts: vec![trace.clone()],
            ..trace.clone()
        }));
        let verdict = all(&parts);
        let missing = if verdict == Verdict::Unknown { together(&parts) } else { vec![] };
        let owed = if verdict == Verdict::No { "is not owed" } else { "is owed if all of these hold" };
        let title = self.pack.text(self.world.language, &format!("stage-{}", stage.id));
        if verdict == Verdict::No {
            parts.retain(|part| part.verdict == Verdict::No);
        }
        let parts = parts.into_iter().map(Trace::lean).collect();
        Trace {
            article: Some(stage.article.clone()),
            parts,
            missing,
            ..Trace::statement(verdict, format!("{title} {owed}"))
        }
    }

    fn submissions(&self, key: &DutyKey) -> Vec<Instant> {
        let own = self.case.submissions.iter().filter(|submission| submission.duty == *key);
        let mut at: Vec<Instant> = own.map(|submission| submission.at).collect();
        at.sort_unstable();
        at
    }

    fn state(&self, key: &DutyKey, displaced: bool, applies: Verdict) -> DutyState {
        let own = self.case.submissions.iter().filter(|submission| submission.duty == *key);
        match own.max_by_key(|submission| submission.at) {
            Some(last) if last.acknowledged => DutyState::Acknowledged,
            Some(_) => DutyState::Filed,
            None if displaced => DutyState::Displaced,
            None => match applies {
                Verdict::No => DutyState::NotApplicable,
                Verdict::Unknown => DutyState::Undecided,
                Verdict::Yes => DutyState::Due,
            },
        }
    }

    fn due(&self, found: &Found, submissions: &[Instant], recipients: &[Recipient]) -> Option<Due> {
        let zone = &self.zone;
        let mut due = found.due(self.library, self.pack, zone)?;
        due.late = submissions.first().map_or(self.now > due.at, |first| *first > due.at);
        due.authority_time = recipients::zone(self, recipients)
            .filter(|authority| authority.iana_name() != zone.iana_name())
            .map(|authority| local_words(due.at, &authority));
        Some(due)
    }

    /// The facts that would decide, or that would start or fix the clock.
    fn missing(&self, state: DutyState, reasons: &Trace, found: &Found) -> Vec<Missing> {
        let open = matches!(state, DutyState::Undecided | DutyState::Due | DutyState::Late);
        let mut missing = if open { reasons.missing.clone() } else { vec![] };
        if matches!(state, DutyState::Due | DutyState::Late) {
            for fact in &found.missing {
                if !missing.contains(fact) {
                    missing.push(fact.clone());
                }
            }
        }
        missing
    }

    fn note(&self, found: &Found) -> Option<String> {
        if let Some(error) = &self.zone_problem {
            return Some(format!("times are shown in UTC: {error}"));
        }
        if let Some(error) = &found.error {
            return Some(error.clone());
        }
        if self.pack.law.kind == Kind::Directive {
            return self.pack.find_text(self.world.language, "note-minimum");
        }
        None
    }

    fn authority_duty(&self, duty: &AuthorityDuty) -> Duty {
        let key =
            DutyKey { pack: self.pack.id().to_owned(), track: AUTHORITY.to_owned(), stage: duty.id.clone() };
        let found = duty.clock.as_ref().map(|clock| self.dues().of_clock(clock)).unwrap_or_default();
        let title = self.pack.text(self.world.language, &format!("authority-{}", duty.id));
        let reasons = self.authority_reasons(duty, &title);
        let submissions = self.submissions(&key);
        let recipients = recipients::of(self, &duty.recipients);
        let due = self.due(&found, &submissions, &recipients);
        let mut state = self.state(&key, false, reasons.verdict);
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
            note: self.note(&found),
            missing: found.missing,
            submissions,
            on_request: false,
            voluntary: false,
        }
    }
}

impl Docket<'_> {
    /// The duty of an authority begins when what it counts from has happened.
    fn authority_reasons(&self, duty: &AuthorityDuty, title: &str) -> Trace {
        let anchors = duty.clock.as_ref().map(clock::Clock::anchors).unwrap_or_default();
        let begun = anchors.iter().all(|anchor| self.events.anchor(anchor).is_some());
        let words = if begun { "its clock runs" } else { "its clock has not started" };
        let mut parts = vec![Trace::statement(Verdict::of(begun), words)];
        parts.extend(duty.applies.as_ref().map(|applies| self.world.evaluate(applies)));
        let verdict = all(&parts);
        let missing = if verdict == Verdict::Unknown { together(&parts) } else { vec![] };
        Trace { article: Some(duty.article.clone()), parts, missing, ..Trace::statement(verdict, title) }
    }
}

fn all(parts: &[Trace]) -> Verdict {
    if parts.iter().any(|part| part.verdict == Verdict::No) {
        Verdict::No
    } else if parts.iter().all(|part| part.verdict == Verdict::Yes) {
        Verdict::Yes
    } else {
        Verdict::Unknown
    }
}
