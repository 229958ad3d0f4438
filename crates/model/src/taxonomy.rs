//! The own terms of an organisation: each stands below an official value, so that whoever knows only the
//! official list reads the broader value.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Actor, Instant, TermId};

/// Words by language: a language tag (RFC 5646, `en`, `fr`) to the words.
pub type TermWords = BTreeMap<String, String>;

/// What a taxonomy says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TaxonomyHead {
    /// The name before the colon of a machine tag (`cert-example`): no other organisation of the node has it.
    pub namespace: String,
    /// What people call it.
    pub title: String,
    /// What it is for.
    #[serde(default)]
    pub description: String,
    /// Whether everyone with an account on the node may read it.
    #[serde(default)]
    pub published: bool,
}

/// The own terms of an organisation at one version.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Taxonomy {
    /// Counts the changes, from 1; 0 while there is nothing.
    pub version: u32,
    /// What it says of itself.
    pub head: TaxonomyHead,
    /// The terms, also those that are retired.
    pub terms: Vec<Term>,
}

/// A term of an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Term {
    /// The identifier: it stays whatever is renamed or moved.
    pub id: TermId,
    /// The list, as fields name it: `rsit` for its values, `rsit#groups` for its headings.
    pub list: String,
    /// The official value below which it stands.
    pub below: String,
    /// The short name that machines read; once in its list and organisation.
    pub slug: String,
    /// What people call it.
    #[schema(value_type = Object)]
    pub label: TermWords,
    /// What it means.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schema(value_type = Object)]
    pub help: TermWords,
    /// What it is called in other taxonomies.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub matches: Vec<TermMatch>,
    /// The version of the taxonomy that brought it.
    pub since: u32,
    /// When it was retired: no longer offered, still shown where it was used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retired: Option<RetiredTerm>,
}

/// Since when a term is no longer offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RetiredTerm {
    /// The version of the taxonomy that retired it.
    pub since: u32,
    /// The term to choose instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<TermId>,
}

/// How a term relates to one of another taxonomy (SKOS Reference, section 10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MatchKind {
    /// The same, whatever it is used for.
    Exact,
    /// Nearly the same.
    Close,
    /// The other is broader.
    Broad,
    /// The other is narrower.
    Narrow,
    /// They belong together.
    Related,
}

impl MatchKind {
    /// Each kind.
    pub const ALL: &[Self] = &[Self::Exact, Self::Close, Self::Broad, Self::Narrow, Self::Related];

    /// The property of SKOS.
    #[must_use]
    pub const fn property(self) -> &'static str {
        match self {
            Self::Exact => "exactMatch",
            Self::Close => "closeMatch",
            Self::Broad => "broadMatch",
            Self::Narrow => "narrowMatch",
            Self::Related => "relatedMatch",
        }
    }
}

/// A term of another taxonomy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TermMatch {
    /// How it relates.
    pub kind: MatchKind,
    /// An address (`https:`, `http:`, `urn:`) or a machine tag (`namespace:predicate="value"`).
    pub to: String,
}

/// A term as it was chosen: readable when it was renamed, moved or retired since.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChosenTerm {
    /// The term.
    pub term: TermId,
    /// Its machine tag at that time.
    pub tag: String,
    /// The official value below which it stood.
    pub below: String,
    /// What it was called.
    #[schema(value_type = Object)]
    pub label: TermWords,
    /// The version of the taxonomy from which it was chosen.
    pub version: u32,
}

impl ChosenTerm {
    /// What it is called in `language`, else in English, else in its first language.
    #[must_use]
    pub fn called(&self, language: &str) -> &str {
        in_language(&self.label, language).unwrap_or(&self.tag)
    }
}

/// An answer in words with the own terms beside it, for people who read one line.
#[must_use]
pub fn with_terms(text: &str, terms: &[ChosenTerm]) -> String {
    let called: Vec<&str> = terms.iter().map(|term| term.called("en")).collect();
    if called.is_empty() { text.to_owned() } else { format!("{text} ({})", called.join(", ")) }
}

/// The words in `language`, else in English, else in the first language there is.
#[must_use]
pub fn in_language<'a>(words: &'a TermWords, language: &str) -> Option<&'a str> {
    words.get(language).or_else(|| words.get("en")).or_else(|| words.values().next()).map(String::as_str)
}

/// One thing that a version changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum TermChange {
    /// What the taxonomy says of itself.
    Described {
        /// Before.
        before: TaxonomyHead,
        /// After.
        after: TaxonomyHead,
    },
    /// A term came.
    Added {
        /// The term.
        after: Term,
    },
    /// A term was renamed, moved, mapped, retired or offered again.
    Changed {
        /// Before.
        before: Term,
        /// After.
        after: Term,
    },
    /// A term that nothing had used went.
    Deleted {
        /// The term.
        before: Term,
    },
}

/// A version of a taxonomy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TaxonomyVersion {
    /// Counts the changes, from 1.
    pub version: u32,
    /// When it was made.
    pub at: Instant,
    /// Who made it.
    pub by: Actor,
    /// What it changed.
    pub changes: Vec<TermChange>,
}

impl Taxonomy {
    /// The term of that identifier.
    #[must_use]
    pub fn term(&self, id: TermId) -> Option<&Term> {
        self.terms.iter().find(|term| term.id == id)
    }

    /// The machine tag of a term: `cert-example:rsit.c2-server="bulletproof"`. The predicate holds the list and
    /// the official value, of a heading with `.groups` between, so that a file of tags says where terms stand.
    #[must_use]
    pub fn tag(&self, term: &Term) -> String {
        format!("{}:{}=\"{}\"", self.head.namespace, term.predicate(), term.slug)
    }

    /// The taxonomy after a version, laid over the one before it.
    #[must_use]
    pub fn after(mut self, version: &TaxonomyVersion) -> Self {
        self.version = version.version;
        for change in &version.changes {
            match change {
                TermChange::Described { after, .. } => self.head = after.clone(),
                TermChange::Added { after } => self.terms.push(after.clone()),
                TermChange::Changed { after, .. } => {
                    let stands = self.terms.iter_mut().find(|term| term.id == after.id);
                    if let Some(term) = stands {
                        *term = after.clone();
                    }
                }
                TermChange::Deleted { before } => self.terms.retain(|term| term.id != before.id),
            }
        }
        self
    }
}

impl Term {
    /// The middle of its machine tag: the list and the official value (`rsit.c2-server`,
    /// `rsit.groups.intrusions`).
    #[must_use]
    pub fn predicate(&self) -> String {
        format!("{}.{}", self.list.replace('#', "."), self.below)
    }
}
