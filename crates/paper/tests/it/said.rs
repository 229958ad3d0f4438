//! What stands on the pages.

use std::collections::BTreeMap;

use model::{ChosenTerm, FiledAnswer, Marking};
use paper::{Draft, Paper, Standing, Words, draft, filing, receipt};

use crate::sample::{self, answer, at, disclosed, filing_of, keep};

fn typeset(document: &model::FilingDocument, words: &Words) -> Paper {
    filing(document, words, Standing::Filed).unwrap()
}

fn text(paper: &Paper) -> String {
    paper.pages.join("\n-- next page --\n")
}

#[test]
fn a_filing_says_everything() {
    let paper = typeset(&sample::filing(), &sample::words());
    keep("filing", &paper);
    assert_eq!(paper.unprinted, []);
    insta::assert_snapshot!(text(&paper));
}

#[test]
fn an_own_term_stands_below_the_official_value() {
    let mut document = sample::filing();
    let shown = document.disclosures.values_mut().flat_map(|group| group.content.values_mut()).next();
    shown.unwrap().terms.push(ChosenTerm {
        term: "0195d2a4-5c00-7000-8000-000000000001".parse().unwrap(),
        tag: "cert-x:rsit.phishing=\"parcel\"".to_owned(),
        below: "phishing".to_owned(),
        label: BTreeMap::from([("en".to_owned(), "Fake parcel notice".to_owned())]),
        version: 1,
    });
    assert!(text(&typeset(&document, &sample::words())).contains("Own term: Fake parcel"));
}

#[test]
fn a_receipt_says_who_received_what_and_when() {
    let paper = receipt(&sample::receipt(), &sample::words()).unwrap();
    keep("receipt", &paper);
    insta::assert_snapshot!(text(&paper));
}

#[test]
fn a_draft_says_on_each_page_that_it_is_none() {
    let document = sample::filing();
    let draft_of = Draft {
        at: at("2026-03-07T09:00:00Z"),
        pack_version: document.head.pack_version.clone(),
        due_at: document.head.due_at,
        from: document.head.from.clone(),
        to: Some(document.head.to.clone()),
        marking: Marking::default(),
        content: document.disclosures.into_iter().map(|(group, shown)| (group, shown.content)).collect(),
        markings: BTreeMap::new(),
    };
    let paper = draft(&draft_of, &sample::words()).unwrap();
    keep("draft", &paper);
    assert!(paper.pages[0].starts_with("Draft: this was not filed, not signed and not received"));
    assert!(!text(&paper).contains("Signature"), "nothing is signed");
    let nobody = draft(&Draft { to: None, ..draft_of }, &sample::words()).unwrap();
    assert!(nobody.pages[0].contains("nobody yet"));
}

#[test]
fn a_correction_names_what_it_corrects_and_has_no_deadline_of_its_own() {
    let mut document = sample::filing();
    document.head.version = 2;
    document.head.corrects = Some(document.head.filing);
    let paper = typeset(&document, &sample::words());
    assert!(text(&paper).contains("2, a correction of the filing with the identifier"));
    assert!(!text(&paper).contains("after the deadline"), "{}", text(&paper));
    let words = Words { corrects: Some("K1K1K-00000-AAAAA".to_owned()), ..sample::words() };
    assert!(text(&typeset(&document, &words)).contains("2, a correction of the filing K1K1K-00000-AAAAA"));
}

#[test]
fn a_paper_typeset_later_says_so() {
    let paper = filing(&sample::filing(), &sample::words(), Standing::TypesetLater).unwrap();
    assert!(text(&paper).contains("typeset later"));
    assert!(text(&paper).contains("the receipt does not name it"), "{}", text(&paper));
    assert!(!text(&paper).contains("--paper"));
}

#[test]
fn long_answers_go_on_over_pages_and_lose_nothing() {
    let long: String = (0..1500).map(|number| format!("word{number} ")).collect();
    let unbroken = "ж".repeat(9000);
    let document = filing_of(BTreeMap::from([(
        "what".to_owned(),
        disclosed(vec![("title", answer("1", "Long", &long)), ("other", answer("2", "Unbroken", &unbroken))]),
    )]));
    let paper = typeset(&document, &sample::words());
    keep("long", &paper);
    assert!(paper.pages.len() > 4, "{}", paper.pages.len());
    let said = text(&paper);
    for number in 0..1500 {
        assert!(said.contains(&format!("word{number}")), "word{number} is lost");
    }
    assert_eq!(said.matches('ж').count(), 9000, "every letter is there");
}

#[test]
fn two_hundred_fields_fill_pages_and_each_is_there() {
    let fields: Vec<(String, FiledAnswer)> = (0..200)
        .map(|n| {
            (
                format!("field_{n:03}"),
                answer(
                    &format!("{}.{}", n / 10, n % 10),
                    &format!("Question {n}"),
                    &format!(
                        "Answer {n} with a few words more than fit in one line of the column that they have"
                    ),
                ),
            )
        })
        .collect();
    let content = fields.iter().map(|(field, answer)| (field.as_str(), answer.clone())).collect();
    let document = filing_of(BTreeMap::from([("what".to_owned(), disclosed(content))]));
    let paper = typeset(&document, &sample::words());
    keep("many", &paper);
    let said = text(&paper);
    for n in 0..200 {
        assert!(said.contains(&format!("Question {n}\n")), "question {n}");
        assert!(said.contains(&format!("Answer {n} with")), "answer {n}");
    }
}

#[test]
fn what_the_typefaces_do_not_have_is_written_as_its_number_and_named() {
    let document = filing_of(BTreeMap::from([(
        "what".to_owned(),
        disclosed(vec![
            ("title", answer("1", "Mark", "Fire 🔥 in rack \u{5d0}\u{202e}, 中, e\u{301}, empty next")),
            ("none", answer("2", "Nothing", "")),
        ]),
    )]));
    let paper = typeset(&document, &sample::words());
    keep("unprinted", &paper);
    assert_eq!(paper.unprinted, ['\u{5d0}', '\u{202e}', '中', '🔥']);
    let said = text(&paper);
    assert!(said.contains("Fire [U+1F525] in rack [U+05D0][U+202E], [U+4E2D], é"), "{said}");
    assert!(said.contains("U+05D0, U+202E, U+4E2D, U+1F525."), "{said}");
    assert!(said.contains("Nothing\n—"), "an empty answer is a dash: {said}");
}
