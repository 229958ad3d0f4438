//! What would be filed, on paper that says so on each page.

use std::collections::BTreeMap;

use model::{FiledAnswer, Instant, Marking, Party};

use crate::{
    Paper, PaperError,
    answers::{Group, answers},
    block::{Block, Paragraph, Style},
    draw::{Frame, typeset},
    filing::{instant, stage},
    header,
    words::Words,
};

/// A filing before it is one: nothing is signed, nobody has received it.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// When it was looked at.
    pub at: Instant,
    /// The version of the pack that would be applied.
    pub pack_version: String,
    /// The legal deadline, when the law sets one.
    pub due_at: Option<Instant>,
    /// Who would file.
    pub from: Party,
    /// Who would receive it; none when nobody is found yet.
    pub to: Option<Party>,
    /// How the report is marked.
    pub marking: Marking,
    /// Group to field to answer, as this recipient would see them.
    pub content: BTreeMap<String, BTreeMap<String, FiledAnswer>>,
    /// Markings of groups.
    pub markings: BTreeMap<String, Marking>,
}

const WATERMARK: &str = "DRAFT, not filed";

/// The paper of a draft.
///
/// # Errors
/// [`PaperError`], which no text of a filing causes.
pub fn draft(draft: &Draft, words: &Words) -> Result<Paper, PaperError> {
    let text = |text: &str| vec![Paragraph::new(Style::TEXT, text)];
    let recipient = draft.to.as_ref().map_or("nobody yet", |to| &to.name);
    let mut rows = vec![
        ("Law and stage", stage(words, &draft.pack_version)),
        ("To be filed by", text(&draft.from.name)),
        ("To be filed to", text(recipient)),
        ("As of", instant(words, draft.at)),
    ];
    rows.extend(draft.due_at.map(|due| ("Due at", instant(words, due))));
    rows.extend(
        header::words(draft.marking).map(|marking| ("Marking", vec![Paragraph::new(Style::STRONG, marking)])),
    );
    let mut blocks = vec![
        Block::Text(Paragraph::new(Style::LATE, "Draft: this was not filed, not signed and not received")),
        Block::Heading { level: 1, text: format!("{}: {}", words.law, words.stage) },
        Block::facts(rows),
    ];
    let groups = draft.content.iter().map(|(id, content)| Group {
        id,
        marking: draft.markings.get(id).copied(),
        content,
    });
    blocks.extend(answers(words, groups.collect()));
    let frame = Frame {
        title: format!("{WATERMARK}: {}, {}", words.law, words.stage),
        language: &words.language,
        author: &draft.from.name,
        at: draft.at,
        above: format!("{} · {} · {WATERMARK}", words.law, words.stage),
        below: WATERMARK.to_owned(),
        marking: draft.markings.values().copied().fold(draft.marking, Marking::narrowed_by),
        watermark: Some(WATERMARK),
    };
    typeset(&frame, blocks)
}
