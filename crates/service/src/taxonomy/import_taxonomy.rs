//! Take a file of machine tags as own terms.

use formats::{Limits, Severity, taxonomy as files};
use model::{Caller, OrganisationId, TaxonomyVersion};
use regime::{Problem, taxonomy::change};

use super::{
    change_taxonomy::{keeper, with_identifiers},
    import::{Place, edits},
};
use crate::{
    Service, chance,
    error::{Error, Result},
    view::{ChangeTaxonomy, ImportTaxonomy, ImportedTaxonomy},
};

impl Service {
    /// Takes the terms of a file below official values: those that its predicates name, else the one given. With
    /// `only_look` nothing is changed, and the answer says what would be.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a file that is no file of machine tags, and per term and rule; otherwise as
    /// [`Service::change_taxonomy`].
    pub async fn import_taxonomy(
        &self,
        caller: &Caller,
        of: Option<OrganisationId>,
        wanted: ImportTaxonomy,
    ) -> Result<ImportedTaxonomy> {
        let scope = keeper(caller, of)?;
        let file = read(&wanted.document)?;
        let losses = file.losses.into_iter().map(|loss| Problem {
            field: "document".to_owned(),
            pointer: loss.pointer,
            rule: "no_place".to_owned(),
            message: format!("{}: {}", loss.what, loss.why),
        });
        let losses = losses.collect();
        let scheme = file.items.into_iter().next();
        let scheme = scheme.ok_or_else(|| no_file("it holds no taxonomy".to_owned()))?;
        let place: Option<Place> = wanted.list.zip(wanted.below);
        let mut tx = self.store.write().await?;
        let stands = tx.hold_taxonomy(&scope).await?.unwrap_or_default();
        let vocabularies = self.library.vocabularies();
        let changes = edits((vocabularies, &stands), &scheme, place.as_ref()).map_err(Error::Invalid)?;
        let now = self.clock.now();
        let changes = with_identifiers(changes, || model::TermId::new(now, chance::for_id()));
        let used = tx.term_uses(&scope).await?.into_keys().collect();
        let told = change(vocabularies, &stands, &changes, &used).map_err(Error::Invalid)?;
        let version = if wanted.only_look || told.is_empty() {
            stands.version
        } else {
            let wanted = ChangeTaxonomy { base_version: wanted.base_version, changes };
            let next = self.next_version(&mut tx, (caller, &scope), stands, wanted).await?;
            tx.commit().await?;
            next.version
        };
        let made = TaxonomyVersion { version, at: now, by: caller.actor(), changes: told };
        Ok(ImportedTaxonomy { version, changes: made.changes, losses })
    }
}

/// The taxonomies of a file that MISP would take.
fn read(document: &str) -> Result<formats::Reading<files::ReadScheme>> {
    let limits = Limits::default();
    let report = files::check_bytes(document.as_bytes(), &limits);
    let errors = report.findings.iter().filter(|finding| finding.severity == Severity::Error);
    let problems: Vec<Problem> = errors
        .map(|finding| Problem {
            field: "document".to_owned(),
            pointer: finding.pointer.clone(),
            rule: finding.rule.to_owned(),
            message: finding.message.clone(),
        })
        .collect();
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    Ok(files::read(document.as_bytes(), &limits))
}

fn no_file(why: String) -> Error {
    Error::invalid("document", "machine_tags", format!("the document is no file of machine tags: {why}"))
}
