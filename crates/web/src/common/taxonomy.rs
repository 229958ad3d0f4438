//! Own terms below official values, and lists as files.

use axum::{Json, extract::State};
use model::OrganisationId;
use serde::{Deserialize, Deserializer, de::Error as _};
use service::{
    Service,
    view::{
        ChangeTaxonomy, ImportTaxonomy, ImportedTaxonomy, TaxonomyVersionView, TaxonomyVersions, TaxonomyView,
    },
};

use super::{File, as_file};
use crate::{
    door::{body::Input, path::Path, session::Signed},
    problem::Problem,
};

/// Whose terms: an organisation, or the caller's own by the word `own`.
pub struct Whose(Option<OrganisationId>);

impl<'de> Deserialize<'de> for Whose {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        match text.as_str() {
            "own" => Ok(Self(None)),
            other => other.parse().map(|id| Self(Some(id))).map_err(D::Error::custom),
        }
    }
}

/// The own terms of an organisation
///
/// Below the official values of the lists that take own terms. Those of another organisation answer only when it
/// published them.
#[utoipa::path(
    get,
    path = "/api/v1/taxonomy/{organisation}",
    tag = "common",
    params(("organisation" = String, Path, description = "The organisation, or `own`.", example = "own")),
    responses((status = 200, description = "The terms.", body = TaxonomyView))
)]
pub async fn read_taxonomy(
    State(service): State<Service>,
    signed: Signed,
    Path(Whose(of)): Path<Whose>,
) -> Result<Json<TaxonomyView>, Problem> {
    Ok(Json(service.taxonomy(&signed.caller, of).await?))
}

/// The versions of the own terms
///
/// Newest first, each with who made it, when and what it changed.
#[utoipa::path(
    get,
    path = "/api/v1/taxonomy/{organisation}/versions",
    tag = "common",
    params(("organisation" = String, Path, description = "The organisation, or `own`.", example = "own")),
    responses((status = 200, description = "The versions.", body = TaxonomyVersions))
)]
pub async fn list_taxonomy_versions(
    State(service): State<Service>,
    signed: Signed,
    Path(Whose(of)): Path<Whose>,
) -> Result<Json<TaxonomyVersions>, Problem> {
    Ok(Json(service.taxonomy_versions(&signed.caller, of).await?))
}

/// The own terms as they stood at a version
#[utoipa::path(
    get,
    path = "/api/v1/taxonomy/{organisation}/versions/{version}",
    tag = "common",
    params(
        ("organisation" = String, Path, description = "The organisation, or `own`.", example = "own"),
        ("version" = u32, Path, description = "The version.", example = 1)
    ),
    responses((status = 200, description = "The terms.", body = TaxonomyVersionView))
)]
pub async fn read_taxonomy_version(
    State(service): State<Service>,
    signed: Signed,
    Path((whose, version)): Path<(Whose, u32)>,
) -> Result<Json<TaxonomyVersionView>, Problem> {
    Ok(Json(service.taxonomy_version(&signed.caller, whose.0, version).await?))
}

/// Change the own terms
///
/// Everything becomes one version, or nothing is changed. What a record has ever used is retired, never deleted.
#[utoipa::path(
    post,
    path = "/api/v1/taxonomy/{organisation}/changes",
    tag = "common",
    params(("organisation" = String, Path, description = "The own organisation, or `own`.", example = "own")),
    request_body(content = ChangeTaxonomy, example = json!({
        "base_version": 0,
        "changes": [
            {"kind": "describe", "head": {"namespace": "cert-example", "title": "Terms of CERT Example"}},
            {"kind": "add", "list": "rsit", "below": "c2-server", "slug": "bulletproof",
             "label": {"en": "C2 at a bulletproof hoster", "fr": "C2 chez un hébergeur complice"}}
        ]
    })),
    responses((status = 200, description = "The terms since.", body = TaxonomyView))
)]
pub async fn change_taxonomy(
    State(service): State<Service>,
    signed: Signed,
    Path(Whose(of)): Path<Whose>,
    Input(wanted): Input<ChangeTaxonomy>,
) -> Result<Json<TaxonomyView>, Problem> {
    Ok(Json(service.change_taxonomy(&signed.caller, of, wanted).await?))
}

/// Take a file of machine tags as own terms
///
/// Below the official values that its predicates name, else below the one given. Terms that are there already are
/// brought to the words of the file, none is deleted. With `only_look` nothing is changed.
#[utoipa::path(
    post,
    path = "/api/v1/taxonomy/{organisation}/import",
    tag = "common",
    params(("organisation" = String, Path, description = "The own organisation, or `own`.", example = "own")),
    request_body = ImportTaxonomy,
    responses((status = 200, description = "What changed, or would change.", body = ImportedTaxonomy))
)]
pub async fn import_taxonomy(
    State(service): State<Service>,
    signed: Signed,
    Path(Whose(of)): Path<Whose>,
    Input(wanted): Input<ImportTaxonomy>,
) -> Result<Json<ImportedTaxonomy>, Problem> {
    Ok(Json(service.import_taxonomy(&signed.caller, of, wanted).await?))
}

/// The own terms as a file
///
/// `machinetag.json` as MISP reads it, `skos.jsonld` and `skos.ttl` as SKOS.
#[utoipa::path(
    get,
    path = "/api/v1/taxonomy/{organisation}/{file}",
    tag = "common",
    params(
        ("organisation" = String, Path, description = "The organisation, or `own`.", example = "own"),
        ("file" = String, Path, description = "Which file.", example = "machinetag.json")
    ),
    responses((status = 200, description = "The file.", body = String, content_type = "application/octet-stream"))
)]
pub async fn download_taxonomy(
    State(service): State<Service>,
    signed: Signed,
    Path((whose, file)): Path<(Whose, String)>,
) -> Result<File, Problem> {
    Ok(as_file("taxonomy", service.taxonomy_file(&signed.caller, whose.0, &file).await?))
}

/// An official list as a file
///
/// `machinetag.json` as MISP reads it, `skos.jsonld` and `skos.ttl` as SKOS. Terms that MISP publishes have the
/// same identifiers.
#[utoipa::path(
    get,
    path = "/api/v1/vocabularies/{list}/{file}",
    tag = "common",
    params(
        ("list" = String, Path, description = "The list.", example = "rsit"),
        ("file" = String, Path, description = "Which file.", example = "skos.ttl")
    ),
    responses((status = 200, description = "The file.", body = String, content_type = "application/octet-stream"))
)]
pub async fn download_list(
    State(service): State<Service>,
    signed: Signed,
    Path((list, file)): Path<(String, String)>,
) -> Result<File, Problem> {
    Ok(as_file("list", service.list_file(&signed.caller, &list, &file)?))
}
