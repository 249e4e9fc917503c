mod clock_changes;
mod english;
mod japanese;
mod random;
mod refused;
mod scribe;
mod spans;
mod spelt;
mod zones;

use super::{WhenError, parse};
use crate::incident::time::Timestamp;
use jiff::tz::TimeZone;

/// A Friday: 10:00 in Berlin, 18:00 in Tokyo.
const FRIDAY: &str = "2026-11-20T09:00:00Z";

fn at(instant: &str) -> Timestamp {
    Timestamp::from_millis(instant.parse::<jiff::Timestamp>().unwrap().as_millisecond())
}

/// How `typed` was understood, in one line: `2026-11-20T05:05:00.000Z about JST date-assumed`, or why not.
fn understood(typed: &str, now: &str, zone: &str) -> String {
    let short = |at: Timestamp| at.to_string().replace(":00.000Z", "Z");
    match parse(typed, at(now), &TimeZone::get(zone).unwrap()) {
        Ok(when) => {
            assert_eq!(when.typed, typed);
            let mut line = short(when.at);
            if when.approximate {
                line.push_str(" about");
            }
            if let Some(zone) = when.zone {
                line.push(' ');
                line.push_str(&zone);
            }
            if when.date_assumed {
                line.push_str(" date-assumed");
            }
            line
        }
        Err(WhenError::Unreadable { .. }) => "unreadable".to_owned(),
        Err(WhenError::DateOnly { .. }) => "date only".to_owned(),
        Err(WhenError::OutOfRange { .. }) => "out of range".to_owned(),
        Err(WhenError::NoonOrMidnight { .. }) => "noon or midnight".to_owned(),
        Err(WhenError::Future { understood, .. }) => format!("future {}", short(understood)),
        Err(WhenError::Ambiguous { first, second, .. }) => format!("twice {} {}", short(first), short(second)),
        Err(WhenError::Nonexistent { before, after, .. }) => format!("never {} {}", short(before), short(after)),
        Err(WhenError::UnknownZone { zone, .. }) => format!("unknown zone {zone}"),
        Err(WhenError::AmbiguousZone { zone, readings, .. }) => format!("shared zone {zone}: {}", readings.join(", ")),
    }
}

/// Checks all cases before failing, so that one run shows every difference.
fn check(now: &str, zone: &str, cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .map(|(typed, expected)| (typed, expected, understood(typed, now, zone)))
        .filter(|(_, expected, got)| *expected != got)
        .map(|(typed, expected, got)| format!("{typed:?}: expected {expected:?}, got {got:?}"))
        .collect();
    assert!(wrong.is_empty(), "at {now} in {zone}:\n{}", wrong.join("\n"));
}
