//! The cases that the reference validator and the reference matcher are tested with, where they are at hand.

use std::fs;

use formats::{
    Limits, Profile, Severity, parse,
    stix::pattern::{Matcher, Observations, Pattern, Vocabulary},
};
use serde_json::Value;

use crate::shared;

fn read(path: &str) -> Option<Value> {
    Some(serde_json::from_slice(&fs::read(shared(path)?).unwrap()).unwrap())
}

fn is_valid(text: &str, profile: Profile) -> bool {
    Pattern::parse(text, &Limits::default()).is_ok_and(|pattern| {
        let findings = pattern.check(&Vocabulary::default(), profile);
        findings.iter().all(|finding| finding.severity != Severity::Error)
    })
}

#[test]
fn the_verdicts_are_those_of_the_reference_validator() {
    let Some(cases) = read("samples/stix2.1/pattern-syntax-cases.json") else { return };
    let cases = cases.as_array().unwrap();
    assert_eq!(cases.len(), 66);
    let mut stricter = Vec::new();
    for case in cases {
        let (text, expected) = (case["pattern"].as_str().unwrap(), case["valid"].as_bool().unwrap());
        assert_eq!(is_valid(text, Profile::Schema), expected, "{text}");
        if is_valid(text, Profile::Text) != expected {
            stricter.push(text);
        }
    }
    let expected = [
        // 3.1: the name of a type has hyphens, no underscores.
        "[x_whatever:detected == t'2018-03-22T12:11:14.1Z']",
        // 9.5: a qualifier of one kind stands once, in front of parentheses as elsewhere.
        "([win-registry-key:key = 'hkey_local_machine\\\\foo\\\\bar']) WITHIN 5 SECONDS WITHIN 6 SECONDS",
        // 9.6: AND asks of one object; no object is both network-traffic and user-account.
        "[network-traffic:src_port = 37020 AND user-account:user_id = 'root'] START t'2016-06-01T01:30:00.123Z' \
         STOP t'2016-06-01T02:20:00.123Z' OR [ipv4-addr:value = '192.168.122.83'] START \
         t'2016-06-01T03:55:00.123Z' STOP t'2016-06-01T04:30:24.743Z'",
    ];
    assert_eq!(stricter, expected);
}

/// The text that the test of the reference generates: one observation per second.
fn twenty_in_a_row() -> String {
    let one = |second: usize| {
        let time = format!("2004-10-11T21:{:02}:{:02}Z", 44 + (58 + second) / 60, (58 + second) % 60);
        format!(
            r#"{{"type":"observed-data","id":"observed-data--{second}","number_observed":1,"first_observed":"{time}",
            "last_observed":"{time}","objects":{{"a0":{{"type":"person","name":"alice","age":{second}}}}}}}"#
        )
    };
    format!("[{}]", (0..20).map(one).collect::<Vec<_>>().join(","))
}

/// What became of a pattern: matched or not, or an error.
fn outcome(pattern: &str, observations: &str) -> (String, Vec<String>) {
    let document = parse(observations.as_bytes(), &Limits::default()).unwrap();
    let observations = Observations::of(&document);
    assert_eq!(observations.left_out(), []);
    let Ok(pattern) = Pattern::parse(pattern, &Limits::default()) else { return ("error".into(), vec![]) };
    let Ok(matcher) = Matcher::new(&pattern) else { return ("error".into(), vec![]) };
    let found = matcher.matches(&observations, Matcher::WORK).unwrap();
    let ids = found.as_ref().map(|found| found.ids(&observations)).unwrap_or_default();
    (found.is_some().to_string(), ids.into_iter().map(str::to_owned).collect())
}

/// Intervals in one pattern that binds an observation of each, all WITHIN so short a time.
fn within(intervals: &[(String, String)], seconds: &str) -> (String, String) {
    let observed = intervals.iter().enumerate().map(|(place, (first, last))| {
        format!(
            r#"{{"type":"observed-data","id":"observed-data--{place}","number_observed":1,"first_observed":"{first}",
            "last_observed":"{last}","objects":{{"0":{{"type":"event","n":{place}}}}}}}"#
        )
    });
    let brackets: Vec<_> = (0..intervals.len()).map(|place| format!("[event:n = {place}]")).collect();
    let pattern = format!("({}) WITHIN {seconds} SECONDS", brackets.join(" AND "));
    (pattern, format!("[{}]", observed.collect::<Vec<_>>().join(",")))
}

/// `((1, 2), (3, 4))` or `('a', 'b')`: the items between commas, parentheses and quotes.
fn items(text: &str) -> Vec<String> {
    let items = text.split(['(', ')', ',', '\'']).map(str::trim).filter(|item| !item.is_empty());
    items.map(str::to_owned).collect()
}

/// The pattern, the observations, what is expected, and the identifiers where they are told.
fn derived(case: &Value, observations: &Value) -> (String, String, String, Option<Vec<String>>) {
    let test = case["test"].as_str().unwrap();
    let params = &case["params"];
    let seconds = |second: &String| format!("2000-01-01T00:00:0{second}Z");
    match test {
        "test_intervals_within_match" | "test_intervals_within_nomatch" => {
            let ends = items(params["intervals"].as_str().unwrap());
            let pairs: Vec<_> = ends.chunks(2).map(|pair| (seconds(&pair[0]), seconds(&pair[1]))).collect();
            // WITHIN 0 is no pattern; the intervals are of whole seconds.
            let duration = match params["duration"].as_u64().unwrap() {
                0 => "0.000001".to_owned(),
                other => other.to_string(),
            };
            let (pattern, observations) = within(&pairs, &duration);
            (pattern, observations, (!test.ends_with("_nomatch")).to_string(), None)
        }
        "test_within_match" | "test_within_nomatch" => {
            let pair = |name: &str| {
                let ends = items(params[name].as_str().unwrap());
                (ends[0].clone(), ends[1].clone())
            };
            let pairs = [pair("interval1"), pair("interval2")];
            let (pattern, observations) = within(&pairs, &params["duration"].to_string());
            (pattern, observations, case["expected"].to_string(), None)
        }
        _ => {
            let name = case["observations"].as_str().unwrap();
            let explosion = name.ends_with("_combinatorial_explosion");
            let observations = if explosion { twenty_in_a_row() } else { observations[name].to_string() };
            let ids = params["expected_ids"].as_str().map(items);
            let expected = match &case["expected"] {
                Value::String(word) => word.clone(),
                // Objects that no observed-data refers to are not observed.
                Value::Null => (test != "test_match_referenced_sco_only").to_string(),
                truth => truth.to_string(),
            };
            (case["pattern"].as_str().unwrap().to_owned(), observations, expected, ids)
        }
    }
}

#[test]
fn matches_are_those_of_the_reference_matcher() {
    let Some(file) = read("samples/stix2.1/pattern-match-cases.json") else { return };
    let cases = file["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 378);
    let mut different = Vec::new();
    for case in cases {
        let (pattern, observations, expected, ids) = derived(case, &file["observations"]);
        let (found, found_ids) = outcome(&pattern, &observations);
        if found != expected {
            different.push(format!("{pattern} is {found}"));
        }
        if let Some(mut ids) = ids {
            ids.sort_unstable();
            let mut found_ids = found_ids;
            found_ids.sort_unstable();
            assert_eq!(found_ids, ids, "{pattern}");
        }
    }
    // Here one broken timestamp in the data is unequal to all; there it ends the matching of everything.
    let broken = (0..6).map(|place| format!("[event:bad_ts[{place}] = t'1996-07-11T09:17:10Z'] is false"));
    assert_eq!(different, broken.collect::<Vec<_>>());
}

#[test]
fn what_explodes_there_is_answered_here() {
    for (pattern, expected) in [
        ("[person:age < 20] REPEATS 10 TIMES", "true"),
        ("[person:age < 20] REPEATS 10 TIMES WITHIN 10 SECONDS", "true"),
        ("[person:age < 20] REPEATS 10 TIMES WITHIN 8 SECONDS", "false"),
        (
            "[person:age < 20] REPEATS 10 TIMES START t'2004-10-11T21:40:00Z' STOP t'2004-10-11T21:50:00Z'",
            "true",
        ),
        ("[person:age < 20] REPEATS 10 TIMES AND [person:age < 20]", "true"),
        ("[person:age < 20] REPEATS 20 TIMES AND [person:age < 20]", "false"),
        ("[person:age < 20] REPEATS 10 TIMES FOLLOWEDBY [person:age < 20]", "true"),
        ("[person:age < 20] REPEATS 5 TIMES REPEATS 2 TIMES", "true"),
        ("[person:age < 20] REPEATS 2 TIMES REPEATS 11 TIMES", "false"),
        ("([person:age < 20] FOLLOWEDBY [person:age > 5]) REPEATS 10 TIMES", "true"),
        ("([person:age < 20] FOLLOWEDBY [person:age > 5]) REPEATS 11 TIMES", "false"),
        ("([person:age < 20] AND [person:age < 20]) WITHIN 1 SECONDS REPEATS 10 TIMES", "true"),
        ("([person:age < 9] AND [person:age > 10]) WITHIN 1 SECONDS REPEATS 2 TIMES", "false"),
    ] {
        assert_eq!(outcome(pattern, &twenty_in_a_row()).0, expected, "{pattern}");
    }
}
