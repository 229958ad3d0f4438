//! Which duties there are, why, by when and to whom.

mod authority;
pub(crate) mod due;
mod filings;
pub(crate) mod open;
mod recipients;

use std::{collections::BTreeMap, rc::Rc};

use jiff::{civil::Date, tz::TimeZone};
use model::{DutyKey, DutyState, Instant};

pub use self::authority::authority_duties;
use self::due::{Dues, Found};
pub(crate) use self::filings::counted;
use crate::{
    Case, DirectoryEntry, Due, Duty, DutyChannel, Library, Missing, Recipient, Submission, Trace, Verdict,
    clock::{self, Events, local_words},
    evaluate::{World, together},
    library::day,
    pack::{Channel, Kind, Pack, Stage, Status, Track},
};

/// Every duty of the entity for the incident, in the order of the packs: those that do not apply too, with
/// the reason.
#[must_use]
pub fn duties(library: &Library, case: &Case, directory: &[DirectoryEntry], now: Instant) -> Vec<Duty> {
    library.speaking(case, now).flat_map(|pack| duties_under(library, pack, (case, directory), now)).collect()
}

/// The duties of entity and authorities under one pack alone, if it speaks for the case.
pub(crate) fn all_under(library: &Library, pack: &Pack, case: &Case, now: Instant) -> Vec<Duty> {
    if !library.speaking(case, now).any(|other| other.id() == pack.id()) {
        return vec![];
    }
    let case = counted(library, pack, case);
    let docket = Docket::new(library, pack, &case, &[], now);
    let mut duties = docket.duties();
    duties.extend(docket.authority_duties());
    duties
}

/// The duties under one pack that speaks for the case.
pub(crate) fn duties_under(
    library: &Library,
    pack: &Pack,
    (case, directory): (&Case, &[DirectoryEntry]),
    now: Instant,
) -> Vec<Duty> {
    let case = counted(library, pack, case);
    Docket::new(library, pack, &case, directory, now).duties()
}

/// The packs that bind the entity, or may: those of which some track is not excluded, by the facts at hand or by
/// what is known of the entity alone.
pub fn binding<'a>(library: &'a Library, case: &'a Case, now: Instant) -> Vec<&'a Pack> {
    let alone = Case { facts: BTreeMap::new(), submissions: vec![], requests: vec![], ..case.clone() };
    let open = |pack: &Pack, case: &Case| {
        let docket = Docket::new(library, pack, case, &[], now);
        let mut tracks = pack.law.tracks.iter();
        tracks.any(|track| docket.lane(track).applies.verdict != Verdict::No)
    };
    library.speaking(case, now).filter(|pack| open(pack, &alone) || open(pack, case)).collect()
}

/// Who gets a copy of a stage for information, if it is filed `now`: only where the law's condition holds. Each with
/// the article and the reason.
#[must_use]
pub fn copies(
    library: &Library,
    (case, directory): (&Case, &[DirectoryEntry]),
    key: &DutyKey,
    now: Instant,
) -> Vec<Recipient> {
    let Some((pack, stage)) = crate::visibility::stage_of(library, key) else { return vec![] };
    let case = counted(library, pack, case);
    let docket = Docket::new(library, pack, &case, directory, now);
    let world = docket.world.within(Some(&key.track));
    let rules = pack.law.copies.iter().filter(|copies| copies.of == stage.recipients);
    let holds = rules.filter(|copies| world.evaluate(&copies.when).verdict == Verdict::Yes);
    let informed = holds.flat_map(|copies| {
        let why = format!("{}: {}", copies.article, pack.text("en", &format!("copies-{}", copies.to)));
        let recipients = recipients::of(&docket, &copies.to).into_iter();
        recipients.map(move |recipient| Recipient { why: why.clone(), ..recipient })
    });
    informed.collect()
}

/// What a form may ask of a case: its conditions see the track of the stage, and the dues of all stages.
pub(crate) fn world_of<'a>(
    library: &'a Library,
    pack: &'a Pack,
    case: &'a Case,
    (track, language): (&'a str, &'a str),
) -> World<'a> {
    let mut world = Docket::new(library, pack, case, &[], Instant::MIN).world.within(Some(track));
    (world.now, world.language) = (None, language);
    world
}

/// When a stage is due in the case of a world, as far as it is known.
pub(crate) fn due_of(library: &Library, world: &World<'_>, stage: &Stage, key: &DutyKey) -> Option<Instant> {
    let moments = due::moments(library, world.case);
    let events = due::with_filings(moments, world.pack, world.case, Some(&key.track));
    let zone = clock::zone(&world.case.zone).unwrap_or(TimeZone::UTC);
    let country = world.case.country;
    let dues = Dues { library, world, events: &events, zone: &zone, country, ordinary: false };
    dues.of(stage, key, world.case).deadline.map(|deadline| deadline.at)
}

/// One pack on one case, whose filings are counted already.
pub(crate) struct Docket<'a> {
    pub library: &'a Library,
    pub pack: &'a Pack,
    pub case: &'a Case,
    pub directory: &'a [DirectoryEntry],
    pub now: Instant,
    pub world: World<'a>,
    moments: Events,
    zone: TimeZone,
    zone_problem: Option<clock::ClockError>,
}

/// One track of a docket: names of stages mean its own.
struct Lane<'a> {
    track: &'a Track,
    world: World<'a>,
    events: Events,
    applies: Trace,
    /// The filing that took the track back, in words.
    withdrawn: Option<Trace>,
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
        let moments = due::moments(library, case);
        let (zone, zone_problem) = match clock::zone(&case.zone) {
            Ok(zone) => (zone, None),
            Err(error) => (TimeZone::UTC, Some(error)),
        };
        let mut docket = Self { library, pack, case, directory, now, world, moments, zone, zone_problem };
        let mut all = BTreeMap::new();
        for track in &pack.law.tracks {
            let events = docket.events(Some(&track.id));
            let dues = docket.dues(&docket.world, &events);
            let found = track.stages.iter().filter_map(|stage| Some((stage, dues.simple(stage)?)));
            all.extend(found.map(|(stage, at)| ((track.id.as_str(), stage.id.as_str()), at)));
        }
        docket.world.dues = Rc::new(all);
        docket
    }

    fn events(&self, track: Option<&str>) -> Events {
        due::with_filings(self.moments.clone(), self.pack, self.case, track)
    }

    fn dues<'b>(&'b self, world: &'b World<'a>, events: &'b Events) -> Dues<'b> {
        Dues {
            library: self.library,
            world,
            events,
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
                let lane = self.lane(track);
                let duty = |stage| self.duty(&lane, stage, displaced.as_ref());
                track.stages.iter().map(duty).collect::<Vec<_>>()
            })
            .collect()
    }

    fn lane(&self, track: &'a Track) -> Lane<'a> {
        let world = self.world.within(Some(&track.id));
        let applies = self.track_applies(track, &world);
        let withdrawn = track.withdrawn_by.as_ref().and_then(|by| {
            let at = filings::withdrawal(self.pack, self.case, by)?;
            let name = self.pack.text(world.language, &format!("stage-{}", by.stage));
            let trace = Trace::statement(Verdict::No, format!("not taken back by: {name}"));
            let compared = Some(format!("filed {}", local_words(at, &self.zone)));
            Some(Trace { article: Some(by.article.clone()), compared, ..trace })
        });
        Lane { track, events: self.events(Some(&track.id)), world, applies, withdrawn }
    }

    /// Whether the track applies; a law that is not in force applies to nothing.
    fn track_applies(&self, track: &Track, world: &World<'_>) -> Trace {
        let law = &self.pack.law;
        let today = self.day();
        if today < law.valid_from && !self.is_simulated() {
            return Trace::statement(Verdict::No, format!("{} applies from {}", law.law, law.valid_from));
        }
        if let Some(until) = law.valid_until.filter(|until| today > *until && !self.is_simulated()) {
            return Trace::statement(Verdict::No, format!("{} applied until {until}", law.law));
        }
        let trace = world.evaluate(&track.applies);
        Trace { rule: self.pack.text(world.language, &format!("track-{}", track.id)), ..trace }
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

    fn duty(&self, lane: &Lane<'a>, stage: &'a Stage, displaced: Option<&Trace>) -> Duty {
        let track = lane.track;
        let key =
            DutyKey { pack: self.pack.id().to_owned(), track: track.id.clone(), stage: stage.id.clone() };
        let reasons = self.reasons(lane, stage, &key, displaced);
        let submissions = self.submissions(&key);
        let answering = self.answering(lane, stage, &key, reasons.verdict);
        let ended = match displaced.map(|trace| trace.verdict) {
            _ if lane.withdrawn.is_some() => Some(DutyState::Withdrawn),
            Some(Verdict::Yes) => Some(DutyState::Displaced),
            Some(Verdict::No | Verdict::Unknown) | None => None,
        };
        let mut state = state(&answering, ended, reasons.verdict);
        let counts = |state: DutyState| {
            !matches!(state, DutyState::NotApplicable | DutyState::Displaced | DutyState::Withdrawn)
        };
        let found = if counts(state) {
            self.dues(&lane.world, &lane.events).of(stage, &key, self.case)
        } else {
            Found::default()
        };
        let recipients = recipients::of(self, &stage.recipients);
        let filed = answering.iter().map(|submission| submission.at).min();
        let due = if track.voluntary { None } else { self.due(&found, filed, &recipients) };
        if state == DutyState::Due && due.as_ref().is_some_and(|due| due.late) {
            state = DutyState::Late;
        }
        let missing = self.missing(state, &reasons, &found);
        Duty {
            pack_version: self.pack.version(),
            law: self.pack.law.law.clone(),
            title: self.pack.text(self.world.language, &format!("stage-{}", stage.id)),
            article: stage.article.clone(),
            soft: stage.is_soft(),
            on_request: stage.on_request(),
            voluntary: track.voluntary,
            note: self.note(&found, stage.unsure.as_ref()),
            channels: self.channels(&stage.recipients),
            key,
            state,
            due,
            recipients,
            missing,
            reasons,
            submissions,
        }
    }

    fn reasons(&self, lane: &Lane<'_>, stage: &Stage, key: &DutyKey, displaced: Option<&Trace>) -> Trace {
        let mut parts = vec![lane.applies.clone()];
        parts.extend(lane.withdrawn.clone());
        parts.extend(stage.applies.as_ref().map(|applies| lane.world.evaluate(applies)));
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

    /// The filings that answer a stage: all of them; where the stage comes back, those since the latest event
    /// that calls for it.
    fn answering(&self, lane: &Lane<'_>, stage: &Stage, key: &DutyKey, owed: Verdict) -> Vec<&Submission> {
        let mut own: Vec<&Submission> =
            self.case.submissions.iter().filter(|submission| submission.duty == *key).collect();
        if stage.repeats && owed == Verdict::Yes {
            let clocks = stage.clocks.iter().map(|conditional| &conditional.clock).chain(&stage.clock);
            let anchors = clocks.flat_map(clock::Clock::anchors);
            let events = anchors.filter_map(|anchor| lane.events.anchor(&anchor));
            let asked = self.case.requests.iter().filter(|request| request.duty == *key);
            let latest = events.chain(asked.map(|request| request.at)).max();
            own.retain(|submission| latest.is_none_or(|latest| submission.at >= latest));
        }
        own
    }

    fn due(&self, found: &Found, filed: Option<Instant>, recipients: &[Recipient]) -> Option<Due> {
        let zone = &self.zone;
        let mut due = found.due(self.library, self.pack, zone)?;
        due.late = filed.unwrap_or(self.now) > due.at;
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

    /// The day whose laws count.
    fn day(&self) -> Date {
        day(self.case.opened.unwrap_or(self.now))
    }

    fn is_simulated(&self) -> bool {
        self.case.simulated.iter().any(|name| name == self.pack.id())
    }

    /// What a reader should know besides: why a due cannot be computed, how sure the rule is.
    fn note(&self, found: &Found, unsure: Option<&String>) -> Option<String> {
        let text = |key: &str| self.pack.find_text(self.world.language, key);
        let law = &self.pack.law;
        let zone = self.zone_problem.as_ref().map(|error| format!("times are shown in UTC: {error}"));
        let own = match (law.kind, law.status) {
            (_, Status::NotTransposed) => text("note-not-in-force"),
            (Kind::Directive, _) => text("note-minimum"),
            (_, _) => text("note-profile").filter(|_| law.kind == Kind::Profile),
        };
        let simulated = self.is_simulated() && !self.pack.in_force(self.day());
        let absent = self.library.absent(self.pack.id()).map(|wanted| {
            format!(
                "This case began under version {wanted} of these rules, which this node does not have: version {} \
                 is applied.",
                self.pack.version()
            )
        });
        let parts = [
            zone.or_else(|| found.error.clone()),
            absent,
            simulated.then(|| "Simulated: this law is not in force.".to_owned()),
            unsure.and_then(|key| text(key)),
            own,
            law.confidence.words(!law.countries.is_empty()).map(str::to_owned),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    }

    /// How the recipients of that name take reports.
    fn channels(&self, recipients: &str) -> Vec<DutyChannel> {
        let own = |channel: &&Channel| {
            channel.recipients.as_deref().is_none_or(|name| name == recipients)
                && (channel.countries.is_empty() || channel.countries.contains(&self.case.country))
        };
        let channels = self.pack.law.channels.iter().filter(own);
        channels
            .map(|channel| DutyChannel {
                kind: channel.kind,
                name: channel.name.clone(),
                address: channel.address.clone(),
                languages: channel.languages.clone(),
                note: channel.words.as_ref().and_then(|key| self.pack.find_text(self.world.language, key)),
            })
            .collect()
    }
}

/// How far a duty is: filed, or ended otherwise, or as the law says.
fn state(filed: &[&Submission], ended: Option<DutyState>, applies: Verdict) -> DutyState {
    match (filed.iter().max_by_key(|submission| submission.at), ended) {
        (Some(last), _) if last.acknowledged => DutyState::Acknowledged,
        (Some(_), _) => DutyState::Filed,
        (None, Some(ended)) => ended,
        (None, None) => match applies {
            Verdict::No => DutyState::NotApplicable,
            Verdict::Unknown => DutyState::Undecided,
            Verdict::Yes => DutyState::Due,
        },
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
