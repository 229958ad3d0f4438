//! Registering an organisation, for those who have no account yet.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use regime::{Choice, FieldView};
use serde::Deserialize;
use service::{Error, NewRegistration, RegistrationLink};

use super::{form_token, page, sentence};
use crate::{
    App,
    door::{form::Fields, path::Path, query::Query, source::Source},
    problem::Problem,
};

/// What stands behind the question mark.
#[derive(Debug, Deserialize)]
pub struct Way {
    /// Whether the form was just sent.
    #[serde(default)]
    sent: Option<String>,
}

/// The form.
#[derive(Deserialize)]
pub struct Registration {
    name: String,
    country: String,
    contact: String,
    mail: String,
    #[serde(default)]
    form_token: String,
    /// Answers by field of the vocabulary.
    #[serde(flatten)]
    answers: BTreeMap<String, String>,
}

/// The form behind a link.
#[derive(Deserialize)]
pub struct Followed {
    #[serde(default)]
    answer: String,
    #[serde(default)]
    form_token: String,
}

#[derive(Template)]
#[template(path = "register.html")]
struct Page<'a> {
    sent: bool,
    form_token: &'a str,
    countries: Vec<Choice>,
    fields: Vec<FieldView>,
    form: &'a NewRegistration,
    refusals: Vec<String>,
}

impl Page<'_> {
    fn answer(&self, field: &str) -> &str {
        self.form.answers.get(field).map_or("", String::as_str)
    }
}

#[derive(Template)]
#[template(path = "register_link.html")]
struct LinkPage<'a> {
    link: &'a RegistrationLink,
    form_token: &'a str,
    answer: &'a str,
    refusals: Vec<String>,
}

#[derive(Template)]
#[template(path = "register_done.html")]
struct DonePage {
    answered: bool,
}

/// Shows the form; or says, the same to everybody, that a mail is on its way.
pub async fn show(
    State(app): State<App>,
    headers: HeaderMap,
    Query(way): Query<Way>,
) -> Result<Response, Problem> {
    let form_token = form_token::for_form(&headers, &app);
    draw(&app, &form_token, (&NewRegistration::default(), way.sent.is_some()), vec![]).await
}

/// Takes the form. The answer is the same whatever is known of the address or the name.
pub async fn register(
    State(app): State<App>,
    Source(source): Source,
    headers: HeaderMap,
    Fields(form): Fields<Registration>,
) -> Result<Response, Problem> {
    form_token::check(&headers, &form.form_token, &app)?;
    let new = NewRegistration {
        name: form.name,
        country: form.country,
        contact: form.contact,
        mail: form.mail,
        answers: form.answers,
    };
    match app.service.register(new.clone(), &source).await {
        Ok(()) => Ok(Redirect::to("/register?sent=1").into_response()),
        Err(Error::Invalid(problems)) => {
            let refusals = problems.into_iter().map(|problem| sentence(&problem.message)).collect();
            let mut response = draw(&app, &form.form_token, (&new, false), refusals).await?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(error) => Err(error.into()),
    }
}

async fn draw(
    app: &App,
    form_token: &str,
    (form, sent): (&NewRegistration, bool),
    refusals: Vec<String>,
) -> Result<Response, Problem> {
    let (countries, fields) = app.service.registration_form().await?;
    let mut response = page(&Page { sent, form_token, countries, fields, form, refusals });
    form_token::set(&mut response, form_token, app);
    Ok(response)
}

/// Shows what a link leads to. Only sending the form does something: programs that look at the
/// links of a mail confirm nothing.
pub async fn show_link(
    State(app): State<App>,
    headers: HeaderMap,
    Path(token): Path<String>,
) -> Result<Response, Problem> {
    let link = app.service.registration_link(&token).await.map_err(gone)?;
    let form_token = form_token::for_form(&headers, &app);
    Ok(draw_link(&app, &link, (&form_token, ""), vec![]))
}

/// Confirms the address, or answers the officer's question.
pub async fn follow(
    State(app): State<App>,
    headers: HeaderMap,
    Path(token): Path<String>,
    Fields(form): Fields<Followed>,
) -> Result<Response, Problem> {
    form_token::check(&headers, &form.form_token, &app)?;
    let link = app.service.registration_link(&token).await.map_err(gone)?;
    let (status, refusals) = match app.service.follow_registration(&token, &form.answer).await {
        Ok(()) => return Ok(page(&DonePage { answered: link.question.is_some() })),
        Err(Error::Invalid(problems)) => {
            let words = problems.into_iter().map(|problem| sentence(&problem.message)).collect();
            (StatusCode::UNPROCESSABLE_ENTITY, words)
        }
        Err(Error::Refused(words)) => (StatusCode::CONFLICT, vec![sentence(&words)]),
        Err(error) => return Err(gone(error)),
    };
    let mut response = draw_link(&app, &link, (&form.form_token, &form.answer), refusals);
    *response.status_mut() = status;
    Ok(response)
}

fn draw_link(
    app: &App,
    link: &RegistrationLink,
    (form_token, answer): (&str, &str),
    refusals: Vec<String>,
) -> Response {
    let mut response = page(&LinkPage { link, form_token, answer, refusals });
    form_token::set(&mut response, form_token, app);
    response
}

fn gone(error: Error) -> Problem {
    match error {
        Error::NotFound(_) => Problem::new(StatusCode::NOT_FOUND, "not_found").detail(
            "this link was used already, has ended, or never was; register again if you want to take part",
        ),
        other => other.into(),
    }
}
