//! The promise of the evaluation: a verdict is decided exactly if every completion of the record agrees.
//!
//! Random conditions over a few facts, random partial records; the truth is found by trying every
//! completion on a grid that is fine enough to meet each cell that the constants can cut.

use std::collections::BTreeMap;

use proptest::prelude::*;
use regime::{
    Library, Verdict, evaluate,
    pack::{Bound, Comparison, Condition, Literal, Share, Test},
};
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use crate::{case, read};

/// One law whose only purpose is to give conditions a place.
const PACK: &str = r#"
format = "beffroi-pack/1"
id = "law"
law = "Law"
kind = "agreement"
version = "2026-01-01"
valid_from = "2026-01-01"
sources = []
tracks = []
retention = { source = "none" }
"#;

const FIELDS: &str = r#"
format = "beffroi-fields/1"
version = "1"
groups = [{ id = "g", label = "G" }]
fields = [
  { id = "flag", kind = "boolean", group = "g", label = "flag" },
  { id = "other", kind = "boolean", group = "g", label = "other" },
  { id = "colour", kind = "choice", group = "g", label = "colour", choices = [{ id = "red", label = "red" }, { id = "green", label = "green" }, { id = "blue", label = "blue" }] },
  { id = "set", kind = "choices", group = "g", label = "set", choices = [{ id = "a", label = "a" }, { id = "b", label = "b" }] },
  { id = "whole", kind = "integer", group = "g", label = "whole", greatest = 4 },
  { id = "real", kind = "decimal", group = "g", label = "real", greatest = 4 },
  { id = "base", kind = "decimal", group = "g", label = "base", greatest = 4 },
]
"#;

fn library() -> Library {
    let files = [
        ("regimes/law/pack.toml", PACK),
        ("regimes/law/text/en.ftl", "pack = Law\n"),
        ("vocabularies/test-fields.toml", FIELDS),
        ("vocabularies/holidays.toml", "[LU]\nsource = \"none\"\nconfidence = \"high\"\nholidays = []\n"),
    ];
    read(&files.into_iter().map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect())
}

fn plain(test: Test) -> Condition {
    Condition { test, ..Condition::always() }
}

fn leaf() -> impl Strategy<Value = Condition> {
    let number = || prop_oneof![Just("whole"), Just("real")];
    let bound = || {
        prop_oneof![
            3 => (1..4_i64).prop_map(|bound| Bound::Number(Decimal::from(bound))),
            2 => prop_oneof![Just(25), Just(50)].prop_map(|percent: i64| Bound::Share(share(percent))),
        ]
    };
    let test = prop_oneof![
        (prop_oneof![Just("flag"), Just("other")], any::<bool>())
            .prop_map(|(name, wanted)| Test::Fact(name.into(), Comparison::Is(Literal::Boolean(wanted)))),
        prop::sample::subsequence(vec!["red", "green", "blue"], 1..3).prop_map(|values| {
            Test::Fact("colour".into(), Comparison::In(values.into_iter().map(str::to_owned).collect()))
        }),
        prop::sample::subsequence(vec!["a", "b"], 1..=2).prop_map(|values| {
            Test::Fact("set".into(), Comparison::HasAny(values.into_iter().map(str::to_owned).collect()))
        }),
        (number(), 0..4_u8, bound()).prop_map(|(name, order, bound)| {
            let comparison = match order {
                0 => Comparison::MoreThan(bound),
                1 => Comparison::LessThan(bound),
                2 => Comparison::From(bound),
                _ => Comparison::UpTo(bound),
            };
            Test::Fact(name.into(), comparison)
        }),
        (1..4_i64)
            .prop_map(|bound| Test::Fact("base".into(), Comparison::LessThan(Bound::Number(bound.into())))),
        (number(), 1..4_i64).prop_map(|(name, amount)| Test::Fact(
            name.into(),
            Comparison::ExceedsLowerOf(amount.into(), share(50))
        )),
    ];
    test.prop_map(plain)
}

fn share(percent: i64) -> Share {
    Share { percent: percent.into(), of: "base".into() }
}

fn tree() -> impl Strategy<Value = Condition> {
    leaf().prop_recursive(3, 8, 3, |inner| {
        let parts = || prop::collection::vec(inner.clone(), 1..4);
        prop_oneof![
            parts().prop_map(Test::All),
            parts().prop_map(Test::Any),
            inner.clone().prop_map(|part| Test::Not(Box::new(part))),
            (1..3_usize, prop::collection::vec(inner.clone(), 2..4))
                .prop_map(|(least, parts)| Test::AtLeast(least, parts)),
        ]
        .prop_map(plain)
    })
}

/// What is known of one fact: nothing, a value, or a range.
fn record() -> impl Strategy<Value = BTreeMap<String, Value>> {
    // Known numbers are halves, so that shares of them fall on the grid.
    let number = |step: i64| {
        let scale = move |at: i64| if step == 1 { json!(at as f64 / 2.0) } else { json!(at) };
        let most = 8 / step;
        prop_oneof![
            3 => Just(Value::Null),
            1 => (0..=most).prop_map(scale),
            1 => (0..=most, 0..=most).prop_map(move |(one, other)| {
                json!({ "min": scale(one.min(other)), "max": scale(one.max(other)) })
            }),
        ]
    };
    let flag = || prop_oneof![Just(Value::Null), any::<bool>().prop_map(Value::Bool)];
    let colour = prop_oneof![2 => Just(Value::Null), 1 => Just(json!("red")), 1 => Just(json!("blue"))];
    let set = prop_oneof![Just(Value::Null), Just(json!(["a"])), Just(json!([]))];
    (flag(), flag(), colour, set, number(2), number(1), number(1)).prop_map(
        |(flag, other, colour, set, whole, real, base)| {
            [
                ("flag", flag),
                ("other", other),
                ("colour", colour),
                ("set", set),
                ("whole", whole),
                ("real", real),
                ("base", base),
            ]
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect()
        },
    )
}

/// How fine the grid is: points per unit.
const GRID: i64 = 16;

/// A completion: numbers in points of the grid.
#[derive(Clone, Debug, Default)]
struct World {
    flag: bool,
    other: bool,
    colour: &'static str,
    a: bool,
    b: bool,
    whole: i64,
    real: i64,
    base: i64,
}

fn holds(condition: &Condition, world: &World) -> bool {
    match &condition.test {
        Test::All(parts) => parts.iter().all(|part| holds(part, world)),
        Test::Any(parts) => parts.iter().any(|part| holds(part, world)),
        Test::AtLeast(least, parts) => parts.iter().filter(|part| holds(part, world)).count() >= *least,
        Test::Not(part) => !holds(part, world),
        Test::Since(_) => false,
        Test::Constant(holds) => *holds,
        Test::Rule(name) => panic!("no rule {name} here"),
        Test::Fact(name, comparison) => fact(name, comparison, world),
    }
}

fn fact(name: &str, comparison: &Comparison, world: &World) -> bool {
    let points = match name {
        "whole" => world.whole,
        "real" => world.real,
        _ => world.base,
    };
    // Everything times 100, so that shares stay whole numbers.
    let number = points * 100;
    let limit = |bound: &Bound| match bound {
        Bound::Number(bound) => i64::try_from(*bound).unwrap() * 100 * GRID,
        Bound::Share(share) => world.base * i64::try_from(share.percent).unwrap(),
    };
    match comparison {
        Comparison::Is(Literal::Boolean(wanted)) => {
            (if name == "flag" { world.flag } else { world.other }) == *wanted
        }
        Comparison::In(values) => values.iter().any(|value| value == world.colour),
        Comparison::HasAny(values) => values.iter().any(|value| if value == "a" { world.a } else { world.b }),
        Comparison::MoreThan(bound) => number > limit(bound),
        Comparison::LessThan(bound) => number < limit(bound),
        Comparison::From(bound) => number >= limit(bound),
        Comparison::UpTo(bound) => number <= limit(bound),
        Comparison::ExceedsLowerOf(amount, share) => {
            number > limit(&Bound::Number(*amount)) || number > limit(&Bound::Share(share.clone()))
        }
        other => panic!("no {other:?} here"),
    }
}

/// The values that a fact may still take; a fact that the condition does not mention takes one.
fn numbers(mentioned: bool, known: &Value, step: i64) -> Vec<i64> {
    let points = |value: &Value| (value.as_f64().unwrap() * GRID as f64) as i64;
    let (low, high) = match known {
        Value::Null => (0, 4 * GRID),
        Value::Object(range) => (points(&range["min"]), points(&range["max"])),
        value => (points(value), points(value)),
    };
    let all = (low..=high).filter(|at| at % step == 0);
    if mentioned { all.collect() } else { all.take(1).collect() }
}

fn completions(condition: &Condition, record: &BTreeMap<String, Value>) -> Vec<World> {
    let text = format!("{condition:?}");
    let mentions = |name: &str| text.contains(&format!("\"{name}\""));
    let flags = |name: &str| match &record[name] {
        Value::Null if mentions(name) => vec![false, true],
        known => vec![known.as_bool().unwrap_or_default()],
    };
    let colours = match &record["colour"] {
        Value::Null => vec!["red", "green", "blue"],
        known => vec![["red", "green", "blue"].into_iter().find(|colour| known == colour).unwrap()],
    };
    let sets = match &record["set"] {
        Value::Null => vec![(false, false), (false, true), (true, false), (true, true)],
        known => vec![(known.as_array().unwrap().contains(&json!("a")), false)],
    };
    let mut worlds = vec![World::default()];
    let mut cross = |extend: &dyn Fn(&World) -> Vec<World>| worlds = worlds.iter().flat_map(extend).collect();
    cross(&|world| flags("flag").into_iter().map(|flag| World { flag, ..world.clone() }).collect());
    cross(&|world| flags("other").into_iter().map(|other| World { other, ..world.clone() }).collect());
    cross(&|world| colours.iter().map(|colour| World { colour, ..world.clone() }).collect());
    cross(&|world| sets.iter().map(|(a, b)| World { a: *a, b: *b, ..world.clone() }).collect());
    for name in ["whole", "real", "base"] {
        let step = if name == "whole" { GRID } else { 1 };
        let values = numbers(mentions(name), &record[name], step);
        cross(&|world| {
            let with = |at: &i64| match name {
                "whole" => World { whole: *at, ..world.clone() },
                "real" => World { real: *at, ..world.clone() },
                _ => World { base: *at, ..world.clone() },
            };
            values.iter().map(with).collect()
        });
    }
    worlds
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn a_verdict_is_decided_exactly_if_every_completion_agrees(condition in tree(), record in record()) {
        let library = library();
        let facts: Map<String, Value> = record.clone().into_iter().collect();
        let case = case(json!({}), Value::Object(facts));
        let trace = evaluate(&library, library.pack("law").unwrap(), &condition, &case);
        let mut seen = [false, false];
        for world in completions(&condition, &record) {
            seen[usize::from(holds(&condition, &world))] = true;
            if seen == [true, true] {
                break;
            }
        }
        let truth = match seen {
            [false, true] => Verdict::Yes,
            [true, false] => Verdict::No,
            _ => Verdict::Unknown,
        };
        prop_assert_eq!(trace.verdict, truth);
        prop_assert_eq!(trace.missing.is_empty(), truth != Verdict::Unknown);
    }
}
