//! A filing on paper.

use std::time::Duration;

use model::{Disclosure, FiledAnswer, FilingDocument, FilingHead, Instant, Marking};

use crate::{
    Paper, PaperError,
    answers::{Group, answers, withheld},
    block::{Block, Cell, Paragraph, Style, Table},
    draw::{Frame, typeset},
    header, proof,
    words::{Standing, Words},
};

/// The field whose answer says why a filing is late.
const LATE_REASON: &str = "late_reason";

/// The paper of a filing: the same document and words give the same bytes.
///
/// # Errors
/// [`PaperError`], which no text of a filing causes.
pub fn filing(document: &FilingDocument, words: &Words, standing: Standing) -> Result<Paper, PaperError> {
    let head = &document.head;
    let mut blocks = vec![Block::Text(Paragraph::new(Style::OVER, over(standing)))];
    blocks.push(Block::Heading { level: 1, text: format!("{}: {}", words.law, words.stage) });
    blocks.push(Block::facts(facts(document, words)));
    let groups = document.disclosures.iter().map(|(id, disclosure)| group_of(id, disclosure)).collect();
    blocks.extend(answers(words, groups));
    let hidden: Vec<&str> = head
        .groups
        .keys()
        .filter(|group| !document.disclosures.contains_key(*group))
        .map(String::as_str)
        .collect();
    blocks.extend(withheld(words, &hidden));
    blocks.extend(signature(document, words));
    blocks.extend(proof::how_to_verify(&head.reference, standing));
    let frame = Frame { marking: narrowest(document), ..frame_of(head, words, "Filing") };
    typeset(&frame, blocks)
}

const fn over(standing: Standing) -> &'static str {
    match standing {
        Standing::Filed => "Filing",
        Standing::TypesetLater => "Filing, typeset later from the signed document",
        Standing::Packaged => "Filing, typeset for the package without the evidence that is withheld",
    }
}

/// What stands on each page of the papers of a filing.
pub(crate) fn frame_of<'a>(head: &'a FilingHead, words: &'a Words, kind: &str) -> Frame<'a> {
    Frame {
        title: format!("{kind} {}: {}, {}", head.reference, words.law, words.stage),
        language: &words.language,
        author: &head.from.name,
        at: head.filed_at,
        above: format!("{} · {}", words.law, words.stage),
        below: format!("{kind} {}, version {}", head.reference, head.version),
        marking: head.marking,
        watermark: None,
    }
}

/// Of all that this copy shows the narrowest marking: it holds for every page.
fn narrowest(document: &FilingDocument) -> Marking {
    let groups = document.disclosures.values().filter_map(|disclosure| disclosure.marking);
    groups.fold(document.head.marking, Marking::narrowed_by)
}

pub(crate) fn group_of<'a>(id: &'a str, disclosure: &'a Disclosure) -> Group<'a> {
    Group { id, marking: disclosure.marking, content: &disclosure.content }
}

fn facts<'a>(document: &'a FilingDocument, words: &'a Words) -> Vec<(&'a str, Vec<Paragraph>)> {
    let head = &document.head;
    let text = |text: &str| vec![Paragraph::new(Style::TEXT, text)];
    let mut rows = vec![
        ("Reference", vec![Paragraph::new(Style { size: 11.0, ..Style::CODE }, head.reference.as_str())]),
        ("Law and stage", stage(words, &head.pack_version)),
        ("Version", text(&version(head, words))),
        ("Filed by", text(&head.from.name)),
        ("Filed to", text(&head.to.name)),
        ("Filed at", instant(words, head.filed_at)),
    ];
    if let Some(due) = head.due_at {
        let mut value = instant(words, due);
        value.extend(timeliness(head, due));
        rows.push(("Due at", value));
    }
    if let Some(reason) = late_reason(document) {
        rows.push(("Why it is late", text(&reason.text)));
    }
    rows.extend(
        header::words(head.marking).map(|marking| ("Marking", vec![Paragraph::new(Style::STRONG, marking)])),
    );
    rows
}

pub(crate) fn stage(words: &Words, pack_version: &str) -> Vec<Paragraph> {
    let article = if words.article.is_empty() { String::new() } else { format!(" ({})", words.article) };
    vec![
        Paragraph::new(Style::TEXT, format!("{}, {}{article}", words.law, words.stage)),
        Paragraph::new(Style::NOTE, format!("as of the rules of version {pack_version}")),
    ]
}

fn version(head: &FilingHead, words: &Words) -> String {
    match (&words.corrects, head.corrects) {
        (Some(reference), _) => format!("{}, a correction of the filing {reference}", head.version),
        (None, Some(filing)) => {
            format!("{}, a correction of the filing with the identifier {filing}", head.version)
        }
        (None, None) => head.version.to_string(),
    }
}

/// An instant in the words of both sides, and exactly.
pub(crate) fn instant(words: &Words, at: Instant) -> Vec<Paragraph> {
    let local = words.at(at).iter().map(|text| Paragraph::new(Style::TEXT, text.as_str()));
    local.chain([Paragraph::new(Style::CODE, at.to_string())]).collect()
}

/// Whether the first version came in time; a correction has no deadline of its own.
fn timeliness(head: &FilingHead, due: Instant) -> Option<Paragraph> {
    if head.version > 1 {
        return None;
    }
    Some(if head.filed_at > due {
        let late = in_words(head.filed_at.since(due));
        Paragraph::new(Style::LATE, format!("Filed {late} after the deadline"))
    } else {
        Paragraph::new(Style::TEXT, "Filed in time")
    })
}

/// A length in days, hours and minutes, never less than it is.
fn in_words(length: Duration) -> String {
    let minutes = length.as_micros().div_ceil(60_000_000);
    let parts = [(minutes / 1440, "d"), (minutes / 60 % 24, "h"), (minutes % 60, "min")];
    let parts: Vec<_> = parts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, unit)| format!("{count} {unit}"))
        .collect();
    parts.join(" ")
}

fn late_reason(document: &FilingDocument) -> Option<&FiledAnswer> {
    document.disclosures.values().find_map(|disclosure| disclosure.content.get(LATE_REASON))
}

/// Who signed what, so that the signed document can be compared with this paper.
fn signature(document: &FilingDocument, words: &Words) -> Vec<Block> {
    let head = &document.head;
    let rows = head
        .groups
        .iter()
        .map(|(group, digest)| {
            vec![Cell::label(words.group_title(group)), Cell::of(Style::CODE, digest.as_str())]
        })
        .collect();
    vec![
        Block::section("Signature"),
        Block::facts(proof::signature_rows(&head.from.name, &document.signature, &words.filer_fingerprint)),
        Block::text("The signature covers the head of the filing with a salted SHA-256 digest of each part:"),
        Block::Table(Table {
            shares: vec![0.34, 0.66],
            head: Some(vec!["Part".to_owned(), "Digest, base64url".to_owned()]),
            rows,
        }),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lateness_is_never_made_smaller() {
        let words = |seconds| in_words(Duration::from_secs(seconds));
        assert_eq!(words(1), "1 min");
        assert_eq!(words(3600), "1 h");
        assert_eq!(words(3601), "1 h 1 min");
        assert_eq!(words(90_061), "1 d 1 h 2 min");
    }
}
