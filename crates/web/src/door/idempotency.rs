//! The header `Idempotency-Key`: a repeat with the same key gets the same answer.

use axum::{
    extract::FromRequestParts,
    http::{StatusCode, request::Parts},
};

use crate::{App, problem::Problem};

/// The key that the caller chose, when it chose one. `service` says how long it may be.
pub struct IdempotencyKey(pub Option<String>);

impl FromRequestParts<App> for IdempotencyKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _app: &App) -> Result<Self, Problem> {
        let Some(value) = parts.headers.get("idempotency-key") else { return Ok(Self(None)) };
        match value.to_str() {
            Ok(key) => Ok(Self(Some(key.to_owned()))),
            Err(_) => Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "idempotency_key")
                .detail("the header Idempotency-Key holds visible ASCII characters only")),
        }
    }
}
