//! Shifts over the nights in which clocks are set: in the database's zones and in those that a file writes out.

use super::{calendar_of, check};

/// New York's rules since 2007, under a name of no database.
const NEW_YORK: &str = "BEGIN:VTIMEZONE\nTZID:Office\n\
    BEGIN:DAYLIGHT\nTZOFFSETFROM:-0500\nTZOFFSETTO:-0400\nDTSTART:20070311T020000\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU\n\
    END:DAYLIGHT\nBEGIN:STANDARD\nTZOFFSETFROM:-0400\nTZOFFSETTO:-0500\nDTSTART:20071104T020000\n\
    RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU\nEND:STANDARD\nEND:VTIMEZONE";

fn in_both(lines: &str, expected: &[(&str, &str)]) {
    for zone in ["America/New_York", "Eastern Standard Time", "Office"] {
        let event = format!("{NEW_YORK}\nBEGIN:VEVENT\nSUMMARY:A\n{}\nEND:VEVENT", lines.replace("ZONE", zone));
        check(&calendar_of(&event), expected);
    }
}

#[test]
fn a_weekly_shift_is_handed_over_at_the_clock_s_hour() {
    // Clocks go back on 2026-11-01 and forward on 2027-03-14.
    in_both(
        "DTSTART;TZID=ZONE:20261005T090000\nDTEND;TZID=ZONE:20261012T090000\nRRULE:FREQ=WEEKLY;INTERVAL=2",
        &[
            ("2026-10-05T12:59:59Z", ""),
            ("2026-10-05T13:00:00Z", "A"),
            ("2026-10-12T13:00:00Z", ""),
            ("2026-11-02T13:59:59Z", ""),
            ("2026-11-02T14:00:00Z", "A"),
            ("2026-11-09T13:59:59Z", "A"),
            ("2026-11-09T14:00:00Z", ""),
            // Every second week from 5 October falls on 8 March: this shift has a week of 167 hours.
            ("2027-03-08T14:00:00Z", "A"),
            ("2027-03-15T12:59:59Z", "A"),
            ("2027-03-15T13:00:00Z", ""),
        ],
    );
}

#[test]
fn no_hour_of_a_changing_night_is_without_somebody() {
    for zone in ["America/New_York", "Office"] {
        let shift = |name: &str, start: &str, end: &str| {
            format!(
                "BEGIN:VEVENT\nSUMMARY:{name}\nDTSTART;TZID={zone}:{start}\nDTEND;TZID={zone}:{end}\nRRULE:FREQ=DAILY\n\
                 END:VEVENT"
            )
        };
        let night = shift("night", "20261020T210000", "20261021T090000");
        let day = shift("day", "20261020T090000", "20261020T210000");
        let calendar = calendar_of(&format!("{NEW_YORK}\n{night}\n{day}"));
        for start in ["2026-11-01T00:00:00Z", "2027-03-14T00:00:00Z"] {
            let start = super::at(start).millis();
            for quarter in 0..96 {
                let at = crate::incident::time::Timestamp::from_millis(start + quarter * 900_000).to_string();
                let names = super::asked(&calendar, &at).expect("read");
                assert_eq!(names.len(), 1, "{zone} {at}: {names:?}");
            }
        }
    }
}

#[test]
fn hours_that_happen_twice_or_never() {
    // 1:30 happens twice: the first is meant. What passes is counted, what the clock shows is not.
    in_both(
        "DTSTART;TZID=ZONE:20261101T013000\nDURATION:PT1H",
        &[("2026-11-01T05:30:00Z", "A"), ("2026-11-01T06:29:59Z", "A"), ("2026-11-01T06:30:00Z", "")],
    );
    in_both(
        "DTSTART;TZID=ZONE:20261101T013000\nDTEND;TZID=ZONE:20261101T023000",
        &[("2026-11-01T05:30:00Z", "A"), ("2026-11-01T07:29:59Z", "A"), ("2026-11-01T07:30:00Z", "")],
    );
    // 2:30 never happens: it is read as if clocks had not been set.
    in_both(
        "DTSTART;TZID=ZONE:20270314T023000\nDURATION:PT1H",
        &[("2027-03-14T07:29:59Z", ""), ("2027-03-14T07:30:00Z", "A"), ("2027-03-14T08:30:00Z", "")],
    );
}

#[test]
fn a_day_is_as_long_as_its_clock_makes_it() {
    in_both(
        "DTSTART;TZID=ZONE:20261031T120000\nDURATION:P1D",
        &[("2026-10-31T16:00:00Z", "A"), ("2026-11-01T16:59:59Z", "A"), ("2026-11-01T17:00:00Z", "")],
    );
    in_both(
        "DTSTART;TZID=ZONE:20261031T120000\nDURATION:PT24H",
        &[("2026-11-01T15:59:59Z", "A"), ("2026-11-01T16:00:00Z", "")],
    );
}

#[test]
fn a_zone_without_rules_lists_its_changes() {
    let zone = "BEGIN:VTIMEZONE\nTZID:Camp\n\
        BEGIN:STANDARD\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0100\nDTSTART:20260101T000000\nEND:STANDARD\n\
        BEGIN:DAYLIGHT\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0300\nDTSTART:20260601T000000\nRDATE:20260801T000000\nEND:DAYLIGHT\n\
        BEGIN:STANDARD\nTZOFFSETFROM:+0300\nTZOFFSETTO:+0100\nDTSTART:20260701T000000\nEND:STANDARD\nEND:VTIMEZONE";
    for (day, utc) in [("0301", "03-01T11"), ("0615", "06-15T09"), ("0715", "07-15T11"), ("0815", "08-15T09")] {
        let event = format!("BEGIN:VEVENT\nSUMMARY:A\nDTSTART;TZID=Camp:2026{day}T120000\nDURATION:PT1S\nEND:VEVENT");
        check(&calendar_of(&format!("{zone}\n{event}")), &[(&format!("2026-{utc}:00:00Z"), "A")]);
    }
}
