//! The promise of the finder on random laws and random worlds: it ends, asks nothing that cannot change
//! anything open, and what it decides is what all facts together decide.

use std::collections::{BTreeMap, BTreeSet};

use model::{DutyState, Instant};
use proptest::prelude::*;
use regime::{Case, Library, duties, finder::next_question};
use serde_json::{Value, json};

use crate::{at, case, read};

const FIELDS: &str = r#"
format = "beffroi-fields/1"
version = "1"
groups = [{ id = "g", label = "G" }]
fields = [
  { id = "flag", kind = "boolean", group = "g", label = "flag" },
  { id = "other", kind = "boolean", group = "g", label = "other" },
  { id = "entity.colour", kind = "choice", group = "g", label = "colour", choices = [{ id = "red", label = "red" }, { id = "green", label = "green" }, { id = "blue", label = "blue" }] },
  { id = "set", kind = "choices", group = "g", label = "set", choices = [{ id = "a", label = "a" }, { id = "b", label = "b" }] },
  { id = "whole", kind = "integer", group = "g", label = "whole", greatest = 4 },
]
"#;

const NAMES: [&str; 5] = ["flag", "other", "entity.colour", "set", "whole"];

/// Every answer of a field that a threshold of these laws can tell apart.
fn values(field: &str) -> Vec<Value> {
    match field {
        "entity.colour" => vec![json!("red"), json!("green"), json!("blue")],
        "set" => vec![json!([]), json!(["a"]), json!(["b"]), json!(["a", "b"])],
        "whole" => (0..=4).map(|at| json!(at)).collect(),
        _ => vec![json!(true), json!(false)],
    }
}

fn condition() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        (prop_oneof![Just("flag"), Just("other")], any::<bool>())
            .prop_map(|(name, wanted)| format!("{{ field = \"{name}\", is = {wanted} }}")),
        prop::sample::subsequence(vec!["red", "green", "blue"], 1..3)
            .prop_map(|values| format!("{{ field = \"entity.colour\", in = {values:?} }}")),
        prop::sample::subsequence(vec!["a", "b"], 1..=2)
            .prop_map(|values| format!("{{ field = \"set\", has_any = {values:?} }}")),
        (prop::sample::select(vec!["more_than", "less_than", "from", "up_to"]), 1..4)
            .prop_map(|(order, bound)| format!("{{ field = \"whole\", {order} = {bound} }}")),
        Just("{ field = \"set\", more_than = 1 }".to_owned()),
    ];
    leaf.prop_recursive(3, 8, 3, |inner| {
        let parts = || prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| parts.join(", "));
        prop_oneof![
            parts().prop_map(|parts| format!("{{ all = [{parts}] }}")),
            parts().prop_map(|parts| format!("{{ any = [{parts}] }}")),
            inner.clone().prop_map(|part| format!("{{ not = {part} }}")),
            prop::collection::vec(inner.clone(), 3..4)
                .prop_map(|parts| format!("{{ at_least = 2, of = [{}] }}", parts.join(", "))),
        ]
    })
}

/// A law of one track with two stages, which another law may displace.
fn law(name: &str, [track, stage, displaced]: &[String; 3]) -> String {
    format!(
        "format = \"beffroi-pack/1\"\nid = \"{name}\"\nlaw = \"Law {name}\"\nkind = \"regulation\"\nversion = \"2026-01-01\"\n\
         valid_from = \"2026-01-01\"\nsources = []\nretention = {{ source = \"none\" }}\n\
         displaced_by = [{{ law = \"Other\", article = \"1\", when = {displaced} }}]\n\
         recipients = {{ desk = [{{ first_of = [\"csirt\"], article = \"2\" }}] }}\n\
         [[tracks]]\nid = \"track\"\napplies = {track}\n\
         [[tracks.stages]]\nid = \"one\"\narticle = \"3\"\nrecipients = \"desk\"\n\
         [[tracks.stages]]\nid = \"two\"\narticle = \"4\"\nrecipients = \"desk\"\napplies = {stage}\n"
    )
}

fn library(laws: &[[String; 3]; 2]) -> Library {
    let text = "pack = Law\ntrack-track = Track\nstage-one = One\nstage-two = Two\nrecipients-desk = Desk\n";
    let mut files = BTreeMap::from([
        ("vocabularies/test-fields.toml".to_owned(), FIELDS.as_bytes().to_vec()),
        (
            "vocabularies/holidays.toml".to_owned(),
            b"[LU]\nsource = \"none\"\nconfidence = \"high\"\nholidays = []\n".to_vec(),
        ),
    ]);
    for (name, conditions) in ["a", "b"].into_iter().zip(laws) {
        files.insert(format!("regimes/{name}/pack.toml"), law(name, conditions).into_bytes());
        files.insert(format!("regimes/{name}/text/en.ftl"), text.as_bytes().to_vec());
    }
    read(&files)
}

fn told(known: &BTreeMap<&str, Value>) -> Case {
    let mut told = case(json!({}), json!({}));
    for (name, value) in known {
        let facts = if name.starts_with("entity.") { &mut told.entity } else { &mut told.facts };
        facts.insert((*name).to_owned(), value.clone());
    }
    told
}

fn states(library: &Library, known: &BTreeMap<&str, Value>, now: Instant) -> Vec<DutyState> {
    duties(library, &told(known), &[], now).into_iter().map(|duty| duty.state).collect()
}

/// Owed, not owed, or open; whether it is another law that takes the place does not matter here.
fn owed(states: &[DutyState]) -> Vec<Option<bool>> {
    let owed = |state: &DutyState| match state {
        DutyState::Undecided => None,
        DutyState::NotApplicable | DutyState::Displaced => Some(false),
        _ => Some(true),
    };
    states.iter().map(owed).collect()
}

/// Whether an answer to `field` decides a duty that is open without it, whatever of the rest is known.
fn can_change(
    library: &Library,
    known: &BTreeMap<&'static str, Value>,
    (field, open): (&'static str, &[&'static str]),
    now: Instant,
) -> bool {
    let before = states(library, known, now);
    let decides = |value: Value| {
        let mut with = known.clone();
        with.insert(field, value);
        let after = states(library, &with, now);
        before
            .iter()
            .zip(after)
            .any(|(before, after)| *before == DutyState::Undecided && after != DutyState::Undecided)
    };
    if values(field).into_iter().any(decides) {
        return true;
    }
    let Some((first, rest)) = open.split_first() else { return false };
    let with = |value: Value| {
        let mut with = known.clone();
        with.insert(*first, value);
        can_change(library, &with, (field, rest), now)
    };
    can_change(library, known, (field, rest), now) || values(first).into_iter().any(with)
}

/// What one knows: every field has an answer, some are forgotten.
fn world() -> impl Strategy<Value = BTreeMap<&'static str, (Value, bool)>> {
    let answers: Vec<_> = NAMES
        .iter()
        .map(|name| (Just(*name), prop::sample::select(values(name)), prop::bool::weighted(0.85)))
        .collect();
    answers
        .prop_map(|answers| answers.into_iter().map(|(name, value, known)| (name, (value, known))).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, ..ProptestConfig::default() })]

    #[test]
    fn it_ends_wastes_no_question_and_decides_what_can_be_decided(
        laws in [[condition(), condition(), condition()], [condition(), condition(), condition()]],
        world in world(),
    ) {
        let library = library(&laws);
        let now = at("2026-03-06T16:00:00Z");
        let (mut known, mut unknown): (BTreeMap<&str, Value>, BTreeSet<String>) = Default::default();
        for _ in 0..=NAMES.len() {
            let told = told(&known);
            let found = duties(&library, &told, &[], now);
            let Some(question) = next_question(&library, &told, (&found, &unknown), now) else { break };
            let field = *NAMES.iter().find(|name| **name == question.field.field).unwrap();
            prop_assert!(!known.contains_key(field) && !unknown.contains(field), "{field} is asked twice");
            let others: Vec<&'static str> = NAMES
                .iter()
                .copied()
                .filter(|name| *name != field && !known.contains_key(name) && !unknown.contains(*name))
                .collect();
            prop_assert!(can_change(&library, &known, (field, &others), now), "{field} cannot change anything");
            let (value, remembered) = &world[field];
            if *remembered {
                known.insert(field, value.clone());
            } else {
                unknown.insert(field.to_owned());
            }
        }
        let mut whole = known.clone();
        whole.extend(world.iter().filter(|(_, (_, known))| *known).map(|(name, (value, _))| (*name, value.clone())));
        prop_assert_eq!(owed(&states(&library, &known, now)), owed(&states(&library, &whole, now)));
    }
}

/// Found by the property above: the range between "up to 2" and "from 3" has no whole number in it.
#[test]
fn whole_numbers_that_make_two_halves_of_one_answer_are_not_asked_for() {
    let decided = "{ field = \"flag\", is = false }".to_owned();
    let halves = "{ at_least = 2, of = [{ field = \"whole\", from = 3 }, \
                  { field = \"entity.colour\", in = [\"green\"] }, { field = \"whole\", up_to = 2 }] }";
    let first = ["{ field = \"flag\", is = true }".to_owned(), halves.to_owned(), decided.clone()];
    let library = library(&[first, [decided.clone(), decided.clone(), decided]]);
    let now = at("2026-03-06T16:00:00Z");
    let told = told(&BTreeMap::from([("flag", json!(true))]));
    let found = duties(&library, &told, &[], now);

    let colour = next_question(&library, &told, (&found, &BTreeSet::new()), now).unwrap();
    assert_eq!(colour.field.field, "entity.colour");
    let unknown = BTreeSet::from(["entity.colour".to_owned()]);
    assert_eq!(next_question(&library, &told, (&found, &unknown), now), None);
}

/// Found by the property above: only both values at once decide, and neither alone.
#[test]
fn values_that_decide_only_together_are_asked_for() {
    let open = "{ field = \"whole\", more_than = 1 }".to_owned();
    let both = "{ at_least = 2, of = [{ field = \"set\", has_any = [\"b\"] }, { field = \"set\", has_any = [\"a\"] }, \
                { field = \"whole\", more_than = 1 }] }";
    let none = "{ field = \"flag\", is = true }".to_owned();
    let displaced = [open.clone(), open.clone(), both.to_owned()];
    let library = library(&[[none.clone(), none.clone(), none], displaced]);
    let now = at("2026-03-06T16:00:00Z");
    let told = told(&BTreeMap::from([("flag", json!(false))]));
    let found = duties(&library, &told, &[], now);

    let unknown = BTreeSet::from(["whole".to_owned()]);
    let question = next_question(&library, &told, (&found, &unknown), now).unwrap();
    assert_eq!(question.field.field, "set");
}
