//! Lengths of time: `1h30m`, `3 days`, `1時間30分`.

use super::error::{SpanError, Typed};
use super::width::{digit_run, folded};
use crate::incident::time::Span;

const SECOND: u64 = 1_000;
const MINUTE: u64 = 60 * SECOND;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;
const WEEK: u64 = 7 * DAY;

/// Longest accepted length: ten years, each taken as 366 days.
const LONGEST: u64 = 3_660 * DAY;

/// Longer words before their own beginnings.
const JAPANESE: [(&str, u64); 9] = [
    ("週間", WEEK),
    ("週", WEEK),
    ("日間", DAY),
    ("日", DAY),
    ("時間", HOUR),
    ("分間", MINUTE),
    ("分", MINUTE),
    ("秒間", SECOND),
    ("秒", SECOND),
];

const ENGLISH: [(u64, &[&str]); 5] = [
    (WEEK, &["w", "wk", "wks", "week", "weeks"]),
    (DAY, &["d", "day", "days"]),
    (HOUR, &["h", "hr", "hrs", "hour", "hours"]),
    (MINUTE, &["m", "min", "mins", "minute", "minutes"]),
    (SECOND, &["s", "sec", "secs", "second", "seconds"]),
];

/// A length of time read off the beginning of a text.
pub(super) struct Length<'a> {
    /// `None` when it is longer than ten years.
    pub(super) span: Option<Span>,
    /// Whether a Japanese unit was used.
    pub(super) japanese: bool,
    pub(super) rest: &'a str,
}

struct Part<'a> {
    millis: u64,
    unit: u64,
    japanese: bool,
    rest: &'a str,
}

/// Reads a length of time such as `15m`, `1h30m`, `1.5h`, `3 days`, `2週間` or `1時間半`.
///
/// Units go from the largest to the smallest, each at most once. A day is 24 hours.
///
/// # Errors
///
/// Refuses a number without a unit, an unknown unit (also `M`, which could be months), a negative length, more than
/// ten years, and anything left over.
pub fn parse_span(typed: &str) -> Result<Span, SpanError> {
    let quoting = Typed(typed);
    let quoted = || quoting.quoted();
    if quoting.too_long() {
        return Err(SpanError::Unreadable { typed: quoted() });
    }
    let text = folded(typed);
    let text = text.trim();
    if text.strip_prefix('-').is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit())) {
        return Err(SpanError::Negative { typed: quoted() });
    }
    let Some(length) = length(text) else { return Err(refusal(text, quoted())) };
    if !length.rest.trim_start().is_empty() {
        return Err(refusal(length.rest.trim_start(), quoted()));
    }
    length.span.ok_or_else(|| SpanError::TooLong { typed: quoted() })
}

/// Says what is wrong with `left`, the text from the first number that could not be read.
fn refusal(left: &str, typed: String) -> SpanError {
    let (number, after) = digit_run(left);
    let after = after.trim_start();
    let unit: String = after.chars().take_while(|c| c.is_alphabetic()).collect();
    if number.is_empty() || (unit.is_empty() && !after.is_empty()) || known(&unit) {
        SpanError::Unreadable { typed }
    } else if unit.is_empty() {
        SpanError::NoUnit { typed }
    } else {
        SpanError::UnknownUnit { typed, unit }
    }
}

fn known(unit: &str) -> bool {
    self::unit(unit).is_some_and(|(_, _, rest)| rest.is_empty())
}

/// Reads numbers with units off the beginning of a folded text; `None` when it begins with none.
pub(super) fn length(text: &str) -> Option<Length<'_>> {
    let mut total: u64 = 0;
    let mut last: Option<Part<'_>> = None;
    let mut rest = text;
    let mut japanese = false;
    while let Some(part) = part(rest.trim_start()) {
        if last.as_ref().is_some_and(|larger| larger.unit <= part.unit) {
            break;
        }
        total = total.saturating_add(part.millis);
        japanese |= part.japanese;
        rest = part.rest;
        last = Some(part);
    }
    let last = last?;
    if last.japanese
        && last.unit == HOUR
        && let Some(after) = rest.strip_prefix('半')
    {
        total = total.saturating_add(HOUR / 2);
        rest = after;
    }
    let span = (total <= LONGEST).then(|| i64::try_from(total).ok()).flatten().map(Span::from_millis);
    Some(Length { span, japanese, rest })
}

fn part(text: &str) -> Option<Part<'_>> {
    let (whole, after) = digit_run(text);
    if whole.is_empty() {
        return None;
    }
    let (tenths, after) = match after.strip_prefix('.').map(digit_run) {
        Some((tenth, rest)) if tenth.len() == 1 => (tenth.parse::<u64>().ok()?, rest),
        Some(_) => return None,
        None => (0, after),
    };
    let (unit, japanese, rest) = unit(after.trim_start())?;
    // More digits than a u64 holds are a length all the same: one that is too long.
    let millis = whole.parse::<u64>().unwrap_or(u64::MAX).saturating_mul(unit).saturating_add(tenths * (unit / 10));
    Some(Part { millis, unit, japanese, rest })
}

fn unit(text: &str) -> Option<(u64, bool, &str)> {
    let (word, rest) = text.split_at(text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len()));
    if word.is_empty() {
        return JAPANESE.iter().find_map(|(name, unit)| Some((*unit, true, text.strip_prefix(name)?)));
    }
    if word == "M" {
        return None;
    }
    let (unit, _) = ENGLISH.iter().find(|(_, names)| names.iter().any(|name| name.eq_ignore_ascii_case(word)))?;
    Some((*unit, false, rest))
}
