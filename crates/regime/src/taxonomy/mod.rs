//! Own terms of an organisation below official values: what may be changed, which may be chosen, and what a
//! form offers. Laws, exports and statistics read the official value and need to know nothing of this.

mod change;
mod choose;
mod offer;
mod rules;

pub use change::{TaxonomyEdit, change};
pub use choose::{kept, terms_of_answer};
pub use offer::{OfferedTerm, offer};
pub use rules::{MOST_TERMS, is_slug, named, place_of_predicate};

#[cfg(test)]
mod tests;
