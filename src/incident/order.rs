//! The hybrid logical clock that puts facts of several machines into one order.

use super::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Bits of the counter below the wall clock's milliseconds.
const COUNTER_BITS: u32 = 14;

/// A reading of the hybrid logical clock: wall milliseconds and a counter, in one integer that sorts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Hlc(i64);

impl Hlc {
    /// The reading after `self` when the wall clock shows `now`: never earlier, also when the wall clock went back.
    #[must_use]
    pub fn next(self, now: Timestamp) -> Self {
        let wall = now.millis().clamp(0, i64::MAX >> COUNTER_BITS) << COUNTER_BITS;
        Self(wall.max(self.0.saturating_add(1)))
    }

    /// The wall clock's part of it.
    #[must_use]
    pub const fn wall(self) -> Timestamp {
        Timestamp::from_millis(self.0 >> COUNTER_BITS)
    }

    /// The reading as stored.
    pub const fn value(self) -> i64 {
        self.0
    }

    /// A reading that was stored.
    pub const fn from_value(value: i64) -> Self {
        Self(value)
    }
}

#[cfg(test)]
mod tests {
    use super::{Hlc, Timestamp};

    #[test]
    fn goes_on_when_the_wall_clock_stands_or_goes_back() {
        let first = Hlc::default().next(Timestamp::from_millis(1_000));
        let second = first.next(Timestamp::from_millis(1_000));
        let third = second.next(Timestamp::from_millis(10));
        assert!(first < second && second < third);
        assert!(third < third.next(Timestamp::from_millis(1_001)));
    }
}
