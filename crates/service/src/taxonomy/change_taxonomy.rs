//! Make the next version of the own terms.

use std::collections::BTreeSet;

use model::{Caller, Happening, OrganisationId, Taxonomy, TaxonomyVersion, TermId};
use policy::{Action, Scope, permit};
use regime::taxonomy::{TaxonomyEdit, change};
use store::Tx;

use super::read_taxonomy::view;
use crate::{
    Service, chance,
    error::{Error, Result},
    view::{ChangeTaxonomy, TaxonomyView},
};

/// So many things are changed at once.
const MOST_CHANGES: usize = 2500;

impl Service {
    /// Changes the own terms of the caller's organisation: everything in `wanted` becomes one version, or nothing
    /// is changed. A term that a record has ever used is retired, never deleted.
    ///
    /// # Errors
    /// [`Error::Invalid`] per change and rule; [`Error::Conflict`] when somebody else changed the terms;
    /// [`Error::NotFound`] for another organisation.
    pub async fn change_taxonomy(
        &self,
        caller: &Caller,
        of: Option<OrganisationId>,
        wanted: ChangeTaxonomy,
    ) -> Result<TaxonomyView> {
        let scope = keeper(caller, of)?;
        if wanted.changes.len() > MOST_CHANGES {
            return Err(Error::invalid(
                "changes",
                "too_many",
                format!("up to {MOST_CHANGES} changes at once"),
            ));
        }
        let mut tx = self.store.write().await?;
        let stands = tx.hold_taxonomy(&scope).await?.unwrap_or_default();
        let next = self.next_version(&mut tx, (caller, &scope), stands, wanted).await?;
        let uses = tx.term_uses(&scope).await?;
        let name = tx.organisation(&scope, caller.organisation).await?.map(|own| own.name);
        tx.commit().await?;
        Ok(view(&self.library, (caller.organisation, name.unwrap_or_default()), &next, &uses))
    }

    /// The next version in the transaction at hand; what stands when nothing changes.
    pub(super) async fn next_version(
        &self,
        tx: &mut Tx,
        (caller, scope): (&Caller, &Scope),
        stands: Taxonomy,
        wanted: ChangeTaxonomy,
    ) -> Result<Taxonomy> {
        if wanted.base_version != stands.version {
            return Err(Error::Conflict { revision: i64::from(stands.version), conflicts: vec![] });
        }
        let now = self.clock.now();
        let used: BTreeSet<TermId> = tx.term_uses(scope).await?.into_keys().collect();
        let edits = with_identifiers(wanted.changes, || TermId::new(now, chance::for_id()));
        let vocabularies = self.library.vocabularies();
        let changes = change(vocabularies, &stands, &edits, &used).map_err(Error::Invalid)?;
        if changes.is_empty() {
            return Ok(stands);
        }
        let made = TaxonomyVersion { version: stands.version + 1, at: now, by: caller.actor(), changes };
        let next = stands.after(&made);
        let busy = || Error::Conflict { revision: i64::from(made.version), conflicts: vec![] };
        if tx.namespace_taken(scope, &next.head.namespace).await? {
            return Err(Error::invalid(
                "head/namespace",
                "taken",
                "another organisation of this node has this namespace: take another one",
            ));
        }
        if !tx.set_taxonomy(scope, &next, &made).await? {
            return Err(busy());
        }
        self.happened(tx, caller, Happening::TaxonomyChanged { version: made.version }).await?;
        Ok(next)
    }
}

/// The scope of whoever keeps the own terms.
pub(super) fn keeper(caller: &Caller, of: Option<OrganisationId>) -> Result<Scope> {
    let scope = permit(caller, Action::KeepTaxonomy)?;
    if of.is_some_and(|of| of != caller.organisation) {
        return Err(Error::NotFound("taxonomy"));
    }
    Ok(scope)
}

/// A new term without an identifier gets a fresh one.
pub(super) fn with_identifiers(
    edits: Vec<TaxonomyEdit>,
    mut fresh: impl FnMut() -> TermId,
) -> Vec<TaxonomyEdit> {
    let with = |edit| match edit {
        TaxonomyEdit::Add { id, list, below, slug, label, help, matches } => {
            let id = Some(id.unwrap_or_else(&mut fresh));
            TaxonomyEdit::Add { id, list, below, slug, label, help, matches }
        }
        TaxonomyEdit::Describe { .. }
        | TaxonomyEdit::Change { .. }
        | TaxonomyEdit::Retire { .. }
        | TaxonomyEdit::Restore { .. }
        | TaxonomyEdit::Delete { .. } => edit,
    };
    edits.into_iter().map(with).collect()
}
