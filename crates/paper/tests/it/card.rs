//! The card for the first hour fits on the page that hangs on the wall.

use paper::{Card, CardSection, card};

fn sample() -> Card {
    let section = |title: &str, count: usize, text: &str| CardSection {
        title: title.to_owned(),
        rows: (0..count)
            .map(|n| (format!("Point number {n} of them"), vec![text.to_owned(), "Ada Weber".to_owned()]))
            .collect(),
    };
    Card {
        title: "The first hour after an attack".to_owned(),
        language: "en".to_owned(),
        organisation: "Hospital of the North".to_owned(),
        at: "2026-03-06T15:30:00Z".parse().unwrap(),
        as_of: "Friday 6 March 2026, 16:30 (Luxembourg)".to_owned(),
        sections: vec![
            section("Leave alone", 4, "Unplug the network cable or block the machine at the switch."),
            section("Write down", 4, "With the time of your own watch and that of the system."),
            section("Call", 8, "Cybercrime unit, +352 24 24 24, day and night"),
        ],
    }
}

#[test]
fn a_card_with_every_contact_fits_on_one_page_and_is_always_the_same() {
    let paper = card(&sample()).unwrap();
    assert_eq!(paper.pages.len(), 1, "{:?}", paper.pages);
    let page = &paper.pages[0];
    for said in ["The first hour after an attack", "Hospital of the North", "Point number 7", "day and night"]
    {
        assert!(page.contains(said), "{said} in {page}");
    }
    assert!(paper.unprinted.is_empty());
    assert_eq!(card(&sample()).unwrap(), paper);
}
