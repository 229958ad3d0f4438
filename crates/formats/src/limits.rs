//! How much is read of what strangers send.

/// Bounds for one document. A stream may be as long as it likes: it is read document by document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How deep lists and objects may nest; never more than [`Limits::DEEPEST`] is read.
    pub depth: usize,
    /// How many bytes one document may have.
    pub bytes: usize,
    /// How many values (texts, numbers, lists, objects) one document may have.
    pub values: usize,
    /// How many findings are listed for one document; the rest is counted.
    pub findings: usize,
}

impl Limits {
    /// The stack of a thread bears no more nesting than this.
    pub const DEEPEST: usize = 128;
}

impl Default for Limits {
    /// 64 levels, 16 MiB, a million values and 200 findings per document.
    fn default() -> Self {
        Self { depth: 64, bytes: 16 << 20, values: 1_000_000, findings: 200 }
    }
}
