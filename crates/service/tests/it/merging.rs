//! Random sequences of saves by two people: nothing is lost, nothing is overwritten unseen.

use std::collections::BTreeMap;

use model::{Caller, IncidentId};
use proptest::{
    collection::{btree_map, vec},
    prelude::*,
    strategy::ValueTree,
    test_runner::TestRunner,
};
use serde_json::{Value, json};
use service::{
    Error,
    view::{AnswerIn, SaveAnswers},
};
use testkit::TestNode;

use crate::story::{on_both, open, reporter};

on_both!(nothing_is_lost_in_200_sequences);

/// How many sequences.
const SEQUENCES: usize = 200;
const FIELDS: [&str; 4] = ["summary", "description", "measures_taken", "own_reference"];

/// One save: whose, whether the page was read again before, and per field an answer, "unknown yet",
/// or nothing at all.
#[derive(Clone, Debug)]
struct Step {
    second_person: bool,
    reloads: bool,
    fields: BTreeMap<usize, Option<Option<u8>>>,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let fields = btree_map(0..FIELDS.len(), option(option(0..3_u8)), 1..3);
    let step = (any::<bool>(), any::<bool>(), fields).prop_map(|(second_person, reloads, fields)| Step {
        second_person,
        reloads,
        fields,
    });
    vec(step, 2..9)
}

fn option<S: Strategy>(some: S) -> impl Strategy<Value = Option<S::Value>>
where
    S::Value: Clone,
{
    proptest::option::weighted(0.8, some)
}

/// What must come out: per field what stands and the revision that brought it.
#[derive(Default)]
struct Expected {
    revision: i64,
    fields: BTreeMap<String, (Option<Option<Value>>, i64)>,
    changes: Vec<(i64, String, Option<Option<Value>>)>,
}

impl Expected {
    fn stands(&self, field: &str) -> Option<Option<Value>> {
        self.fields.get(field).and_then(|(value, _)| value.clone())
    }

    /// The fields that the save changes, or `None` when one of them was changed since `base`.
    fn outcome(&self, base: i64, wanted: &Wanted) -> Option<Wanted> {
        let differs: Wanted = wanted
            .iter()
            .filter(|(field, value)| self.stands(field) != **value)
            .map(|(field, value)| (field.clone(), value.clone()))
            .collect();
        let seen = differs.keys().all(|field| self.fields.get(field).is_none_or(|(_, at)| *at <= base));
        seen.then_some(differs)
    }

    fn take(&mut self, changed: Wanted) {
        self.revision += i64::from(!changed.is_empty());
        for (field, value) in changed {
            self.changes.push((self.revision, field.clone(), value.clone()));
            self.fields.insert(field, (value, self.revision));
        }
    }
}

/// Field to answer: an inner `None` is "unknown yet", an outer one clears.
type Wanted = BTreeMap<String, Option<Option<Value>>>;

fn wanted(step: &Step) -> Wanted {
    step.fields
        .iter()
        .map(|(field, value)| {
            (
                FIELDS[*field].to_owned(),
                value.map(|value| value.map(|number| json!(format!("words {number}")))),
            )
        })
        .collect()
}

fn save_of(base_revision: i64, wanted: &Wanted) -> SaveAnswers {
    let answers = wanted.iter().filter_map(|(field, value)| {
        let value = value.clone()?;
        Some((field.clone(), AnswerIn { value, terms: None, estimated: false, how: None }))
    });
    let clear = wanted.iter().filter(|(_, value)| value.is_none()).map(|(field, _)| field.clone());
    SaveAnswers { answers: answers.collect(), clear: clear.collect(), ..SaveAnswers::at(base_revision) }
}

async fn nothing_is_lost_in_200_sequences(node: TestNode) {
    let people = [reporter(&node, &node.world.hospital).await, reporter(&node, &node.world.hospital).await];
    let mut runner = TestRunner::deterministic();
    for _ in 0..SEQUENCES {
        let sequence = steps().new_tree(&mut runner).unwrap().current();
        run(&node, &people, &sequence).await;
    }
}

async fn run(node: &TestNode, people: &[Caller; 2], sequence: &[Step]) {
    let id: IncidentId = open(node, &people[0], json!({"title": "Ransomware"})).await.id;
    let mut expected = Expected { revision: 1, ..Expected::default() };
    let mut seen = [1_i64, 1];
    for step in sequence {
        let who = usize::from(step.second_person);
        if step.reloads {
            seen[who] = node.service.incident(&people[who], id).await.unwrap().revision;
        }
        let wanted = wanted(step);
        let answer = node.service.save_answers(&people[who], id, save_of(seen[who], &wanted)).await;
        match (expected.outcome(seen[who], &wanted), answer) {
            (Some(changed), Ok(view)) => {
                expected.take(changed);
                assert_eq!(view.revision, expected.revision, "{sequence:?}");
                seen[who] = view.revision;
            }
            (None, Err(Error::Conflict { revision, .. })) => {
                assert_eq!(revision, expected.revision, "{sequence:?}");
            }
            (outcome, answer) => panic!("{outcome:?} was expected, got {answer:?} in {sequence:?}"),
        }
    }
    let view = node.service.incident(&people[0], id).await.unwrap();
    for field in FIELDS {
        let stands = view.answers.get(field).map(|answer| answer.value.clone());
        assert_eq!(stands, expected.stands(field), "{field} in {sequence:?}");
    }
    let mut kept: Vec<_> = node
        .service
        .history(&people[0], id)
        .await
        .unwrap()
        .changes
        .into_iter()
        .filter(|change| change.field != "title")
        .map(|change| (change.revision, change.field, change.after.map(|answer| answer.value)))
        .collect();
    kept.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    assert_eq!(kept, expected.changes, "{sequence:?}");
}
