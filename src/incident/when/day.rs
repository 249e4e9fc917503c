//! Days: `2026-11-20`, `11/20`, `11月20日(金)`, `Nov 20`, `Fri`, `令和8年11月20日`, `yesterday`, `昨夜`.

use super::calendar_word::{Era, bracketed, era, month_named, weekday};
use super::error::{Typed, WhenError};
use super::width::{digits, strip_any, strip_word};
use jiff::civil::{Date, Time, Weekday};

/// The earliest year taken as meant: an incident from before it is a slip of the fingers.
const EARLIEST: i16 = 1970;

/// How far, in days, a date without a year may be from today: further off, its year is a guess.
const NEAR: u32 = 190;

/// From this hour on it is night, and before that one still.
const NIGHT: (i8, i8) = (17, 6);

/// A day as written, which may need today to become a date.
#[derive(Clone, Copy)]
pub(super) enum Day {
    On(Date),
    OfSomeYear {
        month: i8,
        day: i8,
        weekday: Option<Weekday>,
    },
    Ago(u8),
    /// The latest such day of the week.
    Last(Weekday),
    /// The night that began yesterday: its small hours are today's.
    LastNight,
}

impl Day {
    pub(super) fn lacks_year(self) -> bool {
        matches!(self, Self::OfSomeYear { .. } | Self::Last(_) | Self::LastNight)
    }

    /// The date meant on `today`; for one without a year the nearest such date.
    pub(super) fn on(self, today: Date) -> Option<Date> {
        match self {
            Self::On(date) => Some(date),
            Self::Ago(days) => (0..days).try_fold(today, |date, _| date.yesterday().ok()),
            Self::LastNight => today.yesterday().ok(),
            Self::Last(weekday) if weekday == today.weekday() => Some(today),
            Self::Last(weekday) => today.nth_weekday(-1, weekday).ok(),
            Self::OfSomeYear { month, day, weekday } => (-1..=1)
                .filter_map(|years| Date::new(today.year().checked_add(years)?, month, day).ok())
                .filter(|date| weekday.is_none_or(|weekday| date.weekday() == weekday))
                .map(|date| (days_between(date, today), date))
                .min()
                .filter(|(distance, _)| *distance <= NEAR)
                .map(|(_, date)| date),
        }
    }

    /// The date of a time of day on this one, which in a night may be the day after; `None` where there is no night.
    pub(super) fn at_time(self, today: Date, time: Time) -> Option<Date> {
        let date = self.on(today)?;
        match self {
            Self::LastNight if time.hour() < NIGHT.1 => date.tomorrow().ok(),
            Self::LastNight if time.hour() < NIGHT.0 => None,
            _ => Some(date),
        }
    }
}

fn days_between(a: Date, b: Date) -> u32 {
    a.duration_since(b).as_secs().unsigned_abs().try_into().map_or(u32::MAX, |seconds: u32| seconds / 86_400)
}

/// Reads a day off the beginning of a folded text, up to where its time of day begins; `None` when it begins with
/// something else.
pub(super) fn day<'a>(text: &'a str, typed: Typed<'_>) -> Result<Option<(Day, &'a str)>, WhenError> {
    if let Some((day, rest)) = word(text).or_else(|| night(text)) {
        let rest = rest.trim_start();
        let tied = rest.strip_prefix('の').or_else(|| strip_word(rest, &["at"]));
        return Ok(Some((day, tied.unwrap_or(rest).trim_start())));
    }
    let (before, after) = match weekday(text) {
        Some((weekday, rest)) => (Some(weekday), strip_any(rest, &[",", "の"]).unwrap_or(rest).trim_start()),
        None => (None, text),
    };
    let Some((day, rest)) = written(after, typed)? else {
        return Ok(before.map(|weekday| (Day::Last(weekday), after)));
    };
    let (beside, rest) = match bracketed(rest.trim_start()) {
        Some((weekday, rest)) => (Some(weekday), rest.trim_start()),
        None => (None, rest),
    };
    let rest = time_of(rest).ok_or_else(|| typed.unreadable())?;
    // A date beside another day of the week than its own could be either day.
    let said = before.or(beside);
    match day {
        Day::On(date) if said.is_some_and(|weekday| weekday != date.weekday()) => Err(typed.out_of_range()),
        Day::OfSomeYear { month, day, .. } => Ok(Some((Day::OfSomeYear { month, day, weekday: said }, rest))),
        _ => Ok(Some((day, rest))),
    }
}

/// Reads a date in any of its forms, up to what follows it.
fn written<'a>(text: &'a str, typed: Typed<'_>) -> Result<Option<(Day, &'a str)>, WhenError> {
    let found = numeric(text).or_else(|| japanese(text)).or_else(|| with_month(text));
    let Some((year, month, day, rest)) = found else { return Ok(None) };
    let day = match year {
        Year::Of(year) => date(year, month, day).map(Day::On),
        Year::Era(era, year) => era.date(year, month, day).filter(|date| date.year() >= EARLIEST).map(Day::On),
        Year::Unsaid => of_some_year(month, day),
    };
    Ok(Some((day.ok_or_else(|| typed.out_of_range())?, rest)))
}

/// A year as written.
enum Year {
    Of(u32),
    Era(Era, u32),
    Unsaid,
}

type Written<'a> = (Year, u32, u32, &'a str);

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

/// Reads `last night`, `昨夜`, `今朝` and the like.
fn night(text: &str) -> Option<(Day, &str)> {
    if let Some(rest) = strip_word(text, &["last night"]).or_else(|| strip_any(text, &["昨夜", "昨晩", "ゆうべ"]))
    {
        return Some((Day::LastNight, rest));
    }
    let rest = strip_word(text, &["this morning"]).or_else(|| strip_any(text, &["今朝", "けさ"]))?;
    Some((Day::Ago(0), rest))
}

/// `2026-11-20`, `2026/11/20`, `11/20`.
fn numeric(text: &str) -> Option<Written<'_>> {
    let Some((year, rest)) = digits(text, 4, 4) else {
        let (month, rest) = digits(text, 1, 2)?;
        let (day, rest) = digits(rest.strip_prefix('/')?, 1, 2)?;
        // 20/11/2026 begins with its day in some places, and with its month in others.
        return is_apart(rest).then_some((Year::Unsaid, month, day, rest));
    };
    let mark = rest.chars().next().filter(|c| matches!(c, '-' | '/'))?;
    let (month, rest) = digits(rest.strip_prefix(mark)?, 1, 2)?;
    let (day, rest) = digits(rest.strip_prefix(mark)?, 1, 2)?;
    is_apart(rest).then_some((Year::Of(year), month, day, rest))
}

/// Whether what follows figures is not more of them.
fn is_apart(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with([' ', 'T', 't', '('])
}

/// `Nov 20`, `20 Nov`, either with a year.
fn with_month(text: &str) -> Option<Written<'_>> {
    let (month, day, rest) = match month_named(text) {
        Some((month, rest)) => {
            let (day, rest) = digits(rest.trim_start(), 1, 2)?;
            (month, day, strip_any(rest, &["st", "nd", "rd", "th"]).unwrap_or(rest))
        }
        None => {
            let (day, rest) = digits(text, 1, 2)?;
            let rest = strip_any(rest, &["st", "nd", "rd", "th"]).unwrap_or(rest);
            let (month, rest) = month_named(rest.trim_start())?;
            (month, day, rest)
        }
    };
    let after = strip_any(rest, &[", ", ",", " "]).unwrap_or(rest);
    let (year, rest) = digits(after, 4, 4).map_or((Year::Unsaid, rest), |(year, rest)| (Year::Of(year), rest));
    let rest = rest.strip_prefix(',').unwrap_or(rest);
    is_apart(rest).then_some((year, month, day, rest))
}

/// What follows a date: a `T` and a digit, white space, nothing, or straight away what Japanese writes there.
fn time_of(rest: &str) -> Option<&str> {
    match strip_any(rest, &["T", "t"]) {
        Some(time) => time.starts_with(|c: char| c.is_ascii_digit()).then_some(time),
        None => Some(rest.trim_start()),
    }
}

fn japanese(text: &str) -> Option<Written<'_>> {
    let with_year = digits(text, 4, 4).and_then(|(year, rest)| Some((Year::Of(year), rest.strip_prefix('年')?)));
    let in_era = || era(text).map(|(era, year, rest)| (Year::Era(era, year), rest));
    let (year, text) = with_year.or_else(in_era).unwrap_or((Year::Unsaid, text));
    let (month, rest) = digits(text, 1, 2)?;
    let (day, rest) = digits(rest.strip_prefix('月')?, 1, 2)?;
    Some((year, month, day, rest.strip_prefix('日')?))
}

fn date(year: u32, month: u32, day: u32) -> Option<Date> {
    let year = i16::try_from(year).ok().filter(|year| *year >= EARLIEST)?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A leap year stands in for the unknown one, so that 29 February passes.
fn of_some_year(month: u32, day: u32) -> Option<Day> {
    let any = date(2000, month, day)?;
    Some(Day::OfSomeYear { month: any.month(), day: any.day(), weekday: None })
}
