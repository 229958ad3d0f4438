//! The next version of a taxonomy from edits, all of them or none.

use std::collections::BTreeSet;

use model::{RetiredTerm, Taxonomy, TaxonomyHead, Term, TermChange, TermId, TermMatch, TermWords};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rules::{Rules, problem};
use crate::{Problem, Vocabularies};

/// One thing to change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum TaxonomyEdit {
    /// Say what the taxonomy is; the namespace stays once a record has used a term.
    Describe {
        /// What it says of itself.
        head: TaxonomyHead,
    },
    /// Add a term.
    Add {
        /// Its identifier; a new one when not said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<TermId>,
        /// The list, as fields name it: `rsit`, `rsit#groups`.
        list: String,
        /// The official value below which it stands.
        below: String,
        /// The short name that machines read.
        slug: String,
        /// What people call it.
        #[schema(value_type = Object)]
        label: TermWords,
        /// What it means.
        #[serde(default)]
        #[schema(value_type = Object)]
        help: TermWords,
        /// What it is called elsewhere.
        #[serde(default)]
        matches: Vec<TermMatch>,
    },
    /// Rename, move or map a term. Records keep it as it was chosen.
    Change {
        /// The term.
        term: TermId,
        /// The list.
        list: String,
        /// The official value below which it stands from now on.
        below: String,
        /// What people call it.
        #[schema(value_type = Object)]
        label: TermWords,
        /// What it means.
        #[serde(default)]
        #[schema(value_type = Object)]
        help: TermWords,
        /// What it is called elsewhere.
        #[serde(default)]
        matches: Vec<TermMatch>,
    },
    /// Offer a term no longer.
    Retire {
        /// The term.
        term: TermId,
        /// The term to choose instead.
        #[serde(default)]
        replaced_by: Option<TermId>,
    },
    /// Offer a retired term again.
    Restore {
        /// The term.
        term: TermId,
    },
    /// Delete a term that no record has ever used.
    Delete {
        /// The term.
        term: TermId,
    },
}

/// What `edits` change; nothing when everything stands already as they say. `used` are the terms that a record
/// has ever used.
///
/// # Errors
/// Each edit that a rule forbids, with a pointer `/changes/2/label/en`; then nothing changes.
pub fn change(
    vocabularies: &Vocabularies,
    stands: &Taxonomy,
    edits: &[TaxonomyEdit],
    used: &BTreeSet<TermId>,
) -> Result<Vec<TermChange>, Vec<Problem>> {
    let mut editor = Editor {
        rules: Rules { vocabularies },
        next: Taxonomy { version: stands.version + 1, ..stands.clone() },
        used,
        changes: vec![],
    };
    let mut problems = vec![];
    for (edit, at) in edits.iter().zip(0_usize..) {
        if let Err(found) = editor.edit(edit) {
            problems.extend(
                found.into_iter().map(|problem| Problem {
                    pointer: format!("/changes/{at}{}", problem.pointer),
                    ..problem
                }),
            );
        }
        if problems.len() > 100 {
            break;
        }
    }
    if problems.is_empty() && !editor.changes.is_empty() && editor.next.head.namespace.is_empty() {
        let must = "the taxonomy has no namespace yet: describe it first";
        problems.push(problem("/changes", "namespace", must.to_owned()));
    }
    if problems.is_empty() { Ok(editor.changes) } else { Err(problems) }
}

struct Editor<'a> {
    rules: Rules<'a>,
    next: Taxonomy,
    used: &'a BTreeSet<TermId>,
    changes: Vec<TermChange>,
}

impl Editor<'_> {
    fn edit(&mut self, edit: &TaxonomyEdit) -> Result<(), Vec<Problem>> {
        match edit {
            TaxonomyEdit::Describe { head } => self.describe(head),
            TaxonomyEdit::Add { id, list, below, slug, label, help, matches } => self.add(Term {
                id: id.ok_or_else(|| one("/id", "required", "a term has an identifier".to_owned()))?,
                list: list.clone(),
                below: below.clone(),
                slug: slug.clone(),
                label: label.clone(),
                help: help.clone(),
                matches: matches.clone(),
                since: self.next.version,
                retired: None,
            }),
            TaxonomyEdit::Change { term, list, below, label, help, matches } => {
                let before = self.term(*term)?;
                let after = Term {
                    list: list.clone(),
                    below: below.clone(),
                    label: label.clone(),
                    help: help.clone(),
                    matches: matches.clone(),
                    ..before.clone()
                };
                found(self.rules.term(&after))?;
                self.alone(&after)?;
                self.replace(before, after);
                Ok(())
            }
            TaxonomyEdit::Retire { term, replaced_by } => self.retire(*term, *replaced_by),
            TaxonomyEdit::Restore { term } => {
                let before = self.term(*term)?;
                let after = Term { retired: None, ..before.clone() };
                self.replace(before, after);
                Ok(())
            }
            TaxonomyEdit::Delete { term } => self.delete(*term),
        }
    }

    fn describe(&mut self, head: &TaxonomyHead) -> Result<(), Vec<Problem>> {
        found(self.rules.head(head))?;
        let before = self.next.head.clone();
        if before.namespace != head.namespace && !self.used.is_empty() {
            let must = format!(
                "the namespace stays {:?}: records hold machine tags that begin with it",
                before.namespace
            );
            return Err(one("/head/namespace", "in_use", must));
        }
        if before != *head {
            self.next.head = head.clone();
            self.changes.push(TermChange::Described { before, after: head.clone() });
        }
        Ok(())
    }

    fn add(&mut self, term: Term) -> Result<(), Vec<Problem>> {
        self.rules.room(self.next.terms.len()).map_err(|problem| vec![problem])?;
        found(self.rules.term(&term))?;
        if self.next.term(term.id).is_some() {
            return Err(one("/id", "taken", "another term has this identifier".to_owned()));
        }
        self.alone(&term)?;
        self.next.terms.push(term.clone());
        self.changes.push(TermChange::Added { after: term });
        Ok(())
    }

    fn retire(&mut self, term: TermId, replaced_by: Option<TermId>) -> Result<(), Vec<Problem>> {
        let before = self.term(term)?;
        if let Some(other) = replaced_by {
            let good = self.next.term(other).is_some_and(|other| other.retired.is_none() && other.id != term);
            if !good {
                let must = "the term to choose instead is another one that is not retired";
                return Err(one("/replaced_by", "known_term", must.to_owned()));
            }
        }
        let since = before.retired.as_ref().map_or(self.next.version, |retired| retired.since);
        let after = Term { retired: Some(RetiredTerm { since, replaced_by }), ..before.clone() };
        self.replace(before, after);
        Ok(())
    }

    fn delete(&mut self, term: TermId) -> Result<(), Vec<Problem>> {
        let before = self.term(term)?;
        if self.used.contains(&term) {
            let must = format!("{:?} was used in a record and stays readable there: retire it", before.slug);
            return Err(one("/term", "in_use", must));
        }
        let names =
            |other: &&Term| other.retired.as_ref().is_some_and(|retired| retired.replaced_by == Some(term));
        if let Some(other) = self.next.terms.iter().find(names) {
            let must = format!("the retired term {:?} names it as the one to choose instead", other.slug);
            return Err(one("/term", "named", must));
        }
        self.next.terms.retain(|other| other.id != term);
        self.changes.push(TermChange::Deleted { before });
        Ok(())
    }

    fn term(&self, id: TermId) -> Result<Term, Vec<Problem>> {
        let missing = || one("/term", "known_term", "the taxonomy has no such term".to_owned());
        self.next.term(id).cloned().ok_or_else(missing)
    }

    /// One machine tag, one term: also of those that are retired.
    fn alone(&self, term: &Term) -> Result<(), Vec<Problem>> {
        let family = |list: &str| list.split('#').next().unwrap_or_default().to_owned();
        let same = |other: &&Term| {
            other.id != term.id && other.slug == term.slug && family(&other.list) == family(&term.list)
        };
        match self.next.terms.iter().find(same) {
            None => Ok(()),
            Some(_) => {
                let must = format!("there is a term {:?} in this list already, perhaps retired", term.slug);
                Err(one("/slug", "taken", must))
            }
        }
    }

    fn replace(&mut self, before: Term, after: Term) {
        if before == after {
            return;
        }
        if let Some(stands) = self.next.terms.iter_mut().find(|term| term.id == after.id) {
            *stands = after.clone();
        }
        self.changes.push(TermChange::Changed { before, after });
    }
}

fn one(pointer: &str, rule: &str, message: String) -> Vec<Problem> {
    vec![problem(pointer, rule, message)]
}

fn found(problems: Vec<Problem>) -> Result<(), Vec<Problem>> {
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}
