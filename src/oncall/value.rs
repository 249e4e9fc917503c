//! The values of a calendar: days, times, lengths and offsets (RFC 5545, 3.3).

use jiff::civil::{Date, DateTime, Time};

/// Days of the longest event, a thousand years: what is longer is a slip.
const LONGEST: i64 = 366_000;

/// A day, or a time on a clock that may be that of UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    Day(Date),
    Wall(DateTime),
    Utc(DateTime),
}

/// `20261120`, `20261120T140500` or `20261120T140500Z`.
pub(super) fn moment(text: &str) -> Option<Moment> {
    let text = text.trim();
    let Some((day, clock)) = text.split_once(['T', 't']) else { return date(text).map(Moment::Day) };
    let (clock, utc) = match clock.strip_suffix(['Z', 'z']) {
        Some(clock) => (clock, true),
        None => (clock, false),
    };
    let at = DateTime::from_parts(date(day)?, time(clock)?);
    Some(if utc { Moment::Utc(at) } else { Moment::Wall(at) })
}

/// A length as days, which are as long as the clock makes them, and seconds: `P1W`, `P1DT12H`, `PT30M`.
pub(super) fn length(text: &str) -> Option<(i64, i64)> {
    let text = text.trim().to_ascii_uppercase();
    let (days, clock) = match text.trim_start_matches('+').strip_prefix('P')?.split_once('T') {
        Some((days, clock)) => (days.to_owned(), Some(clock.to_owned())),
        None => (text.trim_start_matches('+').strip_prefix('P')?.to_owned(), None),
    };
    let seconds =
        clock.as_deref().map_or(Some(0), |clock| sum(clock, &[('H', 3600), ('M', 60), ('S', 1)], LONGEST * 86_400))?;
    let days = if days.is_empty() { clock.map(|_| 0)? } else { sum(&days, &[('W', 7), ('D', 1)], LONGEST)? };
    Some((days, seconds))
}

/// An offset in seconds east of UTC: `+0900`, `-0330`, `+091859`.
pub(super) fn offset(text: &str) -> Option<i64> {
    let text = text.trim();
    let east = match text.get(..1)? {
        "+" => 1,
        "-" => -1,
        _ => return None,
    };
    let figures = text.get(1..).filter(|figures| matches!(figures.len(), 4 | 6))?;
    let (hours, minutes) = (number(figures.get(..2)?)?, number(figures.get(2..4)?)?);
    let seconds = if figures.len() == 6 { number(figures.get(4..)?)? } else { 0 };
    // No clock on earth differs by more.
    (hours <= 15 && minutes < 60 && seconds < 60).then_some(east * (hours * 3600 + minutes * 60 + seconds))
}

/// A number of figures alone.
pub(super) fn number(figures: &str) -> Option<i64> {
    let plain = !figures.is_empty() && figures.bytes().all(|figure| figure.is_ascii_digit());
    figures.parse().ok().filter(|_| plain)
}

fn sum(text: &str, units: &[(char, i64)], most: i64) -> Option<i64> {
    let mut total: i64 = 0;
    let mut rest = text;
    for (unit, worth) in units {
        if let Some((figures, after)) = rest.split_once(*unit) {
            total = total.checked_add(number(figures)?.checked_mul(*worth)?)?;
            rest = after;
        }
    }
    (rest.is_empty() && !text.is_empty() && total <= most).then_some(total)
}

fn date(text: &str) -> Option<Date> {
    let text = text.trim();
    if text.len() != 8 {
        return None;
    }
    let part = |from, to| text.get(from..to).and_then(number);
    let (year, month, day) = (part(0, 4)?, part(4, 6)?, part(6, 8)?);
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn time(text: &str) -> Option<Time> {
    if !matches!(text.len(), 4 | 6) {
        return None;
    }
    let part = |from, to| text.get(from..to).and_then(number).and_then(|value| i8::try_from(value).ok());
    // A leap second is the second before it: no zone has it. Some write no seconds.
    let second = if text.len() == 6 { part(4, 6)? } else { 0 };
    Time::new(part(0, 2)?, part(2, 4)?, if second == 60 { 59 } else { second }, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::{Moment, length, moment, offset};
    use jiff::civil::{date, datetime};

    #[test]
    fn days_and_times() {
        for (text, read) in [
            ("20261120", Some(Moment::Day(date(2026, 11, 20)))),
            ("20261120T140500", Some(Moment::Wall(datetime(2026, 11, 20, 14, 5, 0, 0)))),
            (" 20261120t140560z ", Some(Moment::Utc(datetime(2026, 11, 20, 14, 5, 59, 0)))),
            ("20261120T1405", Some(Moment::Wall(datetime(2026, 11, 20, 14, 5, 0, 0)))),
            ("20260230", None),
            ("20261120T240000", None),
            ("2026-11-20", None),
            ("+0261120", None),
            ("２０２６１１２０", None),
            ("", None),
        ] {
            assert_eq!(moment(text), read, "{text}");
        }
    }

    #[test]
    fn lengths_and_offsets() {
        for (text, read) in [
            ("P1W", Some((7, 0))),
            ("P1DT12H30M", Some((1, 45_000))),
            ("+PT15M", Some((0, 900))),
            ("P0D", Some((0, 0))),
            ("-P1D", None),
            ("P", None),
            ("PT", None),
            ("P1H", None),
            ("P99999999999999999999W", None),
            ("P999999999W", None),
            ("1D", None),
        ] {
            assert_eq!(length(text), read, "{text}");
        }
        for (text, read) in [
            ("+0900", Some(32_400)),
            ("-0330", Some(-12_600)),
            ("+091859", Some(33_539)),
            ("0900", None),
            ("+99", None),
        ] {
            assert_eq!(offset(text), read, "{text}");
        }
    }
}
