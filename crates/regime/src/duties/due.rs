//! When a stage is due in a case.

use jiff::tz::TimeZone;
use model::{Country, DutyKey, Instant};

use crate::{
    Case, Due, Library, Missing, Pack, Verdict,
    clock::{Anchor, Clock, Deadline, Events, Locality, deadline, local_words, waiting_for},
    evaluate::World,
    pack::{Condition, Stage, Test},
    value::{Known, known},
};

/// The instants of a case that clocks may count from, without what was filed.
pub(super) fn moments(library: &Library, case: &Case) -> Events {
    let vocabularies = library.vocabularies();
    let mut events = Events::new();
    for field in vocabularies.incident_fields() {
        let value = field.event.as_ref().and_then(|event| Some((event, case.facts.get(&field.id)?)));
        let Some((event, value)) = value else { continue };
        if let Ok(Known::Instant(at)) = known(vocabularies, field, value) {
            events.happened(event.id.clone(), at);
        }
    }
    events
}

/// The events that clocks of a track may count from: a name of a stage means the track's own stage; one that
/// it does not have, the stage of another track. A correction is no new filing, unless the stage comes back.
pub(super) fn with_filings(mut events: Events, pack: &Pack, case: &Case, track: Option<&str>) -> Events {
    for submission in case.submissions.iter().filter(|submission| submission.duty.pack == pack.id()) {
        let duty = &submission.duty;
        let Some((_, stage)) = pack.stage(&duty.track, &duty.stage) else { continue };
        let elsewhere = track.is_none_or(|track| pack.stage(track, &stage.id).is_none());
        if (elsewhere || track == Some(duty.track.as_str())) && (stage.repeats || !submission.corrects) {
            events.submitted(stage.id.clone(), submission.at);
        }
    }
    events
}

/// What is needed to compute the dues of a case.
pub(crate) struct Dues<'a> {
    pub library: &'a Library,
    pub world: &'a World<'a>,
    pub events: &'a Events,
    pub zone: &'a TimeZone,
    pub country: Country,
    /// Whether an exception whose facts are not known is taken not to hold, as worked deadlines do.
    pub ordinary: bool,
}

/// A due that was found, or what stands in its way.
#[derive(Default)]
pub(crate) struct Found {
    pub deadline: Option<Deadline>,
    /// Whether a fact is missing that could still move it.
    pub provisional: bool,
    /// The facts that would start or fix the clock.
    pub missing: Vec<Missing>,
    /// Why it cannot be computed.
    pub error: Option<String>,
}

impl Dues<'_> {
    /// The due by the stage's ordinary clock.
    pub fn simple(&self, stage: &Stage) -> Option<Instant> {
        let locality = self.locality();
        let found =
            stage.clock.as_ref().and_then(|clock| deadline(clock, self.events, &locality, None).ok()?);
        found.map(|deadline| deadline.at)
    }

    /// The due of a stage: the ordinary clock, or that of the first case that holds. While it is open
    /// which of them runs, the earlier is shown.
    pub fn of(&self, stage: &Stage, key: &DutyKey, case: &Case) -> Found {
        let with_request;
        let this = match case
            .requests
            .iter()
            .filter(|request| request.duty == *key)
            .max_by_key(|request| request.at)
        {
            None => self,
            Some(request) => {
                let mut events = self.events.clone();
                events.happened("authority_request", request.at);
                request.due.into_iter().for_each(|due| events.happened("authority_request_due", due));
                with_request = events;
                &Dues { events: &with_request, ..*self }
            }
        };
        this.of_clocks(stage)
    }

    fn of_clocks(&self, stage: &Stage) -> Found {
        let (mut candidates, mut open) = (vec![], vec![]);
        for conditional in &stage.clocks {
            let trace = self.world.evaluate(&conditional.when);
            match trace.verdict {
                Verdict::No => continue,
                Verdict::Unknown if self.ordinary => continue,
                Verdict::Unknown => open.extend(trace.missing),
                Verdict::Yes => {}
            }
            candidates.push(self.of_clock(&conditional.clock));
            if trace.verdict == Verdict::Yes {
                return earliest(candidates, open);
            }
        }
        candidates.extend(stage.clock.as_ref().map(|clock| self.of_clock(clock)));
        earliest(candidates, open)
    }

    /// The due by a clock.
    pub fn of_clock(&self, clock: &Clock) -> Found {
        let mut missing = vec![];
        let unless = clock.roll.as_ref().and_then(|roll| roll.unless.clone());
        let excluded = match unless {
            None => Some(false),
            Some(rule) => {
                let rule = Condition { test: Test::Rule(rule), ..Condition::always() };
                let trace = self.world.evaluate(&rule);
                missing.extend(trace.missing);
                match trace.verdict {
                    Verdict::Yes => Some(true),
                    Verdict::No => Some(false),
                    Verdict::Unknown if self.ordinary => Some(false),
                    Verdict::Unknown => None,
                }
            }
        };
        let waiting = waiting_for(clock, self.events);
        match deadline(clock, self.events, &self.locality(), excluded) {
            Err(error) => Found { error: Some(error.to_string()), missing, ..Found::default() },
            Ok(deadline) => {
                let provisional = deadline.as_ref().is_some_and(Deadline::provisional);
                if provisional || deadline.is_none() {
                    missing.extend(waiting.iter().map(|anchor| self.missing(anchor)));
                } else {
                    missing.clear();
                }
                Found { deadline, provisional, missing, error: None }
            }
        }
    }

    fn locality(&self) -> Locality<'_> {
        Locality { zone: self.zone, country: self.country, calendar: self.library.calendar() }
    }

    fn missing(&self, anchor: &Anchor) -> Missing {
        match anchor {
            Anchor::Event(event) => match self.library.vocabularies().field_of_event(event) {
                Some(field) => Missing { field: field.id.clone(), label: field.label.clone() },
                None => Missing {
                    field: event.clone(),
                    label: anchor_words(self.library, self.world.pack, anchor),
                },
            },
            Anchor::Submission { stage, .. } => Missing {
                field: format!("submitted.{stage}"),
                label: anchor_words(self.library, self.world.pack, anchor),
            },
        }
    }
}

fn earliest(candidates: Vec<Found>, open: Vec<Missing>) -> Found {
    let several = candidates.len() > 1;
    let at = |found: &Found| found.deadline.as_ref().map(|deadline| deadline.at);
    let first = candidates.into_iter().min_by_key(|found| (found.deadline.is_none(), at(found)));
    let mut found = first.unwrap_or_default();
    if several {
        found.provisional = found.deadline.is_some();
        found.missing.extend(open);
    }
    found
}

/// An anchor in words.
pub(crate) fn anchor_words(library: &Library, pack: &Pack, anchor: &Anchor) -> String {
    match anchor {
        Anchor::Event(event) => library
            .vocabularies()
            .field_of_event(event)
            .and_then(|field| field.event.as_ref())
            .map_or_else(|| event.replace('_', " "), |event| event.words.clone()),
        Anchor::Submission { stage, .. } => {
            format!("filing of: {}", pack.text("en", &format!("stage-{stage}")))
        }
    }
}

impl Found {
    /// The due as a page shows it; `late` and the authority's time are left to the caller.
    pub fn due(&self, library: &Library, pack: &Pack, zone: &TimeZone) -> Option<Due> {
        let deadline = self.deadline.as_ref()?;
        Some(Due {
            at: deadline.at,
            anchor: anchor_words(library, pack, &deadline.anchor),
            anchor_field: match &deadline.anchor {
                Anchor::Event(event) => {
                    library.vocabularies().field_of_event(event).map(|field| field.id.clone())
                }
                Anchor::Submission { .. } => None,
            },
            anchor_at: deadline.anchor_at,
            length: deadline.length.to_string(),
            entity_time: local_words(deadline.at, zone),
            authority_time: None,
            late: false,
            provisional: self.provisional,
            steps: deadline.steps.clone(),
        })
    }
}
