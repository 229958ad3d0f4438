//! Filings and receipts as documents that people keep: typeset, tagged, printable, the same for ever.
//!
//! A document goes in with the words for it ([`Words`]), PDF comes out: PDF/A-2a and PDF/UA-1, so that
//! it can be archived, read aloud and searched. The same document and words give the same bytes, on
//! every machine: their SHA-256 stands in the receipt. No answer is ever left out or shortened; what
//! the typefaces do not have is written as its Unicode number and named.
//!
//! This crate is pure: it reads no file, no clock and no chance, and knows no law. The typefaces are
//! part of the program. Three steps: what is said ([`filing`], [`draft`], [`receipt`]), where it stands
//! (`layout`), how it is written (`draw`).

mod answers;
mod archive;
mod block;
mod card;
mod draft;
mod draw;
mod error;
mod filing;
mod fonts;
mod header;
mod layout;
mod line;
mod office;
mod proof;
mod receipt;
mod structure;
mod tables;
mod words;
mod workbook;

pub use archive::{archive, read_archive};
pub use card::{Card, CardSection, card};
pub use draft::{Draft, draft};
pub use error::PaperError;
pub use filing::filing;
pub use office::{Letter, Office, office};
pub use receipt::receipt;
pub use tables::tables;
pub use words::{GroupWords, Standing, TableWords, Words};
pub use workbook::workbook;

/// A typeset document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// The PDF.
    pub pdf: Vec<u8>,
    /// The text of each page in reading order, a line each; headers and footers are left out.
    pub pages: Vec<String>,
    /// Characters that the typefaces do not have, in order: the document writes their Unicode numbers.
    pub unprinted: Vec<char>,
}
