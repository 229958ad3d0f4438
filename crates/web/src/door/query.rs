//! What stands behind the question mark of an address.

use axum::{
    extract::{FromRequestParts, rejection::QueryRejection},
    http::{StatusCode, request::Parts},
};
use serde::de::DeserializeOwned;

use crate::{App, problem::Problem};

/// The parameters of an address; unknown ones are refused, so that a misspelt filter never shows
/// more than was asked for.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<App> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        if parts.uri.query().is_some_and(|query| query.contains("%00")) {
            return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "query")
                .detail("a parameter of the address holds no NUL character (U+0000)"));
        }
        match axum::extract::Query::<T>::from_request_parts(parts, app).await {
            Ok(axum::extract::Query(value)) => Ok(Self(value)),
            Err(rejection) => Err(refusal(&rejection)),
        }
    }
}

fn refusal(rejection: &QueryRejection) -> Problem {
    let why: String = rejection.body_text().to_lowercase().chars().take(300).collect();
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "query")
        .detail(format!("the parameters of the address cannot be read: {why}"))
}
