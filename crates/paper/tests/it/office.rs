//! Documents for word processors: archives of well-formed XML that say everything.

use std::io::{Cursor, Read};

use model::FiledAnswer;
use paper::{Letter, Office, office};

use crate::sample;

fn letter() -> Letter {
    let filing = sample::filing();
    let marked = filing.disclosures.iter();
    let markings = marked.filter_map(|(group, shown)| Some((group.clone(), shown.marking?))).collect();
    let content = filing.disclosures.into_iter().map(|(group, shown)| (group, shown.content)).collect();
    Letter {
        title: "Bells Act: Early warning".to_owned(),
        facts: vec![("Reference".to_owned(), "7Q2MX-4KD00-ABCDE".to_owned())],
        marking: filing.head.marking,
        markings,
        content,
    }
}

/// Every part of the package with its name; each XML part is parsed.
fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = vec![];
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        let name = file.name().unwrap().into_owned();
        if name != "mimetype" {
            roxmltree::Document::parse(&text).unwrap();
        }
        parts.push((name, text));
    }
    parts
}

/// What people read of a part, without the tags.
fn text_of(parts: &[(String, String)], name: &str) -> String {
    let (_, text) = parts.iter().find(|(part, _)| part == name).unwrap();
    let document = roxmltree::Document::parse(text).unwrap();
    document.descendants().filter_map(|node| node.is_text().then(|| node.text()).flatten()).collect()
}

const KINDS: [(Office, &str); 2] = [(Office::Odt, "content.xml"), (Office::Docx, "word/document.xml")];

#[test]
fn both_documents_say_every_answer_under_its_heading() {
    for (kind, body) in KINDS {
        let bytes = office(kind, &letter(), &sample::words()).unwrap();
        let text = text_of(&parts(&bytes), body);
        for wanted in [
            "Bells Act: Early warning",
            "7Q2MX-4KD00-ABCDE",
            "What happened",
            "Îles d'accès chiffrées; Ελληνικά; Български; țară, Łódź, ħobż",
            "Estimate",
            "unknown yet",
            "Ada Weber",
            "EUR 12,000",
            "TLP:RED",
        ] {
            assert!(text.contains(wanted), "{kind:?} lacks {wanted}: {text}");
        }
        assert_eq!(text.matches("TLP:RED").count(), 2, "the group, and the whole as its narrowest: {text}");
        assert!(
            bytes == office(kind, &letter(), &sample::words()).unwrap(),
            "the same letter, the same bytes"
        );
    }
}

#[test]
fn an_odt_tells_what_it_is_by_its_first_bytes() {
    let bytes = office(Office::Odt, &letter(), &sample::words()).unwrap();
    assert_eq!(bytes.get(30..38), Some(&b"mimetype"[..]));
    assert_eq!(bytes.get(38..77), Some(&b"application/vnd.oasis.opendocument.text"[..]));
}

#[test]
fn a_text_is_no_markup_whatever_it_says() {
    let hostile = "</text:p><w:p>&amp; ]]> \u{0}\u{1b}[2J\u{FFFE} two  spaces\ta tab\r\nnext \"line\"";
    let mut letter = letter();
    letter.title = hostile.to_owned();
    let answer =
        FiledAnswer { label: hostile.to_owned(), text: hostile.to_owned(), ..FiledAnswer::default() };
    letter.content.entry("odd".to_owned()).or_default().insert("field".to_owned(), answer);
    for (kind, body) in KINDS {
        let parts = parts(&office(kind, &letter, &sample::words()).unwrap());
        let text = text_of(&parts, body);
        assert!(text.contains("</text:p><w:p>&amp; ]]> \u{FFFD}\u{FFFD}[2J\u{FFFD}"), "{kind:?}: {text}");
        let (_, xml) = parts.iter().find(|(name, _)| name == body).unwrap();
        assert!(xml.contains("-break/>") || xml.contains("<w:br/>"));
    }
}
