//! What is told of a set of lengths of time: how many, the middle, the long ones, and how they lie.

use crate::incident::time::Span;

/// How few values are too few for the ninetieth percentile: below this it is the longest one by another name.
pub const FEWEST: usize = 5;

/// The upper bounds of the parts of a distribution, in minutes; what is longer is the last part. They are the same for
/// every measure, so that two drawings can be held side by side.
pub const BOUNDS: [i64; 10] = [1, 5, 15, 30, 60, 120, 240, 480, 1440, 4320];

/// How many parts a distribution has.
pub const BINS: usize = BOUNDS.len() + 1;

/// A set of lengths of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Spread {
    /// How many.
    pub n: usize,
    /// The shortest.
    pub least: Option<Span>,
    /// The middle one, by nearest rank.
    pub median: Option<Span>,
    /// What nine in ten did not exceed, by nearest rank; not given of fewer than [`FEWEST`].
    pub p90: Option<Span>,
    /// The longest.
    pub most: Option<Span>,
    /// How many lie in each part.
    pub bins: [usize; BINS],
}

impl Spread {
    /// What is told of these lengths, in milliseconds.
    pub fn of(mut values: Vec<i64>) -> Self {
        values.sort_unstable();
        let mut bins = [0; BINS];
        for value in &values {
            let place = BOUNDS.iter().position(|bound| *value <= bound * 60_000).unwrap_or(BOUNDS.len());
            if let Some(bin) = bins.get_mut(place) {
                *bin += 1;
            }
        }
        Self {
            n: values.len(),
            least: values.first().copied().map(Span::from_millis),
            median: nearest_rank(&values, 50).map(Span::from_millis),
            p90: nearest_rank(&values, 90).filter(|_| values.len() >= FEWEST).map(Span::from_millis),
            most: values.last().copied().map(Span::from_millis),
            bins,
        }
    }

    /// Whether so few were counted that one more may change everything.
    pub const fn is_small(&self) -> bool {
        self.n < FEWEST
    }
}

/// The percentile by nearest rank: the smallest of the sorted values that at least this share of them does not exceed.
/// It is always a value that occurred; of an even number the median is the lower of the middle two.
pub fn nearest_rank(sorted: &[i64], percent: usize) -> Option<i64> {
    let rank = sorted.len().saturating_mul(percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied()
}

#[cfg(test)]
mod tests {
    use super::{BINS, Spread, nearest_rank};
    use crate::incident::time::Span;
    use proptest::prelude::{ProptestConfig, prop};
    use proptest::{prop_assert, prop_assert_eq, proptest};

    #[test]
    fn ranks_are_those_of_the_textbook() {
        let values = [15, 20, 35, 40, 50];
        assert_eq!(
            [5, 30, 40, 50, 100].map(|percent| nearest_rank(&values, percent)),
            [Some(15), Some(20), Some(20), Some(35), Some(50)]
        );
        assert_eq!(nearest_rank(&[1, 2, 3, 4], 50), Some(2));
        assert_eq!(nearest_rank(&[7], 90), Some(7));
        assert_eq!(nearest_rank(&[], 50), None);
    }

    #[test]
    fn a_bound_belongs_to_the_part_below_it() {
        let minute = 60_000;
        let spread = Spread::of(vec![0, minute, minute + 1, 5 * minute, 4320 * minute, 4320 * minute + 1]);
        assert_eq!(spread.bins, [2, 2, 0, 0, 0, 0, 0, 0, 0, 1, 1]);
    }

    #[test]
    fn few_values_have_no_ninetieth_percentile() {
        assert_eq!(Spread::of(vec![1, 2, 3, 4]).p90, None);
        assert_eq!(Spread::of(vec![1, 2, 3, 4, 5]).p90.map(Span::millis), Some(5));
        assert!(Spread::of(Vec::new()).is_small());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn a_percentile_is_the_smallest_value_that_enough_do_not_exceed(
            mut values in prop::collection::vec(0i64..1_000, 1..60), percent in 1usize..=100,
        ) {
            values.sort_unstable();
            let found = nearest_rank(&values, percent).unwrap_or(-1);
            let not_above = |limit: i64| values.iter().filter(|value| **value <= limit).count();
            prop_assert!(values.contains(&found));
            prop_assert!(not_above(found) * 100 >= values.len() * percent);
            prop_assert!(values.iter().filter(|value| **value < found).all(|less| not_above(*less) * 100 < values.len() * percent));
        }

        #[test]
        fn nothing_is_lost_in_the_distribution_and_order_does_not_matter(
            values in prop::collection::vec(0i64..900_000_000, 0..80),
        ) {
            let spread = Spread::of(values.clone());
            prop_assert_eq!(spread.bins.iter().sum::<usize>(), values.len());
            prop_assert_eq!(spread.bins.len(), BINS);
            prop_assert_eq!(spread, Spread::of(values.iter().rev().copied().collect()));
            prop_assert!(spread.least <= spread.median && spread.median <= spread.most);
            prop_assert!(spread.p90.is_none_or(|p90| Some(p90) >= spread.median && Some(p90) <= spread.most));
        }
    }
}
