//! Whatever the pattern and whatever was observed.

use std::{collections::BTreeSet, time::Duration};

use formats::{
    Json, Limits, Profile, parse,
    stix::pattern::{
        Bracket, Comparison, Condition, Demand, Engine, Expression, Instant, Joint, Literal, Logic, Matcher,
        Observations, Order, Path, Pattern, Qualified, Qualifier, Span, Step, Stream, Test, Timestamp,
        Vocabulary,
    },
};
use proptest::{collection::vec, option, prelude::*, sample::select};

use super::pattern;

fn timestamp() -> impl Strategy<Value = Timestamp> {
    (0..5_u32, option::of(0..20_u32)).prop_map(|(second, tenths)| {
        let fraction = tenths.map(|tenths| format!(".{tenths}")).unwrap_or_default();
        Timestamp::parse(&format!("2026-01-01T00:00:0{second}{fraction}Z")).unwrap()
    })
}

const HASH: &str = "abababababababababababababababab";

/// Values that are often equal to those of [`observed`], and any others.
fn literal() -> impl Strategy<Value = Literal> {
    prop_oneof![
        (-1..3_i64).prop_map(Literal::Integer),
        any::<i64>().prop_map(Literal::Integer),
        select(vec![0.0, 1.0, 1.5, -0.5, 1e300, 1e-300]).prop_map(Literal::Float),
        text().prop_map(Literal::Text),
        any::<bool>().prop_map(Literal::Boolean),
        timestamp().prop_map(Literal::Timestamp),
        vec(any::<u8>(), 0..3).prop_map(Literal::Hex),
        Just(Literal::Hex(vec![0xab])),
        vec(any::<u8>(), 1..3).prop_map(Literal::Binary),
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        select(vec![
            "ab",
            "AB",
            "1",
            "é",
            "",
            "it's",
            "\\",
            "10.1.2.3",
            HASH,
            "AbAbAbAbAbAbAbAbAbAbAbAbAbAbAbAb"
        ])
        .prop_map(str::to_owned),
        "\\PC{0,6}",
    ]
}

fn path() -> impl Strategy<Value = Path> {
    let known = select(vec![
        ("t", vec!["n"]),
        ("t", vec!["s"]),
        ("t", vec!["b_hex"]),
        ("t", vec!["hashes", "MD5"]),
        ("u", vec!["n"]),
        ("u", vec!["t_ref", "n"]),
        ("u", vec!["t_ref"]),
    ]);
    let known = known.prop_map(|(kind, keys)| Path {
        object_type: kind.to_owned(),
        steps: keys.into_iter().map(|key| Step::Key(key.to_owned())).collect(),
    });
    let step = prop_oneof![
        "\\PC{0,4}".prop_map(Step::Key),
        select(vec!["AND", "a-b", "x", "1x"]).prop_map(|key| Step::Key(key.to_owned())),
        (-2..3_i64).prop_map(Step::Index),
        Just(Step::Any),
    ];
    let any = (select(vec!["t", "x-y_z", "file"]), "[a-z]{1,3}", vec(step, 0..3)).prop_map(
        |(kind, first, rest)| Path {
            object_type: kind.to_owned(),
            steps: [Step::Key(first)].into_iter().chain(rest).collect(),
        },
    );
    prop_oneof![3 => known, 1 => any]
}

fn condition() -> impl Strategy<Value = Condition> {
    let order = select(vec![Order::Less, Order::LessOrEqual, Order::Greater, Order::GreaterOrEqual]);
    prop_oneof![
        3 => literal().prop_map(Condition::Equal),
        1 => literal().prop_map(Condition::NotEqual),
        1 => (order, literal())
            .prop_filter("booleans have no order", |(_, literal)| !matches!(literal, Literal::Boolean(_)))
            .prop_map(|(order, literal)| Condition::Ordered(order, literal)),
        1 => vec(literal(), 0..8).prop_map(Condition::In),
        1 => select(vec!["a%", "%b", "_b", "a", "%", "%a%b%"]).prop_map(|like| Condition::Like(like.to_owned())),
        1 => select(vec!["a", "^a", "b$", ".", ""]).prop_map(|regex| Condition::Matches(regex.to_owned())),
        1 => Just(Condition::IsSubset("10.0.0.0/8".to_owned())),
        1 => Just(Condition::IsSuperset("10.1.0.0/16".to_owned())),
        1 => Just(Condition::Exists),
    ]
}

fn comparison() -> impl Strategy<Value = Comparison> {
    let test = (path(), any::<bool>(), condition()).prop_map(|(path, is_negated, condition)| {
        Comparison::Test(Test { span: Span::default(), path, is_negated, condition })
    });
    test.prop_recursive(2, 6, 3, |inner| {
        (select(vec![Logic::And, Logic::Or]), vec(inner, 2..4))
            .prop_map(|(logic, operands)| Comparison::Joined(logic, operands))
    })
}

fn demand() -> impl Strategy<Value = Demand> {
    prop_oneof![
        select(vec![0.5, 1.0, 2.0]).prop_map(Demand::Within),
        (1..4_u64).prop_map(Demand::Repeats),
        (timestamp(), timestamp()).prop_map(|(start, stop)| Demand::During(start, stop)),
    ]
}

fn expression(of: impl Strategy<Value = Comparison> + 'static) -> impl Strategy<Value = Expression> {
    let bracket =
        of.prop_map(|comparison| Expression::Observation(Bracket { span: Span::default(), comparison }));
    bracket.prop_recursive(3, 5, 3, |inner| {
        let joint = select(vec![Joint::And, Joint::Or, Joint::FollowedBy]);
        let joined = (joint, vec(inner.clone(), 2..4))
            .prop_map(|(joint, operands)| Expression::Joined(joint, operands));
        let qualified = (inner, vec(demand(), 1..3)).prop_map(|(inner, demands)| {
            let qualifier = |demand| Qualifier { span: Span::default(), demand };
            Expression::Qualified(Qualified {
                in_parentheses: !matches!(inner, Expression::Observation(_)),
                expression: Box::new(inner),
                qualifiers: demands.into_iter().map(qualifier).collect(),
            })
        });
        prop_oneof![joined, qualified]
    })
}

/// Brackets that are told from each other, and overlap.
fn small() -> impl Strategy<Value = Comparison> {
    let operator = select(vec!["=", "!=", "<", ">="]);
    (operator, 0..3_i64).prop_map(|(operator, number)| {
        let Expression::Observation(bracket) = pattern(&format!("[t:n {operator} {number}]")).expression
        else {
            panic!("one bracket")
        };
        bracket.comparison
    })
}

/// An observed-data with an object of each type; times are whole seconds of one minute.
fn observed() -> impl Strategy<Value = String> {
    let hash = select(vec!["ABABABABABABABABABABABABABABABAB", HASH]);
    ((0..5_u32, 0..3_u32, 1..3_u32), -1..3_i64, text(), hash).prop_map(|((first, length, number), n, s, hash)| {
        let last = first + length;
        let s = Json::text(s.as_str());
        format!(
            r#"{{"type":"observed-data","id":"observed-data--{first}-{n}","number_observed":{number},
            "first_observed":"2026-01-01T00:00:0{first}Z","last_observed":"2026-01-01T00:00:0{last}Z","objects":{{
            "0":{{"type":"t","n":{n},"s":{s},"b_hex":"AB","hashes":{{"MD5":"{hash}"}}}},
            "1":{{"type":"u","n":"1","t_ref":"0"}}}}}}"#
        )
    })
}

fn found(of: &Pattern, documents: &str) -> Option<Vec<usize>> {
    let document = parse(documents.as_bytes(), &Limits::default()).unwrap();
    let observations = Observations::of(&document);
    assert_eq!(observations.left_out(), []);
    let found = Matcher::new(of).unwrap().matches(&observations, 100_000_000).unwrap();
    found.map(|found| found.observations)
}

/// Whether it binds one observation, so that an engine tells it observation by observation.
fn is_one(of: &Expression) -> bool {
    match of {
        Expression::Observation(_) => true,
        Expression::Joined(Joint::Or, operands) => {
            operands.iter().all(|operand| is_one(operand) && !matches!(operand, Expression::Qualified(_)))
        }
        Expression::Joined(Joint::And | Joint::FollowedBy, _) => false,
        Expression::Qualified(qualified) => {
            let is_more = |demand: &Demand| matches!(demand, Demand::Repeats(2..));
            is_one(&qualified.expression) && !qualified.qualifiers.iter().any(|one| is_more(&one.demand))
        }
    }
}

/// What the reference does: all bindings, each a list of instances of observations.
struct Naive<'a> {
    documents: &'a [String],
    /// First, last, and the number of the document.
    instances: Vec<(u32, u32, usize)>,
}

impl Naive<'_> {
    fn bindings(&self, of: &Expression) -> Vec<Vec<usize>> {
        match of {
            Expression::Observation(_) => {
                let alone = Pattern { expression: of.clone() };
                let fits = |document: &String| found(&alone, document).is_some();
                let places = 0..self.instances.len();
                places
                    .filter(|place| fits(&self.documents[self.instances[*place].2]))
                    .map(|place| vec![place])
                    .collect()
            }
            Expression::Joined(Joint::Or, operands) => {
                operands.iter().flat_map(|operand| self.bindings(operand)).collect()
            }
            Expression::Joined(joint, operands) => {
                let mut all = vec![Vec::new()];
                for operand in operands {
                    all = self.pairs(&all, &self.bindings(operand), *joint == Joint::FollowedBy);
                }
                all
            }
            Expression::Qualified(qualified) => {
                let mut all = self.bindings(&qualified.expression);
                for qualifier in &qualified.qualifiers {
                    all = self.qualified(all, &qualifier.demand);
                }
                all
            }
        }
    }

    fn pairs(&self, left: &[Vec<usize>], right: &[Vec<usize>], in_order: bool) -> Vec<Vec<usize>> {
        let mut pairs = BTreeSet::new();
        for (one, other) in left.iter().flat_map(|one| right.iter().map(move |other| (one, other))) {
            let begins = one.iter().map(|place| self.instances[*place].0).max();
            let ends = other.iter().map(|place| self.instances[*place].1).min();
            if one.iter().all(|place| !other.contains(place))
                && (!in_order || begins <= ends || begins.is_none())
            {
                let mut both = [one.clone(), other.clone()].concat();
                both.sort_unstable();
                pairs.insert(both);
            }
        }
        pairs.into_iter().collect()
    }

    fn qualified(&self, all: Vec<Vec<usize>>, demand: &Demand) -> Vec<Vec<usize>> {
        let nanoseconds = |second: u32| i128::from(1_767_225_600 + second) * 1_000_000_000;
        let keep = |fits: &dyn Fn(&Vec<usize>) -> bool| all.iter().filter(|one| fits(one)).cloned().collect();
        match demand {
            Demand::Within(seconds) => keep(&|one: &Vec<usize>| {
                let ends = one.iter().map(|place| self.instances[*place].1).min().unwrap();
                let begins = one.iter().map(|place| self.instances[*place].0).max().unwrap();
                f64::from(begins) <= f64::from(ends) + seconds
            }),
            Demand::During(start, stop) => keep(&|one: &Vec<usize>| {
                one.iter().all(|place| {
                    let (first, last, _) = self.instances[*place];
                    let is_in =
                        nanoseconds(last) >= start.instant().0 && nanoseconds(first) < stop.instant().0;
                    is_in && start.instant() < stop.instant()
                })
            }),
            Demand::Repeats(times) => {
                let mut repeated = vec![Vec::new()];
                for _ in 0..*times {
                    repeated = self.pairs(&repeated, &all, false);
                }
                repeated
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn a_pattern_is_read_as_it_was_written(expression in expression(comparison())) {
        let written = Pattern { expression };
        let text = written.to_string();
        prop_assert_eq!(&pattern(&text), &written, "{}", text);
        for end in (0..text.len()).step_by(5).filter(|end| text.is_char_boundary(*end)) {
            let _no_panic = Pattern::parse(&text[..end], &Limits::default());
        }
        for profile in [Profile::Text, Profile::Schema] {
            let _no_panic = written.check(&Vocabulary::default(), profile);
        }
    }

    #[test]
    fn the_normal_form_matches_the_same(expression in expression(comparison()), documents in vec(observed(), 0..4)) {
        let written = Pattern { expression };
        let normal = written.normal();
        prop_assert_eq!(&normal.normal(), &normal);
        prop_assert_eq!(&pattern(&normal.to_string()), &normal);
        let documents = format!("[{}]", documents.join(","));
        prop_assert_eq!(found(&written, &documents).is_some(), found(&normal, &documents).is_some(), "{} {}", written, normal);
    }

    #[test]
    fn an_engine_says_what_each_pattern_says_alone(
        expressions in vec(expression(comparison()), 1..8),
        documents in vec(observed(), 0..4),
    ) {
        let patterns: Vec<Pattern> = expressions.into_iter().map(|expression| Pattern { expression }).collect();
        let engine = Engine::new(&patterns).unwrap();
        let list = format!("[{}]", documents.join(","));
        let document = parse(list.as_bytes(), &Limits::default()).unwrap();
        let evaluation = engine.evaluate(&Observations::of(&document), 100_000_000);
        prop_assert!(evaluation.undecided.is_empty());
        for (place, alone) in patterns.iter().enumerate() {
            let hits = evaluation.hits.iter().filter(|hit| hit.pattern == place);
            let hits: Vec<Vec<usize>> = hits.map(|hit| hit.found.observations.clone()).collect();
            if is_one(&alone.expression) {
                let each = documents.iter().enumerate();
                let each = each.filter(|(_, document)| found(alone, &format!("[{document}]")).is_some());
                let each: Vec<Vec<usize>> = each.map(|(place, _)| vec![place]).collect();
                prop_assert_eq!(hits, each, "{}", alone);
            } else {
                prop_assert_eq!(hits.first().cloned(), found(alone, &list), "{}", alone);
                prop_assert!(hits.len() <= 1);
            }
        }
    }

    /// Whether one by one or together, a pattern of several is found when it is there.
    #[test]
    fn a_stream_sees_what_an_engine_sees(
        expressions in vec(expression(small()), 1..8),
        documents in vec(observed(), 0..6),
    ) {
        let patterns: Vec<Pattern> = expressions.into_iter().map(|expression| Pattern { expression }).collect();
        let engine = Engine::new(&patterns).unwrap();
        let now = Instant::parse("2026-01-01T00:00:10Z").unwrap();
        let mut stream = Stream::new(&engine, Duration::from_secs(60), 1_000);
        let mut sighted = BTreeSet::new();
        for document in &documents {
            let document = parse(document.as_bytes(), &Limits::default()).unwrap();
            let arrival = stream.push(&Observations::of(&document), now, 100_000_000);
            prop_assert!(arrival.undecided.is_empty());
            sighted.extend(arrival.sighted.into_iter().map(|sighted| sighted.pattern));
        }
        prop_assert_eq!(stream.forgotten(), 0);
        let list = format!("[{}]", documents.join(","));
        let list = parse(list.as_bytes(), &Limits::default()).unwrap();
        let hits = engine.evaluate(&Observations::of(&list), 100_000_000).hits;
        prop_assert_eq!(sighted, hits.into_iter().map(|hit| hit.pattern).collect::<BTreeSet<_>>());
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in r"[\[\]()'\\a-c:=<>!.,0-9*th/ \n-]{0,40}") {
        if let Ok(read) = Pattern::parse(&text, &Limits::default()) {
            prop_assert_eq!(pattern(&read.to_string()), read);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn what_is_bound_is_a_binding_of_the_reference(expression in expression(small()), documents in vec(observed(), 0..6)) {
        let written = Pattern { expression };
        let mut naive = Naive { documents: &documents, instances: Vec::new() };
        for (place, document) in documents.iter().enumerate() {
            let document = parse(document.as_bytes(), &Limits::default()).unwrap();
            let second = |name: &str| document.get(name).unwrap().as_text().unwrap()[17..19].parse().unwrap();
            let number = document.get("number_observed").unwrap().to_string().parse().unwrap();
            let instance = (second("first_observed"), second("last_observed"), place);
            naive.instances.extend(std::iter::repeat_n(instance, number));
        }
        let bindings = naive.bindings(&written.expression);
        match found(&written, &format!("[{}]", documents.join(","))) {
            None => prop_assert_eq!(bindings, Vec::<Vec<usize>>::new(), "{}", written),
            Some(bound) => {
                let of_documents = |binding: &Vec<usize>| -> Vec<usize> {
                    let places: BTreeSet<usize> = binding.iter().map(|place| naive.instances[*place].2).collect();
                    places.into_iter().collect()
                };
                prop_assert!(bindings.iter().any(|binding| of_documents(binding) == bound), "{} {:?}", written, bound);
            }
        }
    }
}
