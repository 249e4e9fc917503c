//! Times as other tools write them.

use crate::incident::time::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// Digits of a number of seconds since 1970; more are milliseconds and finer.
const SECONDS: usize = 11;

/// A word for a zone that can mean several, and what it was taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// The word.
    pub name: String,
    /// The zone.
    pub taken: String,
}

/// Reads a time: RFC 3339 with any number of fractions, a date and a time of day with a zone's abbreviation or none, or
/// a number of seconds or milliseconds since 1970. A time before 1970 is none: tools write year 1 for "not yet".
pub fn read(written: &str, zone: &TimeZone) -> Result<Option<Timestamp>, ()> {
    read_doubting(written, zone).map(|(at, _)| at)
}

/// A time as [`read`] has it, and the word for a zone that may have been misread.
pub fn read_doubting(written: &str, zone: &TimeZone) -> Result<(Option<Timestamp>, Option<Doubt>), ()> {
    let written = written.trim();
    // Year 1 is "not yet"; there is no year 0.
    if written.starts_with("0000-") {
        return Err(());
    }
    let (instant, doubt) = match number(written) {
        Some(millis) => (millis, None),
        None => match written.parse::<jiff::Timestamp>() {
            Ok(instant) => (instant.as_millisecond(), None),
            Err(_) => civil(written, zone)?,
        },
    };
    Ok(((instant > 0).then_some(Timestamp::from_millis(instant)), doubt))
}

/// Milliseconds since 1970 of a number of seconds, milliseconds, microseconds or nanoseconds.
fn number(written: &str) -> Option<i64> {
    let whole = written.split('.').next()?;
    if whole.is_empty() || !whole.bytes().all(|byte| byte.is_ascii_digit()) || whole.len() > 19 {
        return None;
    }
    let number: i64 = whole.parse().ok()?;
    let fraction: i64 = written.split_once('.').map_or(Some(0), |(_, digits)| {
        let digits: String = digits.chars().chain("000".chars()).take(3).collect();
        digits.parse().ok()
    })?;
    Some(match whole.len() {
        ..=SECONDS => number * 1000 + fraction,
        12..=14 => number,
        15..=17 => number / 1000,
        _ => number / 1_000_000,
    })
}

/// A date and a time of day, in the zone that stands behind them or in `zone`.
fn civil(written: &str, zone: &TimeZone) -> Result<(i64, Option<Doubt>), ()> {
    let read = |text: &str| text.trim_end().replace('/', "-").parse::<DateTime>().map_err(|_| ());
    if let Ok(civil) = read(written) {
        return millis(civil, zone).map(|at| (at, None)).ok_or(());
    }
    let (before, word) = written.rsplit_once(' ').ok_or(())?;
    let civil = read(before)?;
    let own = super::zone::meaning(word, civil, zone).filter(|own| own.known).ok_or(())?;
    let doubt = own.doubtful.then(|| Doubt { name: word.to_owned(), taken: own.shown() });
    millis(civil, &own.zone).map(|at| (at, doubt)).ok_or(())
}

/// Milliseconds since 1970 of a wall clock's time.
pub fn millis(civil: DateTime, zone: &TimeZone) -> Option<i64> {
    zone.to_ambiguous_zoned(civil).compatible().ok().map(|zoned| zoned.timestamp().as_millisecond())
}

/// The number of a month by its English name or the beginning of it.
pub fn month(name: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let lower = name.to_ascii_lowercase();
    let beginning = lower.get(..3)?;
    let at = MONTHS.iter().position(|month| *month == beginning)?;
    lower.bytes().all(|byte| byte.is_ascii_lowercase()).then(|| i8::try_from(at + 1).ok())?
}

#[cfg(test)]
mod tests {
    use super::read;
    use jiff::tz::TimeZone;

    fn shown(written: &str) -> String {
        match read(written, &TimeZone::get("Asia/Tokyo").expect("a zone")) {
            Ok(Some(at)) => at.to_string(),
            Ok(None) => "none".to_owned(),
            Err(()) => "bad".to_owned(),
        }
    }

    #[test]
    fn times_are_read_as_tools_write_them() {
        for (written, expected) in [
            ("2020-02-06T00:17:58.432911368Z", "2020-02-06T00:17:58.432Z"),
            ("2020-02-06T00:17:58+09:00", "2020-02-05T15:17:58.000Z"),
            ("2020-02-06 09:17:58 UTC", "2020-02-06T09:17:58.000Z"),
            ("2020-02-06 09:17:58 PST", "2020-02-06T17:17:58.000Z"),
            ("2020-02-06T09:17:58", "2020-02-06T00:17:58.000Z"),
            ("2020/02/06 09:17", "2020-02-06T00:17:00.000Z"),
            ("1580948278", "2020-02-06T00:17:58.000Z"),
            ("1580948278.5", "2020-02-06T00:17:58.500Z"),
            ("1580948278432", "2020-02-06T00:17:58.432Z"),
            ("0001-01-01T00:00:00Z", "none"),
            ("0", "none"),
            ("0000-01-01T00:00:00Z", "bad"),
            ("soon", "bad"),
            ("2020-13-01T00:00:00Z", "bad"),
        ] {
            assert_eq!(shown(written), expected, "{written}");
        }
    }
}
