//! Which days an office is open, and where midnight is: what counting days and business days needs.

use super::day::Day;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error, ser::Error as _};

/// A calendar of days, as written in TOML.
///
/// A holiday that it doesn't know makes a deadline earlier than the law's, never later.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    /// Its slug.
    pub id: String,
    /// The zone in which its days begin and end.
    pub zone: Zone,
    /// The days of the week on which it is closed.
    #[serde(default = "weekend")]
    pub weekend: Vec<Weekday>,
    /// The other days on which it is closed.
    #[serde(default)]
    pub holidays: Vec<Day>,
}

/// A time zone by its name in the time zone database: `Asia/Tokyo`.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema)]
#[schemars(transparent)]
pub struct Zone(#[schemars(with = "String")] TimeZone);

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Weekday {
    /// Monday.
    Monday,
    /// Tuesday.
    Tuesday,
    /// Wednesday.
    Wednesday,
    /// Thursday.
    Thursday,
    /// Friday.
    Friday,
    /// Saturday.
    Saturday,
    /// Sunday.
    Sunday,
}

fn weekend() -> Vec<Weekday> {
    vec![Weekday::Saturday, Weekday::Sunday]
}

impl Calendar {
    /// A calendar that is closed on Saturdays, Sundays and these days.
    pub fn new(id: &str, zone: Zone, holidays: Vec<Day>) -> Self {
        Self { id: id.to_owned(), zone, weekend: weekend(), holidays }
    }

    /// Whether the office is open on this day.
    pub fn is_open(&self, date: Date) -> bool {
        !self.weekend.contains(&Weekday::from(date.weekday())) && !self.holidays.contains(&Day::from(date))
    }

    /// The last holiday it knows: of deadlines after it, people are told that holidays were not considered.
    pub fn last_holiday(&self) -> Option<Day> {
        self.holidays.iter().max().copied()
    }
}

impl Zone {
    /// The zone with this name; `None` when the time zone database has no such name.
    pub fn named(name: &str) -> Option<Self> {
        TimeZone::get(name).ok().map(Self)
    }

    /// The zone itself.
    pub const fn tz(&self) -> &TimeZone {
        &self.0
    }
}

impl From<TimeZone> for Zone {
    fn from(tz: TimeZone) -> Self {
        Self(tz)
    }
}

impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let name = self.0.iana_name().ok_or_else(|| S::Error::custom("the zone has no name"))?;
        serializer.serialize_str(name)
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Self::named(&name).ok_or_else(|| D::Error::custom(format!("no time zone {name:?}")))
    }
}

impl From<jiff::civil::Weekday> for Weekday {
    fn from(day: jiff::civil::Weekday) -> Self {
        match day {
            jiff::civil::Weekday::Monday => Self::Monday,
            jiff::civil::Weekday::Tuesday => Self::Tuesday,
            jiff::civil::Weekday::Wednesday => Self::Wednesday,
            jiff::civil::Weekday::Thursday => Self::Thursday,
            jiff::civil::Weekday::Friday => Self::Friday,
            jiff::civil::Weekday::Saturday => Self::Saturday,
            jiff::civil::Weekday::Sunday => Self::Sunday,
        }
    }
}
