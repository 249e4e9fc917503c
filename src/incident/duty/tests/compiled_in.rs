//! The compiled-in duties: sound, in two languages, and due when the law says.

use super::{LEGAL, Starts, at, given, legal};
use crate::incident::duty::{DutyStart, faults};
use crate::incident::time::Timestamp;

#[test]
fn the_file_is_sound_and_says_that_it_is_no_advice() {
    let legal = legal();
    assert_eq!(faults(&legal, &[]), []);
    let top: String = LEGAL.lines().take(3).collect();
    assert!(top.contains("NOT LEGAL ADVICE") && top.contains("法的助言ではありません"), "{top}");
    for duty in &legal.duty {
        let texts = [Some(&duty.title), Some(&duty.to), duty.note.as_ref(), duty.unverified.as_ref()];
        let cases = duty.variants.iter().map(|variant| Some(&variant.title));
        for both in texts.into_iter().chain(cases).flatten() {
            assert!(!both.en.is_empty() && !both.ja.is_empty(), "{} in both languages", duty.id);
        }
        assert!(duty.checked.is_some() || duty.unverified.is_some(), "{} was checked or says what was not", duty.id);
        assert!(
            duty.due.is_some() || duty.note.as_ref().is_some_and(|note| note.en.contains("No figure")),
            "{}",
            duty.id
        );
        assert!(duty.id.starts_with(&duty.regime), "{} is of {}", duty.id, duty.regime);
        assert!(duty.warn.is_some() == duty.due.is_some(), "{} warns before it is due", duty.id);
    }
    for regime in ["jp-appi", "jp-telecom", "gdpr", "nis2", "dora", "cert-in", "sec"] {
        assert!(legal.duty.iter().any(|duty| duty.regime == regime), "{regime}");
    }
}

#[test]
fn the_file_is_the_same_after_a_round_trip() {
    let legal = legal();
    let written = toml::to_string(&legal).expect("written");
    assert_eq!(toml::from_str::<crate::incident::duty::Duties>(&written).expect("read"), legal);
    let json = serde_json::to_string(&legal).expect("written");
    assert_eq!(serde_json::from_str::<crate::incident::duty::Duties>(&json).expect("read"), legal);
}

#[test]
fn holidays_are_days_on_which_the_offices_would_be_open() {
    for calendar in legal().calendar {
        let mut days = calendar.holidays.clone();
        days.sort();
        days.dedup();
        assert_eq!(days, calendar.holidays, "in order, each once");
        let open = crate::incident::duty::Calendar { holidays: Vec::new(), ..calendar.clone() };
        for day in days {
            assert!(open.is_open(day.date()) && !calendar.is_open(day.date()), "{day}");
        }
    }
}

/// The duty, its case, from which event, when it was, and the days on which people are warned and it is due.
type Case = (&'static str, Option<&'static str>, DutyStart, &'static str, &'static str, &'static str);

fn starts(start: DutyStart, at: Timestamp) -> Starts {
    let mut starts = Starts::default();
    match start {
        DutyStart::Occurrence => starts.occurrence = Some(at),
        DutyStart::Awareness => starts.awareness = Some(at),
        DutyStart::Classification => starts.classification = Some(at),
        DutyStart::Materiality => starts.materiality = Some(at),
        DutyStart::Notice => starts.notice = Some(at),
    }
    starts
}

const WRONGFUL: Option<&str> = Some("wrongful-purpose");

const CASES: &[Case] = &[
    // Japan, days of the calendar, the day of awareness being day 1. A Friday before a long weekend:
    ("jp-appi-26-preliminary", None, DutyStart::Awareness, "2026-11-20T14:00:00+09:00", "2026-11-22", "2026-11-24"),
    // 08:59 in Tokyo is still yesterday in UTC, and today for the Commission.
    ("jp-appi-26-preliminary", None, DutyStart::Awareness, "2026-12-31T23:59:00Z", "2027-01-03", "2027-01-05"),
    // Weekends don't move a yardstick that counts them.
    ("jp-appi-26-preliminary", None, DutyStart::Awareness, "2026-11-17T00:00:00+09:00", "2026-11-19", "2026-11-21"),
    // Day 30 is Sunday 20 December 2026: the next open day is Monday.
    ("jp-appi-26-final", None, DutyStart::Awareness, "2026-11-21T10:00:00+09:00", "2026-12-13", "2026-12-21"),
    // Day 30 is 29 December: the offices are closed until 3 January, a Sunday.
    ("jp-appi-26-final", None, DutyStart::Awareness, "2026-11-30T10:00:00+09:00", "2026-12-22", "2027-01-04"),
    // Day 30 is Sunday 20 September 2026; then Respect for the Aged Day, the day between, the equinox.
    ("jp-appi-26-final", None, DutyStart::Awareness, "2026-08-22T23:59:59+09:00", "2026-09-13", "2026-09-24"),
    // Day 60, over a year's end.
    ("jp-appi-26-final", WRONGFUL, DutyStart::Awareness, "2026-11-20T14:00:00+09:00", "2027-01-11", "2027-01-18"),
    // A leap year: day 60 of 1 January 2028 is 29 February, a Tuesday.
    ("jp-appi-26-final", WRONGFUL, DutyStart::Awareness, "2028-01-01T00:00:00+09:00", "2028-02-22", "2028-02-29"),
    // A case that the duty doesn't have leaves its own term.
    ("jp-appi-26-final", Some("x"), DutyStart::Awareness, "2026-11-20T14:00:00+09:00", "2026-12-12", "2026-12-21"),
    ("jp-telecom-28-detailed", None, DutyStart::Occurrence, "2026-07-02T01:35:00+09:00", "2026-07-24", "2026-07-31"),
    (
        "jp-telecom-28-secrecy-detailed",
        None,
        DutyStart::Awareness,
        "2026-04-05T12:00:00+09:00",
        "2026-04-27",
        "2026-05-07",
    ),
];

#[test]
fn days_of_japan() {
    for (id, variant, start, when, warn, due) in CASES {
        let deadline = given(id, *variant, starts(*start, at(when)));
        let end = |day: &str| Some(at(&format!("{day}T23:59:59.999+09:00")));
        assert_eq!(deadline.warn_at, end(warn), "{id} {when} warns");
        assert_eq!(deadline.due_at, end(due), "{id} {when} is due");
    }
}

#[test]
fn hours_and_months() {
    use DutyStart::{Awareness, Notice};
    for (id, variant, start, when, warn, due) in [
        ("gdpr-33-1", None, Awareness, "2026-11-20T10:20:00Z", "2026-11-22T10:20:00Z", "2026-11-23T10:20:00Z"),
        // Over a year's end; over the end of February of a leap year; over a weekend, which changes nothing.
        ("gdpr-33-1", None, Awareness, "2026-12-31T23:30:00Z", "2027-01-02T23:30:00Z", "2027-01-03T23:30:00Z"),
        ("gdpr-33-1", None, Awareness, "2028-02-27T12:00:00Z", "2028-02-29T12:00:00Z", "2028-03-01T12:00:00Z"),
        // Berlin sets its clocks back on 25 October 2026 and forward on 28 March 2027: 72 hours are 72 hours.
        (
            "gdpr-33-1",
            None,
            Awareness,
            "2026-10-24T12:00:00+02:00",
            "2026-10-26T11:00:00+01:00",
            "2026-10-27T11:00:00+01:00",
        ),
        (
            "gdpr-33-1",
            None,
            Awareness,
            "2027-03-27T12:00:00+01:00",
            "2027-03-29T13:00:00+02:00",
            "2027-03-30T13:00:00+02:00",
        ),
        ("nis2-23-4-a", None, Awareness, "2026-11-20T22:00:00Z", "2026-11-21T10:00:00Z", "2026-11-21T22:00:00Z"),
        ("nis2-23-4-b", None, Awareness, "2026-11-20T22:00:00Z", "2026-11-22T22:00:00Z", "2026-11-23T22:00:00Z"),
        (
            "nis2-23-4-b",
            Some("trust-service"),
            Awareness,
            "2026-11-20T22:00:00Z",
            "2026-11-21T10:00:00Z",
            "2026-11-21T22:00:00Z",
        ),
        // A month ends with the day of the same number, or with the month. 23:30 in UTC is tomorrow in Berlin.
        ("nis2-23-4-d", None, Notice, "2026-11-23T09:00:00Z", "2026-12-14T22:59:59.999Z", "2026-12-23T22:59:59.999Z"),
        ("nis2-23-4-d", None, Notice, "2027-01-31T09:00:00Z", "2027-02-21T22:59:59.999Z", "2027-02-28T22:59:59.999Z"),
        ("nis2-23-4-d", None, Notice, "2028-01-30T23:30:00Z", "2028-02-21T22:59:59.999Z", "2028-02-29T22:59:59.999Z"),
        ("dora-5-1-b", None, Notice, "2026-12-30T08:00:00Z", "2027-01-01T08:00:00Z", "2027-01-02T08:00:00Z"),
        // Into summer time: the day ends at 22:00 UTC.
        ("dora-5-1-c", None, Notice, "2027-02-28T08:00:00Z", "2027-03-21T22:59:59.999Z", "2027-03-28T21:59:59.999Z"),
        ("dora-5-1-c", None, Notice, "2026-12-31T08:00:00Z", "2027-01-21T22:59:59.999Z", "2027-01-31T22:59:59.999Z"),
        ("cert-in-ii", None, Awareness, "2026-11-22T20:15:00Z", "2026-11-22T23:15:00Z", "2026-11-23T02:15:00Z"),
    ] {
        let deadline = given(id, variant, starts(start, at(when)));
        assert_eq!(deadline.warn_at, Some(at(warn)), "{id} {when} warns");
        assert_eq!(deadline.due_at, Some(at(due)), "{id} {when} is due");
    }
}

#[test]
fn business_days_of_the_sec_end_at_half_past_five_in_new_york() {
    for (when, due) in [
        // Monday: Friday.
        ("2026-11-16T10:00:00-05:00", "2026-11-20T17:30:00-05:00"),
        // Friday before Thanksgiving week: Monday, Tuesday, Wednesday, and the Friday after the holiday.
        ("2026-11-20T10:00:00-05:00", "2026-11-27T17:30:00-05:00"),
        // Saturday, and the Saturday that is still Friday in New York: Monday is day 1 of both.
        ("2026-11-14T10:00:00-05:00", "2026-11-19T17:30:00-05:00"),
        ("2026-11-14T03:00:00Z", "2026-11-19T17:30:00-05:00"),
        // On the holiday: the day after is day 1.
        ("2026-11-26T10:00:00-05:00", "2026-12-02T17:30:00-05:00"),
        // Over Christmas and New Year's Day, both Fridays.
        ("2026-12-24T10:00:00-05:00", "2026-12-31T17:30:00-05:00"),
        ("2026-12-29T10:00:00-05:00", "2027-01-05T17:30:00-05:00"),
        // Independence Day on a Saturday is kept on Friday.
        ("2026-06-30T10:00:00-04:00", "2026-07-07T17:30:00-04:00"),
        // The clocks go forward on Sunday 14 March 2027.
        ("2027-03-11T10:00:00-05:00", "2027-03-17T17:30:00-04:00"),
        // Over 29 February of a leap year.
        ("2028-02-25T10:00:00-05:00", "2028-03-02T17:30:00-05:00"),
        // After half past five is still that day: the four days begin with the next.
        ("2026-11-16T23:00:00-05:00", "2026-11-20T17:30:00-05:00"),
    ] {
        let deadline = given("sec-8-k-1-05", None, starts(DutyStart::Materiality, at(when)));
        assert_eq!(deadline.due_at, Some(at(due)), "{when}");
    }
}

#[test]
fn dora_counts_from_classification_and_from_awareness() {
    let known = |awareness: Option<&str>, classification: Option<&str>| Starts {
        awareness: awareness.map(at),
        classification: classification.map(at),
        ..Starts::default()
    };
    let aware = Some("2026-11-20T08:00:00Z");
    for (starts, due) in [
        // Classified at once: four hours.
        (known(aware, Some("2026-11-20T09:00:00Z")), Some("2026-11-20T13:00:00Z")),
        // Classified after 22 hours: the 24 hours from awareness are over first.
        (known(aware, Some("2026-11-21T06:00:00Z")), Some("2026-11-21T08:00:00Z")),
        // Not classified yet: the outer limit runs.
        (known(aware, None), Some("2026-11-21T08:00:00Z")),
        // Classified only on the third day: four hours from then.
        (known(aware, Some("2026-11-22T10:00:00Z")), Some("2026-11-22T14:00:00Z")),
        (known(None, Some("2026-11-20T09:00:00Z")), Some("2026-11-20T13:00:00Z")),
        (known(None, None), None),
    ] {
        assert_eq!(given("dora-5-1-a", None, starts).due_at, due.map(at), "{starts:?}");
    }
    let late = given("dora-5-1-a", None, known(aware, Some("2026-11-21T07:00:00Z")));
    assert_eq!((late.warn_at, late.due_at), (late.due_at, Some(at("2026-11-21T08:00:00Z"))), "no warning comes after");
}

#[test]
fn what_has_no_figure_or_has_not_started_has_no_deadline() {
    let all = at("2026-11-20T08:00:00Z");
    let all = Starts {
        occurrence: Some(all),
        awareness: Some(all),
        classification: Some(all),
        materiality: Some(all),
        notice: Some(all),
    };
    for duty in legal().duty {
        let started = given(&duty.id, None, all);
        assert_eq!(started.due_at.is_some(), duty.due.is_some(), "{}", duty.id);
        let unknown = given(&duty.id, None, Starts::default());
        assert_eq!((unknown.warn_at, unknown.due_at), (None, None), "{}", duty.id);
    }
}
