//! An incident as the reporting side sees it.

use std::collections::BTreeSet;

use model::{DutyState, Incident, Instant};
use regime::{Duty, Library};

use super::{laws::laws_of, mark_incident::marks_of, situation::Situation};
use crate::view::{FieldGroup, IncidentState, IncidentView};

/// The field whose answer names an incident in lists.
pub(crate) const TITLE: &str = "title";

/// The view of `situation` at `now`.
pub(crate) fn incident_view(library: &Library, situation: &Situation, now: Instant) -> IncidentView {
    view_with(library, situation, situation.duties(library, now), now)
}

/// The view of `situation`, whose duties at `now` are worked out already.
pub(crate) fn view_with(
    library: &Library,
    situation: &Situation,
    duties: Vec<Duty>,
    now: Instant,
) -> IncidentView {
    let Incident {
        id,
        organisation,
        revision,
        created_at,
        created_by,
        updated_at,
        answers,
        earlier,
        elsewhere,
        ..
    } = situation.incident.clone();
    IncidentView {
        id,
        organisation,
        revision,
        title: situation.incident.text(TITLE).map(str::to_owned),
        state: state_of(&duties),
        created_at,
        created_by,
        updated_at,
        answers,
        problems: regime::plausibility(library, &situation.case, now),
        laws: laws_of(library, situation, &duties),
        questions: regime::questions(library, &regime::owed(&duties), &situation.case),
        marks: marks_of(&situation.incident),
        groups: groups(library),
        earlier,
        elsewhere,
        duties,
        now,
    }
}

fn groups(library: &Library) -> Vec<FieldGroup> {
    let groups = library.vocabularies().groups().iter();
    groups.map(|group| FieldGroup { id: group.id.clone(), title: group.label.clone() }).collect()
}

/// Where an incident with these duties stands.
fn state_of(duties: &[Duty]) -> IncidentState {
    if duties.iter().any(|duty| duty.state == DutyState::Late && waits(duty)) {
        IncidentState::Late
    } else if open_duties(duties).is_empty() {
        IncidentState::Done
    } else {
        IncidentState::Open
    }
}

/// The duties that wait for their filer. Of a track whose application is undecided only the first
/// stage waits, for the answers that decide; once a stage of it is decided, its other undecided
/// stages are conditions of later days and do not wait yet.
pub(crate) fn open_duties(duties: &[Duty]) -> Vec<&Duty> {
    let mut tracks_asked = BTreeSet::new();
    let decided: BTreeSet<(&str, &str)> =
        duties.iter().filter(|duty| is_decided(duty.state)).map(track_of).collect();
    duties
        .iter()
        .filter(|duty| waits(duty))
        .filter(|duty| {
            duty.state != DutyState::Undecided
                || (!decided.contains(&track_of(duty)) && tracks_asked.insert(track_of(duty)))
        })
        .collect()
}

fn track_of(duty: &Duty) -> (&str, &str) {
    (&duty.key.pack, &duty.key.track)
}

/// Whether the state says that the law asks, or has asked, for the stage.
const fn is_decided(state: DutyState) -> bool {
    match state {
        DutyState::Due
        | DutyState::Drafted
        | DutyState::InApproval
        | DutyState::Late
        | DutyState::Filed
        | DutyState::Acknowledged => true,
        DutyState::NotApplicable
        | DutyState::Displaced
        | DutyState::Undecided
        | DutyState::Withdrawn
        | DutyState::Waived => false,
    }
}

/// What is voluntary, or on request and not asked for, does not wait.
fn waits(duty: &Duty) -> bool {
    let waits = match duty.state {
        DutyState::Undecided
        | DutyState::Due
        | DutyState::Drafted
        | DutyState::InApproval
        | DutyState::Late => true,
        DutyState::NotApplicable
        | DutyState::Displaced
        | DutyState::Filed
        | DutyState::Acknowledged
        | DutyState::Withdrawn
        | DutyState::Waived => false,
    };
    // A request need not name an instant; what nobody asked for does not apply or is undecided.
    let asked = !duty.on_request || duty.state != DutyState::Undecided;
    waits && !duty.voluntary && asked
}
