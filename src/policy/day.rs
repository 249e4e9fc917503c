//! Days of the calendar as TOML writes them, with or without quotes.

use std::fmt;
use toml::de::DeValue;
use toml::value::{Date, Datetime};

/// A day that exists, as year, month and day of the month; earlier ones sort first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Day(u16, u8, u8);

impl Day {
    /// Reads `2026-11-21`; `None` for anything else, a time of day included.
    pub(super) fn parse(written: &str) -> Option<Self> {
        Self::of(&written.parse().ok()?)
    }

    /// The day that a value is; `None` for anything else.
    pub(super) fn from_value(value: &DeValue<'_>) -> Option<Self> {
        match value {
            DeValue::String(written) => Self::parse(written),
            DeValue::Datetime(written) => Self::of(written),
            _ => None,
        }
    }

    fn of(written: &Datetime) -> Option<Self> {
        match written {
            Datetime { date: Some(Date { year, month, day }), time: None, offset: None } => {
                Some(Self(*year, *month, *day))
            }
            _ => None,
        }
    }

    /// Whether this is more than a year before `today`.
    pub(super) fn over_a_year_before(self, today: Self) -> bool {
        self < Self(today.0.saturating_sub(1), today.1, today.2)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0, self.1, self.2)
    }
}

#[cfg(test)]
mod tests {
    use super::Day;

    #[test]
    fn days_exist_and_compare() {
        let day = |written| Day::parse(written).expect("a day");
        assert_eq!(day("2024-02-29").to_string(), "2024-02-29");
        for written in ["2026-02-29", "2026-13-01", "2026-1-1", "20260101", "2026-01-01T10:00", "10:00", ""] {
            assert_eq!(Day::parse(written), None, "{written}");
        }
        assert!(!day("2025-11-21").over_a_year_before(day("2026-11-21")));
        assert!(day("2025-11-20").over_a_year_before(day("2026-11-21")));
    }
}
