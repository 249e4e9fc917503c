//! Calendars as rota tools and calendar programs export them.

use super::{asked, calendar_of, check, events};
use crate::incident::oncall::CalendarFault;
use crate::oncall::line::Spot;
use crate::oncall::{OnCallError, Source, on_call};
use std::time::Duration;

#[test]
fn pagerduty() {
    let calendar = "BEGIN:VCALENDAR\r\nPRODID;X-RICAL-TZSOURCE=TZINFO:-//com.denhaven2/NONSGML ri_cal gem//EN\r\n\
        CALSCALE:GREGORIAN\r\nVERSION:2.0\r\nX-WR-CALNAME:On Call Schedule for Primary\r\n\
        BEGIN:VEVENT\r\nDTEND;VALUE=DATE-TIME:20261127T000000Z\r\nDTSTART;VALUE=DATE-TIME:20261120T000000Z\r\n\
        ATTENDEE:sato@example.com\r\nUID:Q1\r\nURL:https://example.pagerduty.com/schedules#P1\r\n\
        SUMMARY:On Call - Sato Hanako - Primary on-call of the payment pla\r\n tform\r\nEND:VEVENT\r\n\
        BEGIN:VEVENT\r\nDTEND;VALUE=DATE-TIME:20261204T000000Z\r\nDTSTART;VALUE=DATE-TIME:20261127T000000Z\r\n\
        ATTENDEE;CN=suzuki@example.com:mailto:suzuki@example.com\r\nUID:Q2\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n\
        END:VCALENDAR\r\n";
    check(
        calendar,
        &[
            ("2026-11-19T23:59:59.999Z", ""),
            ("2026-11-20T00:00:00Z", "sato@example.com"),
            // At the minute of the hand-over the next one is on call, and nobody else.
            ("2026-11-26T23:59:59.999Z", "sato@example.com"),
            ("2026-11-27T00:00:00Z", "suzuki@example.com"),
            ("2026-12-03T23:59:59Z", "suzuki@example.com"),
            ("2026-12-04T00:00:00Z", ""),
        ],
    );
}

#[test]
fn outlook() {
    // A zone of Windows that the file also writes out, and one that is only written out.
    let calendar = calendar_of(
        "METHOD:PUBLISH\n\
         BEGIN:VTIMEZONE\nTZID:Tokyo Standard Time\nBEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:+0900\n\
         TZOFFSETTO:+0900\nEND:STANDARD\nEND:VTIMEZONE\n\
         BEGIN:VTIMEZONE\nTZID:Customized Time Zone\nBEGIN:STANDARD\nDTSTART:16010101T030000\nTZOFFSETFROM:+0200\n\
         TZOFFSETTO:+0100\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\nEND:STANDARD\nBEGIN:DAYLIGHT\n\
         DTSTART:16010101T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\n\
         END:DAYLIGHT\nEND:VTIMEZONE\n\
         BEGIN:VEVENT\nUID:1\nATTENDEE;CN=\"Sato, Hanako\";RSVP=TRUE:mailto:sato@example.com\n\
         DTSTART;TZID=\"Tokyo Standard Time\":20261120T090000\nDTEND;TZID=\"Tokyo Standard Time\":20261120T210000\n\
         BEGIN:VALARM\nTRIGGER:-PT15M\nACTION:DISPLAY\nSUMMARY:not a name\nEND:VALARM\nEND:VEVENT\n\
         BEGIN:VEVENT\nUID:2\nSUMMARY:Berlin\n\
         DTSTART;TZID=Customized Time Zone:20260701T090000\nDTEND;TZID=Customized Time Zone:20260701T170000\n\
         RRULE:FREQ=DAILY\nEND:VEVENT",
    );
    check(
        &calendar,
        &[
            ("2026-11-20T00:00:00Z", "Sato, Hanako"),
            ("2026-11-19T23:59:59Z", ""),
            ("2026-11-20T08:00:00Z", "Sato, Hanako Berlin"),
            ("2026-07-05T07:00:00Z", "Berlin"),
            ("2026-07-05T06:59:59Z", ""),
            ("2026-12-05T07:59:59Z", ""),
            ("2026-12-05T08:00:00Z", "Berlin"),
        ],
    );
}

#[test]
fn google_calendar() {
    let calendar = calendar_of(
        "PRODID:-//Google Inc//Google Calendar 70.9054//EN\nX-WR-CALNAME:当番表\nX-WR-TIMEZONE:America/New_York\n\
         BEGIN:VEVENT\nDTSTART;VALUE=DATE:20261120\nDTEND;VALUE=DATE:20261122\nUID:a@google.com\n\
         SUMMARY:オンコール: 佐藤 花子\nEND:VEVENT\n\
         BEGIN:VEVENT\nDTSTART;TZID=America/New_York:20261123T090000\nDTEND;TZID=America/New_York:20261123T170000\n\
         RRULE:FREQ=WEEKLY;BYDAY=MO,TU\nEXDATE;TZID=America/New_York:20261124T090000\nUID:b@google.com\n\
         ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN=Suzuki;X-NUM-GUESTS=0:mailto:suzuki@exa\n \
         mple.com\nATTENDEE;CUTYPE=INDIVIDUAL;PARTSTAT=DECLINED;CN=Kato:mailto:kato@example.com\nEND:VEVENT",
    );
    check(
        &calendar,
        &[
            // A day without a zone is one of the calendar.
            ("2026-11-20T04:59:59Z", ""),
            ("2026-11-20T05:00:00Z", "佐藤 花子"),
            ("2026-11-22T04:59:59Z", "佐藤 花子"),
            ("2026-11-22T05:00:00Z", ""),
            ("2026-11-23T14:00:00Z", "Suzuki"),
            ("2026-11-24T14:00:00Z", ""),
            ("2026-11-30T14:00:00Z", "Suzuki"),
            ("2026-12-01T21:59:59Z", "Suzuki"),
            ("2026-12-01T22:00:00Z", ""),
        ],
    );
}

#[test]
fn times_in_every_form() {
    for (lines, from, to) in [
        ("DTSTART:20261120T090000\nDTEND:20261120T100000", "2026-11-20T00:00:00Z", "2026-11-20T01:00:00Z"),
        ("DTSTART:20261120T090000Z\nDURATION:PT1H", "2026-11-20T09:00:00Z", "2026-11-20T10:00:00Z"),
        ("DTSTART;VALUE=DATE:20261120", "2026-11-19T15:00:00Z", "2026-11-20T15:00:00Z"),
        ("DTSTART;VALUE=DATE:20261120\nDTEND;VALUE=DATE:20261120", "2026-11-19T15:00:00Z", "2026-11-20T15:00:00Z"),
        ("DTSTART;VALUE=DATE:20261120\nDURATION:P1W", "2026-11-19T15:00:00Z", "2026-11-26T15:00:00Z"),
        (
            "DTSTART;TZID=Europe/Paris:20261120T090000\nDTEND:20261120T090000Z",
            "2026-11-20T08:00:00Z",
            "2026-11-20T09:00:00Z",
        ),
        (
            "DTSTART;TZID=GMT Standard Time:20260701T090000\nDURATION:P1D",
            "2026-07-01T08:00:00Z",
            "2026-07-02T08:00:00Z",
        ),
        (
            "DTSTART;TZID=/mozilla.org/20050126_1/America/Indiana/Knox:20261120T090000\nDURATION:PT1M",
            "2026-11-20T15:00:00Z",
            "2026-11-20T15:01:00Z",
        ),
    ] {
        let calendar = events(&[&format!("SUMMARY:A\n{lines}")]);
        let second = |when: &str, less| {
            let at = super::at(when).millis() - less;
            crate::incident::time::Timestamp::from_millis(at).to_string()
        };
        check(&calendar, &[(from, "A"), (&second(from, 1), ""), (&second(to, 1), "A"), (to, "")]);
    }
}

#[test]
fn everybody_whose_shift_it_is_is_named_once() {
    let shift = |name: &str, start: &str, end: &str| format!("SUMMARY:{name}\nDTSTART:{start}\nDTEND:{end}");
    let calendar = events(&[
        &shift("Late", "20261120T060000Z", "20261120T120000Z"),
        &shift("Early", "20261120T000000Z", "20261120T080000Z"),
        &shift("Late", "20261120T070000Z", "20261120T090000Z"),
        &shift("Never", "20261120T070000Z", "20261120T070000Z"),
    ]);
    check(
        &calendar,
        &[("2026-11-20T07:00:00Z", "Early Late"), ("2026-11-20T08:00:00Z", "Late"), ("2026-11-21T00:00:00Z", "")],
    );
}

#[test]
fn faults_have_their_line() {
    let place = |property| move |quoted: &str| CalendarFault::Value { property, quoted: quoted.to_owned() };
    let zone = |quoted: &str| CalendarFault::UnknownZone { quoted: quoted.to_owned() };
    let unsupported = |quoted: &str| CalendarFault::Unsupported { property: "RRULE", quoted: quoted.to_owned() };
    for (lines, line, fault) in [
        ("SUMMARY:A", 3, CalendarFault::Lacks { property: "DTSTART" }),
        ("DTSTART:yesterday", 4, place("DTSTART")("yesterday")),
        ("DTSTART:20261120T090000Z\nDTEND:20261119T090000Z", 5, CalendarFault::EndsBeforeStart),
        ("DTSTART:20261120T090000Z\nDURATION:-PT1H", 5, place("DURATION")("-PT1H")),
        ("DTSTART:20261120T090000Z\nDTSTART:20261120T090000Z", 5, CalendarFault::Twice { property: "DTSTART" }),
        ("DTSTART;TZID=Mars/Base:20261120T090000", 4, zone("Mars/Base")),
        ("DTSTART:20261120T090000Z\nRRULE:FREQ=HOURLY", 5, unsupported("FREQ=HOURLY")),
        ("DTSTART:20261120T090000Z\nRRULE:FREQ=DAILY;BYHOUR=9,17", 5, unsupported("BYHOUR=9,17")),
        ("DTSTART:20261120T090000Z\nRRULE:COUNT=3", 5, place("RRULE")("COUNT=3")),
        ("DTSTART:20261120T090000Z\nRRULE:FREQ=DAILY;INTERVAL=0", 5, place("RRULE")("INTERVAL=0")),
        ("DTSTART:20261120T090000Z\nRRULE:FREQ=DAILY;UNTIL=never", 5, place("RRULE")("UNTIL=never")),
        ("DTSTART:20261120T090000Z\nEXDATE:20261120T090000Z,x", 5, place("EXDATE")("x")),
    ] {
        let refused = asked(&events(&[lines]), "2026-11-20T00:00:00Z").expect_err(lines);
        assert_eq!(refused, Spot { line: Some(line), fault }, "{lines}");
    }
}

#[test]
fn files_of_every_kind() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let ask = |name: &str| {
        let path = at(name);
        on_call(&Source::Calendar(&path), super::at("2026-11-20T00:00:00Z"), Duration::ZERO)
    };
    std::fs::write(at("rota.ics"), events(&["SUMMARY:A\nDTSTART:20261120T000000Z\nDURATION:PT1H"])).expect("written");
    std::os::unix::fs::symlink(at("rota.ics"), at("link.ics")).expect("linked");
    std::fs::create_dir(at("folder.ics")).expect("made");
    std::fs::write(at("broken.ics"), "BEGIN:VCALENDAR\nnonsense\nEND:VCALENDAR").expect("written");
    std::fs::write(at("huge.ics"), vec![b' '; super::super::MOST_BYTES + 1]).expect("written");
    assert_eq!(ask("rota.ics"), Ok(vec!["A".to_owned()]));
    assert_eq!(ask("link.ics"), Ok(vec!["A".to_owned()]));
    let quoted = "nonsense".to_owned();
    for (name, line, fault) in [
        ("none.ics", None, CalendarFault::Missing),
        ("folder.ics", None, CalendarFault::NotAFile),
        ("huge.ics", None, CalendarFault::TooLarge),
        ("broken.ics", Some(2), CalendarFault::Malformed { quoted }),
    ] {
        assert_eq!(ask(name), Err(OnCallError::Calendar { path: at(name), line, fault }));
    }
    assert!(
        ask("broken.ics")
            .expect_err("refused")
            .to_string()
            .ends_with("broken.ics:2: not a line of a calendar: \"nonsense\"")
    );
}
