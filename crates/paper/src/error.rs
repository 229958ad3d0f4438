//! Why a document is not typeset.

/// Why there is no PDF. No text of a filing causes any of them.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PaperError {
    /// The typefaces of this program cannot be read.
    #[error("the typeface {0} of this program cannot be read: the program file is damaged")]
    Typeface(&'static str),
    /// The library refused to write the file.
    #[error("the document cannot be written as PDF: {0}")]
    Writing(String),
    /// The library refused to pack the parts of a document for word processors.
    #[error("the document cannot be packed: {0}")]
    Pack(String),
}
