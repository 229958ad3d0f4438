//! Where a sealed value stands: the associated data that ties it there.

use std::fmt::Display;

use crate::Holder;

/// The one place, owner and revision at which a sealed value opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// The table.
    pub table: &'a str,
    /// The identifier of the row; a composite key joined in a way that keeps keys apart.
    pub row: String,
    /// The column.
    pub column: &'a str,
    /// Whose document it is, whoever else may read it: the organisation column of the row.
    pub owner: Holder,
    /// The revision of the row, so that an older value cannot be put back; 0 where rows never change.
    pub revision: i64,
}

impl<'a> Place<'a> {
    /// The place of `column` in `row` of `table`, owned by `owner`, at `revision`.
    #[must_use]
    pub fn new(table: &'a str, row: impl Display, column: &'a str, owner: Holder, revision: i64) -> Self {
        Self { table, row: row.to_string(), column, owner, revision }
    }

    /// Every part with its length before it, so that no two places read alike.
    pub(crate) fn associated_data(&self, purpose: &str, extra: &[&[u8]]) -> Vec<u8> {
        let owner = self.owner.bytes();
        let revision = self.revision.to_be_bytes();
        let parts: [&[u8]; 6] = [
            purpose.as_bytes(),
            self.table.as_bytes(),
            self.row.as_bytes(),
            self.column.as_bytes(),
            &owner,
            &revision,
        ];
        let mut data = Vec::with_capacity(192);
        parts.into_iter().chain(extra.iter().copied()).for_each(|part| append(&mut data, part));
        data
    }
}

/// Appends `part` with its length in eight bytes before it.
pub(crate) fn append(data: &mut Vec<u8>, part: &[u8]) {
    data.extend_from_slice(&(part.len() as u64).to_be_bytes());
    data.extend_from_slice(part);
}
