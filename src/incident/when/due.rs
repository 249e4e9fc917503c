//! Moments to come: everything that `--due` accepts for something to be done by then.

use super::clock::clock;
use super::day::{Day, day, word};
use super::duration::length;
use super::error::{Typed, WhenError};
use super::moment::{When, leading_zone};
use super::occurrence::{instant, shifted, wall};
use super::width::{folded, strip_any, strip_word};
use super::zone::zone;
use crate::incident::time::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

/// The last minute of a day: what is to be done by a date is not late on it.
const END_OF_DAY: Time = Time::constant(23, 59, 0, 0);

/// How many years on a date without one is looked for: 29 February comes every fourth, and once in eight.
const YEARS: i16 = 8;

/// A moment understood, before the rest of the typed text is kept with it.
struct Reading {
    at: Timestamp,
    zone: Option<String>,
    date_assumed: bool,
}

/// Reads a moment by which something is to be done, from what a person typed at `now`.
///
/// A length of time (`30d`, `2週間後`) counts from now; a date alone means its end; a time of day alone its next
/// occurrence; a date without a year the next such date. A date or time that was typed in full is taken as it stands,
/// even where it has passed: whether that can be is for a rule to say.
///
/// # Errors
///
/// Refuses what it cannot read to the last word, dates and times that do not exist, and whatever has two readings.
pub fn parse_due(typed: &str, now: Timestamp, zone: &TimeZone) -> Result<When, WhenError> {
    let quoting = Typed(typed);
    if quoting.too_long() {
        return Err(quoting.unreadable());
    }
    let text = folded(typed);
    let reading = match ahead(text.trim(), now, quoting)? {
        Some(at) => Reading { at, zone: None, date_assumed: false },
        None => on_a_day(text.trim(), now, zone, quoting)?,
    };
    let Reading { at, zone, date_assumed } = reading;
    Ok(When { at, approximate: false, zone, typed: typed.to_owned(), date_assumed })
}

/// A length of time from now; `None` when the text is not one to its last word.
fn ahead(text: &str, now: Timestamp, typed: Typed<'_>) -> Result<Option<Timestamp>, WhenError> {
    let text = strip_word(text, &["in", "within"]).unwrap_or(text).trim_start();
    let Some(length) = length(text) else { return Ok(None) };
    let rest = length.rest.trim_start();
    if !strip_any(rest, &["以内", "後"]).unwrap_or(rest).is_empty() {
        return Ok(None);
    }
    length.span.map(|span| Some(now.plus(span))).ok_or_else(|| typed.out_of_range())
}

fn on_a_day(text: &str, now: Timestamp, default: &TimeZone, typed: Typed<'_>) -> Result<Reading, WhenError> {
    let (leading, text) = leading_zone(text);
    let (said, rest) = match coming(text) {
        Some((days, rest)) => (Some(Said::Ahead(days)), rest),
        None => match word(text) {
            Some((day, rest)) => (Some(Said::Day(day)), rest.trim_start()),
            None => day(text, typed)?.map_or((None, text), |(day, rest)| (Some(Said::Day(day)), rest)),
        },
    };
    let rest = rest.strip_prefix('の').unwrap_or(rest).trim_start();
    let rest = strip_word(rest, &["at"]).unwrap_or(rest).trim_start();
    let mut next_day = false;
    let (time, rest) = match (said, rest) {
        (Some(Said::Day(Day::LastNight)), _) => return Err(typed.unreadable()),
        (Some(_), "") => (None, ""),
        (Some(_), rest) if strip_any(rest, &["まで", "中"]) == Some("") => (None, ""),
        _ => {
            let read = clock(rest, typed)?;
            next_day = read.next_day;
            // Without a day `25:00` is tonight's small hours to some, and tomorrow night's to others.
            if next_day && said.is_none() {
                return Err(typed.out_of_range());
            }
            (Some(read.time), read.rest.trim_start())
        }
    };
    let trailing = zone(rest, typed)?;
    let rest = trailing.as_ref().map_or(rest, |zone| zone.rest).trim_start();
    if (leading.is_some() && trailing.is_some()) || !strip_any(rest, &["まで"]).unwrap_or(rest).is_empty() {
        return Err(typed.unreadable());
    }
    let zone = leading.or(trailing);
    let tz = zone.as_ref().map_or(default, |zone| &zone.tz);
    let present = wall(now, tz).ok_or_else(|| typed.out_of_range())?;
    let date = said.map_or_else(|| next(present, time), |said| said.on(present.date()));
    let date = date.and_then(|date| shifted(date, next_day)).ok_or_else(|| typed.out_of_range())?;
    Ok(Reading {
        at: instant(date.to_datetime(time.unwrap_or(END_OF_DAY)), tz, typed)?,
        zone: zone.map(|zone| zone.typed.to_owned()),
        date_assumed: said.is_none_or(Said::lacks_year),
    })
}

/// A day as written.
#[derive(Clone, Copy)]
enum Said {
    Ahead(u8),
    Day(Day),
}

impl Said {
    const fn lacks_year(self) -> bool {
        matches!(self, Self::Day(Day::OfSomeYear { .. }))
    }

    fn on(self, today: Date) -> Option<Date> {
        match self {
            Self::Ahead(days) => (0..days).try_fold(today, |date, _| date.tomorrow().ok()),
            Self::Day(Day::Last(weekday)) if weekday == today.weekday() => Some(today),
            Self::Day(Day::Last(weekday)) => today.nth_weekday(1, weekday).ok(),
            Self::Day(Day::OfSomeYear { month, day, weekday }) => (0..=YEARS)
                .filter_map(|years| Date::new(today.year().checked_add(years)?, month, day).ok())
                .find(|date| *date >= today && weekday.is_none_or(|weekday| date.weekday() == weekday)),
            Self::Day(day) => day.on(today),
        }
    }
}

/// Reads `tomorrow`, `明日` and the like.
fn coming(text: &str) -> Option<(u8, &str)> {
    for (days, english, japanese) in
        [(2, "day after tomorrow", ["明後日", "あさって"]), (1, "tomorrow", ["明日", "あした"])]
    {
        if let Some(rest) = strip_word(text, &[english]).or_else(|| strip_any(text, &japanese)) {
            return Some((days, rest.trim_start()));
        }
    }
    None
}

/// The day on which a time of day comes round next.
fn next(present: DateTime, time: Option<Time>) -> Option<Date> {
    let today = present.date();
    if time? > present.time() { Some(today) } else { today.tomorrow().ok() }
}

#[cfg(test)]
mod tests {
    use super::parse_due;
    use crate::incident::time::Timestamp;
    use jiff::tz::TimeZone;

    /// 2026-11-20T05:00:00Z, a Friday at two in the afternoon in Tokyo.
    const NOW: Timestamp = Timestamp::from_millis(1_795_150_800_000);

    fn read(typed: &str) -> Option<String> {
        let tokyo = TimeZone::get("Asia/Tokyo").expect("a zone");
        parse_due(typed, NOW, &tokyo).ok().map(|when| when.at.to_string())
    }

    #[test]
    fn a_date_is_due_at_its_end_and_a_length_counts_from_now() {
        for (typed, at) in [
            ("30d", "2026-12-20T05:00:00.000Z"),
            ("in 2 weeks", "2026-12-04T05:00:00.000Z"),
            ("２週間後", "2026-12-04T05:00:00.000Z"),
            ("3日以内", "2026-11-23T05:00:00.000Z"),
            ("2026-12-24", "2026-12-24T14:59:00.000Z"),
            ("12月24日まで", "2026-12-24T14:59:00.000Z"),
            ("1月5日 17:00", "2027-01-05T08:00:00.000Z"),
            ("2026-12-24 09:00 UTC", "2026-12-24T09:00:00.000Z"),
            ("2026-12-24T09:00:00Z", "2026-12-24T09:00:00.000Z"),
            ("tomorrow 09:00", "2026-11-21T00:00:00.000Z"),
            ("明後日", "2026-11-22T14:59:00.000Z"),
            ("today", "2026-11-20T14:59:00.000Z"),
            ("17:00", "2026-11-20T08:00:00.000Z"),
            ("09:00", "2026-11-21T00:00:00.000Z"),
            ("2月29日", "2028-02-29T14:59:00.000Z"),
            ("2020-01-01", "2020-01-01T14:59:00.000Z"),
        ] {
            assert_eq!(read(typed).as_deref(), Some(at), "{typed}");
        }
    }

    #[test]
    fn what_has_no_or_two_readings_is_refused() {
        for typed in
            ["", "soon", "30", "-3d", "5m ago", "2026-02-30", "2026-12-24 soon", "25:00", "99999999d", "２月３０日"]
        {
            assert_eq!(read(typed), None, "{typed}");
        }
    }
}
