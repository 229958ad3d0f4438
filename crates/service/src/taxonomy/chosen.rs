//! The own terms that answers carry, in the transaction that saves them.

use std::collections::BTreeMap;

use model::{Answer, ChosenTerm, Incident, Instant, Taxonomy, TermId};
use policy::Scope;
use regime::{FormView, Library, Problem, taxonomy};
use store::Tx;

use crate::{
    error::{Error, Result},
    view::SaveAnswers,
};

/// The own terms of each answer in `save`, as they are kept beside it. Where one is chosen anew, the taxonomy is
/// held until the transaction ends, so that a term is not deleted meanwhile.
///
/// # Errors
/// [`Error::Invalid`] with a pointer `/answers/incident_type/terms`.
pub(crate) async fn chosen_terms(
    tx: &mut Tx,
    scope: &Scope,
    (library, incident): (&Library, &Incident),
    save: &SaveAnswers,
) -> Result<BTreeMap<String, Vec<ChosenTerm>>> {
    let asked = save.answers.values().any(|answer| answer.terms.as_ref().is_some_and(|ids| !ids.is_empty()));
    let own = if asked { tx.hold_taxonomy(scope).await?.unwrap_or_default() } else { Taxonomy::default() };
    let mut chosen = BTreeMap::new();
    let mut problems: Vec<Problem> = vec![];
    for (field, answer) in &save.answers {
        let before = incident.answers.get(field).map_or(&[][..], |stands| stands.terms.as_slice());
        let value = (field.as_str(), answer.value.as_ref());
        let terms = match &answer.terms {
            None => Ok(taxonomy::kept(answer.value.as_ref(), before)),
            Some(ids) => taxonomy::terms_of_answer((library.vocabularies(), &own), value, ids, before),
        };
        match terms {
            Ok(terms) => drop(chosen.insert(field.clone(), terms)),
            Err(problem) => {
                problems.push(Problem { pointer: format!("/answers{}", problem.pointer), ..problem });
            }
        }
    }
    if problems.is_empty() { Ok(chosen) } else { Err(Error::Invalid(problems)) }
}

/// Remembers which own terms a record uses since this change.
pub(crate) async fn remember_uses(
    tx: &mut Tx,
    scope: &Scope,
    incident: &Incident,
    terms: &BTreeMap<String, Vec<ChosenTerm>>,
    now: Instant,
) -> Result<()> {
    let used: Vec<TermId> = terms.values().flatten().map(|term| term.term).collect();
    Ok(tx.use_terms(scope, incident.id, &used, now).await?)
}

/// Puts the own terms of the scope's organisation into a form.
pub(crate) async fn offer_terms(
    tx: &mut Tx,
    scope: &Scope,
    (library, answers): (&Library, &BTreeMap<String, Answer>),
    form: &mut FormView,
) -> Result<()> {
    let own = tx.taxonomy(scope).await?.unwrap_or_default();
    taxonomy::offer(library.vocabularies(), &own, answers, form);
    Ok(())
}
