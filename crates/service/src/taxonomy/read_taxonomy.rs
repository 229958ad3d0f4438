//! The own terms of an organisation as they stand, and as they stood.

use std::collections::BTreeMap;

use model::{Caller, OrganisationId, Taxonomy, TermId};
use policy::{Action, Scope, permit};
use regime::{
    Library,
    vocabulary::{Field, List, ListValue},
};
use store::Tx;

use crate::{
    Service,
    error::{Error, Result},
    view::{OfficialValue, OwnTerm, TaxonomyList, TaxonomyVersionView, TaxonomyVersions, TaxonomyView},
};

impl Service {
    /// The own terms of the caller's organisation, or of another one that published them, below the official
    /// values of the open lists.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a taxonomy of another organisation that is not published.
    pub async fn taxonomy(&self, caller: &Caller, of: Option<OrganisationId>) -> Result<TaxonomyView> {
        let mut tx = self.store.read().await?;
        let Found { taxonomy, uses, name } = found(&mut tx, caller, of).await?;
        Ok(view(&self.library, (of.unwrap_or(caller.organisation), name), &taxonomy, &uses))
    }

    /// The versions of the own terms of the caller's organisation, newest first.
    ///
    /// # Errors
    /// [`Error::NotFound`] for another organisation.
    pub async fn taxonomy_versions(
        &self,
        caller: &Caller,
        of: Option<OrganisationId>,
    ) -> Result<TaxonomyVersions> {
        let scope = own_scope(caller, of)?;
        let mut tx = self.store.read().await?;
        let mut versions = tx.taxonomy_versions(&scope, u32::MAX).await?;
        versions.reverse();
        Ok(TaxonomyVersions { versions })
    }

    /// The own terms of the caller's organisation as they stood at a version.
    ///
    /// # Errors
    /// [`Error::NotFound`] for another organisation, and for a version that there is not.
    pub async fn taxonomy_version(
        &self,
        caller: &Caller,
        of: Option<OrganisationId>,
        version: u32,
    ) -> Result<TaxonomyVersionView> {
        let scope = own_scope(caller, of)?;
        let mut tx = self.store.read().await?;
        let versions = tx.taxonomy_versions(&scope, version).await?;
        let made = versions.last().filter(|made| made.version == version);
        let made = made.cloned().ok_or(Error::NotFound("version"))?;
        let taxonomy = versions.iter().fold(Taxonomy::default(), Taxonomy::after);
        Ok(TaxonomyVersionView { made, taxonomy })
    }
}

/// A taxonomy that the caller may read.
pub(super) struct Found {
    pub taxonomy: Taxonomy,
    pub uses: BTreeMap<TermId, u32>,
    /// The name of its organisation.
    pub name: String,
}

/// The caller's own taxonomy, empty while there is none; or that of another organisation that published it.
pub(super) async fn found(tx: &mut Tx, caller: &Caller, of: Option<OrganisationId>) -> Result<Found> {
    let own = permit(caller, Action::ReadTaxonomy)?;
    let directory = permit(caller, Action::ReadDirectory)?;
    let organisation = of.unwrap_or(caller.organisation);
    let name = tx.organisation(&directory, organisation).await?.map(|organisation| organisation.name);
    if organisation == caller.organisation {
        let (taxonomy, uses) = (tx.taxonomy(&own).await?.unwrap_or_default(), tx.term_uses(&own).await?);
        return Ok(Found { taxonomy, uses, name: name.unwrap_or_default() });
    }
    let taxonomy = tx.published_taxonomy(&directory, organisation).await?;
    let taxonomy = taxonomy.ok_or(Error::NotFound("taxonomy"))?;
    Ok(Found { taxonomy, uses: BTreeMap::new(), name: name.unwrap_or_default() })
}

/// The scope over the caller's own taxonomy; what another organisation changed is told to nobody.
fn own_scope(caller: &Caller, of: Option<OrganisationId>) -> Result<Scope> {
    let scope = permit(caller, Action::ReadTaxonomy)?;
    if of.is_some_and(|of| of != caller.organisation) {
        return Err(Error::NotFound("taxonomy"));
    }
    Ok(scope)
}

/// The tree of official values with the own terms below each.
pub(super) fn view(
    library: &Library,
    (organisation, name): (OrganisationId, String),
    taxonomy: &Taxonomy,
    uses: &BTreeMap<TermId, u32>,
) -> TaxonomyView {
    let vocabularies = library.vocabularies();
    let asks = |list: &str| {
        let mut lists = vocabularies.incident_fields().filter_map(|field| field.vocabulary.as_ref());
        lists.any(|name| name == list)
    };
    let mut open: Vec<&List> = vocabularies.lists().filter(|list| list.open).collect();
    let family = |field: &Field| field.vocabulary.as_ref()?.split('#').next().map(str::to_owned);
    // As questions come in a record, so do the lists that answer them.
    open.sort_by_key(|list| {
        let first = vocabularies.incident_fields().position(|field| family(field).as_ref() == Some(&list.id));
        first.unwrap_or(usize::MAX)
    });
    let lists = open
        .into_iter()
        .map(|list| {
            let headings = format!("{}#groups", list.id);
            let terms_below = |place: &str, value: &ListValue| {
                let below = taxonomy.terms.iter().filter(|term| term.list == place && term.below == value.id);
                below.map(|term| own_term(taxonomy, term, uses)).collect::<Vec<OwnTerm>>()
            };
            let official = |place: &str, value: &ListValue, values: Vec<OfficialValue>| OfficialValue {
                list: place.to_owned(),
                value: value.id.clone(),
                label: value.label.clone(),
                help: value.help.clone(),
                asked: asks(place),
                terms: terms_below(place, value),
                values,
            };
            let in_group = |group: Option<&str>| {
                let values = list.values.iter().filter(|value| value.group.as_deref() == group);
                values.map(|value| official(&list.id, value, vec![])).collect::<Vec<_>>()
            };
            let mut values: Vec<OfficialValue> = list
                .groups
                .iter()
                .map(|heading| official(&headings, heading, in_group(Some(&heading.id))))
                .collect();
            values.extend(in_group(None));
            TaxonomyList {
                list: list.id.clone(),
                version: list.version.clone(),
                source: list.source.clone(),
                fields: fields_of(library, &list.id),
                values,
            }
        })
        .collect();
    TaxonomyView { organisation, name, version: taxonomy.version, head: taxonomy.head.clone(), lists }
}

/// The questions that are answered from a list, in words.
fn fields_of(library: &Library, list: &str) -> Vec<String> {
    let fields = library
        .vocabularies()
        .incident_fields()
        .filter(|field| field.vocabulary.as_ref().is_some_and(|name| name.split('#').next() == Some(list)));
    fields.map(|field| field.label.clone()).collect()
}

fn own_term(taxonomy: &Taxonomy, term: &model::Term, uses: &BTreeMap<TermId, u32>) -> OwnTerm {
    OwnTerm {
        term: term.clone(),
        tag: taxonomy.tag(term),
        used: uses.get(&term.id).copied().unwrap_or_default(),
    }
}
