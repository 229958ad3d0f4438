//! Start from a report that was filed elsewhere.

use axum::{
    Json,
    extract::State,
    http::{HeaderName, StatusCode, header},
};
use service::{
    Service,
    view::{ImportReport, ImportedIncident},
};

use crate::{
    door::{body::Input, idempotency::IdempotencyKey, session::Signed},
    problem::Problem,
};

/// Open an incident record from a report that was filed elsewhere
///
/// Takes our own report, a table (CSV) with the columns `field` and `value`, and the formats of laws that are read
/// back. Values that are no answers are told with their field and left out.
#[utoipa::path(
    post,
    path = "/api/reporting/v1/incidents/import",
    tag = "reporting",
    params(("Idempotency-Key" = Option<String>, Header, description = "A repeat with the same key opens nothing new.")),
    request_body(content = ImportReport, example = json!({
        "document": "field,value\r\ntitle,Ransomware on the patient record servers\r\n"
    })),
    responses((status = 201, description = "The record, and what was not taken.", body = ImportedIncident,
        headers(("Location" = String, description = "The address of the record."))))
)]
pub async fn import_report(
    State(service): State<Service>,
    signed: Signed,
    IdempotencyKey(key): IdempotencyKey,
    Input(report): Input<ImportReport>,
) -> Result<(StatusCode, [(HeaderName, String); 1], Json<ImportedIncident>), Problem> {
    let imported = service.import_report(&signed.caller, &report, key.as_deref()).await?;
    let location = format!("/api/reporting/v1/incidents/{}", imported.incident.id);
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Json(imported)))
}
