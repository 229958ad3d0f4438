//! What would be filed, on paper.

use axum::extract::State;
use model::{DutyKey, IncidentId, OrganisationId};
use serde::Deserialize;
use service::Service;
use utoipa::IntoParams;

use crate::{
    common::{Pdf, as_pdf},
    door::{path::Path, query::Query, session::Signed},
    problem::Problem,
};

/// Whose copy.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Whose {
    /// The recipient whose copy it is; the first of the preview when it is left out.
    pub(super) recipient: Option<OrganisationId>,
}

/// What a recipient would get, on paper
///
/// Marked on each page as a draft that was not filed.
#[utoipa::path(
    get,
    path = "/api/reporting/v1/incidents/{id}/duties/{duty}/preview.pdf",
    tag = "reporting",
    params(
        ("id" = IncidentId, Path, description = "The incident."),
        ("duty" = DutyKey, Path, description = "The duty, `pack.track.stage`."),
        Whose
    ),
    responses((status = 200, description = "The PDF.", body = String, content_type = "application/pdf"))
)]
pub async fn preview_paper(
    State(service): State<Service>,
    signed: Signed,
    Path((id, duty)): Path<(IncidentId, DutyKey)>,
    Query(whose): Query<Whose>,
) -> Result<Pdf, Problem> {
    Ok(as_pdf("draft", service.preview_paper(&signed.caller, (id, &duty), whose.recipient).await?))
}
