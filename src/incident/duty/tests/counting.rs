//! Counting, apart from any law: closed days, months, midnights that clocks skip.

use super::{at, calendar};
use crate::incident::duty::{Calendar, Day, Duty, Starts, Weekday, beyond_holidays, deadline};

fn duty(due: &str, more: &str) -> Duty {
    let text = format!(
        "id = \"a\"\nregime = \"r\"\nsource = \"§ 1\"\nstarts = \"awareness\"\ntitle = {{ en = \"a\", ja = \"a\" }}\n\
         to = {{ en = \"b\", ja = \"b\" }}\ndue = \"{due}\"\n{more}"
    );
    toml::from_str(&text).expect("a duty")
}

fn due(duty: &Duty, awareness: &str, calendar: &Calendar) -> Option<String> {
    let starts = Starts { awareness: Some(at(awareness)), ..Starts::default() };
    deadline(duty, None, &starts, calendar).due_at.map(|at| at.to_string())
}

#[test]
fn days_months_and_business_days() {
    let tokyo = calendar("Asia/Tokyo", &["2026-11-23", "2026-12-31"]);
    let (first, moves) = ("first_day_counts = true", "moves_to_open_day = true");
    for (term, more, when, expected) in [
        // Without more, the day of the event is left out.
        ("5d", "", "2026-11-20T05:00:00Z", "2026-11-25T14:59:59.999Z"),
        ("5d", first, "2026-11-20T05:00:00Z", "2026-11-24T14:59:59.999Z"),
        ("1w", "", "2026-11-20T05:00:00Z", "2026-11-27T14:59:59.999Z"),
        // Saturday 21 November, Sunday, Labour Thanksgiving Day: Tuesday.
        ("1d", moves, "2026-11-20T05:00:00Z", "2026-11-24T14:59:59.999Z"),
        ("1d", "", "2026-11-20T05:00:00Z", "2026-11-21T14:59:59.999Z"),
        // 15:00 in UTC is the next day in Tokyo.
        ("1d", "", "2026-11-18T15:00:00Z", "2026-11-20T14:59:59.999Z"),
        ("1d", "", "2026-11-18T14:59:59Z", "2026-11-19T14:59:59.999Z"),
        ("1mo", "", "2026-10-31T05:00:00Z", "2026-11-30T14:59:59.999Z"),
        ("1mo", first, "2026-10-31T05:00:00Z", "2026-11-30T14:59:59.999Z"),
        ("1mo", first, "2026-10-30T05:00:00Z", "2026-11-29T14:59:59.999Z"),
        ("1mo", moves, "2026-10-22T05:00:00Z", "2026-11-24T14:59:59.999Z"),
        ("12mo", "", "2028-02-29T05:00:00Z", "2029-02-28T14:59:59.999Z"),
        ("1bd", "", "2026-11-20T05:00:00Z", "2026-11-24T14:59:59.999Z"),
        ("2bd", first, "2026-11-20T05:00:00Z", "2026-11-24T14:59:59.999Z"),
        ("1bd", first, "2026-11-21T05:00:00Z", "2026-11-24T14:59:59.999Z"),
        ("1bd", "until = \"12:00\"", "2026-12-30T05:00:00Z", "2027-01-01T03:00:00.000Z"),
        // A time of day is for last days: hours are over when they are over.
        ("2h", "until = \"12:00\"\nmoves_to_open_day = true", "2026-11-21T05:00:00Z", "2026-11-21T07:00:00.000Z"),
    ] {
        assert_eq!(due(&duty(term, more), when, &tokyo).as_deref(), Some(expected), "{term} {more} {when}");
    }
}

#[test]
fn days_end_where_clocks_skip_or_repeat_midnight() {
    // Cairo's clocks go from 24 April 2026, 00:00 to 01:00, and on 29 October 2026 show 23:00 to 24:00 twice.
    let cairo = calendar("Africa/Cairo", &[]);
    assert_eq!(due(&duty("1d", ""), "2026-04-22T10:00:00Z", &cairo).as_deref(), Some("2026-04-23T21:59:59.999Z"));
    assert_eq!(due(&duty("1d", ""), "2026-10-28T10:00:00Z", &cairo).as_deref(), Some("2026-10-29T21:59:59.999Z"));
    let half_past_two = duty("1d", "until = \"02:30\"");
    let berlin = calendar("Europe/Berlin", &[]);
    // Shown twice: the first. Never shown: as far into the gap as after it.
    assert_eq!(due(&half_past_two, "2026-10-24T10:00:00Z", &berlin).as_deref(), Some("2026-10-25T00:30:00.000Z"));
    assert_eq!(due(&half_past_two, "2026-03-28T10:00:00Z", &berlin).as_deref(), Some("2026-03-29T01:30:00.000Z"));
}

#[test]
fn a_deadline_after_the_last_known_holiday_is_told_from_one_that_needs_none() {
    let tokyo = calendar("Asia/Tokyo", &["2026-11-23", "2026-12-31"]);
    let last = Day::parse("2026-12-31");
    for (term, more, due, expected) in [
        ("4bd", "", "2027-01-04T05:00:00Z", last),
        ("30d", "moves_to_open_day = true", "2026-12-31T15:00:00Z", last),
        ("30d", "moves_to_open_day = true", "2026-12-31T14:59:59Z", None),
        ("30d", "", "2027-01-04T05:00:00Z", None),
        ("72h", "moves_to_open_day = true", "2027-01-04T05:00:00Z", None),
    ] {
        assert_eq!(beyond_holidays(&duty(term, more), None, &tokyo, at(due)), expected, "{term} {more} {due}");
    }
    let none = calendar("Asia/Tokyo", &[]);
    assert_eq!(beyond_holidays(&duty("4bd", ""), None, &none, at("2027-01-04T05:00:00Z")), None);
}

#[test]
fn other_weekends_and_calendars_that_never_open() {
    let mut riyadh = calendar("Asia/Riyadh", &[]);
    riyadh.weekend = vec![Weekday::Friday, Weekday::Saturday];
    assert_eq!(due(&duty("1bd", ""), "2026-11-19T09:00:00Z", &riyadh).as_deref(), Some("2026-11-22T20:59:59.999Z"));
    riyadh.weekend = (16..23).map(|day| Weekday::from(jiff::civil::date(2026, 11, day).weekday())).collect();
    assert_eq!(due(&duty("1bd", ""), "2026-11-19T09:00:00Z", &riyadh), None, "and it ends");
}

#[test]
fn no_term_and_no_instant_makes_it_panic() {
    let berlin = calendar("Europe/Berlin", &[]);
    for term in ["87840h", "3660d", "120mo", "3660bd"] {
        for millis in [i64::MIN, i64::MAX, 253_402_207_200_000, -377_705_023_201_000, 0] {
            let awareness = Some(crate::incident::time::Timestamp::from_millis(millis));
            deadline(&duty(term, ""), None, &Starts { awareness, ..Starts::default() }, &berlin);
        }
    }
}
