//! What a form offers below each official value.

use std::collections::BTreeMap;

use model::{Answer, Taxonomy, TermId, TermWords};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::choose::takes_terms;
use crate::{FormView, Vocabularies};

/// An own term to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OfferedTerm {
    /// The term.
    pub term: TermId,
    /// What people call it, by language.
    #[schema(value_type = Object)]
    pub label: TermWords,
    /// What it means, by language.
    #[schema(value_type = Object)]
    pub help: TermWords,
}

/// Puts the own terms that are not retired below the values of `form`, and beside each answer those that it has.
pub fn offer(
    vocabularies: &Vocabularies,
    taxonomy: &Taxonomy,
    answers: &BTreeMap<String, Answer>,
    form: &mut FormView,
) {
    for view in form.sections.iter_mut().flat_map(|section| &mut section.fields) {
        if let Some(answer) = answers.get(&view.field) {
            view.terms.clone_from(&answer.terms);
        }
        let field = vocabularies.field(&view.field).filter(|field| takes_terms(vocabularies, field));
        let Some(list) = field.and_then(|field| field.vocabulary.as_ref()) else { continue };
        for choice in &mut view.choices {
            let offered = taxonomy
                .terms
                .iter()
                .filter(|term| term.list == *list && term.below == choice.id && term.retired.is_none());
            choice.terms = offered
                .map(|term| OfferedTerm { term: term.id, label: term.label.clone(), help: term.help.clone() })
                .collect();
        }
    }
}
