//! The form of a duty.

use axum::{Json, extract::State};
use model::{DutyKey, IncidentId};
use regime::{FormView, Screen};
use serde::Deserialize;
use service::Service;
use utoipa::IntoParams;

use crate::{
    door::{path::Path, query::Query, session::Signed},
    problem::Problem,
};

/// How a form is wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FormQuery {
    /// What the first hours need, or everything the stage asks; `full` when not said.
    #[serde(default)]
    #[param(inline)]
    screen: Option<Screen>,
    /// The language of the texts (`en`); a text that is not translated stays English.
    #[serde(default)]
    language: Option<String>,
}

/// The form of a duty
///
/// Which questions, in which words, required or not, filled as far as the record goes. The browser
/// only draws it.
#[utoipa::path(
    get,
    path = "/api/reporting/v1/incidents/{id}/duties/{duty}/form",
    tag = "reporting",
    params(
        ("id" = IncidentId, Path, description = "The incident."),
        ("duty" = DutyKey, Path, description = "The duty, `pack.track.stage`."),
        FormQuery
    ),
    responses((status = 200, description = "The form.", body = FormView))
)]
pub async fn read_form(
    State(service): State<Service>,
    signed: Signed,
    Path((id, duty)): Path<(IncidentId, DutyKey)>,
    Query(query): Query<FormQuery>,
) -> Result<Json<FormView>, Problem> {
    let screen = query.screen.unwrap_or(Screen::Full);
    let language = query.language.as_deref().unwrap_or("en");
    Ok(Json(service.form(&signed.caller, id, &duty, (screen, language)).await?))
}
