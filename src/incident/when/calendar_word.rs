//! Words of a calendar: days of the week, months, the eras of Japan.

use super::width::{digits, strip_any, strip_word};
use jiff::civil::{Date, Weekday, date};

/// Longer names go before their own beginnings.
const WEEKDAYS: [(Weekday, [&str; 3], [&str; 2], &str); 7] = [
    (Weekday::Sunday, ["sunday", "sun", "sun"], ["日曜日", "日曜"], "日"),
    (Weekday::Monday, ["monday", "mon", "mon"], ["月曜日", "月曜"], "月"),
    (Weekday::Tuesday, ["tuesday", "tues", "tue"], ["火曜日", "火曜"], "火"),
    (Weekday::Wednesday, ["wednesday", "weds", "wed"], ["水曜日", "水曜"], "水"),
    (Weekday::Thursday, ["thursday", "thurs", "thu"], ["木曜日", "木曜"], "木"),
    (Weekday::Friday, ["friday", "fri", "fri"], ["金曜日", "金曜"], "金"),
    (Weekday::Saturday, ["saturday", "sat", "sat"], ["土曜日", "土曜"], "土"),
];

const MONTHS: [&[&str]; 12] = [
    &["january", "jan"],
    &["february", "feb"],
    &["march", "mar"],
    &["april", "apr"],
    &["may"],
    &["june", "jun"],
    &["july", "jul"],
    &["august", "aug"],
    &["september", "sept", "sep"],
    &["october", "oct"],
    &["november", "nov"],
    &["december", "dec"],
];

/// An era, its years counted from one; its first and last day.
#[derive(Clone, Copy)]
pub(super) struct Era {
    name: &'static str,
    first: Date,
    last: Date,
}

const ERAS: [Era; 3] = [
    Era { name: "令和", first: date(2019, 5, 1), last: Date::MAX },
    Era { name: "平成", first: date(1989, 1, 8), last: date(2019, 4, 30) },
    Era { name: "昭和", first: date(1926, 12, 25), last: date(1989, 1, 7) },
];

impl Era {
    /// The date in a year of this era; `None` where the calendar shows no such date, or not in this era.
    pub(super) fn date(self, year: u32, month: u32, day: u32) -> Option<Date> {
        let year = self.first.year().checked_add(i16::try_from(year.checked_sub(1)?).ok()?)?;
        let found = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        (self.first..=self.last).contains(&found).then_some(found)
    }
}

/// Reads `令和8年` off the beginning of a folded text.
pub(super) fn era(text: &str) -> Option<(Era, u32, &str)> {
    let (era, rest) = ERAS.iter().find_map(|era| Some((*era, text.strip_prefix(era.name)?)))?;
    let (year, rest) = match rest.strip_prefix('元') {
        Some(rest) => (1, rest),
        None => digits(rest, 1, 2)?,
    };
    Some((era, year, rest.strip_prefix('年')?))
}

/// Reads a day of the week off the beginning of a folded text.
pub(super) fn weekday(text: &str) -> Option<(Weekday, &str)> {
    WEEKDAYS.iter().find_map(|(weekday, english, japanese, _)| {
        let rest = strip_word(text, english).or_else(|| strip_any(text, japanese))?;
        Some((*weekday, rest.strip_prefix('.').unwrap_or(rest)))
    })
}

/// Reads a day of the week in brackets, where one character is enough: `(金)`.
pub(super) fn bracketed(text: &str) -> Option<(Weekday, &str)> {
    let inside = text.strip_prefix('(')?;
    let short = || {
        WEEKDAYS.iter().find_map(|(weekday, _, _, letter)| {
            let rest = inside.strip_prefix(letter)?;
            rest.starts_with(')').then_some((*weekday, rest))
        })
    };
    let (weekday, rest) = short().or_else(|| weekday(inside))?;
    Some((weekday, rest.strip_prefix(')')?))
}

/// Reads the name of a month off the beginning of a folded text.
pub(super) fn month_named(text: &str) -> Option<(u32, &str)> {
    (1..).zip(MONTHS).find_map(|(number, names)| {
        let rest = strip_word(text, names)?;
        Some((number, rest.strip_prefix('.').unwrap_or(rest)))
    })
}
