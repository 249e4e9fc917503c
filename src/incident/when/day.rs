//! Days: `2026-11-20`, `2026/11/20`, `11月20日`, `yesterday`, `一昨日`.

use super::error::{Typed, WhenError};
use super::width::{digits, strip_any, strip_word};
use jiff::civil::Date;

/// The earliest year taken as meant: an incident from before it is a slip of the fingers.
const FIRST_YEAR: u32 = 1970;

/// How far, in days, a date without a year may be from today: further off, its year is a guess.
const NEAR: u32 = 190;

/// A day as written, which may need today to become a date.
#[derive(Clone, Copy)]
pub(super) enum Day {
    On(Date),
    OfSomeYear { month: i8, day: i8 },
    Ago(u8),
}

impl Day {
    pub(super) fn lacks_year(self) -> bool {
        matches!(self, Self::OfSomeYear { .. })
    }

    /// The date meant on `today`; for one without a year the nearest such date.
    pub(super) fn on(self, today: Date) -> Option<Date> {
        match self {
            Self::On(date) => Some(date),
            Self::Ago(days) => (0..days).try_fold(today, |date, _| date.yesterday().ok()),
            Self::OfSomeYear { month, day } => (-1..=1)
                .filter_map(|years| Date::new(today.year().checked_add(years)?, month, day).ok())
                .map(|date| (days_between(date, today), date))
                .min()
                .filter(|(distance, _)| *distance <= NEAR)
                .map(|(_, date)| date),
        }
    }
}

fn days_between(a: Date, b: Date) -> u32 {
    a.duration_since(b).as_secs().unsigned_abs().try_into().map_or(u32::MAX, |seconds: u32| seconds / 86_400)
}

/// Reads a day off the beginning of a folded text, up to where its time of day begins; `None` when it begins with
/// something else.
pub(super) fn day<'a>(text: &'a str, typed: Typed<'_>) -> Result<Option<(Day, &'a str)>, WhenError> {
    if let Some((day, rest)) = word(text) {
        let rest = rest.trim_start();
        let tied = rest.strip_prefix('の').or_else(|| strip_word(rest, &["at"]));
        return Ok(Some((day, tied.unwrap_or(rest).trim_start())));
    }
    if let Some((year, month, day, rest)) = numeric(text) {
        let date = date(year, month, day).ok_or_else(|| typed.out_of_range())?;
        let rest = time_of(rest).ok_or_else(|| typed.unreadable())?;
        return Ok(Some((Day::On(date), rest)));
    }
    let Some((year, month, day, rest)) = japanese(text) else { return Ok(None) };
    let day = match year {
        Some(year) => date(year, month, day).map(Day::On),
        None => of_some_year(month, day),
    };
    Ok(Some((day.ok_or_else(|| typed.out_of_range())?, rest.trim_start())))
}

/// Reads `yesterday`, `today`, `昨日` and the like.
pub(super) fn word(text: &str) -> Option<(Day, &str)> {
    for (days, english, japanese) in [
        (0, "today", ["今日", "きょう", "本日"]),
        (1, "yesterday", ["昨日", "きのう", "さくじつ"]),
        (2, "day before yesterday", ["一昨日", "おととい", "おとつい"]),
    ] {
        if let Some(rest) = strip_word(text, &[english]) {
            return Some((Day::Ago(days), rest));
        }
        if let Some(rest) = strip_any(text, &japanese) {
            return Some((Day::Ago(days), rest));
        }
    }
    None
}

fn numeric(text: &str) -> Option<(u32, u32, u32, &str)> {
    let (year, rest) = digits(text, 4, 4)?;
    let mark = rest.chars().next().filter(|c| matches!(c, '-' | '/'))?;
    let (month, rest) = digits(rest.strip_prefix(mark)?, 1, 2)?;
    let (day, rest) = digits(rest.strip_prefix(mark)?, 1, 2)?;
    Some((year, month, day, rest))
}

/// What follows a numeric date: a `T` and a digit, white space, or nothing.
fn time_of(rest: &str) -> Option<&str> {
    match strip_any(rest, &["T", "t"]) {
        Some(time) => time.starts_with(|c: char| c.is_ascii_digit()).then_some(time),
        None => (rest.is_empty() || rest.starts_with(' ')).then(|| rest.trim_start()),
    }
}

fn japanese(text: &str) -> Option<(Option<u32>, u32, u32, &str)> {
    let with_year = digits(text, 4, 4).and_then(|(year, rest)| Some((year, rest.strip_prefix('年')?)));
    let (year, text) = with_year.map_or((None, text), |(year, rest)| (Some(year), rest));
    let (month, rest) = digits(text, 1, 2)?;
    let (day, rest) = digits(rest.strip_prefix('月')?, 1, 2)?;
    Some((year, month, day, rest.strip_prefix('日')?))
}

fn date(year: u32, month: u32, day: u32) -> Option<Date> {
    let year = i16::try_from(year).ok().filter(|_| year >= FIRST_YEAR)?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A leap year stands in for the unknown one, so that 29 February passes.
fn of_some_year(month: u32, day: u32) -> Option<Day> {
    let any = date(2000, month, day)?;
    Some(Day::OfSomeYear { month: any.month(), day: any.day() })
}
