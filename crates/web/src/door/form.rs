//! The fields of a form that a page without script sends.

use axum::{
    Form,
    extract::{FromRequest, Request},
    http::StatusCode,
};
use serde::de::DeserializeOwned;

use crate::{App, problem::Problem};

/// The fields of a form.
pub struct Fields<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Fields<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        match Form::<T>::from_request(request, app).await {
            Ok(Form(fields)) => Ok(Self(fields)),
            Err(rejection) => Err(refusal(rejection.status())),
        }
    }
}

fn refusal(status: StatusCode) -> Problem {
    match status {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::of_status(status),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => {
            Problem::new(status, "content_type").detail("a form is sent as application/x-www-form-urlencoded")
        }
        _other => Problem::new(StatusCode::BAD_REQUEST, "form")
            .detail("the form is not complete; load the page again and fill it in"),
    }
}
