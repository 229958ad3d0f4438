//! The steps of a ladder, and which of them have come.

use std::{collections::BTreeSet, time::Duration};

use model::{Function, Instant};
use serde::{Deserialize, Serialize};

use crate::{
    error::Error,
    view::{Receiver, ReminderStep, StepKind},
};

/// The most steps of a ladder.
const MOST_STEPS: usize = 20;
/// The most receivers of a step.
const MOST_RECEIVERS: usize = 20;
/// The furthest step on either side of the due instant: thirty days, in minutes.
pub(super) const FURTHEST: i64 = 30 * 24 * 60;

/// The ladder of an organisation as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Ladder {
    /// Earliest first.
    pub steps: Vec<ReminderStep>,
}

impl Default for Ladder {
    /// Twelve, four and one hours before, at the instant, one hour and a day after; from one hour after
    /// on the administrators are told too.
    fn default() -> Self {
        let to = |function| vec![Receiver::Function { function }];
        let reminder = |hours: i64| ReminderStep {
            minutes: hours * 60,
            kind: StepKind::Reminder,
            to: to(Function::Reporter),
        };
        let escalation = |hours: i64| ReminderStep {
            minutes: hours * 60,
            kind: StepKind::Escalation,
            to: to(Function::Administrator),
        };
        let steps = [-12, -4, -1, 0, 1, 24].map(reminder).into_iter().chain([1, 24].map(escalation));
        Self::of(steps.collect())
    }
}

impl Ladder {
    /// The ladder of these steps, in order.
    pub(super) fn of(mut steps: Vec<ReminderStep>) -> Self {
        steps.sort_by_key(|step| (step.minutes, step.kind));
        Self { steps }
    }

    /// What is wrong with it: the first thing.
    pub(super) fn check(&self) -> Result<(), Error> {
        let refuse = |index: usize, part: &str, rule: &str, message: String| {
            Err(Error::invalid(&format!("steps/{index}/{part}"), rule, message))
        };
        if self.steps.len() > MOST_STEPS {
            let message = format!("a ladder has up to {MOST_STEPS} steps, got {}", self.steps.len());
            return Err(Error::invalid("steps", "count", message));
        }
        let mut seen = BTreeSet::new();
        for (index, step) in self.steps.iter().enumerate() {
            if !(-FURTHEST..=FURTHEST).contains(&step.minutes) {
                let message = format!(
                    "a step lies within thirty days of the due instant ({FURTHEST} minutes), got {} minutes",
                    step.minutes
                );
                return refuse(index, "minutes", "range", message);
            }
            if !seen.insert((step.minutes, step.kind)) {
                let message =
                    "two steps of the same kind stand at the same instant; put their receivers into one"
                        .to_owned();
                return refuse(index, "minutes", "unique", message);
            }
            if step.to.is_empty() || step.to.len() > MOST_RECEIVERS {
                let message = format!("a step tells 1 to {MOST_RECEIVERS} receivers, got {}", step.to.len());
                return refuse(index, "to", "count", message);
            }
            if step.to.iter().any(|to| function_of(to) == Some(Function::Operator)) {
                let message = "those who keep the node are not told of deadlines; choose another function";
                return refuse(index, "to", "function", message.to_owned());
            }
        }
        Ok(())
    }

    /// The steps that have come by `now` after the step `told`, earliest first.
    pub(super) fn come(&self, due: Instant, told: Option<i64>, now: Instant) -> Vec<&ReminderStep> {
        self.steps
            .iter()
            .filter(|step| told.is_none_or(|told| step.minutes > told) && at(due, step.minutes) <= now)
            .collect()
    }
}

fn function_of(receiver: &Receiver) -> Option<Function> {
    match receiver {
        Receiver::Function { function } | Receiver::Organisation { function, .. } => Some(*function),
        Receiver::Person { .. } => None,
    }
}

/// The instant so many minutes after `due`.
fn at(due: Instant, minutes: i64) -> Instant {
    let length = Duration::from_secs(minutes.unsigned_abs().saturating_mul(60));
    if minutes < 0 { due.minus(length) } else { due.plus(length) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minutes(steps: &[&ReminderStep]) -> Vec<i64> {
        steps.iter().map(|step| step.minutes).collect()
    }

    #[test]
    fn steps_come_in_their_order_and_once() {
        let ladder = Ladder::default();
        ladder.check().unwrap();
        let due: Instant = "2026-03-07T15:30:00Z".parse().unwrap();
        let hours = |count: u64| Duration::from_secs(count * 3600);
        assert_eq!(minutes(&ladder.come(due, None, due.minus(hours(13)))), [0_i64; 0]);
        assert_eq!(minutes(&ladder.come(due, None, due.minus(hours(12)))), [-720]);
        assert_eq!(minutes(&ladder.come(due, Some(-720), due.minus(hours(5)))), [0_i64; 0]);
        assert_eq!(minutes(&ladder.come(due, Some(-720), due.plus(hours(2)))), [-240, -60, 0, 60, 60]);
        assert_eq!(
            minutes(&ladder.come(due, Some(60), due.minus(hours(2)))),
            [0_i64; 0],
            "the clock went back"
        );
        assert_eq!(minutes(&ladder.come(due, Some(1440), due.plus(hours(9999)))), [0_i64; 0]);
    }

    #[test]
    fn a_ladder_that_cannot_be_is_named() {
        let step = |minutes, to| ReminderStep { minutes, kind: StepKind::Reminder, to };
        let reporters = || vec![Receiver::Function { function: Function::Reporter }];
        let refused = |steps| match Ladder::of(steps).check() {
            Err(Error::Invalid(problems)) => format!("{}: {}", problems[0].pointer, problems[0].rule),
            other => panic!("{other:?}"),
        };
        assert_eq!(refused(vec![step(FURTHEST + 1, reporters())]), "/steps/0/minutes: range");
        assert_eq!(refused(vec![step(i64::MIN, reporters())]), "/steps/0/minutes: range");
        assert_eq!(refused(vec![step(5, reporters()), step(5, reporters())]), "/steps/1/minutes: unique");
        assert_eq!(refused(vec![step(5, vec![])]), "/steps/0/to: count");
        assert_eq!(
            refused(vec![step(5, vec![Receiver::Function { function: Function::Operator }])]),
            "/steps/0/to: function"
        );
        assert_eq!(refused((0..21).map(|minute| step(minute, reporters())).collect()), "/steps: count");
        Ladder::of(vec![]).check().unwrap();
    }
}
