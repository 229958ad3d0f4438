//! Signing in.

use askama::Template;
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use service::{Error, FirstStep, HalfSignedIn, SignIn, SignedIn};

use super::{form_token, page, place, sentence};
use crate::{
    App,
    door::{cookie::Cookie, form::Fields, query::Query, session, source::Origin},
    problem::Problem,
};

/// What stands behind the question mark.
#[derive(Debug, Deserialize)]
pub struct Way {
    /// Where to come back to.
    #[serde(default)]
    next: String,
    /// Whether the second step took too long.
    #[serde(default)]
    again: Option<String>,
    /// Whether a password was just set.
    #[serde(default)]
    welcome: Option<String>,
}

/// The form.
#[derive(Deserialize)]
pub struct Credentials {
    mail: String,
    password: String,
    #[serde(default)]
    next: String,
    #[serde(default)]
    form_token: String,
}

#[derive(Template)]
#[template(path = "sign_in.html")]
struct Page<'a> {
    mail: &'a str,
    next: &'a str,
    form_token: &'a str,
    notice: Option<&'a str>,
    refusal: Option<String>,
}

/// Shows the form, or goes on when somebody is signed in already.
pub async fn show(State(app): State<App>, headers: HeaderMap, Query(way): Query<Way>) -> Response {
    let next = place::safe(&way.next);
    if session::person(&headers, &app).await.is_ok() {
        return Redirect::to(next).into_response();
    }
    let token = form_token::for_form(&headers, &app);
    let notice = match (&way.welcome, &way.again) {
        (Some(_), _) => Some("Your password is set. Sign in with it."),
        (None, Some(_)) => Some("The second step took too long or was tried too often. Begin again."),
        (None, None) => None,
    };
    let mut response = page(&Page { mail: "", next, form_token: &token, notice, refusal: None });
    form_token::set(&mut response, &token, &app);
    response
}

/// Signs in and goes on to where the person wanted to be.
pub async fn sign_in(
    State(app): State<App>,
    Origin(from): Origin,
    headers: HeaderMap,
    Fields(form): Fields<Credentials>,
) -> Result<Response, Problem> {
    form_token::check(&headers, &form.form_token, &app)?;
    let sign_in = SignIn { mail: form.mail.clone(), password: form.password.clone(), from };
    match app.service.sign_in(sign_in).await {
        Ok(FirstStep::In(signed_in)) => Ok(signed(&app, &signed_in, place::safe(&form.next))),
        Ok(FirstStep::Half(half)) => Ok(to_second_step(&app, &half, &form.next)),
        Err(error @ (Error::Refused(_) | Error::Throttled { .. })) => Ok(again(&app, &form, error)),
        Err(error) => Err(error.into()),
    }
}

/// On to the second step, with a cookie that opens nothing else.
fn to_second_step(app: &App, half: &HalfSignedIn, next: &str) -> Response {
    let seconds = half.expires_at.since(app.service.clock().now()).as_secs();
    let mut response = Redirect::to(&place::second_step_address(next)).into_response();
    let cookie = Cookie::Half.set(&half.token, seconds, &app.settings);
    response.headers_mut().append(header::SET_COOKIE, cookie);
    response
}

/// The session's cookie instead of those of the way to it, and on to `next`.
pub(super) fn signed(app: &App, signed_in: &SignedIn, next: &str) -> Response {
    let seconds = signed_in.expires_at.since(app.service.clock().now()).as_secs();
    let mut response = Redirect::to(next).into_response();
    set_session(&mut response, app, (signed_in, seconds));
    response
}

/// Sets the session's cookie and clears those of the way to it.
pub(super) fn set_session(response: &mut Response, app: &App, (signed_in, seconds): (&SignedIn, u64)) {
    let headers = response.headers_mut();
    headers.append(header::SET_COOKIE, Cookie::Session.set(&signed_in.token, seconds, &app.settings));
    headers.append(header::SET_COOKIE, Cookie::Half.clear(&app.settings));
    headers.append(header::SET_COOKIE, Cookie::Form.clear(&app.settings));
}

/// The form again, with the words of the refusal and without the password.
fn again(app: &App, form: &Credentials, error: Error) -> Response {
    let words = sentence(&error.to_string());
    let problem = Problem::from(error);
    let next = place::safe(&form.next);
    let mut response = page(&Page {
        mail: &form.mail,
        next,
        form_token: &form.form_token,
        notice: None,
        refusal: Some(words),
    });
    *response.status_mut() = match problem.status() {
        StatusCode::TOO_MANY_REQUESTS => StatusCode::TOO_MANY_REQUESTS,
        _refused => StatusCode::FORBIDDEN,
    };
    problem.add_headers(&mut response);
    form_token::set(&mut response, &form.form_token, app);
    response
}
