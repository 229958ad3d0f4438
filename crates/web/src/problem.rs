//! The one place that turns a refusal into HTTP (RFC 9457).
//!
//! A handler answers with a [`Problem`]; the outermost layer (`door::watch`) writes it down as
//! JSON for the API and as a page for people, and gives a fault of ours nothing but a number.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use regime::Problem as Finding;
use serde::Serialize;
use service::{Error, view::Conflict};
use utoipa::ToSchema;

/// The media type of RFC 9457.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// So many findings are told at once: a body of a thousand wrong names does not get an answer that
/// is many times as long.
const MOST_FINDINGS: usize = 100;

/// A refusal on its way out. Kept small: it travels in every `Result` of the doors.
#[derive(Clone, Debug)]
pub struct Problem(Box<Refusal>);

#[derive(Clone, Debug)]
struct Refusal {
    status: StatusCode,
    kind: &'static str,
    detail: Option<String>,
    findings: Vec<Finding>,
    conflicts: Vec<Conflict>,
    revision: Option<i64>,
    retry_after: Option<u64>,
    /// What went wrong on our side: for the log, never for the caller.
    fault: Option<String>,
}

/// A refusal as the API writes it (RFC 9457).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProblemDocument {
    /// What kind of problem, `urn:beffroi:problem:` and a stable word.
    #[serde(rename = "type")]
    #[schema(example = "urn:beffroi:problem:invalid")]
    kind: String,
    /// The kind in words.
    title: &'static str,
    /// The status of the answer.
    #[schema(example = 422)]
    status: u16,
    /// What happened here and what to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    /// What to quote when asking the node's operator, `urn:beffroi:request:` and a number.
    #[serde(skip_serializing_if = "Option::is_none")]
    instance: Option<String>,
    /// What to mend, each with its place.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    problems: Vec<Finding>,
    /// The answers that somebody else changed too.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    conflicts: Vec<Conflict>,
    /// The revision that stands, when somebody else changed the same answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    revision: Option<i64>,
}

impl Problem {
    /// A problem of the stable word `kind`.
    #[must_use]
    pub fn new(status: StatusCode, kind: &'static str) -> Self {
        Self(Box::new(Refusal {
            status,
            kind,
            detail: None,
            findings: vec![],
            conflicts: vec![],
            revision: None,
            retry_after: None,
            fault: None,
        }))
    }

    /// The problem that a bare status stands for, as layers of others answer it.
    #[must_use]
    pub fn of_status(status: StatusCode) -> Self {
        let (kind, detail) = match status {
            StatusCode::NOT_FOUND => ("not_found", "nothing has this address"),
            StatusCode::METHOD_NOT_ALLOWED => {
                ("method", "this address does not take that method; see the header Allow")
            }
            StatusCode::REQUEST_TIMEOUT => {
                ("timeout", "the request took longer than 30 seconds and was given up")
            }
            StatusCode::PAYLOAD_TOO_LARGE => ("too_large", "a body has at most 1 MiB (1,048,576 bytes)"),
            _other => ("request", "the request cannot be taken as it is"),
        };
        Self::new(status, kind).detail(detail)
    }

    /// A fault of ours: the caller gets a number, the log gets `cause`.
    #[must_use]
    pub fn fault(cause: impl Into<String>) -> Self {
        let mut problem = Self::new(StatusCode::INTERNAL_SERVER_ERROR, "fault")
            .detail("something went wrong inside the node; nothing was half done. quote the number below to its operator");
        problem.0.fault = Some(cause.into());
        problem
    }

    /// Nobody is signed in.
    #[must_use]
    pub fn not_signed_in() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "not_signed_in")
            .detail("sign in, or send the secret of a machine client as Authorization: Bearer")
    }

    /// With what happened and what to do.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.0.detail = Some(detail.into());
        self
    }

    /// With what to mend.
    #[must_use]
    pub fn problems(mut self, findings: Vec<Finding>) -> Self {
        self.0.findings = findings;
        self
    }

    fn retry_after(mut self, seconds: u64) -> Self {
        self.0.retry_after = Some(seconds);
        self
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// What to mend.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.0.findings
    }

    /// What happened, in words.
    #[must_use]
    pub fn words(&self) -> &str {
        self.0.detail.as_deref().unwrap_or_else(|| self.title())
    }

    /// What went wrong on our side.
    #[must_use]
    pub fn cause(&self) -> Option<&str> {
        self.0.fault.as_deref()
    }

    /// The kind in words.
    #[must_use]
    pub fn title(&self) -> &'static str {
        match self.0.status {
            StatusCode::BAD_REQUEST => "the request cannot be read",
            StatusCode::UNAUTHORIZED => "sign in first",
            StatusCode::FORBIDDEN => "not permitted",
            StatusCode::NOT_FOUND => "not found",
            StatusCode::METHOD_NOT_ALLOWED => "not possible here",
            StatusCode::CONFLICT => "it stands differently now",
            StatusCode::PAYLOAD_TOO_LARGE => "too large",
            StatusCode::UNSUPPORTED_MEDIA_TYPE => "wrong content type",
            StatusCode::UNPROCESSABLE_ENTITY => "something is to be mended",
            StatusCode::TOO_MANY_REQUESTS => "too many attempts",
            StatusCode::SERVICE_UNAVAILABLE => "the node is busy",
            StatusCode::INSUFFICIENT_STORAGE => "the node's disk is full",
            status if status.is_server_error() => "a fault of the node",
            _other => "not taken",
        }
    }

    /// The JSON of RFC 9457; `request` is the number under which the log knows it.
    #[must_use]
    pub fn document(&self, request: &str) -> ProblemDocument {
        let refusal = &*self.0;
        ProblemDocument {
            kind: format!("urn:beffroi:problem:{}", refusal.kind),
            title: self.title(),
            status: refusal.status.as_u16(),
            detail: refusal.detail.as_deref().map(clipped),
            instance: refusal.status.is_server_error().then(|| format!("urn:beffroi:request:{request}")),
            problems: refusal.findings.iter().take(MOST_FINDINGS).map(clipped_finding).collect(),
            conflicts: refusal.conflicts.clone(),
            revision: refusal.revision,
        }
    }

    /// The problem as the answer of the API.
    #[must_use]
    pub fn as_json(&self, request: &str) -> Response {
        let mut response = (self.0.status, Json(self.document(request))).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        self.add_headers(&mut response);
        response
    }

    /// The headers that go with the status, on a page too.
    pub fn add_headers(&self, response: &mut Response) {
        if let Some(seconds) = self.0.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        if self.0.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
    }
}

fn summary(findings: &[Finding]) -> String {
    match findings {
        [only] => only.message.clone(),
        several => format!("{} things are to be mended; problems has each with its place", several.len()),
    }
}

/// What a caller sent is not echoed at length.
fn clipped(text: &str) -> String {
    const LONGEST: usize = 500;
    let mut letters = text.chars();
    let start: String = letters.by_ref().take(LONGEST).collect();
    if letters.next().is_some() { start + "..." } else { start }
}

fn clipped_finding(finding: &Finding) -> Finding {
    Finding {
        field: clipped(&finding.field),
        pointer: clipped(&finding.pointer),
        rule: finding.rule.clone(),
        message: clipped(&finding.message),
    }
}

/// Hands the problem to the outermost layer, which knows whether to write JSON or a page.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.0.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let words = error.to_string();
        match error {
            Error::NotFound(_) => Self::new(StatusCode::NOT_FOUND, "not_found").detail(words),
            Error::Denied(_) => Self::new(StatusCode::FORBIDDEN, "denied").detail(words),
            Error::NotSignedIn => Self::not_signed_in(),
            Error::Invalid(findings) => Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid")
                .detail(summary(&findings))
                .problems(findings),
            Error::Conflict { revision, conflicts } => {
                let mut problem = Self::new(StatusCode::CONFLICT, "conflict").detail(words);
                problem.0.revision = Some(revision);
                problem.0.conflicts = conflicts;
                problem
            }
            Error::Refused(_) => Self::new(StatusCode::CONFLICT, "refused").detail(words),
            Error::Throttled { retry_after_seconds } => Self::new(StatusCode::TOO_MANY_REQUESTS, "throttled")
                .detail(words)
                .retry_after(retry_after_seconds),
            Error::Full => Self::new(StatusCode::INSUFFICIENT_STORAGE, "full").detail(words).retry_after(60),
            Error::Busy => Self::busy(words),
            Error::Internal(cause) => Self::fault(cause),
        }
    }
}

impl Problem {
    /// The node has more to do than it can: come again.
    #[must_use]
    pub fn busy(words: impl Into<String>) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy").detail(words).retry_after(1)
    }
}

/// A known address with a method that it does not take.
pub async fn method_not_allowed() -> Problem {
    Problem::of_status(StatusCode::METHOD_NOT_ALLOWED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_tells_the_caller_a_number_and_nothing_else() {
        let problem = Problem::from(Error::Internal("no such table: incident".to_owned()));
        assert_eq!(problem.cause(), Some("no such table: incident"));
        insta::assert_json_snapshot!(problem.document("5f3-1"), @r#"
        {
          "type": "urn:beffroi:problem:fault",
          "title": "a fault of the node",
          "status": 500,
          "detail": "something went wrong inside the node; nothing was half done. quote the number below to its operator",
          "instance": "urn:beffroi:request:5f3-1"
        }
        "#);
    }

    #[test]
    fn a_full_or_busy_node_says_when_to_come_again() {
        for (error, status, wait) in [
            (Error::Full, 507, "60"),
            (Error::Busy, 503, "1"),
            (Error::Throttled { retry_after_seconds: 8 }, 429, "8"),
        ] {
            let response = Problem::from(error).as_json("1");
            let told = response.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok());
            assert_eq!((response.status().as_u16(), told), (status, Some(wait)));
        }
    }
}
