//! The one way in which a JSON body is read: within bounds, strictly, with a pointer to each flaw.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{HeaderMap, StatusCode, header},
};
use regime::Problem as Finding;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use serde_path_to_error::Segment;

use super::strict_json::{self, Flaw};
use crate::{App, problem::Problem};

/// The largest body, in bytes.
pub const LARGEST: usize = 1024 * 1024;

/// A JSON body of type `T`.
pub struct Input<T>(pub T);

impl<T: DeserializeOwned + Serialize> FromRequest<App> for Input<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        check_content_type(request.headers())?;
        let bytes =
            Bytes::from_request(request, app).await.map_err(|rejection| unreadable(rejection.status()))?;
        parse(&bytes).map(Self)
    }
}

fn check_content_type(headers: &HeaderMap) -> Result<(), Problem> {
    let given = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = given.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("application/json") {
        return Ok(());
    }
    let given: String = given.chars().take(80).collect();
    Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "content_type")
        .detail(format!("the body is read as Content-Type: application/json only, got {given:?}")))
}

fn unreadable(status: StatusCode) -> Problem {
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        return Problem::of_status(status);
    }
    Problem::new(StatusCode::BAD_REQUEST, "body")
        .detail("the body ended before it was complete; send it again")
}

/// Reads `bytes` as a `T`.
fn parse<T: DeserializeOwned + Serialize>(bytes: &[u8]) -> Result<T, Problem> {
    let given = strict_json::read(bytes).map_err(flawed)?;
    let read: T = serde_path_to_error::deserialize(&given).map_err(|error| mistaken(&error))?;
    let written = serde_json::to_value(&read).map_err(|error| Problem::fault(error.to_string()))?;
    match misshapen(&given, &written) {
        Some(pointer) => Err(invalid(Finding {
            field: field_of(&pointer),
            pointer,
            rule: "wrong_type".to_owned(),
            message: "an object is expected here, got a list".to_owned(),
        })),
        None => Ok(read),
    }
}

/// Where a list was taken for an object, its items for the members in their order: `serde` does so,
/// and no caller means it.
fn misshapen(given: &Value, read: &Value) -> Option<String> {
    match (given, read) {
        (Value::Array(_), Value::Object(_)) => Some(String::new()),
        (Value::Object(given), Value::Object(read)) => given.iter().find_map(|(name, value)| {
            misshapen(value, read.get(name)?).map(|rest| format!("/{}{rest}", strict_json::token(name)))
        }),
        (Value::Array(given), Value::Array(read)) => {
            given.iter().zip(read).enumerate().find_map(|(index, (given, read))| {
                misshapen(given, read).map(|rest| format!("/{index}{rest}"))
            })
        }
        _ => None,
    }
}

fn mistaken(error: &serde_path_to_error::Error<serde_json::Error>) -> Problem {
    let (rule, message) = in_our_words(&error.inner().to_string());
    let mut pointer = pointer_of(error.path());
    if rule == "missing_field" {
        pointer = format!("{pointer}/{}", strict_json::token(message.split('"').nth(1).unwrap_or_default()));
    }
    invalid(Finding { field: field_of(&pointer), pointer, rule: rule.to_owned(), message })
}

fn flawed(flaw: Flaw) -> Problem {
    match flaw.pointer {
        None => Problem::new(StatusCode::BAD_REQUEST, flaw.rule).detail(flaw.message),
        Some(pointer) => invalid(Finding {
            field: field_of(&pointer),
            pointer,
            rule: flaw.rule.to_owned(),
            message: flaw.message,
        }),
    }
}

fn invalid(finding: Finding) -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid")
        .detail(finding.message.clone())
        .problems(vec![finding])
}

fn pointer_of(path: &serde_path_to_error::Path) -> String {
    path.iter()
        .filter_map(|segment| match segment {
            Segment::Seq { index } => Some(format!("/{index}")),
            Segment::Map { key } => Some(format!("/{}", strict_json::token(key))),
            Segment::Enum { .. } | Segment::Unknown => None,
        })
        .collect()
}

/// The field that a pointer leads to: the name below `/answers`, else the first name.
fn field_of(pointer: &str) -> String {
    let mut names = pointer.split('/').skip(1);
    let first = names.next().unwrap_or_default();
    let field = if first == "answers" { names.next().unwrap_or(first) } else { first };
    field.replace("~1", "/").replace("~0", "~")
}

/// The parser's message in the words of JSON with the stable name of its rule, clipped: a body is
/// not echoed at length.
fn in_our_words(message: &str) -> (&'static str, String) {
    const RULES: [(&str, &str); 6] = [
        ("unknown field", "unknown_field"),
        ("missing field", "missing_field"),
        ("invalid type", "wrong_type"),
        ("unknown variant", "unknown_value"),
        ("invalid value", "wrong_value"),
        ("invalid length", "wrong_type"),
    ];
    let rule =
        RULES.iter().find(|(start, _)| message.starts_with(start)).map_or("wrong_value", |(_, rule)| rule);
    let clipped: String = message.chars().take(400).collect::<String>().replace('`', "\"");
    let Some((start, expected)) = clipped.rsplit_once(", expected ") else { return (rule, clipped) };
    let expected = match expected {
        "i64" | "u64" | "u32" => "a whole number",
        "a map" => "an object",
        "a sequence" => "a list",
        "a boolean" => "true or false",
        other if other.starts_with("struct ") => "an object",
        other => other,
    };
    (rule, format!("{start}, expected {expected}"))
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Sheet {
        base_revision: i64,
        #[serde(default)]
        answers: std::collections::BTreeMap<String, Line>,
    }

    #[derive(Debug, Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Line {
        at: model::Instant,
    }

    fn words(text: &str) -> String {
        let problem = parse::<Sheet>(text.as_bytes()).unwrap_err();
        let finding = problem.findings().first().cloned().unwrap();
        format!("{} {} [{}] {}", finding.pointer, finding.rule, finding.field, finding.message)
    }

    #[test]
    fn each_flaw_is_named_with_its_place() {
        insta::assert_snapshot!(
            [
                words(r#"{"base_revision": "many"}"#),
                words(r#"{"base_revision": 1, "basis": 2}"#),
                words(r#"{}"#),
                words(r#"[]"#),
                words(r#"[1]"#),
                words(r#"{"base_revision": 1, "answers": {"a": ["2026-01-01T00:00:00Z"]}}"#),
                words(r#"{"base_revision": 1, "answers": []}"#),
                words(r#"{"base_revision": 1, "answers": {"a": 7}}"#),
                words(r#"{"base_revision": 1, "answers": {"a/b": {"at": "99999-01-01T00:00:00Z"}}}"#),
                words(r#"{"base_revision": 1, "answers": {"a": {"at": "2026-01-01T00:00:00Z", "by": "me"}}}"#),
                words(r#"{"base_revision": 1, "base_revision": 2}"#),
            ]
            .join("\n"),
            @r#"
        /base_revision wrong_type [base_revision] invalid type: string "many", expected a whole number
        /basis unknown_field [basis] unknown field "basis", expected "base_revision" or "answers"
        /base_revision missing_field [base_revision] missing field "base_revision"
         wrong_type [] invalid length 0, expected an object
         wrong_type [] an object is expected here, got a list
        /answers/a wrong_type [a] an object is expected here, got a list
        /answers wrong_type [answers] invalid type: sequence, expected an object
        /answers/a wrong_type [a] invalid type: integer "7", expected an object
        /answers/a~1b/at wrong_value [a/b] an instant is written as 2026-03-06T15:30:00Z with its offset (RFC 3339), got "99999-01-01T00:00:00Z"
        /answers/a/by unknown_field [a] unknown field "by", expected "at"
        /base_revision duplicate_name [base_revision] the name "base_revision" stands twice in one object; say each once
        "#
        );
    }
}
