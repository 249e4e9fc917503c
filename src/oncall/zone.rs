//! The zones of a calendar: those of the database under their own or Windows' names, and those that it writes out.

use super::line::{Line, Spot, quoted};
use super::part::Part;
use super::period::{Budget, after};
use super::rule::Rule;
use super::value::{Moment, moment, offset};
use super::windows;
use crate::incident::oncall::CalendarFault;
use jiff::civil::{DateTime, date};
use jiff::tz::TimeZone;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// What turns a clock on the wall into an instant, in seconds since 1970 UTC, and back.
#[derive(Debug, Clone)]
pub(super) enum Zone {
    /// Of the database, or the system's.
    Named(TimeZone),
    /// Written out in the calendar.
    Written(Rc<Written>),
}

/// When a zone's clocks change.
#[derive(Debug)]
pub(super) struct Written {
    /// In order of time, at least one.
    changes: Vec<Change>,
}

/// From an instant on a clock shows another offset, both in seconds east of UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Change {
    at: i64,
    from: i64,
    to: i64,
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Named(one), Self::Named(other)) => one == other,
            (Self::Written(one), Self::Written(other)) => Rc::ptr_eq(one, other),
            _ => false,
        }
    }
}

impl Zone {
    /// The instant at which the wall shows this: where clocks are set back the first time, where they are set forward as
    /// if they had not been (RFC 5545, 3.3.5).
    pub(super) fn second(&self, wall: DateTime) -> i64 {
        match self {
            Self::Named(zone) => {
                let instant = zone.to_ambiguous_timestamp(wall).compatible();
                instant.map_or_else(|_| as_utc(wall), jiff::Timestamp::as_second)
            }
            Self::Written(written) => written.second(as_utc(wall)),
        }
    }

    /// What the wall shows at an instant, held at the ends of what a calendar can name.
    pub(super) fn wall(&self, second: i64) -> DateTime {
        match self {
            Self::Named(zone) => zone.to_datetime(timestamp(second)),
            Self::Written(written) => {
                let shown = second.saturating_add(written.offset(second));
                TimeZone::UTC.to_datetime(timestamp(shown))
            }
        }
    }
}

fn timestamp(second: i64) -> jiff::Timestamp {
    let (least, most) = (jiff::Timestamp::MIN.as_second(), jiff::Timestamp::MAX.as_second());
    jiff::Timestamp::from_second(second.clamp(least, most)).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
}

/// The instant at which a wall clock shows this in Greenwich, also where no timestamp reaches.
fn as_utc(wall: DateTime) -> i64 {
    date(1970, 1, 1).at(0, 0, 0, 0).duration_until(wall).as_secs()
}

impl Written {
    fn offset(&self, second: i64) -> i64 {
        let next = self.changes.partition_point(|change| change.at <= second);
        match next.checked_sub(1).and_then(|last| self.changes.get(last)) {
            Some(last) => last.to,
            None => self.changes.first().map_or(0, |first| first.from),
        }
    }

    fn second(&self, shown: i64) -> i64 {
        // Every offset is less than a day, and clocks don't change twice in two.
        let (before, later) = (self.offset(shown - 86_400), self.offset(shown + 86_400));
        let fits = |offset: i64| self.offset(shown - offset) == offset;
        if !fits(before) && fits(later) { shown - later } else { shown - before }
    }

    /// Reads a `VTIMEZONE`, its changes worked out near `at`.
    fn read(part: &Part, at: i64, budget: &Budget) -> Result<Self, Spot> {
        let mut changes = Vec::new();
        let kinds = part.parts.iter().filter(|inner| matches!(inner.name.as_str(), "STANDARD" | "DAYLIGHT"));
        for observance in kinds {
            let seconds = |property| {
                let line = observance.needed(property)?;
                offset(&line.value).ok_or_else(|| unreadable(property, line, &line.value))
            };
            let (from, to) = (seconds("TZOFFSETFROM")?, seconds("TZOFFSETTO")?);
            let line = observance.needed("DTSTART")?;
            let start = wall(&line.value).ok_or_else(|| unreadable("DTSTART", line, &line.value))?;
            let mut add = |wall: DateTime| changes.push(Change { at: as_utc(wall) - from, from, to });
            add(start);
            for line in observance.all("RDATE") {
                for value in line.value.split(',') {
                    add(wall(value).ok_or_else(|| unreadable("RDATE", line, value))?);
                }
            }
            let Some(line) = observance.one("RRULE")? else { continue };
            let rule = Rule::read(line, start)?;
            let until = rule.until.map_or(i64::MAX, |until| match until {
                Moment::Utc(until) => as_utc(until),
                Moment::Wall(until) => as_utc(until) - from,
                Moment::Day(day) => as_utc(day.at(23, 59, 59, 0)) - from,
            });
            // What happened before decides only how the last change before `at` is found.
            let day = TimeZone::UTC.to_datetime(timestamp(at.min(until))).date();
            let (first, last) = (after(day, -1500).unwrap_or(day), after(day, 1500).unwrap_or(day));
            let days = rule.days(start.date(), first, last, budget);
            for day in days.map_err(|_| Spot::at(line.number, CalendarFault::Endless))? {
                let change = Change { at: as_utc(day.to_datetime(start.time())) - from, from, to };
                if change.at <= until {
                    changes.push(change);
                }
            }
        }
        changes.sort_unstable();
        changes.dedup();
        if changes.is_empty() {
            return Err(Spot::at(part.number, CalendarFault::Lacks { property: "STANDARD" }));
        }
        Ok(Self { changes })
    }
}

fn wall(value: &str) -> Option<DateTime> {
    match moment(value)? {
        Moment::Wall(wall) | Moment::Utc(wall) => Some(wall),
        Moment::Day(day) => Some(day.at(0, 0, 0, 0)),
    }
}

fn unreadable(property: &'static str, line: &Line, value: &str) -> Spot {
    Spot::at(line.number, CalendarFault::Value { property, quoted: quoted(value) })
}

/// The zones that a calendar names, each looked up once.
pub(super) struct Zones<'c> {
    written: HashMap<&'c str, &'c Part>,
    /// The line that gives a zone to times without one.
    own: Option<&'c Line>,
    system: Zone,
    at: i64,
    budget: &'c Budget,
    known: RefCell<HashMap<String, Zone>>,
}

impl<'c> Zones<'c> {
    /// The zones of a calendar, for a question about `at`.
    pub(super) fn of(calendar: &'c Part, at: i64, system: &TimeZone, budget: &'c Budget) -> Self {
        let parts = calendar.parts.iter().filter(|part| part.name == "VTIMEZONE");
        let named = parts.filter_map(|part| part.all("TZID").next().map(|line| (line.value.trim(), part)));
        Self {
            written: named.collect(),
            own: calendar.all("X-WR-TIMEZONE").next(),
            system: Zone::Named(system.clone()),
            at,
            budget,
            known: RefCell::default(),
        }
    }

    /// The zone of times that name none.
    pub(super) fn floating(&self) -> Result<Zone, Spot> {
        self.own.map_or_else(|| Ok(self.system.clone()), |line| self.find(line.value.trim(), line.number))
    }

    /// The zone that a line names, or the one of times that name none.
    pub(super) fn of_line(&self, line: &Line) -> Result<Zone, Spot> {
        line.parameter("TZID").map_or_else(|| self.floating(), |name| self.find(name.trim(), line.number))
    }

    fn find(&self, name: &str, line: usize) -> Result<Zone, Spot> {
        if let Some(known) = self.known.borrow().get(name) {
            return Ok(known.clone());
        }
        let zone = self.look_up(name, line)?;
        self.known.borrow_mut().insert(name.to_owned(), zone.clone());
        Ok(zone)
    }

    /// The database knows a place better than a calendar that was exported years ago; any other name means what the
    /// calendar says.
    fn look_up(&self, name: &str, line: usize) -> Result<Zone, Spot> {
        let place = if name.contains('/') { named(name) } else { windows::name(name).and_then(named) };
        if let Some(zone) = place {
            return Ok(Zone::Named(zone));
        }
        if let Some(part) = self.written.get(name) {
            return Written::read(part, self.at, self.budget).map(|written| Zone::Written(Rc::new(written)));
        }
        let unknown = || Spot::at(line, CalendarFault::UnknownZone { quoted: quoted(name) });
        named(name).or_else(|| prefixed(name)).map(Zone::Named).ok_or_else(unknown)
    }
}

fn named(name: &str) -> Option<TimeZone> {
    let ours = ["right/", "posix/"].iter().any(|tree| name.to_ascii_lowercase().starts_with(tree));
    if ours { None } else { TimeZone::get(name).ok() }
}

/// `/mozilla.org/20050126_1/America/Indiana/Knox`: the database's name behind whoever copied it.
fn prefixed(name: &str) -> Option<TimeZone> {
    let ends = name.strip_prefix('/')?.match_indices('/').map(|(place, _)| place + 2);
    ends.filter_map(|start| name.get(start..)).filter(|rest| rest.contains('/')).take(4).find_map(named)
}
