//! An answer is saved and the form comes back, as the wizard does it after every field.

use std::{collections::BTreeMap, time::Duration};

use model::{Caller, DutyKey, DutyState, IncidentId};
use regime::Screen;
use serde_json::{Value, json};
use service::{
    Service,
    view::{AnswerIn, IncidentView, SaveAnswers},
};
use testkit::{LivedIn, Reporter};

use crate::measure::Durations;

/// Of so many saves one moves a clock, so that the duties are written anew too.
const MOVES_A_CLOCK: usize = 5;
/// So many first operations are not counted.
const WARM_UP: usize = 100;

/// Saves over the open incidents of all organisations in turn, spread over the whole table.
pub async fn measure(node: &LivedIn, operations: usize) {
    let (mut whole, mut saves, mut forms) =
        (Durations::default(), Durations::default(), Durations::default());
    let (mut quiet, mut moving) = (Durations::default(), Durations::default());
    for number in 0..operations + WARM_UP {
        let (caller, incident) = pick(&node.reporters, number);
        let stands = node.service.incident(caller, incident).await.expect("the incident is read");
        let duty = open_duty(&stands).expect("an open incident has a duty");
        let save = answer(&stands, number);
        let (saved, formed) = save_and_form(&node.service, (caller, incident, &duty), save).await;
        if number < WARM_UP {
            continue;
        }
        whole.add(saved + formed);
        saves.add(saved);
        forms.add(formed);
        if number.is_multiple_of(MOVES_A_CLOCK) { &mut moving } else { &mut quiet }.add(saved);
    }
    whole.print("save an answer and get the form");
    saves.print("  the save");
    quiet.print("    when no duty changes");
    moving.print("    when it moves a clock");
    forms.print("  the form, first screen");
}

async fn save_and_form(
    service: &Service,
    (caller, incident, duty): (&Caller, IncidentId, &DutyKey),
    save: SaveAnswers,
) -> (Duration, Duration) {
    let begun = std::time::Instant::now();
    service.save_answers(caller, incident, save).await.expect("the answer is saved");
    let saved = begun.elapsed();
    service.form(caller, incident, duty, (Screen::First, "en")).await.expect("the form is drawn");
    (saved, begun.elapsed().saturating_sub(saved))
}

/// An open incident for a number: organisation by organisation, in long steps through the table.
pub fn pick(reporters: &[Reporter], number: usize) -> (&Caller, IncidentId) {
    let reporter = reporters.get(number % reporters.len()).expect("somebody reports");
    let step = number.wrapping_mul(7919) % reporter.open.len();
    (&reporter.caller, *reporter.open.get(step).expect("an open incident"))
}

/// The first stage that waits for its filer.
pub fn open_duty(stands: &IncidentView) -> Option<DutyKey> {
    let waits = |state| matches!(state, DutyState::Due | DutyState::Late);
    let first = stands.duties.iter().find(|duty| waits(duty.state) && duty.due.is_some() && !duty.on_request);
    first.map(|duty| duty.key.clone())
}

fn answer(stands: &IncidentView, number: usize) -> SaveAnswers {
    let (field, value) = if number.is_multiple_of(MOVES_A_CLOCK) {
        let later = stands.created_at.plus(Duration::from_secs(u64::try_from(number).unwrap_or(0)));
        ("aware_significant_at", Value::String(later.to_string()))
    } else {
        ("users_affected", json!(1000 + number))
    };
    let answer = AnswerIn { value: Some(value), terms: None, estimated: false, how: None };
    SaveAnswers {
        answers: BTreeMap::from([(field.to_owned(), answer)]),
        reasons: BTreeMap::from([(field.to_owned(), "The log of the gateway says so.".to_owned())]),
        ..SaveAnswers::at(stands.revision)
    }
}
