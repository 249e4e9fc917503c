//! Days and times of day as a file writes them, so that a holiday or a closing hour is checked where it is read.

use jiff::civil::{Date, Time};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use std::fmt;

/// A day of the calendar: `2026-11-21`, in TOML with or without quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema)]
#[schemars(transparent)]
pub struct Day(#[schemars(with = "String")] Date);

/// The time of day by which an office must have it: `17:30`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema)]
#[schemars(transparent)]
pub struct Closing(#[schemars(with = "String")] Time);

impl Day {
    /// Reads `YYYY-MM-DD`; `None` for anything else and for days that don't exist.
    pub fn parse(written: &str) -> Option<Self> {
        // The parser of dates would also take a time, a zone and signed years.
        let plain = written.len() == 10 && written.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        written.parse().ok().filter(|_| plain).map(Self)
    }

    /// The day of the calendar.
    pub const fn date(self) -> Date {
        self.0
    }
}

impl Closing {
    /// Reads `HH:MM` on the 24-hour clock.
    pub fn parse(written: &str) -> Option<Self> {
        let (hour, minute) = written.split_once(':')?;
        let two = |figures: &str| {
            let plain = figures.len() == 2 && figures.bytes().all(|byte| byte.is_ascii_digit());
            figures.parse::<i8>().ok().filter(|_| plain)
        };
        Time::new(two(hour)?, two(minute)?, 0, 0).ok().map(Self)
    }

    /// The time of day.
    pub const fn time(self) -> Time {
        self.0
    }
}

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        Self(date)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl fmt::Display for Closing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0.hour(), self.0.minute())
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Serialize for Closing {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = match toml::Value::deserialize(deserializer)? {
            toml::Value::String(day) => day,
            other => other.to_string(),
        };
        Self::parse(&written).ok_or_else(|| D::Error::custom(format!("{written:?} is no day; write YYYY-MM-DD")))
    }
}

impl<'de> Deserialize<'de> for Closing {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = String::deserialize(deserializer)?;
        Self::parse(&written).ok_or_else(|| D::Error::custom(format!("{written:?} is no time of day; write HH:MM")))
    }
}

#[cfg(test)]
mod tests {
    use super::{Closing, Day};

    #[test]
    fn only_days_that_exist_are_read() {
        assert_eq!(Day::parse("2028-02-29").map(|day| day.to_string()).as_deref(), Some("2028-02-29"));
        for refused in ["2027-02-29", "2026-11-31", "2026-1-1", "20261101", "2026-11-01T00:00", "+002026-11-01", ""] {
            assert_eq!(Day::parse(refused), None, "{refused}");
        }
    }

    #[test]
    fn only_times_of_day_are_read() {
        assert_eq!(Closing::parse("17:30").map(|time| time.to_string()).as_deref(), Some("17:30"));
        for refused in ["24:00", "5:30", "17:60", "17.30", "17:30:00", "+1:00"] {
            assert_eq!(Closing::parse(refused), None, "{refused}");
        }
    }
}
