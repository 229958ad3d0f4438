//! Filings of strangers on paper: whatever they say, they are typeset, alike each time, and nothing
//! panics.

use std::collections::BTreeMap;

use bolero::check;
use fuzz::{Dice, Tally, json as wild};
use model::{Disclosure, FiledAnswer, FilingDocument, Instant, Marking, Tlp, filing::EarlierAnswer};
use paper::{GroupWords, Standing, TableWords, Words, filing};

use crate::documents::plain_filing;

/// A text of any kind: what stands in JSON, in many scripts, long or empty.
fn text(dice: &mut Dice<'_>) -> String {
    let text = wild::any(dice).to_string();
    match dice.below(4) {
        0 => String::new(),
        1 => text.repeat(dice.below(12)),
        2 => text.replace(['"', ','], "\u{301}\n\u{202e}\t"),
        _ => text,
    }
}

fn answer(dice: &mut Dice<'_>, at: Instant) -> FiledAnswer {
    let earlier =
        EarlierAnswer { text: text(dice), value: None, until: at, by: text(dice), reason: Some(text(dice)) };
    FiledAnswer {
        label: text(dice),
        value: (dice.below(2) == 0).then(|| wild::any(dice)),
        text: text(dice),
        terms: vec![],
        estimated: dice.below(2) == 0,
        number: (dice.below(2) == 0).then(|| text(dice)),
        article: (dice.below(2) == 0).then(|| text(dice)),
        earlier: if dice.below(3) == 0 { vec![earlier] } else { vec![] },
    }
}

fn document(dice: &mut Dice<'_>) -> FilingDocument {
    let mut document = plain_filing();
    let at = document.head.filed_at;
    document.head.reference = text(dice);
    document.head.from.name = text(dice);
    document.head.to.name = text(dice);
    document.head.due_at = (dice.below(2) == 0).then_some(Instant::MIN);
    document.signature.value = text(dice);
    for _ in 0..dice.below(4) {
        let content = (0..dice.below(6)).map(|_| (text(dice), answer(dice, at))).collect();
        let marking = (dice.below(2) == 0).then_some(Marking { tlp: Some(Tlp::Red), pap: None });
        document.disclosures.insert(text(dice), Disclosure { salt: String::new(), content, marking });
    }
    document
}

fn words(dice: &mut Dice<'_>, document: &FilingDocument) -> Words {
    let fields = document.disclosures.values().flat_map(|shown| shown.content.keys());
    let mut tables = BTreeMap::new();
    for field in fields {
        if dice.below(3) == 0 {
            let columns = dice.below(9);
            let row = |dice: &mut Dice<'_>| (0..columns).map(|_| text(dice)).collect();
            let rows = (0..dice.below(4)).map(|_| row(dice)).collect();
            tables.insert(
                field.clone(),
                TableWords { columns: (0..columns).map(|_| text(dice)).collect(), rows },
            );
        }
    }
    Words {
        language: "en".to_owned(),
        law: text(dice),
        stage: text(dice),
        article: text(dice),
        groups: vec![GroupWords { id: text(dice), title: text(dice), fields: vec![text(dice)] }],
        tables,
        ..Words::default()
    }
}

#[test]
fn any_filing_is_typeset() {
    let tally = Tally::new("paper::any_filing_is_typeset");
    check!().for_each(|bytes: &[u8]| {
        let mut dice = Dice::new(bytes);
        let document = document(&mut dice);
        let words = words(&mut dice, &document);
        let once = filing(&document, &words, Standing::Filed).unwrap();
        let twice = filing(&document, &words, Standing::Filed).unwrap();
        assert!(once == twice, "the same document gives the same bytes");
        assert!(once.pdf.starts_with(b"%PDF-1.7") && !once.pages.is_empty());
        tally.count(once.unprinted.is_empty());
    });
}
