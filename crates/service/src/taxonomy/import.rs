//! A file of machine tags as changes of the own terms.

use std::collections::BTreeSet;

use formats::taxonomy::{ReadEntry, ReadScheme};
use model::{MatchKind, Taxonomy, Term, TermId, TermMatch, TermWords};
use regime::{
    Problem, Vocabularies,
    taxonomy::{TaxonomyEdit, is_slug, place_of_predicate},
};

/// Where terms go whose file does not say it: a list and an official value of it.
pub(super) type Place = (String, String);

/// The changes that a file makes, and what it has no official value for. A term that is there already under the
/// same identifier, or the same short name in the list, is brought to the words of the file; nothing is deleted.
pub(super) fn edits(
    (vocabularies, stands): (&Vocabularies, &Taxonomy),
    file: &ReadScheme,
    elsewhere: Option<&Place>,
) -> Result<Vec<TaxonomyEdit>, Vec<Problem>> {
    let mut intake = Intake { stands, file, edits: vec![], seen: BTreeSet::new() };
    let mut problems = vec![];
    for predicate in &file.predicates {
        let place = place_of_predicate(vocabularies, &predicate.entry.value);
        let Some(place) = place.as_ref().or(elsewhere) else {
            problems.push(Problem {
                field: "below".to_owned(),
                pointer: predicate.entry.pointer.clone(),
                rule: "official_value".to_owned(),
                message: format!(
                    "{:?} names no official value: say below which one its terms go",
                    predicate.entry.value
                ),
            });
            continue;
        };
        if predicate.values.is_empty() {
            intake.take(place, None, &predicate.entry);
        }
        for entry in &predicate.values {
            intake.take(place, Some(&predicate.entry.value), entry);
        }
    }
    if problems.is_empty() { Ok(intake.edits) } else { Err(problems) }
}

struct Intake<'a> {
    stands: &'a Taxonomy,
    file: &'a ReadScheme,
    edits: Vec<TaxonomyEdit>,
    seen: BTreeSet<(String, String)>,
}

impl Intake<'_> {
    fn take(&mut self, (list, below): &Place, predicate: Option<&str>, entry: &ReadEntry) {
        let uuid: Option<TermId> = entry.uuid.as_ref().and_then(|uuid| uuid.parse().ok());
        let slug = self.short_name(list, predicate, &entry.value);
        let words = |text: Option<&str>| -> TermWords {
            text.into_iter().map(|text| ("en".to_owned(), text.to_owned())).collect()
        };
        let (label, help) = (words(Some(entry.called())), words(entry.description.as_deref()));
        let family = |list: &str| list.split('#').next().unwrap_or_default().to_owned();
        let known = uuid.and_then(|id| self.stands.term(id)).or_else(|| {
            self.stands.terms.iter().find(|term| term.slug == slug && family(&term.list) == family(list))
        });
        match known {
            Some(term) => {
                let edit = renewed(term, (list, below), label, help);
                self.edits.extend(edit);
            }
            None => self.edits.push(TaxonomyEdit::Add {
                id: uuid,
                list: list.clone(),
                below: below.clone(),
                slug,
                label,
                help,
                matches: self.origin(predicate, entry),
            }),
        }
    }

    /// The value as a short name, told apart from others of the same file by its predicate.
    fn short_name(&mut self, list: &str, predicate: Option<&str>, value: &str) -> String {
        let family = list.split('#').next().unwrap_or_default().to_owned();
        let plain = slug_of(value);
        let longer = || predicate.map_or_else(|| plain.clone(), |name| slug_of(&format!("{name}-{value}")));
        let taken = self.seen.contains(&(family.clone(), plain.clone()));
        let slug = if taken { longer() } else { plain.clone() };
        self.seen.insert((family, slug.clone()));
        slug
    }

    /// Where a term came from: the machine tag in the namespace of others.
    fn origin(&self, predicate: Option<&str>, entry: &ReadEntry) -> Vec<TermMatch> {
        if self.file.namespace == self.stands.head.namespace {
            return vec![];
        }
        let namespace = &self.file.namespace;
        let to = match predicate {
            Some(predicate) => format!("{namespace}:{predicate}=\"{}\"", entry.value),
            None => format!("{namespace}:{}", entry.value),
        };
        let good = regime::taxonomy::named(&to).is_some();
        good.then_some(TermMatch { kind: MatchKind::Exact, to }).into_iter().collect()
    }
}

/// The change that brings a term to the words of a file; what it says in other languages stays.
fn renewed(
    term: &Term,
    (list, below): (&String, &String),
    label: TermWords,
    help: TermWords,
) -> Option<TaxonomyEdit> {
    // The file tells of a retired term in its description, and has nothing new of it.
    if term.retired.is_some() {
        return None;
    }
    let over = |own: &TermWords, new: TermWords| own.clone().into_iter().chain(new).collect::<TermWords>();
    let (label, help) = (over(&term.label, label), over(&term.help, help));
    let same = term.label == label && term.help == help && term.list == *list && term.below == *below;
    (!same).then(|| TaxonomyEdit::Change {
        term: term.id,
        list: list.clone(),
        below: below.clone(),
        label,
        help,
        matches: term.matches.clone(),
    })
}

/// A value as a short name: small letters, digits, `-` and `_`.
fn slug_of(value: &str) -> String {
    if is_slug(value) {
        return value.to_owned();
    }
    let mut slug = String::new();
    for c in value.chars().flat_map(char::to_lowercase) {
        match c {
            c if c.is_ascii_alphanumeric() => slug.push(c),
            _ if slug.is_empty() || slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
    }
    slug.chars().take(64).collect::<String>().trim_end_matches('-').to_owned()
}
