//! Own terms and official lists as schemes to write.

use formats::taxonomy::{Predicate, Scheme, Term, Words, uuid_of};
use model::{OrganisationId, Taxonomy};
use regime::{
    Library,
    taxonomy::named,
    vocabulary::{List, ListValue},
};

fn english(text: &str) -> Words {
    if text.is_empty() { Words::new() } else { Words::from([("en".to_owned(), text.to_owned())]) }
}

/// An official list: its headings are the predicates, its values the values; without headings its values are the
/// predicates.
pub(super) fn of_list(list: &List) -> Scheme {
    let digits: String = list.version.chars().filter(char::is_ascii_digit).collect();
    let mut scheme = Scheme {
        uuid: uuid_of(&list.id),
        namespace: list.id.clone(),
        version: digits.parse().unwrap_or_default(),
        version_words: list.version.clone(),
        title: english(&list.id),
        description: english(&list.source),
        source: Some(list.source.clone()),
        licence: Some(list.licence.clone()),
        predicates: vec![],
    };
    let own = |value: &ListValue, values| Predicate { term: official(list, value), own: true, values };
    let in_group = |group: &str| {
        let values = list.values.iter().filter(|value| value.group.as_deref() == Some(group));
        values.map(|value| official(list, value)).collect::<Vec<_>>()
    };
    scheme.predicates = list.groups.iter().map(|heading| own(heading, in_group(&heading.id))).collect();
    let alone = list.values.iter().filter(|value| value.group.is_none());
    scheme.predicates.extend(alone.map(|value| own(value, vec![])));
    scheme
}

fn official(list: &List, value: &ListValue) -> Term {
    let within = value.within.as_ref().and_then(|id| list.values.iter().find(|one| one.id == *id));
    let heading = value.group.as_ref().map(|group| uuid_of(&format!("{}:{group}", list.id)));
    Term {
        uuid: uuid_of(&official_tag(list, value)),
        value: value.id.clone(),
        label: english(&value.label),
        help: english(&value.help),
        broader: heading.into_iter().chain(within.map(|one| uuid_of(&official_tag(list, one)))).collect(),
        ..Term::default()
    }
}

/// The machine tag of an official value or heading: `rsit:intrusions="system-compromise"`, `rsit:intrusions`.
fn official_tag(list: &List, value: &ListValue) -> String {
    match &value.group {
        Some(group) => format!("{}:{group}=\"{}\"", list.id, value.id),
        None => format!("{}:{}", list.id, value.id),
    }
}

/// The own terms of an organisation: a predicate for each official value that has some below it.
pub(super) fn of_taxonomy(library: &Library, organisation: OrganisationId, taxonomy: &Taxonomy) -> Scheme {
    let head = &taxonomy.head;
    let mut predicates: Vec<Predicate> = vec![];
    for term in &taxonomy.terms {
        let name = term.predicate();
        let Some((list, official)) = place(library, term) else { continue };
        let written = own(taxonomy, term, &official_tag(list, official));
        match predicates.iter_mut().find(|predicate| predicate.term.value == name) {
            Some(predicate) => predicate.values.push(written),
            None => predicates.push(Predicate {
                term: Term {
                    value: name,
                    label: english(&format!("{}: {}", list.id, official.label)),
                    help: english(&official.help),
                    ..Term::default()
                },
                own: false,
                values: vec![written],
            }),
        }
    }
    Scheme {
        uuid: organisation.to_string(),
        namespace: head.namespace.clone(),
        version: u64::from(taxonomy.version),
        version_words: taxonomy.version.to_string(),
        title: english(&head.title),
        description: english(&head.description),
        source: None,
        licence: None,
        predicates,
    }
}

/// The list and the official value of a term; none when a later version of the list lost the value.
fn place<'a>(library: &'a Library, term: &model::Term) -> Option<(&'a List, &'a ListValue)> {
    let (list, values) = library.vocabularies().referenced(&term.list)?;
    Some((list, values.iter().find(|value| value.id == term.below)?))
}

fn own(taxonomy: &Taxonomy, term: &model::Term, below: &str) -> Term {
    let mut notes = vec![];
    if let Some(retired) = &term.retired {
        let instead = retired.replaced_by.and_then(|id| taxonomy.term(id));
        let instead = instead.map_or_else(String::new, |term| format!(" Use {}.", taxonomy.tag(term)));
        notes.push(format!("Retired since version {}.{instead}", retired.since));
    } else {
        notes.push(format!("Since version {}.", term.since));
    }
    let replaced_by = |retired: &model::RetiredTerm| retired.replaced_by.map(|id| id.to_string());
    Term {
        uuid: term.id.to_string(),
        value: term.slug.clone(),
        label: term.label.clone(),
        help: term.help.clone(),
        broader: vec![uuid_of(below)],
        matches: term.matches.iter().map(|one| (one.kind.property(), address(&one.to))).collect(),
        notes,
        retired: term.retired.as_ref().map(replaced_by),
    }
}

/// A machine tag in the one spelling of which its address follows.
fn address(to: &str) -> String {
    match named(to) {
        Some((namespace, predicate, Some(value))) => format!("{namespace}:{predicate}=\"{value}\""),
        Some((namespace, predicate, None)) => format!("{namespace}:{predicate}"),
        None => to.to_owned(),
    }
}
