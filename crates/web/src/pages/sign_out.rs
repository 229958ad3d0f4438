//! Signing out.

use axum::{
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use crate::{
    App,
    door::{
        constant_time,
        cookie::Cookie,
        form::Fields,
        session::{self, foreign_form},
    },
    problem::Problem,
};

/// The form: one button.
#[derive(Deserialize)]
pub struct Button {
    /// The session's token, unless it comes as `X-CSRF-Token`.
    #[serde(default)]
    csrf_token: String,
}

/// Ends the session, here and wherever a copy of its cookie is.
pub async fn sign_out(
    State(app): State<App>,
    headers: HeaderMap,
    Fields(button): Fields<Button>,
) -> Result<Response, Problem> {
    let mut response = Redirect::to("/login").into_response();
    response.headers_mut().append(header::SET_COOKIE, Cookie::Session.clear(&app.settings));
    let Ok(person) = session::person(&headers, &app).await else { return Ok(response) };
    let given =
        headers.get("x-csrf-token").and_then(|value| value.to_str().ok()).unwrap_or(&button.csrf_token);
    if !constant_time::same(given, &person.csrf_token) {
        return Err(foreign_form());
    }
    if let Some(token) = Cookie::Session.read(&headers, &app.settings) {
        app.service.sign_out(token).await?;
    }
    Ok(response)
}
