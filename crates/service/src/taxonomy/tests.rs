use std::collections::{BTreeMap, BTreeSet};

use formats::{Limits, taxonomy as files};
use model::{
    Actor, ClientId, Instant, OrganisationId, Subject, Taxonomy, TaxonomyHead, TaxonomyVersion, Term, TermId,
};
use proptest::prelude::*;
use regime::{Library, taxonomy::change};

use super::{TaxonomyFile, import::edits, list_as, scheme::of_taxonomy};

fn head(namespace: &str) -> TaxonomyHead {
    TaxonomyHead { namespace: namespace.to_owned(), title: "Ours".to_owned(), ..TaxonomyHead::default() }
}

/// Terms at any official value of any open list.
fn taxonomies() -> impl Strategy<Value = Taxonomy> {
    let library = testkit::library();
    let mut places = vec![];
    for list in library.vocabularies().lists().filter(|list| list.open) {
        places.extend(list.values.iter().map(|value| (list.id.clone(), value.id.clone())));
        places.extend(list.groups.iter().map(|value| (format!("{}#groups", list.id), value.id.clone())));
    }
    let term = (
        any::<prop::sample::Index>(),
        "[a-z0-9][a-z0-9_-]{0,20}",
        "[^\\p{C}\u{2028}\u{2029}]{1,60}",
        prop::option::of("[^\\p{C}\u{2028}\u{2029}]{1,90}"),
        any::<[u8; 10]>(),
    );
    prop::collection::vec(term, 0..12).prop_map(move |terms| {
        let english = |text: String| BTreeMap::from([("en".to_owned(), text)]);
        let (mut ids, mut slugs) = (BTreeSet::new(), BTreeSet::new());
        let terms = terms
            .into_iter()
            .filter(|(_, slug, label, help, chance)| {
                let blank = |text: &String| text.trim().is_empty();
                !blank(label)
                    && !help.as_ref().is_some_and(blank)
                    && ids.insert(*chance)
                    && slugs.insert(slug.clone())
            })
            .map(|(place, slug, label, help, chance)| {
                let (list, below) = place.get(&places).clone();
                Term {
                    id: TermId::new(Instant::MIN, chance),
                    list,
                    below,
                    slug,
                    label: english(label),
                    help: help.map(english).unwrap_or_default(),
                    matches: vec![],
                    since: 1,
                    retired: None,
                }
            })
            .collect();
        Taxonomy { version: 1, head: head("cert-x"), terms }
    })
}

/// What an empty taxonomy becomes by a file.
fn taken(library: &Library, file: &str) -> Taxonomy {
    assert!(files::check_bytes(file.as_bytes(), &Limits::default()).is_valid());
    let reading = files::read(file.as_bytes(), &Limits::default());
    assert_eq!(reading.losses, []);
    let blank = Taxonomy { head: head("cert-x"), ..Taxonomy::default() };
    let edits = edits((library.vocabularies(), &blank), &reading.items[0], None).unwrap();
    let changes = change(library.vocabularies(), &blank, &edits, &BTreeSet::new()).unwrap();
    let subject = Subject::Client(ClientId::new(Instant::MIN, [0; 10]));
    let by = Actor { subject, name: "Ada".to_owned() };
    let mut taken = blank.after(&TaxonomyVersion { version: 1, at: Instant::MIN, by, changes });
    taken.terms.sort_by_key(|term| term.id);
    taken
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn what_is_exported_is_imported_the_same(mut taxonomy in taxonomies()) {
        let library = testkit::library();
        taxonomy.terms.sort_by_key(|term| term.id);
        let organisation = OrganisationId::new(Instant::MIN, [7; 10]);
        if !taxonomy.terms.is_empty() {
            let file = TaxonomyFile::MachineTags.write(&of_taxonomy(&library, organisation, &taxonomy));
            prop_assert_eq!(taken(&library, &file), taxonomy);
        }
    }
}

#[test]
fn official_lists_are_files_that_misp_takes() {
    let library = testkit::library();
    for list in library.vocabularies().lists() {
        let file = list_as(list, TaxonomyFile::MachineTags);
        let report = files::check_bytes(file.as_bytes(), &Limits::default());
        assert!(report.is_valid(), "{}: {:?}", list.id, report.findings);
        assert!(list_as(list, TaxonomyFile::Turtle).contains("a skos:ConceptScheme"), "{}", list.id);
    }
    let rsit = list_as(library.vocabularies().list("rsit").unwrap(), TaxonomyFile::MachineTags);
    // The UUID of rsit:abusive-content="spam" in the published file.
    assert!(rsit.contains("08b7755b-fdd3-5137-be82-2eb93f3b1cf1"));
}
