//! Accepting an invitation: setting a password by a one-time link.

use askama::Template;
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use service::{Error, InvitationView};

use super::{form_token, page, sentence};
use crate::{
    App,
    door::{form::Fields, path::Path},
    problem::Problem,
};

/// The form.
#[derive(Deserialize)]
pub struct NewPassword {
    password: String,
    repeat: String,
    #[serde(default)]
    form_token: String,
}

#[derive(Template)]
#[template(path = "invitation.html")]
struct Page<'a> {
    invitation: &'a InvitationView,
    form_token: &'a str,
    refusals: Vec<String>,
}

/// Shows whom the link invites, and the form.
pub async fn show(
    State(app): State<App>,
    headers: HeaderMap,
    Path(token): Path<String>,
) -> Result<Response, Problem> {
    let invitation = app.service.invitation(&token).await.map_err(gone)?;
    let form_token = form_token::for_form(&headers, &app);
    let mut response = page(&Page { invitation: &invitation, form_token: &form_token, refusals: vec![] });
    form_token::set(&mut response, &form_token, &app);
    Ok(response)
}

/// Sets the password; the link is used up, and the person signs in with it.
pub async fn accept(
    State(app): State<App>,
    headers: HeaderMap,
    Path(token): Path<String>,
    Fields(form): Fields<NewPassword>,
) -> Result<Response, Problem> {
    form_token::check(&headers, &form.form_token, &app)?;
    let invitation = app.service.invitation(&token).await.map_err(gone)?;
    let refusals = if form.password == form.repeat {
        match app.service.accept_invitation(&token, form.password).await {
            Ok(()) => return Ok(Redirect::to("/login?welcome=1").into_response()),
            Err(Error::Invalid(problems)) => {
                problems.into_iter().map(|problem| sentence(&problem.message)).collect()
            }
            Err(error) => return Err(gone(error)),
        }
    } else {
        vec!["The two passwords differ; write the same one twice".to_owned()]
    };
    let mut response = page(&Page { invitation: &invitation, form_token: &form.form_token, refusals });
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    form_token::set(&mut response, &form.form_token, &app);
    Ok(response)
}

fn gone(error: Error) -> Problem {
    match error {
        Error::NotFound(_) => Problem::new(StatusCode::NOT_FOUND, "not_found").detail(
            "this invitation was used already, has ended, or never was; ask whoever sent the link for a new one",
        ),
        other => other.into(),
    }
}
