//! Why a typed time or length of time was refused.

use crate::incident::time::Timestamp;
use thiserror::Error;

/// Longest text, in characters, that is looked at as a time or a length of time.
pub(super) const LONGEST: usize = 100;

/// How many characters of a longer text an error quotes.
const QUOTED: usize = 40;

/// Why a typed time was refused.
///
/// `typed` is the text as it was typed; over 100 characters, only its beginning. Messages quote it with control and
/// bidirectional characters escaped.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum WhenError {
    /// It has none of the accepted forms, or words are left over.
    #[error("cannot read {typed:?} as a time")]
    Unreadable { typed: String },
    /// It names a date and no time of day.
    #[error("{typed:?} has no time of day")]
    DateOnly { typed: String },
    /// It names a date or time that no calendar or clock shows, such as 30 February, 24:00 or a leap second.
    #[error("{typed:?} names no date or time that exists or can be recorded")]
    OutOfRange { typed: String },
    /// It is more than two minutes after now.
    #[error("{typed:?} is in the future: understood as {understood}")]
    Future { typed: String, understood: Timestamp },
    /// Clocks were set back, so it happened twice.
    #[error("clocks were set back, so {typed:?} happened twice: {first} and {second}")]
    Ambiguous { typed: String, first: Timestamp, second: Timestamp },
    /// Clocks were set forward past it; `before` and `after` are the readings on either side of the jump.
    #[error("clocks were set forward, so {typed:?} never happened: nearest are {before} and {after}")]
    Nonexistent { typed: String, before: Timestamp, after: Timestamp },
    /// It says 午前12時 or 午後12時, which people read as noon and as midnight.
    #[error("{typed:?} could mean noon or midnight")]
    NoonOrMidnight { typed: String },
    /// It ends in something written like a time zone that is none known.
    #[error("no time zone {zone:?}, in {typed:?}")]
    UnknownZone { typed: String, zone: String },
    /// It ends in an abbreviation that several time zones share; each of `readings` is a place and its offset.
    #[error("time zone {zone:?}, in {typed:?}, could be {}", readings.join(" or "))]
    AmbiguousZone { typed: String, zone: String, readings: &'static [&'static str] },
}

/// Why a typed length of time was refused.
///
/// `typed` is the text as it was typed; over 100 characters, only its beginning.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SpanError {
    /// It is not numbers with units, largest unit first.
    #[error("cannot read {typed:?} as a length of time, such as 15m, 1h30m or 3d")]
    Unreadable { typed: String },
    /// A number has no unit.
    #[error("{typed:?} needs a unit: s, m, h, d or w, as in 15m")]
    NoUnit { typed: String },
    /// A number has a unit that is none of seconds, minutes, hours, days and weeks; `M` could mean months.
    #[error("no unit {unit:?}, in {typed:?}: s, m, h, d and w are known")]
    UnknownUnit { typed: String, unit: String },
    /// It is below zero.
    #[error("{typed:?} is negative")]
    Negative { typed: String },
    /// It is longer than ten years.
    #[error("{typed:?} is longer than ten years")]
    TooLong { typed: String },
}

/// The typed text on its way into an error.
#[derive(Clone, Copy)]
pub(super) struct Typed<'a>(pub(super) &'a str);

impl Typed<'_> {
    pub(super) fn too_long(self) -> bool {
        self.0.chars().nth(LONGEST).is_some()
    }

    pub(super) fn quoted(self) -> String {
        if self.too_long() { self.0.chars().take(QUOTED).chain(['…']).collect() } else { self.0.to_owned() }
    }

    pub(super) fn unreadable(self) -> WhenError {
        WhenError::Unreadable { typed: self.quoted() }
    }

    pub(super) fn out_of_range(self) -> WhenError {
        WhenError::OutOfRange { typed: self.quoted() }
    }
}
