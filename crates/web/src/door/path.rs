//! Identifiers in addresses.

use axum::{
    extract::{FromRequestParts, rejection::PathRejection},
    http::{StatusCode, request::Parts},
};
use serde::de::DeserializeOwned;

use crate::{App, problem::Problem};

/// The identifiers of an address. One that is none answers like one that nobody has: 404.
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<App> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        match axum::extract::Path::<T>::from_request_parts(parts, app).await {
            Ok(axum::extract::Path(value)) => Ok(Self(value)),
            Err(rejection) => Err(refusal(&rejection)),
        }
    }
}

fn refusal(rejection: &PathRejection) -> Problem {
    let why: String = rejection.body_text().to_lowercase().chars().take(300).collect();
    Problem::new(StatusCode::NOT_FOUND, "not_found").detail(format!("nothing has this address: {why}"))
}
