//! Reports in the formats of others: as files, and back into a draft.

mod import_report;
mod package;
mod render;
pub(crate) mod use_cases;

pub use self::package::{Unsealed, package};
pub use self::render::{export_file, export_formats, paper_words};
