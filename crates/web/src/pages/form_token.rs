//! The double of a form for people who are not signed in: the same chance in a cookie and in a
//! hidden field. Another site can send the form, but it can neither read nor set the cookie, so
//! nobody is signed in as somebody else without knowing.

use axum::{
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};

use crate::{
    App,
    door::{constant_time, cookie::Cookie, session::foreign_form},
    problem::Problem,
};

/// How long a form may stand open, in seconds.
const OPEN_FOR: u64 = 24 * 3600;
/// Bytes of chance in a token.
const CHANCE: usize = 32;

/// The token of the form that is about to be shown: the browser's own when it has one, so that two
/// open tabs do not spoil each other's form.
#[must_use]
pub fn for_form(headers: &HeaderMap, app: &App) -> String {
    match Cookie::Form.read(headers, &app.settings).filter(|token| is_token(token)) {
        Some(token) => token.to_owned(),
        None => vault::random::<CHANCE>().iter().map(|byte| format!("{byte:02x}")).collect(),
    }
}

fn is_token(text: &str) -> bool {
    text.len() == 2 * CHANCE && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Sets the double of `token` beside the form.
pub fn set(response: &mut Response, token: &str, app: &App) {
    response.headers_mut().append(header::SET_COOKIE, cookie(token, app));
}

fn cookie(token: &str, app: &App) -> HeaderValue {
    Cookie::Form.set(token, OPEN_FOR, &app.settings)
}

/// Whether the form that came back is ours.
///
/// # Errors
/// 403 when the field and the cookie differ or one is missing.
pub fn check(headers: &HeaderMap, field: &str, app: &App) -> Result<(), Problem> {
    let double = Cookie::Form.read(headers, &app.settings).filter(|token| is_token(token));
    if double.is_some_and(|double| constant_time::same(field, double)) { Ok(()) } else { Err(foreign_form()) }
}
