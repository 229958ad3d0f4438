//! Filings in the formats of others, for either side of them.

use axum::{
    Json,
    extract::State,
    http::{HeaderName, header},
};
use model::FilingId;
use service::{
    Service,
    view::{ExportFile, ExportOffers},
};

use crate::{
    door::{path::Path, session::Signed},
    problem::Problem,
};

/// A file that browsers keep.
pub type File = ([(HeaderName, String); 2], Vec<u8>);

/// The formats in which a filing is offered
///
/// Those of its law first; for each what the format does not take of this filing.
#[utoipa::path(
    get,
    path = "/api/v1/filings/{id}/exports",
    tag = "common",
    params(("id" = FilingId, Path, description = "The filing.")),
    responses((status = 200, description = "The formats.", body = ExportOffers))
)]
pub async fn list_filing_exports(
    State(service): State<Service>,
    signed: Signed,
    Path(id): Path<FilingId>,
) -> Result<Json<ExportOffers>, Problem> {
    Ok(Json(service.filing_exports(&signed.caller, id).await?))
}

/// A filing in a format
///
/// What the caller's copy of the filing discloses, and no more.
#[utoipa::path(
    get,
    path = "/api/v1/filings/{id}/exports/{format}",
    tag = "common",
    params(
        ("id" = FilingId, Path, description = "The filing."),
        ("format" = String, Path, description = "One of those that are offered.", example = "report")
    ),
    responses((status = 200, description = "The file.", body = String, content_type = "application/octet-stream"))
)]
pub async fn download_filing_export(
    State(service): State<Service>,
    signed: Signed,
    Path((id, format)): Path<(FilingId, String)>,
) -> Result<File, Problem> {
    Ok(as_file(&format, service.filing_export(&signed.caller, id, &format).await?))
}

/// The answer, under a name that no file system reads otherwise.
pub fn as_file(format: &str, file: ExportFile) -> File {
    let plain = |text: &str| -> String {
        text.chars().filter(|c| c.is_ascii_alphanumeric() || "-_.".contains(*c)).take(120).collect()
    };
    let stem = format.split('.').next().unwrap_or_default();
    let name = format!("{}-{}.{}", plain(stem), plain(&file.reference), file.extension);
    let disposition = format!("attachment; filename=\"{name}\"");
    let kind = (header::CONTENT_TYPE, file.content_type.to_owned());
    ([kind, (header::CONTENT_DISPOSITION, disposition)], file.bytes)
}
