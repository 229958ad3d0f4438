//! The signed documents that both sides keep.

use axum::{
    Json,
    extract::State,
    http::{HeaderName, header},
};
use model::{FilingDocument, FilingId, ReceiptDocument};
use service::Service;

use crate::{
    door::{path::Path, session::Signed},
    problem::Problem,
};

/// A document with the header that makes a browser keep it as a file.
type Download<T> = ([(HeaderName, String); 1], Json<T>);

/// The receipt of a filing
///
/// Signed by the recipient, with the filing in it: it can be verified years later without this node.
#[utoipa::path(
    get,
    path = "/api/v1/filings/{id}/receipt",
    tag = "common",
    params(("id" = FilingId, Path, description = "The filing.")),
    responses((status = 200, description = "The receipt.", body = ReceiptDocument))
)]
pub async fn download_receipt(
    State(service): State<Service>,
    signed: Signed,
    Path(id): Path<FilingId>,
) -> Result<Download<ReceiptDocument>, Problem> {
    let document = service.receipt(&signed.caller, id).await?;
    Ok((as_file("receipt", &document.receipt.reference), Json(document)))
}

/// The signed filing
#[utoipa::path(
    get,
    path = "/api/v1/filings/{id}/document",
    tag = "common",
    params(("id" = FilingId, Path, description = "The filing.")),
    responses((status = 200, description = "The filing.", body = FilingDocument))
)]
pub async fn download_filing(
    State(service): State<Service>,
    signed: Signed,
    Path(id): Path<FilingId>,
) -> Result<Download<FilingDocument>, Problem> {
    let document = service.filing_document(&signed.caller, id).await?;
    Ok((as_file("filing", &document.head.reference), Json(document)))
}

fn as_file(kind: &str, reference: &str) -> [(HeaderName, String); 1] {
    let reference: String = reference.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    [(header::CONTENT_DISPOSITION, format!("attachment; filename=\"{kind}-{reference}.json\""))]
}
