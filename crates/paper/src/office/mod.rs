//! A filing as a document for word processors: ODT (OpenDocument 1.3) and DOCX (ISO/IEC 29500), for those who
//! must attach one. Plain and well structured: headings, tables with named rows, no layout of its own.

mod docx;
mod odt;
mod xml;

use std::{
    collections::BTreeMap,
    io::{Cursor, Write},
};

use model::{FiledAnswer, Marking};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use crate::{
    PaperError,
    answers::{Group, answers},
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
    packed(&parts).map_err(|error| PaperError::Pack(error.to_string()))
}

/// A part of the package: its name and its content.
type Part = (&'static str, String);

/// The parts as a ZIP archive, in their order and not compressed: readers tell ODT by its first bytes.
fn packed(parts: &[Part]) -> zip::result::ZipResult<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in parts {
        archive.start_file(*name, options)?;
        archive.write_all(content.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}
