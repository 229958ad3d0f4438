//! The second step of signing in: a code, or setting a second factor up.

use askama::Template;
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use service::{Error, SecondStep, view::SecondFactorSetup};

use super::{form_token, page, place, sentence, sign_in};
use crate::{
    App,
    door::{cookie::Cookie, form::Fields, query::Query, source::Origin},
    problem::Problem,
};

/// Where one comes from when the second step cannot be taken any more.
const BEGIN_AGAIN: &str = "/login?again=1";

/// What stands behind the question mark.
#[derive(Debug, Deserialize)]
pub struct Way {
    #[serde(default)]
    next: String,
}

/// The form: one code.
#[derive(Deserialize)]
pub struct CodeForm {
    code: String,
    #[serde(default)]
    next: String,
    #[serde(default)]
    form_token: String,
}

#[derive(Template)]
#[template(path = "second_step.html")]
struct Page<'a> {
    name: &'a str,
    setup: Option<&'a SecondFactorSetup>,
    next: &'a str,
    form_token: &'a str,
    refusal: Option<String>,
}

#[derive(Template)]
#[template(path = "recovery_codes.html")]
struct Codes<'a> {
    codes: &'a [String],
    next: &'a str,
}

/// Asks for the code, or shows what the authenticator is to read.
pub async fn show(
    State(app): State<App>,
    headers: HeaderMap,
    Query(way): Query<Way>,
) -> Result<Response, Problem> {
    let form_token = form_token::for_form(&headers, &app);
    asked(&app, &headers, (place::safe(&way.next), &form_token), None).await
}

/// Takes a code: the session begins.
pub async fn enter(
    State(app): State<App>,
    Origin(from): Origin,
    headers: HeaderMap,
    Fields(form): Fields<CodeForm>,
) -> Result<Response, Problem> {
    form_token::check(&headers, &form.form_token, &app)?;
    let next = place::safe(&form.next);
    let Some(half) = Cookie::Half.read(&headers, &app.settings) else { return Ok(begin_again()) };
    match app.service.enter_code(half, &form.code, &from).await {
        Ok(signed_in) => Ok(sign_in::signed(&app, &signed_in, next)),
        Err(error) => refused(&app, &headers, (next, &form.form_token), error).await,
    }
}

/// Takes the first code of what was set up: the session begins, with the recovery codes.
pub async fn confirm(
    State(app): State<App>,
    Origin(from): Origin,
    headers: HeaderMap,
    Fields(form): Fields<CodeForm>,
) -> Result<Response, Problem> {
    form_token::check(&headers, &form.form_token, &app)?;
    let next = place::safe(&form.next);
    let Some(half) = Cookie::Half.read(&headers, &app.settings) else { return Ok(begin_again()) };
    match app.service.confirm_in_second_step(half, &form.code, &from).await {
        Ok((signed_in, codes)) => {
            let seconds = signed_in.expires_at.since(app.service.clock().now()).as_secs();
            let mut response = page(&Codes { codes: &codes, next });
            sign_in::set_session(&mut response, &app, (&signed_in, seconds));
            Ok(response)
        }
        Err(error) => refused(&app, &headers, (next, &form.form_token), error).await,
    }
}

async fn refused(
    app: &App,
    headers: &HeaderMap,
    way: (&str, &str),
    error: Error,
) -> Result<Response, Problem> {
    match error {
        Error::NotSignedIn => Ok(begin_again()),
        error @ (Error::Refused(_) | Error::Throttled { .. }) => asked(app, headers, way, Some(error)).await,
        error => Err(error.into()),
    }
}

async fn asked(
    app: &App,
    headers: &HeaderMap,
    (next, form_token): (&str, &str),
    refusal: Option<Error>,
) -> Result<Response, Problem> {
    let Some(half) = Cookie::Half.read(headers, &app.settings) else { return Ok(begin_again()) };
    let step = match app.service.second_step(half).await {
        Ok(step) => step,
        Err(Error::NotSignedIn) => return Ok(begin_again()),
        Err(error) => return Err(error.into()),
    };
    let (name, setup) = match &step {
        SecondStep::Code { name } => (name, None),
        SecondStep::SetUp { name, setup } => (name, Some(setup)),
    };
    let words = refusal.as_ref().map(|error| sentence(&error.to_string()));
    let mut response = page(&Page { name, setup, next, form_token, refusal: words });
    if let Some(error) = refusal {
        let problem = Problem::from(error);
        *response.status_mut() = match problem.status() {
            StatusCode::TOO_MANY_REQUESTS => StatusCode::TOO_MANY_REQUESTS,
            _refused => StatusCode::FORBIDDEN,
        };
        problem.add_headers(&mut response);
    }
    form_token::set(&mut response, form_token, app);
    Ok(response)
}

fn begin_again() -> Response {
    Redirect::to(BEGIN_AGAIN).into_response()
}
