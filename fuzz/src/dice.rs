//! Bytes read as decisions.

/// Decisions taken from bytes, in their order; when they are used up, every decision is the first.
#[derive(Clone, Debug)]
pub struct Dice<'a>(&'a [u8]);

impl<'a> Dice<'a> {
    /// Decisions from `bytes`.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Whether the bytes are used up.
    #[must_use]
    pub const fn is_spent(&self) -> bool {
        self.0.is_empty()
    }

    /// The next byte, 0 when there is none.
    pub fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    /// A number below `limit`; 0 when `limit` is 0.
    pub fn below(&mut self, limit: usize) -> usize {
        let wide = (0..3).fold(0_usize, |wide, _| (wide << 8) | usize::from(self.byte()));
        wide.checked_rem(limit).unwrap_or(0)
    }

    /// True once in `times`, and never when the bytes are used up.
    pub fn one_in(&mut self, times: usize) -> bool {
        !self.is_spent() && self.below(times) == 0
    }

    /// One of `items`, if there is one.
    pub fn pick<'b, T>(&mut self, items: &'b [T]) -> Option<&'b T> {
        items.get(self.below(items.len()))
    }

    /// Up to `most` of the next bytes as they are.
    pub fn bytes(&mut self, most: usize) -> &'a [u8] {
        let length = self.below(most + 1).min(self.0.len());
        let (taken, rest) = self.0.split_at_checked(length).unwrap_or((self.0, &[]));
        self.0 = rest;
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spent_dice_decide_for_the_first() {
        let mut dice = Dice::new(&[0, 0, 5]);
        assert_eq!(dice.below(3), 2);
        assert!(dice.is_spent());
        assert_eq!((dice.below(9), dice.one_in(1), dice.bytes(4)), (0, false, &[] as &[u8]));
        assert_eq!(dice.pick::<u8>(&[]), None);
    }
}
