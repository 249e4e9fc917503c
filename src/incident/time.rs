//! Instants and spans, as integers: the only time the domain knows.
//!
//! Stored as Unix milliseconds UTC and shown in JSON as RFC 3339 with milliseconds; the domain never reads a clock.

use serde::{Deserialize, Serialize};
use std::fmt;

/// An instant in Unix milliseconds, UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(i64);

/// A length of time in milliseconds, never negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Span(i64);

impl Timestamp {
    /// The instant this many milliseconds after 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// The instant `span` later, held at the last representable one.
    #[must_use]
    pub const fn plus(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.0))
    }

    /// The instant `span` earlier, held at the first representable one.
    #[must_use]
    pub const fn minus(self, span: Span) -> Self {
        Self(self.0.saturating_sub(span.0))
    }

    /// The instant as far from `to` as this one is from `from`.
    #[must_use]
    pub const fn moved(self, from: Self, to: Self) -> Self {
        Self(self.0.saturating_add(to.0.saturating_sub(from.0)))
    }

    /// How long after `earlier` this is; `None` when it is before it.
    #[must_use]
    pub const fn since(self, earlier: Self) -> Option<Span> {
        let millis = self.0.saturating_sub(earlier.0);
        if millis < 0 { None } else { Some(Span(millis)) }
    }
}

impl Span {
    /// A span of this many milliseconds; a negative one becomes zero.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self(if millis < 0 { 0 } else { millis })
    }

    /// A span of whole minutes.
    #[must_use]
    pub const fn from_minutes(minutes: i64) -> Self {
        Self::from_millis(minutes.saturating_mul(60_000))
    }

    /// Its length in milliseconds.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Its length in whole seconds.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0 / 1000
    }

    /// What is left of it without a part; nothing where the part is longer.
    #[must_use]
    pub const fn without(self, part: Self) -> Self {
        Self::from_millis(self.0.saturating_sub(part.0))
    }
}

/// RFC 3339, UTC, milliseconds: `2026-11-20T05:05:00.000Z`.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_millisecond(self.0) {
            Ok(instant) => write!(f, "{instant:.3}"),
            Err(_) => write!(f, "{}ms", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Span, Timestamp};

    #[test]
    fn shows_rfc3339_with_milliseconds() {
        assert_eq!(Timestamp::from_millis(1_795_151_100_000).to_string(), "2026-11-20T05:05:00.000Z");
        assert_eq!(Timestamp::from_millis(-1).to_string(), "1969-12-31T23:59:59.999Z");
    }

    #[test]
    fn arithmetic_never_overflows() {
        let last = Timestamp::from_millis(i64::MAX);
        assert_eq!(last.plus(Span::from_minutes(i64::MAX)), last);
        assert_eq!(Timestamp::from_millis(5).since(Timestamp::from_millis(6)), None);
    }
}
