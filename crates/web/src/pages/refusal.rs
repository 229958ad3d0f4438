//! What a person sees when something is refused.

use askama::Template;
use axum::response::Response;

use super::{page, sentence};
use crate::problem::Problem;

#[derive(Template)]
#[template(path = "refusal.html")]
struct Page<'a> {
    title: String,
    words: String,
    messages: Vec<&'a str>,
    number: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "without_ui.html")]
struct WithoutUi;

/// The page of a refusal; `request` is the number under which the log knows it.
#[must_use]
pub fn refusal(problem: &Problem, request: &str) -> Response {
    let mut response = page(&Page {
        title: sentence(problem.title()),
        words: sentence(problem.words()),
        messages: problem.findings().iter().map(|finding| finding.message.as_str()).collect(),
        number: problem.status().is_server_error().then_some(request),
    });
    *response.status_mut() = problem.status();
    response
}

/// The page in the place of the front end when the program was built without it.
#[must_use]
pub fn without_ui() -> Response {
    page(&WithoutUi)
}
