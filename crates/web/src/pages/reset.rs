//! A new password by mail, for who lost the old one.

use askama::Template;
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use service::Error;

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

/// The form: an address.
#[derive(Deserialize)]
pub struct Asked {
    mail: String,
    #[serde(default)]
    form_token: String,
}

/// The form: a password, twice.
#[derive(Deserialize)]
pub struct NewPassword {
    password: String,
    repeat: String,
    #[serde(default)]
    form_token: String,
}

#[derive(Template)]
#[template(path = "reset.html")]
struct AskPage<'a> {
    sent: bool,
    form_token: &'a str,
}

#[derive(Template)]
#[template(path = "new_password.html")]
struct SetPage<'a> {
    form_token: &'a str,
    refusals: Vec<String>,
}

/// Asks for the address; or says, the same to everybody, that a mail may be on its way.
pub async fn show(State(app): State<App>, headers: HeaderMap, Query(way): Query<Way>) -> Response {
    let form_token = form_token::for_form(&headers, &app);
    let mut response = page(&AskPage { sent: way.sent.is_some(), form_token: &form_token });
    form_token::set(&mut response, &form_token, &app);
    response
}

/// Takes the address. The answer is the same whatever is known of it.
pub async fn ask(
    State(app): State<App>,
    Source(source): Source,
    headers: HeaderMap,
    Fields(form): Fields<Asked>,
) -> Result<Response, Problem> {
    form_token::check(&headers, &form.form_token, &app)?;
    app.service.ask_reset(&form.mail, &source).await?;
    Ok(Redirect::to("/reset?sent=1").into_response())
}

/// Shows the form behind a link.
pub async fn show_link(
    State(app): State<App>,
    headers: HeaderMap,
    Path(token): Path<String>,
) -> Result<Response, Problem> {
    app.service.reset(&token).await.map_err(gone)?;
    let form_token = form_token::for_form(&headers, &app);
    Ok(set_page(&app, &form_token, vec![]))
}

/// Sets the password; the link is used up.
pub async fn set(
    State(app): State<App>,
    headers: HeaderMap,
    Path(token): Path<String>,
    Fields(form): Fields<NewPassword>,
) -> Result<Response, Problem> {
    form_token::check(&headers, &form.form_token, &app)?;
    let refusals = if form.password == form.repeat {
        match app.service.reset_password(&token, form.password).await {
            Ok(()) => return Ok(Redirect::to("/login?welcome=1").into_response()),
            Err(Error::Invalid(problems)) => {
                problems.into_iter().map(|problem| sentence(&problem.message)).collect()
            }
            Err(error) => return Err(gone(error)),
        }
    } else {
        vec!["The two passwords differ; write the same one twice".to_owned()]
    };
    let mut response = set_page(&app, &form.form_token, refusals);
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

fn set_page(app: &App, form_token: &str, refusals: Vec<String>) -> Response {
    let mut response = page(&SetPage { form_token, refusals });
    form_token::set(&mut response, form_token, app);
    response
}

fn gone(error: Error) -> Problem {
    match error {
        Error::NotFound(_) => Problem::new(StatusCode::NOT_FOUND, "not_found").detail(
            "this link was used already, has ended, or never was; links are good for 30 minutes, and a newer one ends \
             the older; ask for another on the sign-in page",
        ),
        other => other.into(),
    }
}
