//! Our own observations, and what is found in them: by each pattern alone, and by all of them at once.

use std::{fs, path::Path, time::Duration};

use formats::{
    Json, Limits, parse,
    stix::pattern::{Engine, Instant, LeftOut, Matcher, Observations, Pattern, Stream, Unmatchable},
};

use super::pattern;

struct Corpus {
    bundle: Json<'static>,
    /// Each pattern, and the numbers of the observations that it binds.
    cases: Vec<(Pattern, Vec<usize>)>,
}

fn corpus() -> Corpus {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/stix/patterns/matches.json");
    let bytes = fs::read(path).unwrap();
    let document = parse(&bytes, &Limits::default()).unwrap().into_owned();
    let cases = document.get("cases").unwrap().as_list().unwrap().iter().map(|case| {
        let numbers = case.get("found").unwrap().as_list().unwrap().iter();
        let numbers = numbers.map(|number| number.to_string().parse::<usize>().unwrap() - 1);
        (pattern(case.get("pattern").unwrap().as_text().unwrap()), numbers.collect())
    });
    Corpus { cases: cases.collect(), bundle: document.get("bundle").unwrap().clone() }
}

#[test]
fn each_pattern_finds_what_it_describes() {
    let corpus = corpus();
    let observations = Observations::of(&corpus.bundle);
    assert_eq!((observations.len(), observations.left_out()), (5, &[][..]));
    for (pattern, expected) in &corpus.cases {
        let found = Matcher::new(pattern).unwrap().matches(&observations, Matcher::WORK).unwrap();
        let found = found.map(|found| found.observations).unwrap_or_default();
        assert_eq!(&found, expected, "{pattern}");
        let normal = pattern.normal();
        let found = Matcher::new(&normal).unwrap().matches(&observations, Matcher::WORK).unwrap();
        assert_eq!(found.map(|found| found.observations).unwrap_or_default(), *expected, "{normal}");
    }
}

#[test]
fn all_patterns_at_once_find_the_same() {
    let corpus = corpus();
    let observations = Observations::of(&corpus.bundle);
    let engine = Engine::new(corpus.cases.iter().map(|(pattern, _)| pattern)).unwrap();
    let evaluation = engine.evaluate(&observations, Engine::WORK);
    assert!(evaluation.undecided.is_empty());
    for (place, (pattern, expected)) in corpus.cases.iter().enumerate() {
        let first = evaluation.hits.iter().find(|hit| hit.pattern == place);
        let found = first.map(|hit| hit.found.observations.clone()).unwrap_or_default();
        assert_eq!(&found, expected, "{pattern}");
    }
}

#[test]
fn a_pattern_of_one_observation_is_told_for_each() {
    let corpus = corpus();
    let observations = Observations::of(&corpus.bundle);
    let engine = Engine::new(&[pattern("[network-traffic:protocols[*] = 'tcp']")]).unwrap();
    let hits = engine.evaluate(&observations, Engine::WORK).hits;
    let ids: Vec<Vec<&str>> = hits.iter().map(|hit| hit.found.ids(&observations)).collect();
    assert_eq!(
        ids,
        [
            ["observed-data--00000000-0000-4000-8000-000000000002"],
            ["observed-data--00000000-0000-4000-8000-000000000005"],
        ]
    );
}

#[test]
fn what_has_no_time_or_number_is_left_out_and_told() {
    let told = |members: &str| {
        let text = format!(r#"{{"type":"observed-data","id":"x","objects":{{}}{members}}}"#);
        let document = parse(text.as_bytes(), &Limits::default()).unwrap();
        let observations = Observations::of(&document);
        assert!(observations.is_empty());
        observations.left_out().first().map(|LeftOut { why, .. }| *why).unwrap()
    };
    let times = r#","first_observed":"2026-03-01T12:00:00Z","last_observed":"2026-03-01T12:00:01Z""#;
    assert_eq!(told(""), "first_observed must be a timestamp such as 2026-05-15T12:30:00Z");
    assert_eq!(told(times), "number_observed must be a whole number above 0");
    assert_eq!(
        told(&format!("{times},\"number_observed\":0")),
        "number_observed must be a whole number above 0"
    );
    let back = r#","first_observed":"2026-03-01T12:00:01Z","last_observed":"2026-03-01T12:00:00Z""#;
    assert_eq!(told(back), "last_observed must not be before first_observed");
}

#[test]
fn what_cannot_be_matched_is_refused_with_its_reason() {
    let refused = |text: &str| Matcher::new(&pattern(text)).unwrap_err();
    assert_eq!(refused("[a:b = 1] WITHIN 0 SECONDS"), Unmatchable::Zero);
    assert_eq!(refused("[a:b = 1] REPEATS 0 TIMES"), Unmatchable::Zero);
    assert_eq!(
        refused(&format!("[a:b = 1]{}", " REPEATS 2 TIMES".repeat(9))),
        Unmatchable::TooManyQualifiers
    );
    assert_eq!(
        refused("[a:b ISSUBSET 'x']").to_string(),
        "\"x\" is no IPv4 or IPv6 address or network: write 198.51.100.0/24"
    );
    assert_eq!(
        refused("[a:b MATCHES '(?=x)']").to_string(),
        "\"(?=x)\" is not matched: it asks for look-around or back-references"
    );
    let patterns = [pattern("[a:b = 1]"), pattern("[a:b MATCHES '(']")];
    assert_eq!(Engine::new(&patterns).unwrap_err().0, 1);
}

fn time(second: u64) -> String {
    format!("2026-03-01T12:{:02}:{:02}Z", second / 60, second % 60)
}

fn at(second: u64) -> Instant {
    Instant::parse(&time(second)).unwrap()
}

/// A login that failed, or succeeded, at this second.
fn login(second: u64, outcome: &str) -> Json<'static> {
    let time = time(second);
    let text = format!(
        r#"{{"type":"observed-data","id":"{second}","number_observed":1,"first_observed":"{time}",
        "last_observed":"{time}","objects":{{"0":{{"type":"x-login","outcome":"{outcome}"}}}}}}"#
    );
    parse(text.as_bytes(), &Limits::default()).unwrap().into_owned()
}

#[test]
fn a_stream_finds_what_comes_bit_by_bit_and_starts_anew() {
    let guessed = "([x-login:outcome = 'failed'] REPEATS 3 TIMES FOLLOWEDBY [x-login:outcome = 'ok']) WITHIN 60 SECONDS";
    let engine = Engine::new(&[pattern(guessed), pattern("[x-login:outcome = 'ok']")]).unwrap();
    let mut stream = Stream::new(&engine, Duration::from_secs(60), 100);
    let mut told = Vec::new();
    for (second, outcome) in [
        (0, "failed"),
        (1, "failed"),
        (2, "ok"),
        (90, "failed"),
        (91, "failed"),
        (92, "failed"),
        (93, "ok"),
        (94, "ok"),
    ] {
        let document = login(second, outcome);
        let arrival = stream.push(&Observations::of(&document), at(second), Engine::WORK);
        told.extend(arrival.sighted.into_iter().map(|sighted| (sighted.pattern, sighted.ids.join(" "))));
    }
    let expected = [(1, "2"), (1, "93"), (0, "90 91 92 93"), (1, "94")];
    assert_eq!(told, expected.map(|(pattern, ids)| (pattern, ids.to_owned())));
    assert_eq!(stream.held(), 1);
}

#[test]
fn a_stream_remembers_no_more_than_it_may() {
    let engine =
        Engine::new(&[pattern("[x-login:outcome = 'failed'] FOLLOWEDBY [x-login:outcome = 'never']")])
            .unwrap();
    let mut stream = Stream::new(&engine, Duration::from_secs(1_000), 10);
    for second in 0..500 {
        let document = login(second, "failed");
        stream.push(&Observations::of(&document), at(second), Engine::WORK);
    }
    assert_eq!((stream.held(), stream.forgotten()), (10, 490));
    let document = login(3_000, "other");
    stream.push(&Observations::of(&document), at(3_000), Engine::WORK);
    assert_eq!((stream.held(), stream.forgotten()), (0, 490));
}

/// Objects that refer to each other in every way: a path with many steps has no end in them.
fn tangle() -> String {
    let refs: Vec<String> = (0..30).map(|place| format!("\"{place}\"")).collect();
    let objects =
        (0..30).map(|place| format!(r#""{place}":{{"type":"t","n":1,"all_refs":[{}]}}"#, refs.join(",")));
    let objects: Vec<String> = objects.collect();
    format!(
        r#"{{"type":"observed-data","id":"x","number_observed":1,"first_observed":"2026-03-01T12:00:00Z",
        "last_observed":"2026-03-01T12:00:00Z","objects":{{{}}}}}"#,
        objects.join(",")
    )
}

#[test]
fn no_pattern_works_longer_than_it_may() {
    let text = tangle();
    let document = parse(text.as_bytes(), &Limits::default()).unwrap();
    let observations = Observations::of(&document);
    let endless = pattern(&format!("[t:{}n = 2]", "all_refs[*].".repeat(20)));
    let error = Matcher::new(&endless).unwrap().matches(&observations, 100_000).unwrap_err();
    assert!(error.to_string().starts_with("matching this pattern took more than 100000 steps"));
    let engine = Engine::new(&[endless, pattern("[t:n = 1]")]).unwrap();
    let evaluation = engine.evaluate(&observations, 10_000);
    assert_eq!(evaluation.undecided.into_iter().collect::<Vec<_>>(), [0]);
    assert_eq!(evaluation.hits.iter().map(|hit| hit.pattern).collect::<Vec<_>>(), [1]);
}

#[test]
fn what_would_take_for_ever_ends_with_an_error() {
    let observed = (0..60).map(|second| {
        format!(
            r#"{{"type":"observed-data","id":"{second}","number_observed":1000000000,
            "first_observed":"2026-03-01T12:00:{second:02}Z","last_observed":"2026-03-01T12:00:{second:02}Z",
            "objects":{{"0":{{"type":"t","n":{}}}}}}}"#,
            second % 7
        )
    });
    let list = format!("[{}]", observed.collect::<Vec<_>>().join(","));
    let document = parse(list.as_bytes(), &Limits::default()).unwrap();
    let observations = Observations::of(&document);
    let outcome = |text: &str| {
        let found = Matcher::new(&pattern(text)).unwrap().matches(&observations, 1_000_000);
        found.map(|found| found.is_some())
    };
    assert_eq!(outcome("[t:n = 1] REPEATS 9000000000 TIMES"), Ok(true));
    assert_eq!(outcome("[t:n = 1] REPEATS 9000000001 TIMES"), Ok(false));
    assert!(outcome("([t:n = 1] FOLLOWEDBY [t:n = 2]) REPEATS 1000000 TIMES").is_err());
    let chain = "([t:n = 1] FOLLOWEDBY [t:n = 2] FOLLOWEDBY [t:n = 1]) WITHIN 1 SECONDS";
    assert_eq!(outcome(chain), Ok(false));
    let many = vec!["([t:n = 1] AND [t:n = 2])"; 200].join(" FOLLOWEDBY ");
    assert!(outcome(&many).is_ok_and(|found| found) || outcome(&many).is_err());
    let deep = format!("{}[t:n = 8]{}", "([t:n = 1] OR ([t:n = 1] AND ".repeat(30), "))".repeat(30));
    assert_eq!(outcome(&deep), Ok(true));
    let bold = Limits { depth: Limits::DEEPEST, ..Limits::default() };
    let within = " AND [t:n = 2]) WITHIN 50 SECONDS WITHIN 51 SECONDS WITHIN 52 SECONDS";
    let nested = format!("{}[t:n = 1]{}", "(".repeat(127), within.repeat(127));
    let nested = Pattern::parse(&nested, &bold).unwrap();
    assert!(Matcher::new(&nested.normal()).unwrap().matches(&observations, 1_000_000).is_err());
    let nested =
        format!("{}[t:n = 1]{}", "(".repeat(127), " FOLLOWEDBY [t:n = 2]) REPEATS 1 TIMES".repeat(127));
    let nested = Pattern::parse(&nested, &bold).unwrap();
    assert_eq!(nested.normal().to_string().matches("FOLLOWEDBY").count(), 127);
    let matched = Matcher::new(&nested).unwrap().matches(&observations, 10_000_000);
    assert!(matched.is_err() || matched.is_ok_and(|found| found.is_some()));
}
