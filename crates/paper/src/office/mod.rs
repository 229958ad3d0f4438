//! A filing as a document for word processors: ODT (OpenDocument 1.3) and DOCX (ISO/IEC 29500), for those who
//! must attach one. Plain and well structured: headings, tables with named rows, no layout of its own.

mod docx;
mod odt;
mod xml;

use std::collections::BTreeMap;

use model::{FiledAnswer, Marking};

use crate::{
    PaperError,
    answers::{Group, answers},
    archive::archive,
    block::{Block, Paragraph, Style},
    header,
    words::Words,
};

/// Which word processor it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Office {
    /// OpenDocument text.
    Odt,
    /// Office Open XML.
    Docx,
}

/// What the document says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Letter {
    /// The title.
    pub title: String,
    /// What stands below the title: label and text.
    pub facts: Vec<(String, String)>,
    /// The marking of the whole.
    pub marking: Marking,
    /// The markings of groups that have one of their own.
    pub markings: BTreeMap<String, Marking>,
    /// Group to field to answer.
    pub content: BTreeMap<String, BTreeMap<String, FiledAnswer>>,
}

/// The document: the same letter and words give the same bytes.
///
/// # Errors
/// [`PaperError`], which no text of a letter causes.
pub fn office(kind: Office, letter: &Letter, words: &Words) -> Result<Vec<u8>, PaperError> {
    let mut blocks = vec![Block::Heading { level: 1, text: letter.title.clone() }];
    let facts = letter.facts.iter();
    let facts = facts.map(|(label, text)| (label.as_str(), vec![Paragraph::new(Style::TEXT, text.as_str())]));
    // Nothing stands on each page of a document that flows: what is said of the whole is the narrowest.
    let whole = letter.markings.values().copied().fold(letter.marking, Marking::narrowed_by);
    let marking = header::words(whole).map(|text| ("Marking", vec![Paragraph::new(Style::STRONG, text)]));
    blocks.push(Block::facts(facts.chain(marking).collect()));
    let groups = letter.content.iter().map(|(id, content)| Group {
        id,
        marking: letter.markings.get(id).copied(),
        content,
    });
    blocks.extend(answers(words, groups.collect()));
    let parts = match kind {
        Office::Odt => odt::parts(&letter.title, &words.language, &blocks),
        Office::Docx => docx::parts(&letter.title, &words.language, &blocks),
    };
    // Readers tell ODT by its first bytes: the parts stand in their order.
    archive(parts.iter().map(|(name, content)| (*name, content.as_bytes())))
}

/// A part of the package: its name and its content.
type Part = (&'static str, String);
