//! Calendars that were made, or broken, to keep a responder waiting.

use super::{asked, at, calendar_of, events};
use crate::incident::oncall::{CalendarFault, MOST_BYTES};
use crate::incident::time::Timestamp;
use crate::oncall::calendar::on_call;
use crate::oncall::line::Spot;
use jiff::tz::TimeZone;
use proptest::prelude::{Strategy, any, proptest};
use std::time::{Duration, Instant};

/// Far above what it takes, also unoptimised on a machine under load, and far below endless.
const BOUND: Duration = Duration::from_secs(30);

fn bounded(calendar: &str, when: &str) -> Result<Vec<String>, Spot> {
    let begun = Instant::now();
    let answer = asked(calendar, when);
    assert!(begun.elapsed() < BOUND, "{:?}", begun.elapsed());
    answer
}

#[test]
fn endless_and_far_repetitions_end() {
    for (lines, when, answer) in [
        ("DTSTART:00010101T000000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY", "2026-11-20T00:30:00Z", Some("A")),
        (
            "DTSTART:20260101T000000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=1000000000",
            "2026-11-20T00:30:00Z",
            Some("A"),
        ),
        (
            "DTSTART:20260101T000000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;INTERVAL=1000000000",
            "2026-11-20T00:30:00Z",
            Some(""),
        ),
        (
            "DTSTART:20260101T000000Z\nDURATION:PT1H\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
            "2126-11-20T00:30:00Z",
            Some(""),
        ),
        ("DTSTART:20260101T000000Z\nDURATION:P300000D\nRRULE:FREQ=DAILY", "2200-11-20T00:30:00Z", Some("A")),
        ("DTSTART;VALUE=DATE:99991231\nRRULE:FREQ=DAILY", "9999-12-30T21:00:00Z", Some("A")),
        ("DTSTART:99991231T235959Z\nDURATION:P9W\nRRULE:FREQ=YEARLY", "9999-12-30T21:00:00Z", Some("")),
        ("DTSTART:00000101T000000\nDURATION:P9W", "9999-12-30T21:00:00Z", Some("")),
        ("DTSTART:00010101T000000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=1000000000", "9999-11-20T00:30:00Z", None),
    ] {
        let answered = bounded(&events(&[&format!("SUMMARY:A\n{lines}")]), when);
        match answer {
            Some(names) => assert_eq!(answered.expect(lines).join(" "), names, "{lines}"),
            None => assert_eq!(answered.expect_err(lines).fault, CalendarFault::Endless, "{lines}"),
        }
    }
}

#[test]
fn many_hostile_events_share_one_bound() {
    let event = "SUMMARY:A\nDTSTART:00010101T000000Z\nDURATION:P300000D\nRRULE:FREQ=YEARLY;BYDAY=MO,1TU,-1WE,5TH;BYSETPOS=-366\n";
    let many = vec![event; 2_000];
    assert_eq!(bounded(&events(&many), "2026-11-20T00:30:00Z").expect_err("refused").fault, CalendarFault::Endless);

    let zone = |n: usize| {
        format!(
            "BEGIN:VTIMEZONE\nTZID:z{n}\nBEGIN:STANDARD\nDTSTART:00010101T000000\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0100\n\
             RRULE:FREQ=DAILY;COUNT=999999999\nEND:STANDARD\nEND:VTIMEZONE\n\
             BEGIN:VEVENT\nSUMMARY:A\nDTSTART;TZID=z{n}:20261120T000000\nEND:VEVENT"
        )
    };
    let zones: Vec<String> = (0..2_000).map(zone).collect();
    let refused = bounded(&calendar_of(&zones.join("\n")), "2026-11-20T00:30:00Z").expect_err("refused");
    assert_eq!(refused.fault, CalendarFault::Endless);
}

#[test]
fn a_calendar_as_large_as_may_be_is_read() {
    let mut calendar = String::from("BEGIN:VCALENDAR\n");
    let mut shift = 0;
    while calendar.len() < MOST_BYTES - 200 {
        calendar += &format!(
            "BEGIN:VEVENT\nUID:{shift}\nSUMMARY:{shift}\nDTSTART:{:04}0101T000000Z\nDURATION:P1D\nEND:VEVENT\n",
            1 + shift % 9000
        );
        shift += 1;
    }
    calendar += "END:VCALENDAR\n";
    assert!(bounded(&calendar, "2026-01-01T00:00:00Z").expect("read").contains(&"2025".to_owned()));
}

#[test]
fn more_people_than_can_be_on_call_are_refused() {
    let shift = |n: usize| format!("SUMMARY:{n}\nDTSTART:20261120T000000Z\nDURATION:PT1H");
    let shifts: Vec<String> = (0..21).map(shift).collect();
    let shifts: Vec<&str> = shifts.iter().map(String::as_str).collect();
    assert_eq!(asked(&events(&shifts[..20]), "2026-11-20T00:30:00Z").map(|names| names.len()), Ok(20));
    let refused = asked(&events(&shifts), "2026-11-20T00:30:00Z").expect_err("refused");
    assert_eq!(refused, Spot { line: None, fault: CalendarFault::TooMany });
}

#[test]
fn instants_at_the_end_of_time_are_answered() {
    let calendar = events(&["SUMMARY:A\nDTSTART:20261120T000000Z\nDURATION:PT1H\nRRULE:FREQ=MONTHLY"]);
    for at in [i64::MIN, -1, 0, i64::MAX] {
        let at = Timestamp::from_millis(at);
        assert!(on_call(calendar.as_bytes(), at, &TimeZone::UTC).is_ok(), "{at}");
    }
}

/// Lines that mean something here, with values that don't.
fn lines() -> impl Strategy<Value = String> {
    let names = "BEGIN:VEVENT|END:VEVENT|BEGIN:VTIMEZONE|END:VTIMEZONE|DTSTART:|DTEND;TZID=|DURATION:P|RRULE:FREQ=|\
        RRULE:FREQ=DAILY;|EXDATE:|RECURRENCE-ID:|SUMMARY:|ATTENDEE;CN=|UID:|TZID:|TZOFFSETTO:| |\t";
    let name = proptest::sample::select(names.split('|').map(str::to_owned).collect::<Vec<_>>());
    let value = proptest::string::string_regex("[A-Z0-9;:=,+\\-\"^\\\\TZ]{0,24}").expect("a pattern");
    let line = (name, value).prop_map(|(name, value)| format!("{name}{value}"));
    proptest::collection::vec(line, 0..20).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #[test]
    fn any_bytes_get_an_answer(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        let mut calendar = b"BEGIN:VCALENDAR\n".to_vec();
        let _ = on_call(&bytes, at("2026-11-20T00:00:00Z"), &TimeZone::UTC);
        calendar.extend(bytes);
        let _ = on_call(&calendar, at("2026-11-20T00:00:00Z"), &TimeZone::UTC);
    }

    #[test]
    fn any_lines_get_an_answer(lines in lines()) {
        let _ = asked(&calendar_of(&lines), "2026-11-20T00:00:00Z");
        let _ = asked(&events(&[&lines]), "2026-11-20T00:00:00Z");
        let _ = asked(&events(&[&format!("DTSTART:20200101T000000Z\n{lines}")]), "2026-11-20T00:00:00Z");
    }
}
