//! The pages that need no script: sign in (in one step or two) and out, accept an invitation, a new
//! password, registering an organisation, the printable receipt, and what a person sees when
//! something is refused.

mod form_token;
mod invitation;
mod place;
mod receipt;
mod refusal;
mod register;
mod reset;
mod second_step;
mod sign_in;
mod sign_out;
mod style;

use askama::Template;
use axum::{
    Router,
    response::{Html, IntoResponse, Response},
    routing::{get, post},
};

use crate::{App, problem::Problem};

pub use place::sign_in_address;
pub use refusal::{refusal, without_ui};

/// The doors of the pages.
pub fn doors() -> Router<App> {
    Router::new()
        .route("/login", get(sign_in::show).post(sign_in::sign_in))
        .route("/login/code", get(second_step::show).post(second_step::enter))
        .route("/login/set-up", post(second_step::confirm))
        .route("/reset", get(reset::show).post(reset::ask))
        .route("/reset/{token}", get(reset::show_link).post(reset::set))
        .route("/register", get(register::show).post(register::register))
        .route("/register/{token}", get(register::show_link).post(register::follow))
        .route("/logout", post(sign_out::sign_out))
        .route("/invitation/{token}", get(invitation::show).post(invitation::accept))
        .route("/receipts/{filing}", get(receipt::show))
        .route("/pages/style.css", get(style::sheet))
        .route("/pages/mark.svg", get(style::mark))
}

/// The page that `template` draws.
fn page(template: &impl Template) -> Response {
    match template.render() {
        Ok(text) => Html(text).into_response(),
        Err(error) => Problem::fault(format!("a page cannot be drawn: {error}")).into_response(),
    }
}

/// A message as a page writes it: with a capital letter.
fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
