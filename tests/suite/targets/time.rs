//! Times, lengths of time, and the time that a pasted line begins with.
//!
//! The first byte chooses the present and the zone; the rest is what was typed.

use super::assert_harmless;
use hikeshi::incident::localized::Lang;
use hikeshi::incident::time::{Span, Timestamp};
use hikeshi::incident::when::{SpanError, WhenError, leading_time, parse, parse_span};
use hikeshi::text::{Moments, span_error, when_error};
use jiff::tz::TimeZone;

/// Presents at which something may go wrong: an ordinary one, a new year, a leap day, around changes of clocks, the ends.
const NOWS: [i64; 16] = [
    1_795_165_200_000,
    1_798_761_600_000,
    1_709_208_000_000,
    1_792_893_600_000,
    1_792_897_200_000,
    1_774_746_000_000,
    1_774_749_600_000,
    1_793_512_800_000,
    0,
    -1,
    951_782_400_000,
    4_102_444_799_999,
    253_402_207_200_000,
    -377_705_023_201_000,
    i64::MAX,
    i64::MIN,
];

const ZONES: [&str; 8] = [
    "UTC",
    "Asia/Tokyo",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "America/Sao_Paulo",
];

/// How long before something may lie in the future.
const SKEW: i64 = 120_000;

/// The first instant of the year 9999.
const LAST: i64 = 253_370_764_800_000;

/// Longest accepted length: ten years of 366 days.
const LONGEST: i64 = 3_660 * 86_400_000;

pub fn time(bytes: &[u8]) {
    let Some((choice, typed)) = bytes.split_first() else { return };
    let Ok(typed) = std::str::from_utf8(typed) else { return };
    let now = Timestamp::from_millis(NOWS[usize::from(choice % 16)]);
    let zone = TimeZone::get(ZONES[usize::from(choice / 16 % 8)]).expect("a zone");
    moment(typed, now, &zone);
    span(typed, now, &zone);
    line(typed, now, &zone);
}

fn moment(typed: &str, now: Timestamp, zone: &TimeZone) {
    let when = match parse(typed, now, zone) {
        Ok(when) => when,
        Err(error) => return refused(&error, zone),
    };
    assert!(when.at.millis() <= now.millis().saturating_add(SKEW), "{typed:?} lies in the future: {}", when.at);
    assert_eq!(when.typed, typed);
    if let Some(zone) = &when.zone {
        assert_harmless("the zone", zone);
    }
    // What is shown can be typed again; years before 1970 are refused when they are typed, and those after 9999 too.
    let shown = when.at.to_string();
    if (0..LAST).contains(&when.at.millis()) && when.at.millis() % 1000 == 0 {
        let again = parse(&shown, now, zone).map(|again| again.at);
        assert_eq!(again, Ok(when.at), "{typed:?} was shown as {shown}");
    }
    for lang in [Lang::En, Lang::Ja] {
        let moments = Moments::new(zone.clone(), lang);
        assert_harmless("the time in full", &moments.full(when.at));
        let _ = (moments.near(when.at, now), moments.minute_of_day(when.at));
    }
}

fn refused(error: &WhenError, zone: &TimeZone) {
    for lang in [Lang::En, Lang::Ja] {
        let (message, hint) = when_error(error, &Moments::new(zone.clone(), lang));
        assert_harmless("why", &message);
        assert_harmless("what instead", &hint);
    }
    if let WhenError::Ambiguous { first, second: other, .. }
    | WhenError::Nonexistent { before: first, after: other, .. } = error
    {
        assert!(first < other, "{error}");
    }
}

fn span(typed: &str, now: Timestamp, zone: &TimeZone) {
    let span = match parse_span(typed) {
        Ok(span) => span,
        Err(error) => return span_refused(&error),
    };
    let millis = span.millis();
    assert!((0..=LONGEST).contains(&millis), "{typed:?} became {millis}");
    let seconds = millis / 1000;
    let shown = format!("{}d{}h{}m{}s", seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    assert_eq!(parse_span(&shown), Ok(Span::from_millis(seconds * 1000)), "{typed:?} is {shown}");
    // A length of time can also be said as a moment.
    let long_ago = format!("{typed} ago");
    if long_ago.chars().count() <= 100 {
        let read = parse(&long_ago, now, zone).map(|when| when.at);
        assert_eq!(read, Ok(now.minus(span)), "{long_ago:?}");
    }
}

fn span_refused(error: &SpanError) {
    for lang in [Lang::En, Lang::Ja] {
        let (message, hint) = span_error(error, lang);
        assert_harmless("why", &message);
        assert_harmless("what instead", &hint);
    }
}

fn line(typed: &str, now: Timestamp, zone: &TimeZone) {
    let Some((time, rest)) = leading_time(typed) else { return };
    let place = |part: &str| part.as_ptr() as usize - typed.as_ptr() as usize;
    assert!(!time.is_empty() && !rest.is_empty(), "{typed:?}");
    assert!(place(time) + time.len() <= place(rest), "{typed:?}: {time:?} and {rest:?} overlap");
    assert_eq!(place(rest) + rest.len(), typed.trim_end().len(), "{typed:?}: nothing is lost at the end");
    let read = parse(time, now, zone);
    let exists = !matches!(read, Err(WhenError::OutOfRange { .. })) || !(0..LAST).contains(&now.millis());
    assert!(exists && !matches!(read, Err(WhenError::Unreadable { .. })), "{time:?}: {read:?}");
}
