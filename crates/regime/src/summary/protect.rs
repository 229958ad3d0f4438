//! Small numbers are hidden, and others with them, so that none can be worked out from what is shown.

use serde::Serialize;
use utoipa::ToSchema;

/// A number as it is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// The number itself.
    Count(usize),
    /// Not none, but fewer than this.
    FewerThan(usize),
    /// Hidden so that another one stays hidden: this or more.
    HiddenFrom(usize),
}

/// The numbers of one table whose sum is published, as they may be published: a number below `least` that is not zero
/// is hidden, and with it the smallest of the others. Nothing when they would not be hidden by that: then no number of
/// the table is published.
///
/// INVARIANT: with the sum, and knowing this function, each hidden number can still be one of two at least. Whether it
/// holds is decided by what is published alone, so that the decision tells nothing either.
#[must_use]
pub fn protect(counts: &[usize], least: usize) -> Option<Vec<Shown>> {
    let small = |count: usize| count > 0 && count < least;
    let alone = counts.iter().filter(|count| small(**count)).count();
    if alone == 0 {
        return Some(counts.iter().map(|count| Shown::Count(*count)).collect());
    }
    let mut others: Vec<(usize, usize)> = counts
        .iter()
        .enumerate()
        .filter(|(_, count)| **count >= least)
        .map(|(at, count)| (*count, at))
        .collect();
    others.sort_unstable();
    let with = others.first();
    let hidden =
        counts.iter().filter(|count| small(**count)).sum::<usize>() + with.map_or(0, |(count, _)| *count);
    // Whoever knows that the smallest is hidden knows that it is not above what is shown; of equal ones the first.
    let most = others.get(1).map_or(usize::MAX, |(count, _)| count.saturating_sub(1));
    let hiding = Hiding { small: alone, others: usize::from(with.is_some()), sum: hidden, least, most };
    hiding.holds().then(|| {
        let published = counts.iter().enumerate().map(|(at, count)| match count {
            count if small(*count) => Shown::FewerThan(least),
            _ if with.is_some_and(|(_, hidden)| *hidden == at) => Shown::HiddenFrom(least),
            count => Shown::Count(*count),
        });
        published.collect()
    })
}

/// What is known of the hidden numbers.
struct Hiding {
    /// How many lie from 1 to below `least`.
    small: usize,
    /// How many lie from `least` to `most`.
    others: usize,
    /// What all of them add up to.
    sum: usize,
    least: usize,
    most: usize,
}

impl Hiding {
    /// Whether each of them can be one of two numbers at least.
    fn holds(&self) -> bool {
        let Self { small, others, sum, least, most } = *self;
        if others > 0 && most < least {
            return false;
        }
        let (highest_small, highest_other) = (least.saturating_sub(1), most.min(sum));
        let lowest = small + others * least;
        let highest = (small * highest_small).saturating_add(others.saturating_mul(highest_other));
        let range = |low: usize, high: usize| {
            // What is left for this one when all others are at their ends.
            let from = low.max(sum.saturating_sub(highest - high));
            let to = high.min(sum.saturating_sub(lowest - low));
            from < to
        };
        (small == 0 || range(1, highest_small)) && (others == 0 || range(least, highest_other))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Shown::*, *};

    #[test]
    fn small_numbers_are_hidden_and_another_one_with_a_lonely_one() {
        assert_eq!(protect(&[0, 3, 9], 3).unwrap(), [Count(0), Count(3), Count(9)]);
        assert_eq!(protect(&[2, 5, 9, 0], 3).unwrap(), [FewerThan(3), HiddenFrom(3), Count(9), Count(0)]);
        assert_eq!(
            protect(&[1, 2, 9, 20], 3).unwrap(),
            [FewerThan(3), FewerThan(3), HiddenFrom(3), Count(20)]
        );
        assert_eq!(protect(&[1, 1, 9, 20], 3).unwrap(), protect(&[2, 1, 8, 20], 3).unwrap());
        assert_eq!(protect(&[1, 2], 3).unwrap(), [FewerThan(3), FewerThan(3)], "1 and 2, or 2 and 1");
        assert_eq!(protect(&[2, 3, 3], 3), None, "the hidden one could only be three");
        assert_eq!(protect(&[2, 2], 3), None, "four in two are two and two");
        assert_eq!(protect(&[1], 3), None);
        assert_eq!(protect(&[], 3).unwrap(), []);
    }

    /// Every table that could stand behind what is published, by trying all of them.
    fn behind(published: &[Shown], sum: usize) -> Vec<Vec<usize>> {
        let mut all = vec![vec![]];
        for shown in published {
            let values = |begun: &Vec<usize>| {
                let left = sum.saturating_sub(begun.iter().sum());
                let values: Vec<usize> = match shown {
                    Count(count) => vec![*count],
                    FewerThan(least) => (1..*least).collect(),
                    HiddenFrom(least) => (*least..=left).collect(),
                };
                values.into_iter().map(|value| [begun.as_slice(), &[value]].concat()).collect::<Vec<_>>()
            };
            all = all.iter().flat_map(values).collect();
        }
        all.retain(|table| table.iter().sum::<usize>() == sum);
        all
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(600))]

        #[test]
        fn no_hidden_number_can_be_worked_out(counts in prop::collection::vec(0..7_usize, 0..6), least in 3..5_usize) {
            let Some(published) = protect(&counts, least) else { return Ok(()) };
            // Whoever knows the function leaves out what would have been published otherwise.
            let mut possible = behind(&published, counts.iter().sum());
            possible.retain(|table| protect(table, least).as_ref() == Some(&published));
            prop_assert!(possible.contains(&counts), "what is published is true");
            for (at, shown) in published.iter().enumerate() {
                prop_assert!(*shown == Count(counts[at]) || !matches!(shown, Count(_)));
                if matches!(shown, Count(_)) {
                    prop_assert!(counts[at] == 0 || counts[at] >= least, "a small number is published");
                } else {
                    let first = possible[0][at];
                    prop_assert!(possible.iter().any(|table| table[at] != first), "{counts:?}: {published:?}");
                }
            }
        }
    }
}
