//! What a paper says besides the filing itself: looked up by the caller, handed in as data.

use std::collections::BTreeMap;

use model::Instant;

/// The words around a filing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Words {
    /// The language of the document (BCP 47).
    pub language: String,
    /// The short name of the law.
    pub law: String,
    /// The stage in words.
    pub stage: String,
    /// The article that asks for the stage; empty when it is not known.
    pub article: String,
    /// Field groups in the order of printing; what is filed and not named here comes last.
    pub groups: Vec<GroupWords>,
    /// Instants as people of either side write them, one text for each zone.
    pub when: BTreeMap<Instant, Vec<String>>,
    /// By field: an answer that is a list of records, as a table.
    pub tables: BTreeMap<String, TableWords>,
    /// The reference of the filing that this one corrects.
    pub corrects: Option<String>,
    /// The fingerprint of the filer's key, as its organisation publishes it.
    pub filer_fingerprint: String,
    /// The fingerprint of the recipient's key.
    pub recipient_fingerprint: String,
}

/// A field group in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupWords {
    /// The group.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its fields in the order of printing; fields not named here come last.
    pub fields: Vec<String>,
}

/// Records in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableWords {
    /// The titles of the columns.
    pub columns: Vec<String>,
    /// A record each, with a text for each column.
    pub rows: Vec<Vec<String>>,
}

/// What a paper of a filing is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Typeset when it was filed; the receipt names its SHA-256.
    Filed,
    /// Typeset later from the signed filing; the receipt does not name it.
    TypesetLater,
    /// Typeset for a package: evidence without consent is left out, addresses are written so that no program
    /// follows them.
    Packaged,
}

impl Words {
    /// The title of a group; its name when no words are known.
    pub(crate) fn group_title<'a>(&'a self, group: &'a str) -> &'a str {
        self.groups.iter().find(|known| known.id == group).map_or(group, |known| &known.title)
    }

    /// Where a group stands in the document.
    pub(crate) fn group_place(&self, group: &str) -> usize {
        self.groups.iter().position(|known| known.id == group).unwrap_or(usize::MAX)
    }

    /// Where a field stands in its group.
    pub(crate) fn field_place(&self, group: &str, field: &str) -> usize {
        let known = self.groups.iter().find(|known| known.id == group);
        known.and_then(|known| known.fields.iter().position(|id| id == field)).unwrap_or(usize::MAX)
    }

    /// An instant in the words of each zone.
    pub(crate) fn at(&self, at: Instant) -> &[String] {
        self.when.get(&at).map_or(&[], Vec::as_slice)
    }
}
