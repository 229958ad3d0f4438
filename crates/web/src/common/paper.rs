//! Filings and receipts on paper: PDF, for archives and for courts.

use axum::{
    extract::State,
    http::{HeaderName, header},
};
use model::FilingId;
use service::{Service, view::PaperFile};

use crate::{
    door::{path::Path, session::Signed},
    problem::Problem,
};

/// A PDF that browsers keep as a file.
pub type Pdf = ([(HeaderName, String); 2], Vec<u8>);

/// The filing on paper
///
/// As it was typeset when it was filed: the receipt names the SHA-256 of these bytes. Tagged PDF for
/// archives (PDF/A-2a, PDF/UA-1).
#[utoipa::path(
    get,
    path = "/api/v1/filings/{id}/paper.pdf",
    tag = "common",
    params(("id" = FilingId, Path, description = "The filing.")),
    responses((status = 200, description = "The PDF.", body = String, content_type = "application/pdf"))
)]
pub async fn download_filing_paper(
    State(service): State<Service>,
    signed: Signed,
    Path(id): Path<FilingId>,
) -> Result<Pdf, Problem> {
    Ok(as_pdf("filing", service.filing_paper(&signed.caller, id).await?))
}

/// The receipt on paper
///
/// A picture of the receipt; the receipt itself is the signed document.
#[utoipa::path(
    get,
    path = "/api/v1/filings/{id}/receipt.pdf",
    tag = "common",
    params(("id" = FilingId, Path, description = "The filing.")),
    responses((status = 200, description = "The PDF.", body = String, content_type = "application/pdf"))
)]
pub async fn download_receipt_paper(
    State(service): State<Service>,
    signed: Signed,
    Path(id): Path<FilingId>,
) -> Result<Pdf, Problem> {
    Ok(as_pdf("receipt", service.receipt_paper(&signed.caller, id).await?))
}

/// The answer, under a name that no file system reads otherwise.
pub fn as_pdf(kind: &str, file: PaperFile) -> Pdf {
    let name: String = file
        .reference
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || "-_.".contains(*c))
        .take(120)
        .collect();
    let disposition = format!("attachment; filename=\"{kind}-{name}.pdf\"");
    let kind = (header::CONTENT_TYPE, "application/pdf".to_owned());
    ([kind, (header::CONTENT_DISPOSITION, disposition)], file.pdf)
}
