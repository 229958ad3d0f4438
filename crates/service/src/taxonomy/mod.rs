//! The own terms of organisations: read, changed, imported, exported, and chosen in a record.

mod change_taxonomy;
pub(crate) mod chosen;
mod export_taxonomy;
mod import;
mod import_taxonomy;
mod read_taxonomy;
mod scheme;

pub use export_taxonomy::{TaxonomyFile, list_as};

#[cfg(test)]
mod tests;
