//! What calendars and commands say, from the file to the names.

mod clock_changes;
mod commands;
mod hostile;
mod rotas;
mod series;

use super::calendar;
use super::line::Spot;
use crate::incident::time::Timestamp;
use jiff::tz::TimeZone;

/// An instant, written as RFC 3339.
fn at(text: &str) -> Timestamp {
    Timestamp::from_millis(text.parse::<jiff::Timestamp>().expect("RFC 3339").as_millisecond())
}

/// Who is on call, as a whole calendar says it to somebody in Tokyo.
fn asked(calendar: &str, when: &str) -> Result<Vec<String>, Spot> {
    calendar::on_call(calendar.as_bytes(), at(when), &TimeZone::get("Asia/Tokyo").expect("a zone"))
}

/// A calendar of these lines.
fn calendar_of(lines: &str) -> String {
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{lines}\r\nEND:VCALENDAR\r\n")
}

/// A calendar of events, each given by its lines.
fn events(events: &[&str]) -> String {
    let events: Vec<String> = events.iter().map(|lines| format!("BEGIN:VEVENT\n{lines}\nEND:VEVENT")).collect();
    calendar_of(&events.join("\n"))
}

/// Holds who is on call at each of these instants against a calendar, names parted by spaces.
fn check(calendar: &str, expected: &[(&str, &str)]) {
    for (when, names) in expected {
        assert_eq!(asked(calendar, when).expect("read").join(" "), *names, "{when}\n{calendar}");
    }
}
