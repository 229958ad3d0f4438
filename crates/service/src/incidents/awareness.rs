//! Instants that start a clock: changing one moves deadlines, so it is allowed with a reason, kept
//! with what stood before, and shown to whoever receives the filing.

use std::{collections::BTreeSet, time::Duration};

use model::{EarlierAnswer, Incident, Instant};
use regime::{
    Case, Library, Problem,
    clock::{Anchor, Clock, Term},
};
use serde_json::Value;
use store::Change;

use crate::view::SaveAnswers;

/// How far back an instant may lie when it is first recorded without a reason.
const BACK: Duration = Duration::from_secs(24 * 60 * 60);
/// The longest reason, in characters.
const LONGEST_REASON: usize = 4000;

/// What `save` changes about clocks without saying why.
pub(crate) fn unexplained(
    library: &Library,
    (stands, case): (&Incident, &Case),
    save: &SaveAnswers,
    now: Instant,
) -> Vec<Problem> {
    let clocks = clock_fields(library, case, save, now);
    touched(save)
        .filter(|field| clocks.contains(field.as_str()))
        .filter_map(|field| {
            let after = save.answers.get(field).and_then(|answer| answer.value.as_ref());
            let why = question(stands.value(field), after, now)?;
            let reason = save.reasons.get(field).map(|reason| reason.trim()).unwrap_or_default();
            complaint(library, field, reason, why)
        })
        .collect()
}

/// Why a reason is wanted when `before` becomes `after`; nothing when none is.
fn question(before: Option<&Value>, after: Option<&Value>, now: Instant) -> Option<&'static str> {
    match (before.map(instant), after.map(instant)) {
        (Some(before), after) if after != Some(before) => {
            Some("it starts a clock and was recorded otherwise")
        }
        (None, Some(Ok(at))) if at.plus(BACK) < now => {
            Some("it starts a clock and lies more than 24 hours back")
        }
        (Some(_) | None, _) => None,
    }
}

/// The instant of a value; a value of another shape as it is, for comparing.
fn instant(value: &Value) -> Result<Instant, &Value> {
    value.as_str().and_then(|text| text.parse().ok()).ok_or(value)
}

fn complaint(library: &Library, field: &str, reason: &str, why: &str) -> Option<Problem> {
    let label = library.vocabularies().label(field);
    let (rule, message) = if reason.is_empty() {
        ("reason_required", format!("{label:?}: {why}; say why, the recipients of the filing will read it"))
    } else if reason.chars().count() > LONGEST_REASON {
        ("length", format!("{label:?}: a reason has 1 to {LONGEST_REASON} characters"))
    } else if let Some(character) = regime::hidden_character(reason) {
        let code = u32::from(character);
        ("control_character", format!("{label:?}: a reason holds no control character, got U+{code:04X}"))
    } else {
        return None;
    };
    Some(Problem {
        field: field.to_owned(),
        pointer: format!("/reasons/{field}"),
        rule: rule.to_owned(),
        message,
    })
}

/// Writes the reasons of `save` into the change, and what stood before into the record, put into
/// words in the entity's zone.
pub(crate) fn explain(
    library: &Library,
    (next, change): (&mut Incident, &mut Change),
    save: &SaveAnswers,
    case: &Case,
) {
    let (clocks, zone) = (clock_fields(library, case, save, change.at), &case.zone);
    for changed in change.fields.iter_mut().filter(|changed| clocks.contains(changed.field.as_str())) {
        let field = &changed.field;
        let reason = save.reasons.get(field).map(|reason| reason.trim().to_owned());
        changed.reason = reason.filter(|reason| !reason.is_empty());
        let before = changed.before.as_ref().and_then(|before| before.value.clone());
        if before.is_none() && changed.reason.is_none() {
            continue;
        }
        let text = before.as_ref().map_or_else(
            || "not recorded".to_owned(),
            |value| regime::value_text(library, field, value, zone),
        );
        next.earlier.entry(field.clone()).or_default().push(EarlierAnswer {
            text,
            value: before,
            until: change.at,
            by: change.by.name.clone(),
            reason: changed.reason.clone(),
        });
    }
}

/// The fields that `save` answers or clears.
fn touched(save: &SaveAnswers) -> impl Iterator<Item = &String> {
    save.answers.keys().chain(&save.clear)
}

/// The fields whose instants start a clock of some law that binds the entity, or may; none, and no law is looked
/// at, when `save` touches no instant that could.
fn clock_fields<'a>(
    library: &'a Library,
    case: &Case,
    save: &SaveAnswers,
    now: Instant,
) -> BTreeSet<&'a str> {
    let is_event =
        |field: &String| library.vocabularies().field(field).is_some_and(|field| field.event.is_some());
    if !touched(save).any(is_event) {
        return BTreeSet::new();
    }
    let packs = regime::binding(library, case, now);
    let stages = packs.into_iter().flat_map(regime::Pack::stages);
    let clocks = stages.flat_map(|(_, stage)| {
        stage.clock.iter().chain(stage.clocks.iter().map(|conditional| &conditional.clock))
    });
    let mut events = BTreeSet::new();
    for Clock { term, .. } in clocks {
        gather(term, &mut events);
    }
    events
        .into_iter()
        .filter_map(|event| library.vocabularies().field_of_event(event))
        .map(|field| field.id.as_str())
        .collect()
}

fn gather<'a>(term: &'a Term, events: &mut BTreeSet<&'a str>) {
    match term {
        Term::Period { from, .. } => note(from, events),
        Term::EarliestOf(terms) | Term::LatestOf(terms) => {
            terms.iter().for_each(|term| gather(term, events));
        }
        Term::IfLater { event, than, then, otherwise } => {
            note(event, events);
            [than, then, otherwise].into_iter().for_each(|term| gather(term, events));
        }
    }
}

fn note<'a>(anchor: &'a Anchor, events: &mut BTreeSet<&'a str>) {
    match anchor {
        Anchor::Event(event) => {
            events.insert(event);
        }
        Anchor::Submission { .. } => {}
    }
}
