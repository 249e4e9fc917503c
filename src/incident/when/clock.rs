//! Times of day: `14:05`, `2:05 PM`, `14時5分`, `午後2時5分`.

use super::error::{Typed, WhenError};
use super::width::{digit_run, digits, strip_any, strip_word};
use jiff::civil::Time;

const NANOS_PER_MILLI: i32 = 1_000_000;

/// A time of day read off the beginning of a text.
pub(super) struct Clock<'a> {
    pub(super) time: Time,
    /// Whether it is in the small hours that the night shift counts to the day before: `25:10`.
    pub(super) next_day: bool,
    /// Whether minutes were written, as `9時` and `9am` have none.
    pub(super) to_the_minute: bool,
    pub(super) rest: &'a str,
}

/// The hours that a night shift counts on to: `29:59` is just before six in the morning.
const NIGHT_SHIFT: std::ops::RangeInclusive<u32> = 24..=29;

/// Which half of the day was said, and in which language, as they number the hour after noon differently.
#[derive(Clone, Copy)]
enum Half {
    English { afternoon: bool },
    Japanese { afternoon: bool },
}

/// Numbers as written, not yet known to be a time.
#[derive(Default)]
struct Figures<'a> {
    hour: u32,
    minute: Option<u32>,
    second: u32,
    millis: i32,
    rest: &'a str,
}

/// Reads a time of day off the beginning of a folded text.
pub(super) fn clock<'a>(text: &'a str, typed: Typed<'_>) -> Result<Clock<'a>, WhenError> {
    let (half, text) = match japanese_half(text) {
        Some((half, rest)) => (Some(half), rest),
        None => (None, text),
    };
    let (hour, after) = digits(text, 1, 2).ok_or_else(|| typed.unreadable())?;
    let figures = if let Some(after) = after.strip_prefix(':') {
        colons(hour, after)
    } else if let Some(after) = after.strip_prefix('時') {
        counters(hour, after)
    } else if half.is_none() && (1..=12).contains(&hour) && english_half(after).is_some() {
        Some(Figures { hour, rest: after, ..Figures::default() })
    } else {
        None
    };
    let mut figures = figures.ok_or_else(|| typed.unreadable())?;
    // `14:05 am …` is the beginning of a sentence.
    let half = half.or_else(|| {
        let (half, rest) = english_half(figures.rest).filter(|_| (1..=12).contains(&hour))?;
        figures.rest = rest;
        Some(half)
    });
    let hour = of_the_day(figures.hour, half, typed)?;
    let next_day = half.is_none() && NIGHT_SHIFT.contains(&hour);
    let hour = if next_day { hour - 24 } else { hour };
    let time = time(hour, &figures).ok_or_else(|| typed.out_of_range())?;
    Ok(Clock { time, next_day, to_the_minute: figures.minute.is_some(), rest: figures.rest })
}

fn japanese_half(text: &str) -> Option<(Half, &str)> {
    let (afternoon, rest) = match text.strip_prefix("午前") {
        Some(rest) => (false, rest),
        None => (true, text.strip_prefix("午後")?),
    };
    Some((Half::Japanese { afternoon }, rest.trim_start()))
}

fn english_half(text: &str) -> Option<(Half, &str)> {
    let text = text.trim_start();
    if let Some(rest) = strip_word(text, &["am", "a.m."]) {
        return Some((Half::English { afternoon: false }, rest));
    }
    Some((Half::English { afternoon: true }, strip_word(text, &["pm", "p.m."])?))
}

/// `05`, `05:30` or `05:30.123`, after the hour and its colon.
fn colons(hour: u32, text: &str) -> Option<Figures<'_>> {
    let (minute, rest) = digits(text, 2, 2)?;
    let mut figures = Figures { hour, minute: Some(minute), rest, ..Figures::default() };
    if let Some(after) = begins_number(rest, &[":"]) {
        (figures.second, figures.rest) = digits(after, 2, 2)?;
        if let Some(after) = begins_number(figures.rest, &[".", ","]) {
            (figures.millis, figures.rest) = millis(after)?;
        }
    }
    Some(figures)
}

/// `5分`, `5分30秒`, `半` or nothing, after the hour and its 時.
fn counters(hour: u32, text: &str) -> Option<Figures<'_>> {
    let mut figures = Figures { hour, rest: text, ..Figures::default() };
    if text.starts_with('間') {
        return None;
    }
    if let Some(rest) = text.strip_prefix('半') {
        return Some(Figures { minute: Some(30), rest, ..figures });
    }
    if let Some((minute, rest)) = counted(text, '分') {
        figures = Figures { minute: Some(minute), rest, ..figures };
        if let Some((second, rest)) = counted(rest, '秒') {
            figures = Figures { second, rest, ..figures };
        }
    }
    Some(figures)
}

fn counted(text: &str, counter: char) -> Option<(u32, &str)> {
    let (number, rest) = digits(text, 1, 2)?;
    Some((number, rest.strip_prefix(counter)?))
}

fn begins_number<'a>(text: &'a str, marks: &[&str]) -> Option<&'a str> {
    strip_any(text, marks).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

fn millis(text: &str) -> Option<(i32, &str)> {
    let (fraction, rest) = digit_run(text);
    if fraction.len() > 9 {
        return None;
    }
    let padded: String = fraction.chars().chain("00".chars()).take(3).collect();
    Some((padded.parse().ok()?, rest))
}

fn of_the_day(hour: u32, half: Option<Half>, typed: Typed<'_>) -> Result<u32, WhenError> {
    match half {
        None => Ok(hour),
        Some(Half::English { afternoon }) => Ok(hour % 12 + 12 * u32::from(afternoon)),
        Some(Half::Japanese { afternoon }) if hour < 12 => Ok(hour + 12 * u32::from(afternoon)),
        // The 1872 decree on the clock has 午前12時 at noon and 午後12時 at midnight; daily use often swaps them.
        Some(Half::Japanese { .. }) if hour == 12 => Err(WhenError::NoonOrMidnight { typed: typed.quoted() }),
        Some(Half::Japanese { .. }) => Err(typed.out_of_range()),
    }
}

fn time(hour: u32, figures: &Figures<'_>) -> Option<Time> {
    let narrow = |number: u32| i8::try_from(number).ok();
    let minute = figures.minute.unwrap_or_default();
    let nanos = figures.millis * NANOS_PER_MILLI;
    Time::new(narrow(hour)?, narrow(minute)?, narrow(figures.second)?, nanos).ok()
}
