//! Own terms as pages and machines read them.

use model::{OrganisationId, Taxonomy, TaxonomyHead, TaxonomyVersion, Term, TermChange};
use regime::{Problem, taxonomy::TaxonomyEdit};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The own terms of an organisation below the official values of the open lists.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TaxonomyView {
    /// Whose.
    pub organisation: OrganisationId,
    /// Its name.
    pub name: String,
    /// Counts the changes; 0 while there is nothing.
    pub version: u32,
    /// What the taxonomy says of itself; blank while there is nothing.
    pub head: TaxonomyHead,
    /// The lists that take own terms.
    pub lists: Vec<TaxonomyList>,
}

/// An official list that takes own terms.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TaxonomyList {
    /// The list.
    pub list: String,
    /// The version of its source.
    pub version: String,
    /// Where it comes from.
    pub source: String,
    /// The questions that are answered from it.
    pub fields: Vec<String>,
    /// The headings, each with its values; the values themselves where there are no headings.
    pub values: Vec<OfficialValue>,
}

/// An official value with the own terms below it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OfficialValue {
    /// The list, as a term names it: `rsit`, of a heading `rsit#groups`.
    pub list: String,
    /// The value as it is kept.
    pub value: String,
    /// The value in words.
    pub label: String,
    /// What it means.
    pub help: String,
    /// Whether a question is answered with it, so that terms below it are offered.
    pub asked: bool,
    /// The own terms, also those that are retired.
    pub terms: Vec<OwnTerm>,
    /// The values below a heading.
    #[schema(no_recursion)]
    pub values: Vec<OfficialValue>,
}

/// An own term.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OwnTerm {
    /// The term.
    pub term: Term,
    /// Its machine tag.
    pub tag: String,
    /// In how many records it was ever used: then it is retired, never deleted. 0 in the terms of others.
    pub used: u32,
}

/// Change the own terms: everything becomes one version, or nothing is changed.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeTaxonomy {
    /// The version that the caller saw; 0 when there was nothing.
    pub base_version: u32,
    /// What to change, in this order.
    pub changes: Vec<TaxonomyEdit>,
}

/// Take the terms of a file of machine tags.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportTaxonomy {
    /// The version that the caller saw; 0 when there was nothing.
    pub base_version: u32,
    /// The file (`machinetag.json`).
    pub document: String,
    /// The list for terms whose predicate names no official value.
    #[serde(default)]
    pub list: Option<String>,
    /// The official value below which they go.
    #[serde(default)]
    pub below: Option<String>,
    /// Say what would change, and change nothing.
    #[serde(default)]
    pub only_look: bool,
}

/// What came of a file.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ImportedTaxonomy {
    /// The version since.
    pub version: u32,
    /// What changed, or would change.
    pub changes: Vec<TermChange>,
    /// What the file says and own terms have no place for.
    pub losses: Vec<Problem>,
}

/// The versions, newest first.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TaxonomyVersions {
    /// Each with what it changed.
    pub versions: Vec<TaxonomyVersion>,
}

/// The own terms as they stood at a version.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TaxonomyVersionView {
    /// Who made it, when, and what it changed.
    pub made: TaxonomyVersion,
    /// All terms at that time.
    pub taxonomy: Taxonomy,
}
