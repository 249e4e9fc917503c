//! Why a typed time or length of time was refused.

use crate::incident::time::Timestamp;
use thiserror::Error;

/// Longest text, in characters, that is looked at as a time or a length of time.
pub(super) const LONGEST: usize = 100;

/// How many characters of a longer text an error quotes.
const QUOTED: usize = 40;

/// Why a typed time was refused.
///
/// Messages quote the typed text with control and bidirectional characters escaped.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum WhenError {
    /// It has none of the accepted forms, or words are left over.
    #[error("cannot read {typed:?} as a time")]
    Unreadable {
        /// The text as typed; over 100 characters, only its beginning.
        typed: String,
    },
    /// It names a date and no time of day.
    #[error("{typed:?} has no time of day")]
    DateOnly {
        /// The text as typed; over 100 characters, only its beginning.
        typed: String,
    },
    /// It names a date or time that no calendar or clock shows, such as 30 February, 30:00 or a leap second.
    #[error("{typed:?} names no date or time that exists or can be recorded")]
    OutOfRange {
        /// The text as typed; over 100 characters, only its beginning.
        typed: String,
    },
    /// It is more than two minutes after now.
    #[error("{typed:?} is in the future: understood as {understood}")]
    Future {
        /// The text as typed; over 100 characters, only its beginning.
        typed: String,
        /// The instant it was understood as.
        understood: Timestamp,
    },
    /// Clocks were set back, so it happened twice.
    #[error("clocks were set back, so {typed:?} happened twice: {first} and {second}")]
    Ambiguous {
        /// The text as typed; over 100 characters, only its beginning.
        typed: String,
        /// The earlier instant.
        first: Timestamp,
        /// The later instant.
        second: Timestamp,
    },
    /// Clocks were set forward past it.
    #[error("clocks were set forward, so {typed:?} never happened: nearest are {before} and {after}")]
    Nonexistent {
        /// The text as typed; over 100 characters, only its beginning.
        typed: String,
        /// The nearest reading before the jump, when clocks showed less.
        before: Timestamp,
        /// The nearest reading after the jump, when clocks showed more.
        after: Timestamp,
    },
    /// It says 午前12時 or 午後12時, which people read as noon and as midnight.
    #[error("{typed:?} could mean noon or midnight")]
    NoonOrMidnight {
        /// The text as typed; over 100 characters, only its beginning.
        typed: String,
    },
    /// It ends in something written like a time zone that is none known.
    #[error("no time zone {zone:?}, in {typed:?}")]
    UnknownZone {
        /// The text as typed; over 100 characters, only its beginning.
        typed: String,
        /// The zone as typed.
        zone: String,
    },
    /// It ends in an abbreviation that several time zones share.
    #[error("time zone {zone:?}, in {typed:?}, could be {}", readings.join(" or "))]
    AmbiguousZone {
        /// The text as typed; over 100 characters, only its beginning.
        typed: String,
        /// The zone as typed.
        zone: String,
        /// The zones it could be, each a name that can be typed instead and its offset.
        readings: &'static [&'static str],
    },
}

/// Why a typed length of time was refused.
///
/// Messages quote the typed text with control and bidirectional characters escaped.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SpanError {
    /// It is not numbers with units, largest unit first.
    #[error("cannot read {typed:?} as a length of time, such as 15m, 1h30m or 3d")]
    Unreadable {
        /// The text as typed; over 100 characters, only its beginning.
        typed: String,
    },
    /// A number has no unit.
    #[error("{typed:?} needs a unit: s, m, h, d or w, as in 15m")]
    NoUnit {
        /// The text as typed; over 100 characters, only its beginning.
        typed: String,
    },
    /// A number has a unit that is none of seconds, minutes, hours, days and weeks; `M` could mean months.
    #[error("no unit {unit:?}, in {typed:?}: s, m, h, d and w are known")]
    UnknownUnit {
        /// The text as typed; over 100 characters, only its beginning.
        typed: String,
        /// The unit as typed.
        unit: String,
    },
    /// It is below zero.
    #[error("{typed:?} is negative")]
    Negative {
        /// The text as typed; over 100 characters, only its beginning.
        typed: String,
    },
    /// It is longer than ten years.
    #[error("{typed:?} is longer than ten years")]
    TooLong {
        /// The text as typed; over 100 characters, only its beginning.
        typed: String,
    },
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
