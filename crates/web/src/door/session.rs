//! Who calls: a person by the session cookie, a machine by its secret.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, StatusCode, header, request::Parts},
};
use model::{Caller, SessionId};

use super::{constant_time, cookie::Cookie};
use crate::{App, problem::Problem};

/// A caller whom the door knows. A change that a person's browser sends carries the session's
/// token in `X-CSRF-Token`; a machine client proves itself with each request and needs none.
pub struct Signed {
    /// Who calls.
    pub caller: Caller,
    /// The session's token; absent for machine clients.
    pub csrf_token: Option<String>,
    /// Which session; absent for machine clients.
    pub session: Option<SessionId>,
}

impl FromRequestParts<App> for Signed {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        if parts.headers.contains_key(header::AUTHORIZATION) {
            let secret = bearer(&parts.headers).ok_or_else(Problem::not_signed_in)?;
            return Ok(Self { caller: app.service.client(secret).await?, csrf_token: None, session: None });
        }
        let signed = person(&parts.headers, app).await?;
        if !parts.method.is_safe() {
            check_token(&parts.headers, &signed.csrf_token)?;
        }
        Ok(Self { session: Some(signed.id), caller: signed.caller, csrf_token: Some(signed.csrf_token) })
    }
}

/// The session behind the cookie, without the check of changes: for pages whose forms carry the
/// token as a field.
///
/// # Errors
/// Nobody is signed in.
pub async fn person(headers: &HeaderMap, app: &App) -> Result<service::Session, Problem> {
    let token = Cookie::Session.read(headers, &app.settings).ok_or_else(Problem::not_signed_in)?;
    Ok(app.service.session(token).await?)
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, secret) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    (scheme.eq_ignore_ascii_case("bearer") && !secret.is_empty() && secret.len() <= 128)
        .then(|| secret.trim())
}

fn check_token(headers: &HeaderMap, expected: &str) -> Result<(), Problem> {
    let given = headers.get("x-csrf-token").and_then(|value| value.to_str().ok()).unwrap_or_default();
    if constant_time::same(given, expected) {
        return Ok(());
    }
    Err(foreign_form())
}

/// A change that did not come from our own pages.
#[must_use]
pub fn foreign_form() -> Problem {
    Problem::new(StatusCode::FORBIDDEN, "csrf").detail(
        "this change did not come from a page of this node: send the csrf_token of GET /api/v1/me as X-CSRF-Token, \
         or load the page again",
    )
}
