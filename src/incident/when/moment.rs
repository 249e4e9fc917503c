//! Moments: everything `--at` accepts.

use super::clock::clock;
use super::day::{Day, day, word};
use super::duration::length;
use super::error::{Typed, WhenError};
use super::occurrence::occurrence;
use super::width::{folded, strip_any, strip_word};
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
    let quoting = Typed(typed);
    if quoting.too_long() {
        return Err(quoting.unreadable());
    }
    let text = folded(typed);
    let (about, text) = leading_about(text.trim());
    let reading = match current(text, now) {
        Some(reading) => reading,
        None => match ago(text, now, quoting)? {
            Some(reading) => reading,
            None => wall_clock(text, now, zone, quoting)?,
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

fn wall_clock(text: &str, now: Timestamp, default: &TimeZone, typed: Typed<'_>) -> Result<Reading, WhenError> {
    let (leading, text) = leading_zone(text);
    let (before, text) = match day(text, typed)? {
        Some((_, "")) => return Err(WhenError::DateOnly { typed: typed.quoted() }),
        Some((day, rest)) => (Some(day), rest),
        None => (None, text),
    };
    let clock = clock(text, typed)?;
    let (about, rest) = trailing_about(clock.rest);
    let (after, rest) = word(rest).map_or((None, rest), |(day, rest)| (Some(day), rest.trim_start()));
    let trailing = zone(rest, typed)?;
    let (about_after, rest) = trailing_about(trailing.as_ref().map_or(rest, |zone| zone.rest));
    let twice = (before.is_some() && after.is_some()) || (leading.is_some() && trailing.is_some());
    if twice || !rest.is_empty() {
        return Err(typed.unreadable());
    }
    let day = before.or(after);
    let zone = leading.or(trailing);
    Ok(Reading {
        at: occurrence(day, clock.time, zone.as_ref().map_or(default, |zone| &zone.tz), now, typed)?,
        approximate: about || about_after,
        zone: zone.map(|zone| zone.typed.to_owned()),
        date_assumed: day.is_none_or(Day::lacks_year),
    })
}

/// Takes `日本時間` and the like, which in Japanese go first, with the particle after them.
pub(super) fn leading_zone(text: &str) -> (Option<Zone<'_>>, &str) {
    let zone = japanese(text);
    let rest = zone.as_ref().map_or(text, |zone| strip_any(zone.rest, &["で", "の"]).unwrap_or(zone.rest));
    (zone, rest.trim_start())
}
