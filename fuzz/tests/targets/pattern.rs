//! Patterns from strangers over observations from strangers: what is written reads the same again, the normal
//! form finds what the pattern finds, and many patterns at once find what each finds alone.

use bolero::check;
use formats::{
    Json, Limits, Profile, parse,
    stix::pattern::{Engine, Matcher, Observations, Pattern, Vocabulary},
};
use fuzz::{Dice, Tally, json as wild, quick, text as lines};
use serde_json::{Value, json};

const MATCHES: &str = include_str!("../../../corpus/stix/patterns/matches.json");

/// Steps for one answer.
const WORK: u64 = 20_000;

const PATHS: [&str; 18] = [
    "file:size",
    "file:name",
    "file:hashes.MD5",
    "file:hashes.'SHA-256'",
    "file:magic_number_hex",
    "file:mtime",
    "file:extensions.'windows-pebinary-ext'.sections[*].entropy",
    "email-message:is_multipart",
    "email-message:body_multipart[1].body_raw_ref.name",
    "email-message:body_multipart[-1].content_type",
    "email-message:from_ref.value",
    "network-traffic:dst_port",
    "network-traffic:dst_ref.value",
    "ipv4-addr:value",
    "ipv6-addr:value",
    "artifact:payload_bin",
    "x-a:b[*][0].'it\\'s'",
    "url:value",
];

const VALUES: [&str; 22] = [
    "0",
    "-0",
    "371712",
    "+443",
    "6.25",
    "9223372036854775807",
    "-9223372036854775808",
    "1.7976931348623157",
    "true",
    "false",
    "'invoice.pdf.exe'",
    "'cead3f77f6cda6ec00f57d76c9a6879f'",
    "'CEAD3F77F6CDA6EC00F57D76C9A6879F'",
    "'e\u{301}'",
    "'\\\\\\''",
    "''",
    "'203.0.113.0/24'",
    "'2001:db8::/32'",
    "t'2026-02-28T23:59:59.500Z'",
    "h'4D5a'",
    "b'TVo='",
    "b''",
];

const EXPRESSIONS: [&str; 10] =
    ["'%'", "'%.exe'", "'_'", "'a%b%'", "'^a'", "'\\\\.exe$'", "'(?i)INVOICE'", "'(a|a)*$'", "'[a'", "''"];

const LOOSE: [&str; 24] = [
    "[",
    "]",
    "(",
    ")",
    "AND",
    "OR",
    "NOT",
    "FOLLOWEDBY",
    "WITHIN 1 SECONDS",
    "REPEATS 0 TIMES",
    "START",
    "STOP t'2026-03-01T00:00:00Z'",
    "EXISTS",
    "IN",
    "<>",
    "==",
    "[*]",
    ":",
    "'",
    "\\",
    "/* */",
    "// x\n",
    "\u{a0}",
    "1e5",
];

fn pick(dice: &mut Dice<'_>, words: &[&str]) -> String {
    dice.pick(words).copied().unwrap_or_default().to_owned()
}

fn comparison(dice: &mut Dice<'_>, depth: usize) -> String {
    if depth > 0 && dice.one_in(3) {
        let (left, right) = (comparison(dice, depth - 1), comparison(dice, depth - 1));
        let joined = format!("{left} {} {right}", pick(dice, &["AND", "OR"]));
        return if dice.one_in(2) { format!("({joined})") } else { joined };
    }
    let path = pick(dice, &PATHS);
    let not = pick(dice, &["", "", "NOT "]);
    match dice.below(8) {
        0 => format!("{not}EXISTS {path}"),
        1 => {
            let values: Vec<String> = (0..dice.below(7)).map(|_| pick(dice, &VALUES)).collect();
            format!("{path} {not}IN ({})", values.join(", "))
        }
        2 => format!("{path} {not}{} {}", pick(dice, &["LIKE", "MATCHES"]), pick(dice, &EXPRESSIONS)),
        3 => {
            let network = pick(dice, &["'203.0.113.0/24'", "'203.0.113.9'", "'2001:db8::/32'", "'x'"]);
            format!("{path} {not}{} {network}", pick(dice, &["ISSUBSET", "ISSUPERSET"]))
        }
        _ => {
            let operator = pick(dice, &["=", "!=", "<", "<=", ">", ">="]);
            format!("{path} {not}{operator} {}", pick(dice, &VALUES))
        }
    }
}

fn expression(dice: &mut Dice<'_>, depth: usize) -> String {
    let mut text = if depth > 0 && dice.one_in(2) {
        let (left, right) = (expression(dice, depth - 1), expression(dice, depth - 1));
        let joint = pick(dice, &["AND", "OR", "FOLLOWEDBY"]);
        if dice.one_in(2) { format!("({left} {joint} {right})") } else { format!("{left} {joint} {right}") }
    } else {
        format!("[{}]", comparison(dice, 2))
    };
    while dice.one_in(4) {
        text += &match dice.below(3) {
            0 => format!(" WITHIN {} SECONDS", pick(dice, &["1", "0.5", "300", "100000000000"])),
            1 => format!(" REPEATS {} TIMES", pick(dice, &["1", "2", "3", "1000000"])),
            _ => " START t'2026-03-01T12:00:00Z' STOP t'2026-03-01T12:06:00.5Z'".to_owned(),
        };
    }
    text
}

/// A pattern out of the dice, or one of the corpus, mostly whole, with something loose put into it.
fn any_pattern(dice: &mut Dice<'_>, corpus: &[&str]) -> String {
    let mut text = match dice.below(4) {
        0 => pick(dice, corpus),
        1 => {
            let one = pick(dice, corpus);
            String::from_utf8_lossy(&lines::spoilt(&one, corpus, dice)).into_owned()
        }
        _ => expression(dice, 2),
    };
    if dice.one_in(5) {
        let loose = if dice.one_in(2) { pick(dice, &LOOSE) } else { wild::any_text(dice) };
        let places: Vec<usize> = text.char_indices().map(|(place, _)| place).collect();
        text.insert_str(dice.pick(&places).copied().unwrap_or_default(), &loose);
    }
    text
}

fn texts<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
    match value {
        Value::String(text) if text.contains('[') => found.push(text),
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Object(members) => members.values().for_each(|member| texts(member, found)),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn corpus() -> Value {
    let checks: Value =
        serde_json::from_str(include_str!("../../../corpus/stix/patterns/checks.json")).unwrap();
    let normal: Value =
        serde_json::from_str(include_str!("../../../corpus/stix/patterns/normal.json")).unwrap();
    let matches: Value = serde_json::from_str(MATCHES).unwrap();
    json!([checks, normal, matches["cases"]])
}

/// Each pattern alone and all at once find the same, as far as there is an answer.
fn agree(patterns: &[Pattern], observations: &Observations<'_>) {
    let engine = Engine::new(patterns).unwrap();
    let evaluation = engine.evaluate(observations, WORK);
    for (place, pattern) in patterns.iter().enumerate() {
        let Ok(alone) = Matcher::new(pattern).unwrap().matches(observations, WORK) else { continue };
        if evaluation.undecided.contains(&place) {
            continue;
        }
        let hit = evaluation.hits.iter().find(|hit| hit.pattern == place);
        assert_eq!(hit.is_some(), alone.is_some(), "{pattern}: {hit:?} and {alone:?}");
    }
}

#[test]
fn patterns() {
    let corpus = corpus();
    let mut seeds = vec![];
    texts(&corpus, &mut seeds);
    let matches = parse(MATCHES.as_bytes(), &Limits::default()).unwrap();
    let observations = Observations::of(matches.get("bundle").unwrap_or(&Json::Null));
    assert!(observations.len() > 3);
    let limits = Limits::default();
    let tally = Tally::new("pattern::patterns");
    check!().for_each(|bytes: &[u8]| {
        let mut dice = Dice::new(bytes);
        let text = any_pattern(&mut dice, &seeds);
        let mut is_pattern = false;
        assert!(
            quick(|| {
                let Ok(pattern) = Pattern::parse(&text, &limits) else { return };
                is_pattern = true;
                let written = pattern.to_string();
                assert_eq!(Pattern::parse(&written, &limits).as_ref(), Ok(&pattern), "{text} as {written}");
                for profile in [Profile::Text, Profile::Schema] {
                    for found in pattern.check(&Vocabulary::default(), profile) {
                        assert!(text.get(found.span.start..found.span.end).is_some(), "{found:?} in {text}");
                    }
                }
                let normal = pattern.normal();
                assert_eq!(normal.normal(), normal, "{text}");
                let again = Pattern::parse(&normal.to_string(), &limits);
                assert_eq!(again.as_ref(), Ok(&normal), "{text} as {normal}");
                let (Ok(one), Ok(other)) = (Matcher::new(&pattern), Matcher::new(&normal)) else {
                    assert_eq!(Matcher::new(&pattern).is_ok(), Matcher::new(&normal).is_ok(), "{text}");
                    return;
                };
                if let (Ok(one), Ok(other)) =
                    (one.matches(&observations, WORK), other.matches(&observations, WORK))
                {
                    assert_eq!(one.is_some(), other.is_some(), "{text} as {normal}");
                }
                agree(&[pattern, normal], &observations);
            }),
            "a pattern takes longer than a second: {text}"
        );
        tally.count(is_pattern);
    });
}

/// A dictionary of objects within the observed-data, as STIX 2.0 has it.
fn former() -> Value {
    json!({"type": "observed-data", "id": "observed-data--1", "number_observed": 3,
    "first_observed": "2026-03-01T12:00:00Z", "last_observed": "2026-03-01T12:05:00Z", "objects": {
        "0": {"type": "file", "name": "invoice.pdf.exe", "size": 371_712, "parent_directory_ref": "1"},
        "1": {"type": "directory", "path": "/tmp", "contains_refs": ["0", "1"]},
        "2": {"type": "email-message", "is_multipart": true, "from_ref": "3",
            "body_multipart": [{"body_raw_ref": "0"}, {"body_raw_ref": "0", "content_type": "text/plain"}]},
        "3": {"type": "email-addr", "value": "billing@bad.example"}}})
}

#[test]
fn observations() {
    let corpus = corpus();
    let mut words = vec![];
    texts(&corpus, &mut words);
    let limits = Limits::default();
    let ready = |text: &str| -> Option<Pattern> {
        let pattern = Pattern::parse(text, &limits).ok()?;
        Matcher::new(&pattern).ok().map(|_| pattern)
    };
    let own: Vec<Pattern> = words.iter().copied().filter_map(ready).collect();
    assert!(own.len() > 100, "{}", own.len());
    let bundle = serde_json::from_str::<Value>(MATCHES).unwrap()["bundle"].clone();
    let seeds = [bundle, former(), json!([former(), former()])];
    let tally = Tally::new("pattern::observations");
    check!().for_each(|bytes: &[u8]| {
        let mut dice = Dice::new(bytes);
        let text = wild::spoilt(&mut dice, &seeds, bytes);
        let mut patterns: Vec<Pattern> =
            (0..8).filter_map(|_| ready(&any_pattern(&mut dice, &words))).collect();
        patterns.extend((0..8).filter_map(|_| dice.pick(&own).cloned()));
        let Ok(document) = parse(&text, &limits) else { return tally.count(false) };
        let mut is_some = false;
        assert!(
            quick(|| {
                let observations = Observations::of(&document);
                is_some = !observations.is_empty();
                agree(&patterns, &observations);
            }),
            "observations take longer than a second"
        );
        tally.count(is_some);
    });
}
