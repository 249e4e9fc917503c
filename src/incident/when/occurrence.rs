//! Which instant a wall-clock time was, on the day said or the day it last came round.

use super::day::Day;
use super::error::{Typed, WhenError};
use crate::incident::time::{Span, Timestamp};
use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, AmbiguousTimestamp, TimeZone};

/// How far after now a time may be: clocks of two machines differ.
const LENIENCY: Span = Span::from_minutes(2);

/// The last instant that is not in the future.
fn limit(now: Timestamp) -> Timestamp {
    now.plus(LENIENCY)
}

/// The instant of `time` on `day`, or without a day at its latest occurrence.
pub(super) fn occurrence(
    day: Option<Day>,
    time: Time,
    next_day: bool,
    tz: &TimeZone,
    now: Timestamp,
    typed: Typed<'_>,
) -> Result<Timestamp, WhenError> {
    let today = wall(now, tz).map(DateTime::date).ok_or_else(|| typed.out_of_range())?;
    let date = match day {
        Some(day @ Day::Last(_)) => {
            let last = day.on(today).and_then(|date| shifted(date, next_day));
            let before = last.and_then(|date| date.checked_sub(7.days()).ok());
            [last, before].into_iter().flatten().find(|date| has_come(date.to_datetime(time), tz, limit(now)))
        }
        Some(day) => {
            let date = if next_day { day.on(today) } else { day.at_time(today, time) };
            date.and_then(|date| shifted(date, next_day))
        }
        None => latest(today, time, tz, now),
    };
    let at = instant(date.ok_or_else(|| typed.out_of_range())?.to_datetime(time), tz, typed)?;
    if at > limit(now) { Err(WhenError::Future { typed: typed.quoted(), understood: at }) } else { Ok(at) }
}

/// The day after, for the small hours that are counted to the day before.
pub(super) fn shifted(date: Date, next_day: bool) -> Option<Date> {
    if next_day { date.tomorrow().ok() } else { Some(date) }
}

/// The first instant of a day.
pub(super) fn beginning(day: Day, tz: &TimeZone, now: Timestamp, typed: Typed<'_>) -> Result<Timestamp, WhenError> {
    let begins = |now: Timestamp| {
        let date = day.on(wall(now, tz)?.date())?;
        let at = date.to_zoned(tz.clone()).ok()?.timestamp();
        Some(Timestamp::from_millis(at.as_millisecond()))
    };
    let at = begins(now).ok_or_else(|| typed.out_of_range())?;
    if at > limit(now) { Err(WhenError::Future { typed: typed.quoted(), understood: at }) } else { Ok(at) }
}

pub(super) fn wall(at: Timestamp, tz: &TimeZone) -> Option<DateTime> {
    jiff::Timestamp::from_millisecond(at.millis()).ok().map(|at| tz.to_datetime(at))
}

/// The latest date whose `time` has come: tomorrow's when it is midnight within the leniency.
fn latest(today: Date, time: Time, tz: &TimeZone, now: Timestamp) -> Option<Date> {
    let yesterday = today.yesterday().ok();
    let before = yesterday.and_then(|date| date.yesterday().ok());
    let dates = [today.tomorrow().ok(), Some(today), yesterday, before];
    dates.into_iter().flatten().find(|date| has_come(date.to_datetime(time), tz, limit(now)))
}

fn has_come(wall_clock: DateTime, tz: &TimeZone, limit: Timestamp) -> bool {
    let reading = tz.to_ambiguous_timestamp(wall_clock);
    match reading.offset() {
        // It has no instant; it counts as past once clocks show more.
        AmbiguousOffset::Gap { .. } => wall(limit, tz).is_some_and(|shown| wall_clock <= shown),
        AmbiguousOffset::Unambiguous { .. } | AmbiguousOffset::Fold { .. } => {
            earlier(reading).is_some_and(|at| at <= limit)
        }
    }
}

pub(super) fn instant(wall_clock: DateTime, tz: &TimeZone, typed: Typed<'_>) -> Result<Timestamp, WhenError> {
    let reading = tz.to_ambiguous_timestamp(wall_clock);
    let (Some(first), Some(second)) = (earlier(reading), later(reading)) else { return Err(typed.out_of_range()) };
    match reading.offset() {
        AmbiguousOffset::Unambiguous { .. } => Ok(first),
        AmbiguousOffset::Fold { .. } => Err(WhenError::Ambiguous { typed: typed.quoted(), first, second }),
        AmbiguousOffset::Gap { .. } => {
            Err(WhenError::Nonexistent { typed: typed.quoted(), before: first, after: second })
        }
    }
}

fn earlier(reading: AmbiguousTimestamp) -> Option<Timestamp> {
    reading.earlier().ok().map(|at| Timestamp::from_millis(at.as_millisecond()))
}

fn later(reading: AmbiguousTimestamp) -> Option<Timestamp> {
    reading.later().ok().map(|at| Timestamp::from_millis(at.as_millisecond()))
}
