//! A card: few words on one page, printed and hung where it is needed.

use model::{Instant, Marking};

use crate::{
    Paper, PaperError,
    block::{Block, Paragraph, Style},
    draw::{Frame, typeset},
};

/// A card before it is typeset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Its title.
    pub title: String,
    /// The language (BCP 47).
    pub language: String,
    /// Whose it is.
    pub organisation: String,
    /// As of when.
    pub at: Instant,
    /// The same in the words of the organisation's zone.
    pub as_of: String,
    /// The sections in order.
    pub sections: Vec<CardSection>,
}

/// A part of a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardSection {
    /// Its title.
    pub title: String,
    /// A label each, with what is said of it; nothing said is shown as a dash.
    pub rows: Vec<(String, Vec<String>)>,
}

/// Typesets a card.
///
/// # Errors
/// [`PaperError`], which no text of a card causes.
pub fn card(card: &Card) -> Result<Paper, PaperError> {
    let mut blocks = vec![
        Block::Heading { level: 1, text: card.title.clone() },
        Block::Text(Paragraph::new(Style::NOTE, format!("{}, as of {}", card.organisation, card.as_of))),
    ];
    for section in &card.sections {
        blocks.push(Block::section(section.title.as_str()));
        let said = |texts: &[String]| texts.iter().map(|text| Paragraph::new(Style::TEXT, text)).collect();
        blocks.push(Block::facts(
            section.rows.iter().map(|(label, texts)| (label.as_str(), said(texts))).collect(),
        ));
    }
    let frame = Frame {
        title: format!("{}: {}", card.title, card.organisation),
        language: &card.language,
        author: &card.organisation,
        at: card.at,
        above: card.organisation.clone(),
        below: card.title.clone(),
        marking: Marking::default(),
        watermark: None,
    };
    typeset(&frame, blocks)
}
