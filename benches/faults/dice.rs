//! Repeatable randomness: the same seed tries the same cuts again.

/// SplitMix64.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to and without `end`; 0 when that is 0.
    pub fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end.max(1)).expect("fits");
        usize::try_from(self.roll() % end).expect("fits")
    }

    pub fn coin(&mut self) -> bool {
        self.roll() & 1 == 1
    }

    /// At most so many of these, in their order; all of them without a limit.
    pub fn some<T>(&mut self, mut all: Vec<T>, most: Option<usize>) -> Vec<T> {
        while most.is_some_and(|most| all.len() > most) {
            let out = self.below(all.len());
            all.remove(out);
        }
        all
    }
}
