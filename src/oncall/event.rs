//! One event of a calendar, and whether one of its repetitions holds an instant.

use super::line::{Line, Spot, quoted};
use super::part::Part;
use super::period::{Budget, after};
use super::person::people;
use super::rule::Rule;
use super::value::{Moment, length, moment, number};
use super::zone::{Zone, Zones};
use crate::incident::oncall::CalendarFault;
use jiff::SignedDuration;
use jiff::civil::{Date, DateTime};
use std::collections::HashSet;

/// A day or a time as a line states it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stated {
    wall: DateTime,
    zone: Zone,
    /// It is a day, and begins at midnight.
    whole_day: bool,
}

/// Which repetitions are meant, by their beginnings.
#[derive(Debug, Default)]
pub(super) struct Marks {
    seconds: HashSet<i64>,
    /// Days that stand for whatever begins on them.
    days: HashSet<Date>,
    /// The days of `seconds`.
    days_of_seconds: HashSet<Date>,
}

/// How long an event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Length {
    /// On the clock, in seconds: a week from Monday 9:00 to Monday 9:00, whatever happens to clocks in between.
    ///
    /// RFC 5545, 3.8.5.3, would have each repetition last exactly as long as the first; no calendar program does it,
    /// and on call it would leave an hour without anybody.
    Clock(i64),
    /// Days on the clock, then seconds that pass.
    Passing(i64, i64),
}

/// One event.
#[derive(Debug)]
pub(super) struct Event {
    /// What it has in common with its other versions and exceptions.
    pub(super) uid: Option<String>,
    /// The repetition that it stands for.
    pub(super) replaces: Option<Stated>,
    /// The highest is the newest version.
    pub(super) sequence: i64,
    pub(super) cancelled: bool,
    pub(super) people: Vec<String>,
    line: usize,
    start: Stated,
    length: Length,
    rule: Option<Rule>,
    more: Vec<Stated>,
    without: Marks,
}

impl Marks {
    pub(super) fn add(&mut self, stated: &Stated) {
        if stated.whole_day {
            self.days.insert(stated.wall.date());
        } else {
            self.seconds.insert(stated.second());
            self.days_of_seconds.insert(stated.wall.date());
        }
    }

    fn mean(&self, start: &Stated, second: i64) -> bool {
        let day = start.wall.date();
        self.days.contains(&day)
            || if start.whole_day { self.days_of_seconds.contains(&day) } else { self.seconds.contains(&second) }
    }
}

impl Stated {
    pub(super) fn second(&self) -> i64 {
        self.zone.second(self.wall)
    }

    fn read(property: &'static str, line: &Line, value: &str, zones: &Zones<'_>) -> Result<Self, Spot> {
        let unreadable = || Spot::at(line.number, CalendarFault::Value { property, quoted: quoted(value) });
        Ok(match moment(value).ok_or_else(unreadable)? {
            Moment::Day(day) => Self { wall: day.at(0, 0, 0, 0), zone: zones.floating()?, whole_day: true },
            Moment::Wall(wall) => Self { wall, zone: zones.of_line(line)?, whole_day: false },
            Moment::Utc(wall) => Self { wall, zone: Zone::Named(jiff::tz::TimeZone::UTC), whole_day: false },
        })
    }

    fn all(property: &'static str, event: &Part, zones: &Zones<'_>) -> Result<Vec<Self>, Spot> {
        let mut all = Vec::new();
        for line in event.all(property) {
            for value in line.value.split(',') {
                all.push(Self::read(property, line, value, zones)?);
            }
        }
        Ok(all)
    }
}

impl Event {
    /// Reads a `VEVENT`.
    pub(super) fn read(part: &Part, zones: &Zones<'_>) -> Result<Self, Spot> {
        let line = part.needed("DTSTART")?;
        let start = Stated::read("DTSTART", line, &line.value, zones)?;
        let replaces = part.one("RECURRENCE-ID")?;
        if let Some(line) = replaces.filter(|line| line.parameter("RANGE").is_some()) {
            let quoted = quoted(line.parameter("RANGE").unwrap_or_default());
            return Err(Spot::at(line.number, CalendarFault::Unsupported { property: "RECURRENCE-ID", quoted }));
        }
        let replaces = replaces.map(|line| Stated::read("RECURRENCE-ID", line, &line.value, zones)).transpose()?;
        if let Some(line) = part.one("EXRULE")? {
            let quoted = quoted(&line.value);
            return Err(Spot::at(line.number, CalendarFault::Unsupported { property: "EXRULE", quoted }));
        }
        let mut without = Marks::default();
        for stated in Stated::all("EXDATE", part, zones)? {
            without.add(&stated);
        }
        let cancelled = part.all("STATUS").any(|line| line.value.trim().eq_ignore_ascii_case("CANCELLED"));
        Ok(Self {
            uid: part.all("UID").next().map(|line| line.value.trim().to_owned()).filter(|uid| !uid.is_empty()),
            sequence: part.all("SEQUENCE").next().and_then(|line| number(line.value.trim())).unwrap_or(0),
            cancelled,
            people: people(part),
            line: part.number,
            length: Length::read(part, &start, zones)?,
            rule: part.one("RRULE")?.map(|line| Rule::read(line, start.wall)).transpose()?,
            more: Stated::all("RDATE", part, zones)?,
            start,
            replaces,
            without,
        })
    }

    /// When the repetition began that holds the instant, unless exceptions `replaced` it; of several the latest.
    pub(super) fn holding(&self, at: i64, replaced: Option<&Marks>, budget: &Budget) -> Result<Option<i64>, Spot> {
        let begins = |start: &Stated| {
            let second = start.second();
            let holds = second <= at && at < self.length.end(start) && !self.is_over(start, second);
            let gone = || self.without.mean(start, second) || replaced.is_some_and(|marks| marks.mean(start, second));
            (holds && !gone()).then_some(second)
        };
        let mut found = self.more.iter().filter_map(begins).max();
        let Some(rule) = &self.rule else { return Ok(found.max(begins(&self.start))) };
        let today = self.start.zone.wall(at).date();
        let first = after(today, -self.length.days() - 2).unwrap_or(Date::MIN);
        let last = after(today, 1).unwrap_or(Date::MAX);
        let days = rule.days(self.start.wall.date(), first, last, budget);
        for day in days.map_err(|_| Spot::at(self.line, CalendarFault::Endless))? {
            let start = Stated { wall: day.to_datetime(self.start.wall.time()), ..self.start.clone() };
            found = found.max(begins(&start));
        }
        Ok(found)
    }

    /// Whether a repetition lies behind the rule's end.
    fn is_over(&self, start: &Stated, second: i64) -> bool {
        self.rule.as_ref().and_then(|rule| rule.until).is_some_and(|until| match until {
            Moment::Day(day) => start.wall.date() > day,
            Moment::Wall(wall) => start.wall > wall,
            Moment::Utc(wall) => second > Zone::Named(jiff::tz::TimeZone::UTC).second(wall),
        })
    }
}

impl Length {
    fn read(part: &Part, start: &Stated, zones: &Zones<'_>) -> Result<Self, Spot> {
        match (part.one("DTEND")?, part.one("DURATION")?) {
            (Some(_), Some(line)) => Err(Spot::at(line.number, CalendarFault::Twice { property: "DTEND" })),
            (Some(line), None) => {
                let end = Stated::read("DTEND", line, &line.value, zones)?;
                let (length, seconds) = if end.zone == start.zone {
                    let seconds = start.wall.duration_until(end.wall).as_secs();
                    (Self::Clock(seconds), seconds)
                } else {
                    let seconds = end.second() - start.second();
                    (Self::Passing(0, seconds), seconds)
                };
                match seconds {
                    ..0 => Err(Spot::at(line.number, CalendarFault::EndsBeforeStart)),
                    // Some write a day that ends on itself.
                    0 if start.whole_day => Ok(Self::Clock(86_400)),
                    _ => Ok(length),
                }
            }
            (None, Some(line)) => {
                let unreadable = CalendarFault::Value { property: "DURATION", quoted: quoted(&line.value) };
                let (days, seconds) = length(&line.value).ok_or_else(|| Spot::at(line.number, unreadable))?;
                Ok(Self::Passing(days, seconds))
            }
            (None, None) if start.whole_day => Ok(Self::Clock(86_400)),
            (None, None) => Ok(Self::Passing(0, 0)),
        }
    }

    fn end(self, start: &Stated) -> i64 {
        let (clock, passing) = match self {
            Self::Clock(seconds) => (seconds, 0),
            Self::Passing(days, seconds) => (days.saturating_mul(86_400), seconds),
        };
        let end = start.wall.checked_add(SignedDuration::from_secs(clock)).unwrap_or(DateTime::MAX);
        start.zone.second(end).saturating_add(passing)
    }

    /// Not less than its length in days.
    const fn days(self) -> i64 {
        match self {
            Self::Clock(seconds) => seconds / 86_400 + 1,
            Self::Passing(days, seconds) => days.saturating_add(seconds / 86_400 + 1),
        }
    }
}
