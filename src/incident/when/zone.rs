//! Time zones as typed after a wall-clock time: `JST`, `+09:00`, `Asia/Tokyo`, `日本時間`.

use super::error::{Typed, WhenError};
use super::width::{digits, strip_word};
use jiff::tz::{Offset, TimeZone};

/// A zone read off the beginning of a text.
pub(super) struct Zone<'a> {
    pub(super) tz: TimeZone,
    pub(super) typed: &'a str,
    pub(super) rest: &'a str,
}

/// Abbreviations that mean one offset to whoever types them, in minutes east of UTC.
///
/// Left out are those that incident notes use for other things: MSK and SST (Kafka, tables), PKT, SAST, ICT, WEST.
const KNOWN: [(&str, i32); 28] = [
    ("Z", 0),
    ("UTC", 0),
    ("GMT", 0),
    ("CET", 60),
    ("CEST", 120),
    ("EET", 120),
    ("EEST", 180),
    ("HKT", 480),
    ("SGT", 480),
    ("AWST", 480),
    ("JST", 540),
    ("KST", 540),
    ("ACST", 570),
    ("ACDT", 630),
    ("AEST", 600),
    ("AEDT", 660),
    ("NZST", 720),
    ("NZDT", 780),
    ("EST", -300),
    ("EDT", -240),
    ("CDT", -300),
    ("MST", -420),
    ("MDT", -360),
    ("PST", -480),
    ("PDT", -420),
    ("AKST", -540),
    ("AKDT", -480),
    ("HST", -600),
];

/// Abbreviations in daily use on more than one continent. A reading begins with a name that can be typed instead.
const SHARED: [(&str, &[&str]); 5] = [
    ("CST", &["America/Chicago (-06:00)", "Asia/Shanghai (+08:00)", "America/Havana (-05:00)"]),
    ("IST", &["Asia/Kolkata (+05:30)", "Europe/Dublin (+01:00)", "Asia/Jerusalem (+02:00)"]),
    ("BST", &["Europe/London (+01:00)", "Asia/Dhaka (+06:00)", "Pacific/Bougainville (+11:00)"]),
    ("AST", &["America/Halifax (-04:00)", "Asia/Riyadh (+03:00)"]),
    ("GST", &["Asia/Dubai (+04:00)", "Atlantic/South_Georgia (-02:00)"]),
];

const JAPANESE: [(&str, i32); 3] = [("日本時間", 540), ("日本標準時", 540), ("協定世界時", 0)];

/// Reads a zone off the beginning of a folded text; `None` when there is nothing to read.
pub(super) fn zone<'a>(text: &'a str, typed: Typed<'_>) -> Result<Option<Zone<'a>>, WhenError> {
    if let Some(zone) = japanese(text) {
        return Ok(Some(zone));
    }
    let (name, rest) = token(text);
    if name.is_empty() {
        return Ok(None);
    }
    if let Some((_, readings)) = SHARED.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
        return Err(WhenError::AmbiguousZone { typed: typed.quoted(), zone: name.to_owned(), readings });
    }
    match named(name) {
        Some(tz) => Ok(Some(Zone { tz, typed: name, rest })),
        None if zone_like(name) => Err(WhenError::UnknownZone { typed: typed.quoted(), zone: name.to_owned() }),
        None => Err(typed.unreadable()),
    }
}

/// Reads a zone written in Japanese, which may also go before the time.
pub(super) fn japanese(text: &str) -> Option<Zone<'_>> {
    JAPANESE.iter().find_map(|(name, minutes)| {
        let rest = text.strip_prefix(name)?;
        Some(Zone { tz: fixed(*minutes)?, typed: name, rest })
    })
}

/// Takes a zone that cannot be the first word of a sentence; `None` when the text does not begin with one.
///
/// Abbreviations count in capitals, offsets when no count of things would be written so: `+09:00`, `-0500`, and not
/// `+10` or `-1000`.
pub(super) fn evident(text: &str) -> Option<&str> {
    if let Some(zone) = japanese(text) {
        return Some(zone.rest);
    }
    let (name, _) = token(text);
    let name = name.trim_end_matches([':', '-']);
    let is_zone = if let Some(figures) = name.strip_prefix(['+', '-']) {
        (name.contains(':') || (figures.len() == 4 && figures.starts_with('0'))) && named(name).is_some()
    } else {
        let capitals = KNOWN.iter().map(|(known, _)| known).chain(SHARED.iter().map(|(known, _)| known));
        capitals.into_iter().any(|known| *known == name) || (name.contains(['/', '+', '-']) && named(name).is_some())
    };
    if is_zone { text.strip_prefix(name) } else { None }
}

fn token(text: &str) -> (&str, &str) {
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '+' | '-' | ':');
    text.split_at(text.find(|c| !part(c)).unwrap_or(text.len()))
}

fn named(name: &str) -> Option<TimeZone> {
    if let Some((_, minutes)) = KNOWN.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
        return fixed(*minutes);
    }
    if name.starts_with(['+', '-']) {
        return offset(name, 2);
    }
    if let Some(after) = strip_word(name, &["UTC", "GMT"]) {
        return offset(after, 1);
    }
    // The database's other names say nothing of a place: its "EST" is Panama's, its "posixrules" New York's.
    if !name.contains('/') || !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let elsewhere = ["posix/", "right/", "etc/unknown"];
    if elsewhere.iter().any(|prefix| name.to_ascii_lowercase().starts_with(prefix)) {
        return None;
    }
    TimeZone::get(name).ok()
}

/// `+09:00`, `+0900` or `+09`; `hour_digits` is the fewest for the hour.
///
/// Limited to offsets in use, so that the end of `14:05-09:10`, a stretch of time, is not taken for one.
fn offset(text: &str, hour_digits: usize) -> Option<TimeZone> {
    let west = text.starts_with('-');
    let text = text.strip_prefix(['+', '-'])?;
    let (hours, minutes) = if let Some((hours, rest)) = digits(text, hour_digits, 2) {
        let minutes = match rest.strip_prefix(':') {
            Some(rest) => digits(rest, 2, 2).filter(|(_, rest)| rest.is_empty())?.0,
            None if rest.is_empty() => 0,
            None => return None,
        };
        (hours, minutes)
    } else {
        let (both, _) = digits(text, 4, 4).filter(|(_, rest)| rest.is_empty())?;
        (both / 100, both % 100)
    };
    let east = i32::try_from(hours * 60 + minutes).ok().filter(|_| minutes < 60 && minutes % 15 == 0)?;
    let east = if west { -east } else { east };
    if (-12 * 60..=14 * 60).contains(&east) { fixed(east) } else { None }
}

fn fixed(minutes: i32) -> Option<TimeZone> {
    Offset::from_seconds(minutes * 60).ok().map(TimeZone::fixed)
}

fn zone_like(name: &str) -> bool {
    let capitals = (2..=5).contains(&name.len()) && name.chars().all(|c| c.is_ascii_uppercase());
    let place = name.contains('/') && name.starts_with(|c: char| c.is_ascii_alphabetic());
    let after_utc = strip_word(name, &["UTC", "GMT"]).is_some();
    let offset = name.strip_prefix(['+', '-']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    capitals || place || after_utc || offset
}

/// Whether the time zone database knows this name, as `zone` in the settings must be.
pub fn is_zone(name: &str) -> bool {
    TimeZone::get(name).is_ok()
}

/// Every name in the time zone database, to suggest one from.
pub fn zone_names() -> Vec<String> {
    jiff::tz::db().available().map(|name| name.to_string()).collect()
}
