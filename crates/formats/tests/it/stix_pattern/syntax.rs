//! Texts to patterns and back.

use formats::{
    Limits,
    stix::pattern::{Comparison, Condition, Expression, Literal, Logic, Pattern, Step},
};

use super::pattern;

fn fault(text: &str) -> String {
    Pattern::parse(text, &Limits::default()).unwrap_err().to_string()
}

/// A pattern in every part of the language, and its canonical text.
const WRITTEN: [(&str, &str); 14] = [
    ("[ a:b='x' ]", "[a:b = 'x']"),
    ("[a:b == 1 AND a:c <> +2]", "[a:b = 1 AND a:c != 2]"),
    (
        "[((a:b>=-1.50)) OR (a:c<.5 AND a:d NOT IN(true,false))]",
        "[a:b >= -1.5 OR a:c < 0.5 AND a:d NOT IN (true, false)]",
    ),
    ("[(a:b=1 OR a:b=2) AND (a:c=1 AND a:d=1)]", "[(a:b = 1 OR a:b = 2) AND (a:c = 1 AND a:d = 1)]"),
    (
        "[a:'b'.'c-d'[*].e_ref.'AND'[0] NOT MATCHES'\\\\d\\'']",
        "[a:b.'c-d'[*].e_ref.'AND'[0] NOT MATCHES '\\\\d\\'']",
    ),
    ("[NOT EXISTS a-b:c OR EXISTS d:e]", "[NOT EXISTS a-b:c OR EXISTS d:e]"),
    ("[a:b IN ()]", "[a:b IN ()]"),
    (
        "[a:b = h'FFd8' OR a:b = b'3q2+7w==' OR a:b = t'2026-05-15T12:30:00.50Z']",
        "[a:b = h'ffd8' OR a:b = b'3q2+7w==' OR a:b = t'2026-05-15T12:30:00.50Z']",
    ),
    (
        "[a:b ISSUBSET '10.0.0.0/8' AND a:c ISSUPERSET '::1']",
        "[a:b ISSUBSET '10.0.0.0/8' AND a:c ISSUPERSET '::1']",
    ),
    (
        "[a:b=1]AND[a:b=2]OR[a:b=3]FOLLOWEDBY[a:b=4]",
        "[a:b = 1] AND [a:b = 2] OR [a:b = 3] FOLLOWEDBY [a:b = 4]",
    ),
    ("(([a:b=1] OR [a:b=2]) AND [a:b=3])", "([a:b = 1] OR [a:b = 2]) AND [a:b = 3]"),
    ("[a:b=1] WITHIN 5 SECONDS REPEATS 2 TIMES", "[a:b = 1] WITHIN 5 SECONDS REPEATS 2 TIMES"),
    (
        "([a:b=1] AND [a:b=2]) WITHIN 0.25 SECONDS START t'2026-01-01T00:00:00Z' STOP t'2026-01-02T00:00:00Z'",
        "([a:b = 1] AND [a:b = 2]) WITHIN 0.25 SECONDS START t'2026-01-01T00:00:00Z' STOP t'2026-01-02T00:00:00Z'",
    ),
    ("[a:b /* one */ = 1] // two\n OR\u{a0}[a:b = '//']", "[a:b = 1] OR [a:b = '//']"),
];

#[test]
fn a_pattern_is_written_in_one_way_and_read_again_as_it_was() {
    for (text, canonical) in WRITTEN {
        let read = pattern(text);
        assert_eq!(read.to_string(), canonical);
        assert_eq!(pattern(canonical), read, "{canonical}");
    }
}

#[test]
fn values_keep_their_kind_and_their_escapes() {
    let text = r"[file:extensions.'ntfs-ext'.streams[-1].name = 'it\'s C:\\' AND file:size > 1]";
    let read = pattern(text);
    let Expression::Observation(bracket) = read.expression else { panic!("one bracket") };
    assert_eq!(&text[bracket.span.start..bracket.span.end], text);
    let Comparison::Joined(Logic::And, tests) = bracket.comparison else { panic!("two tests") };
    let Comparison::Test(test) = &tests[0] else { panic!("one test") };
    assert_eq!(test.condition, Condition::Equal(Literal::Text(r"it's C:\".to_owned())));
    assert_eq!(test.path.object_type, "file");
    assert_eq!(test.path.steps[3], Step::Index(-1));
    assert!(text[test.span.start..test.span.end].starts_with("file:ext"));
    assert!(text[test.span.start..test.span.end].ends_with(r"C:\\'"));
}

#[test]
fn a_fault_names_its_place_what_is_expected_and_the_remedy() {
    let told = [
        (
            "file:size = 1280",
            r#"line 1, column 1: "file" stands where "[" or "(" (each comparison stands in square brackets) is expected"#,
        ),
        (
            "[file:size = ]",
            r#"line 1, column 14: "]" stands where a value: 'text', a number, true, false, t'…', h'…' or b'…' is expected"#,
        ),
        (
            "[file.size = 1280]",
            r#"line 1, column 6: "." stands where ":" between the type of the object and its property is expected"#,
        ),
        (
            "[a:b=1] within 2 SECONDS",
            r#"line 1, column 9: "within" stands where AND, OR, FOLLOWEDBY, WITHIN, START, REPEATS or the end of the pattern is expected: keywords are written in capitals"#,
        ),
        (
            "[a:needs-quotes = 1]",
            "line 1, column 4: a property with a hyphen is written in quotes: 'needs-quotes'",
        ),
        (
            "[a:START = 1]",
            "line 1, column 4: START is a keyword: a property of this name is written in quotes, 'START'",
        ),
        ("[a:b = 'é',\n a:c = \"x\"]", r#"line 1, column 11: "," stands where "]", AND or OR is expected"#),
        (
            "[a:b = 'é' AND\n a:c = \"x\"]",
            r#"line 2, column 8: """ has no meaning here: values stand in straight single quotes, '…'"#,
        ),
        (
            "[a:b MATCHES /x/]",
            r#"line 1, column 14: "/" has no meaning here: a regular expression stands in single quotes, '…'"#,
        ),
        (
            r"[a:b = 'C:\Windows']",
            r"line 1, column 11: a backslash in a string is written twice, \\, or stands before a quote, \'",
        ),
        ("[a:b = 'x", "line 1, column 8: this quote is not closed: write ' where the value ends"),
        ("[a:b = 007]", "line 1, column 8: a whole number does not begin with 0: leave the zeros away"),
        (
            "[a:b = t'2026-02-30T00:00:00Z']",
            r#"line 1, column 8: "2026-02-30T00:00:00Z" is no timestamp of an existing day: write t'2026-05-15T12:30:00Z'"#,
        ),
        ("[a:b = h'abc']", "line 1, column 8: h'…' holds pairs of hexadecimal digits, as in h'ffd8'"),
        ("[a:b = b'====']", "line 1, column 8: b'…' holds Base64 (RFC 4648, 4), as in b'3q2+7w=='"),
        ("[a:b > true]", r#"line 1, column 8: "true" stands where a value that has an order is expected"#),
        (
            "[a:b = 1] WITHIN -5 SECONDS",
            r#"line 1, column 18: "-5" stands where a number of seconds above 0 is expected"#,
        ),
        (
            "[a:b = 1] START t'2026-01-01T00:00:00Z'",
            r#"line 1, column 40: the pattern ends where STOP is expected"#,
        ),
        ("[a:b = 1 /* ", "line 1, column 10: this comment is not closed: write */ where it ends"),
        (
            "",
            r#"line 1, column 1: the pattern ends where "[" or "(" (each comparison stands in square brackets) is expected"#,
        ),
    ];
    for (text, message) in told {
        assert_eq!(fault(text), message, "{text}");
    }
}

#[test]
fn depth_length_and_count_are_bounded() {
    let limited = |text: &str, limits: &Limits| Pattern::parse(text, limits).unwrap_err();
    let bold = Limits { depth: usize::MAX, ..Limits::default() };
    for deep in ["(".repeat(100_000), format!("[{}", "(".repeat(100_000)), "[(([".repeat(50_000)] {
        assert!(limited(&deep, &Limits::default()).rule.starts_with("stix.pattern."));
        limited(&deep, &bold);
    }
    let nested = format!("{}[a:b=1]{}", "(".repeat(64), ")".repeat(64));
    assert_eq!(pattern(&nested).to_string(), "[a:b = 1]");
    let long_path = format!("[a:b{} = 1]", "[*]".repeat(10_000));
    assert!(limited(&long_path, &bold).message.contains("more steps"));
    let many = format!("[a:b IN ({}1)]", "1,".repeat(1_000));
    assert!(
        limited(&many, &Limits { values: 1_000, ..Limits::default() })
            .message
            .contains("more paths and values")
    );
    assert!(limited(&many, &Limits { bytes: 1_000, ..Limits::default() }).message.contains("longer"));
    let huge = "[a:b = 99999999999999999999]";
    assert_eq!(limited(huge, &Limits::default()).rule, "stix.pattern.limit");
}

#[test]
fn no_beginning_of_a_pattern_makes_the_reader_panic() {
    for (text, _) in WRITTEN {
        for end in (0..=text.len()).filter(|end| text.is_char_boundary(*end)) {
            if let Ok(read) = Pattern::parse(&text[..end], &Limits::default()) {
                assert_eq!(pattern(&read.to_string()), read);
            }
        }
        for character in ['\'', '(', ')', '[', ']', '\\', '/', '-', '.', '\u{85}', 't', '0'] {
            for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
                let mut broken = text.to_owned();
                broken.insert(at, character);
                if let Ok(read) = Pattern::parse(&broken, &Limits::default()) {
                    assert_eq!(pattern(&read.to_string()), read, "{broken}");
                }
            }
        }
    }
}
