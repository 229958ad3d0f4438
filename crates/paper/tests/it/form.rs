//! That a paper is the same for ever, can be archived, and can be read aloud.

use std::collections::BTreeMap;

use paper::{Standing, filing, receipt};

use crate::sample;

fn pdf() -> Vec<u8> {
    filing(&sample::filing(), &sample::words(), Standing::Filed).unwrap().pdf
}

/// How often `needle` stands in the file. The structure is not compressed in PDF 1.7.
fn count(pdf: &[u8], needle: &str) -> usize {
    pdf.windows(needle.len()).filter(|window| *window == needle.as_bytes()).count()
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    assert!(pdf() == pdf());
    let receipts: Vec<_> =
        (0..2).map(|_| receipt(&sample::receipt(), &sample::words()).unwrap().pdf).collect();
    assert!(receipts[0] == receipts[1]);
    // Also in another thread, whose maps hash otherwise.
    let elsewhere = std::thread::spawn(pdf).join().unwrap();
    assert!(elsewhere == pdf());
}

#[test]
fn another_answer_gives_other_bytes() {
    let mut document = sample::filing();
    let answers = &mut document.disclosures.get_mut("impact").unwrap().content;
    answers.get_mut("loss").unwrap().text = "EUR 13,000".to_owned();
    assert!(filing(&document, &sample::words(), Standing::Filed).unwrap().pdf != pdf());
}

#[test]
fn a_paper_is_tagged_titled_and_made_for_archives() {
    let pdf = pdf();
    let tag = |name: &str| count(&pdf, &format!("/StructElem/S/{name}/"));
    let tags: BTreeMap<_, _> =
        ["Document", "Sect", "H1", "H2", "H3", "P", "Table", "THead", "TBody", "TR", "TH", "TD"]
            .into_iter()
            .map(|name| (name, tag(name)))
            .collect();
    insta::assert_debug_snapshot!(tags, @r#"
    {
        "Document": 1,
        "H1": 1,
        "H2": 5,
        "H3": 1,
        "P": 78,
        "Sect": 5,
        "TBody": 8,
        "TD": 34,
        "TH": 28,
        "THead": 2,
        "TR": 28,
        "Table": 8,
    }
    "#);
    for property in [
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "/Marked true",
        "/DisplayDocTitle true",
        "/Lang(en)",
        "/Outlines",
    ] {
        assert!(count(&pdf, property) > 0, "{property}");
    }
    assert!(count(&pdf, "Filing 7Q2MX-4KD00-ABCDE: Bells Act, Early warning") > 0, "the title");
}
