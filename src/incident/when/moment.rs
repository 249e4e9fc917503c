//! Moments: everything `--at` accepts.

use super::calendar_word::weekday;
use super::clock::clock;
use super::day::{Day, day, word};
use super::duration::length;
use super::error::{Typed, WhenError};
use super::occurrence::{beginning, occurrence};
use super::width::{digit_run, digits, folded, strip_any, strip_word};
use super::zone::{Zone, japanese, zone};
use crate::incident::time::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// A moment a person typed, and how it was understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// The instant understood.
    pub at: Timestamp,
    /// Whether it was given as approximate: `~02:10`, `約5分前`, `14:05頃`.
    pub approximate: bool,
    /// The time zone as typed (`JST`, `+09:00`, `日本時間`), in narrow characters; `None` for the caller's.
    pub zone: Option<String>,
    /// The whole text as typed.
    pub typed: String,
    /// Whether the date, or its year, was chosen and not typed; callers show it.
    pub date_assumed: bool,
}

/// Whether a text that is read leaves something to be understood, so that callers show what was: `25:10`, `11/28 1:05`.
pub fn leaves_open(typed: &str) -> bool {
    let text = extended(folded(typed).trim());
    let (_, text) = leading_about(&text);
    let (_, text) = leading_zone(text);
    let counts_on = |text: &str| clock(text, Typed(typed)).is_ok_and(|clock| clock.next_day);
    match day(text, Typed(typed)) {
        Ok(Some((Day::Ago(_), rest))) => counts_on(rest),
        Ok(Some((_, rest))) => digits(text, 4, 4).is_none() || counts_on(rest),
        Ok(None) => counts_on(text),
        Err(_) => false,
    }
}

/// What a reader made of the whole text.
struct Reading {
    at: Timestamp,
    approximate: bool,
    zone: Option<String>,
    date_assumed: bool,
}

const NOW: [&str; 6] = ["たった今", "ちょうど今", "ただいま", "ただ今", "現在", "今"];

/// Reads a moment that has already been, from what a person typed at `now`.
///
/// Wall-clock times are in the zone typed with them, else in `zone`. A bare one is its latest occurrence, a date
/// without a year the nearest one, and a length of time is that long ago.
///
/// # Errors
///
/// Refuses what it cannot read to the last word, more than two minutes in the future, dates and times that do not
/// exist, and whatever has two readings: times a clock change repeats or skips, abbreviations that zones share.
pub fn parse(typed: &str, now: Timestamp, zone: &TimeZone) -> Result<When, WhenError> {
    read(typed, now, zone, false)
}

/// Reads the moment at which a stretch of time begins or ends: as [`parse`], and a day alone is its beginning.
///
/// # Errors
///
/// As [`parse`].
pub fn parse_start(typed: &str, now: Timestamp, zone: &TimeZone) -> Result<When, WhenError> {
    read(typed, now, zone, true)
}

fn read(typed: &str, now: Timestamp, zone: &TimeZone, day_alone: bool) -> Result<When, WhenError> {
    let quoting = Typed(typed);
    if quoting.too_long() {
        return Err(quoting.unreadable());
    }
    let text = extended(folded(typed).trim());
    let (about, text) = leading_about(&text);
    let reading = match current(text, now) {
        Some(reading) => reading,
        None => match ago(text, now, quoting)? {
            Some(reading) => reading,
            None => wall_clock(text, now, zone, quoting, day_alone)?,
        },
    };
    Ok(When {
        at: reading.at,
        approximate: about || reading.approximate,
        zone: reading.zone,
        typed: typed.to_owned(),
        date_assumed: reading.date_assumed,
    })
}

/// Takes `~`, `約`, `about` and the like, and says whether there was one.
pub(super) fn leading_about(text: &str) -> (bool, &str) {
    let rest = strip_any(text, &["~", "約", "およそ"]).or_else(|| strip_word(text, &["about", "around", "approx"]));
    (rest.is_some(), rest.unwrap_or(text).trim_start())
}

/// Takes `頃`, `くらい` and the like off the beginning of what follows a time; `None` when there is none.
pub(super) fn about_marked(text: &str) -> Option<&str> {
    strip_any(text.trim_start(), &["頃", "ごろ", "ころ", "くらい", "ぐらい", "ほど"])
}

fn trailing_about(text: &str) -> (bool, &str) {
    let rest = about_marked(text);
    (rest.is_some(), rest.unwrap_or(text).trim_start())
}

fn current(text: &str, now: Timestamp) -> Option<Reading> {
    let rest = strip_word(text, &["now", "just now", "right now"]).or_else(|| strip_any(text, &NOW))?;
    let (approximate, rest) = trailing_about(rest);
    rest.is_empty().then_some(Reading { at: now, approximate, zone: None, date_assumed: false })
}

/// A length of time ago; `None` when the text is not one to its last word.
fn ago(text: &str, now: Timestamp, typed: Typed<'_>) -> Result<Option<Reading>, WhenError> {
    let Some(length) = length(text) else { return Ok(None) };
    let (about, rest) = trailing_about(length.rest);
    let said = strip_word(rest, &["ago"]).or_else(|| strip_any(rest, &["前", "まえ"]));
    let (about_after, rest) = trailing_about(said.unwrap_or(rest));
    // 5分 and 3日 are also the fifth minute and the third of the month.
    if !rest.is_empty() || (length.japanese && said.is_none()) {
        return Ok(None);
    }
    let span = length.span.ok_or_else(|| typed.out_of_range())?;
    let approximate = about || about_after;
    Ok(Some(Reading { at: now.minus(span), approximate, zone: None, date_assumed: false }))
}

/// ISO 8601's basic form with the marks of the extended one, and a time of day without its `T`.
fn extended(text: &str) -> String {
    let is_t = |text: &&str| text.starts_with(['T', 't']);
    let date = digits(text, 8, 8).filter(|(_, rest)| is_t(rest));
    let time = date.map_or(text, |(_, rest)| rest);
    if !is_t(&time) {
        return text.to_owned();
    }
    let (figures, rest) = digit_run(time.get(1..).unwrap_or_default());
    let time = match (figures.len(), figures.get(..2), figures.get(2..4), figures.get(4..)) {
        (4, Some(hour), Some(minute), _) => format!("{hour}:{minute}{rest}"),
        (6, Some(hour), Some(minute), Some(second)) => format!("{hour}:{minute}:{second}{rest}"),
        _ => format!("{figures}{rest}"),
    };
    let Some((date, _)) = date else {
        // A word with a `t` is left as it is.
        return if figures.is_empty() { text.to_owned() } else { time };
    };
    format!("{:04}-{:02}-{:02}T{time}", date / 10_000, date / 100 % 100, date % 100)
}

fn wall_clock(
    text: &str,
    now: Timestamp,
    default: &TimeZone,
    typed: Typed<'_>,
    day_alone: bool,
) -> Result<Reading, WhenError> {
    let (leading, text) = leading_zone(text);
    let (before, text) = match day(text, typed)? {
        Some((day, rest)) if day_alone && !matches!(day, Day::LastNight) && is_no_time(rest) => {
            let trailing = bracketed_zone(rest, typed)?;
            let after = trailing.as_ref().map_or(rest, |zone| zone.rest).trim_start();
            if !after.is_empty() || (leading.is_some() && trailing.is_some()) {
                return Err(typed.unreadable());
            }
            let zone = leading.or(trailing);
            return Ok(Reading {
                at: beginning(day, zone.as_ref().map_or(default, |zone| &zone.tz), now, typed)?,
                approximate: false,
                zone: zone.map(|zone| zone.typed.to_owned()),
                date_assumed: day.lacks_year(),
            });
        }
        Some((_, "")) => return Err(WhenError::DateOnly { typed: typed.quoted() }),
        Some((day, rest)) => (Some(day), rest),
        None => (None, text),
    };
    let clock = clock(text, typed)?;
    let (about, rest) = trailing_about(clock.rest);
    let after = word(rest).or_else(|| weekday(rest).map(|(weekday, rest)| (Day::Last(weekday), rest)));
    let (after, rest) = after.map_or((None, rest), |(day, rest)| (Some(day), rest.trim_start()));
    let trailing = bracketed_zone(rest, typed)?;
    let (about_after, rest) = trailing_about(trailing.as_ref().map_or(rest, |zone| zone.rest));
    let twice = (before.is_some() && after.is_some()) || (leading.is_some() && trailing.is_some());
    if twice || !rest.is_empty() {
        return Err(typed.unreadable());
    }
    let day = before.or(after);
    let zone = leading.or(trailing);
    Ok(Reading {
        at: occurrence(day, clock.time, clock.next_day, zone.as_ref().map_or(default, |zone| &zone.tz), now, typed)?,
        approximate: about || about_after,
        zone: zone.map(|zone| zone.typed.to_owned()),
        date_assumed: day.is_none_or(Day::lacks_year),
    })
}

/// Whether nothing that follows a day is its time: nothing, or a zone.
fn is_no_time(rest: &str) -> bool {
    !rest.starts_with(|c: char| c.is_ascii_digit()) && !rest.starts_with(['午', '正'])
}

/// Reads a zone, which may stand in brackets: `(JST)`, `[Asia/Tokyo]`.
fn bracketed_zone<'a>(text: &'a str, typed: Typed<'_>) -> Result<Option<Zone<'a>>, WhenError> {
    let pair = [('(', ')'), ('[', ']')].into_iter().find(|(open, _)| text.starts_with(*open));
    let inside = pair.and_then(|(open, close)| text.strip_prefix(open)?.split_once(close));
    let Some((inside, rest)) = inside else { return zone(text, typed) };
    match zone(inside.trim(), typed)? {
        Some(zone) if zone.rest.is_empty() => Ok(Some(Zone { rest, ..zone })),
        _ => Err(typed.unreadable()),
    }
}

/// Takes `日本時間` and the like, which in Japanese go first, with the particle after them.
pub(super) fn leading_zone(text: &str) -> (Option<Zone<'_>>, &str) {
    let zone = japanese(text);
    let rest = zone.as_ref().map_or(text, |zone| strip_any(zone.rest, &["で", "の"]).unwrap_or(zone.rest));
    (zone, rest.trim_start())
}
