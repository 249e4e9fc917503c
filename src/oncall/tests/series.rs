//! Repetitions, their exceptions and what was called off.

use super::{check, events};

/// Mondays of 2026-11: 2, 9, 16, 23, 30.
const WEEKLY: &str = "UID:1\nSUMMARY:A\nDTSTART:20261102T090000Z\nDTEND:20261102T170000Z\nRRULE:FREQ=WEEKLY";

#[test]
fn a_rotation_hands_over_at_its_minute() {
    let rota = |name: &str, start: &str| {
        format!("SUMMARY:{name}\nDTSTART;TZID=Asia/Tokyo:{start}T090000\nDURATION:P1W\nRRULE:FREQ=WEEKLY;INTERVAL=3")
    };
    let calendar = events(&[&rota("A", "20260105"), &rota("B", "20260112"), &rota("C", "20260119")]);
    check(
        &calendar,
        &[
            ("2026-01-04T23:59:59.999Z", ""),
            ("2026-01-05T00:00:00Z", "A"),
            ("2026-01-11T23:59:59.999Z", "A"),
            ("2026-01-12T00:00:00Z", "B"),
            ("2026-01-19T00:00:00Z", "C"),
            ("2026-01-26T00:00:00Z", "A"),
            ("2036-11-16T23:59:59Z", "C"),
            ("2036-11-17T00:00:00Z", "A"),
        ],
    );
}

#[test]
fn a_rule_ends_where_it_says() {
    for (end, last) in [
        ("COUNT=3", "16"),
        ("COUNT=1", "02"),
        ("UNTIL=20261116T090000Z", "16"),
        ("UNTIL=20261116T085959Z", "09"),
        ("UNTIL=20261116", "16"),
        ("UNTIL=20261116T090000", "16"),
    ] {
        let calendar = events(&[&format!("{WEEKLY};{end}")]);
        for day in ["02", "09", "16", "23", "30"] {
            let names = if day <= last { "A" } else { "" };
            check(
                &calendar,
                &[(&format!("2026-11-{day}T09:00:00Z"), names), (&format!("2026-11-{day}T17:00:00Z"), "")],
            );
        }
    }
}

#[test]
fn days_that_are_left_out_or_added() {
    for (lines, free, busy) in [
        ("EXDATE:20261109T090000Z,20261116T090000Z", vec!["09", "16"], vec!["02", "23"]),
        ("EXDATE:20261109T090000Z\nEXDATE;TZID=Asia/Tokyo:20261116T180000", vec!["09", "16"], vec!["23"]),
        ("EXDATE;VALUE=DATE:20261109", vec!["09"], vec!["16"]),
        ("EXDATE:20261109T090001Z", vec![], vec!["09"]),
        ("EXDATE:20261102T090000Z", vec!["02"], vec!["09"]),
        ("RDATE:20261104T090000Z", vec!["03"], vec!["04", "09"]),
    ] {
        let calendar = events(&[&format!("{WEEKLY}\n{lines}")]);
        for (days, names) in [(free, ""), (busy, "A")] {
            for day in days {
                check(&calendar, &[(&format!("2026-11-{day}T12:00:00Z"), names)]);
            }
        }
    }
    // Days are left out of a series of days by a time too.
    let days = "SUMMARY:A\nDTSTART;VALUE=DATE:20261101\nRRULE:FREQ=DAILY\nEXDATE:20261103T000000";
    check(
        &events(&[days]),
        &[("2026-11-02T03:00:00Z", "A"), ("2026-11-03T03:00:00Z", ""), ("2026-11-04T03:00:00Z", "A")],
    );
}

#[test]
fn an_exception_stands_for_its_repetition() {
    let swap = "UID:1\nRECURRENCE-ID:20261109T090000Z\nSUMMARY:B\nDTSTART:20261109T120000Z\nDTEND:20261109T200000Z";
    for calendar in [events(&[WEEKLY, swap]), events(&[swap, WEEKLY])] {
        check(
            &calendar,
            &[
                ("2026-11-02T16:00:00Z", "A"),
                ("2026-11-09T09:00:00Z", ""),
                ("2026-11-09T12:00:00Z", "B"),
                ("2026-11-09T19:59:59Z", "B"),
                ("2026-11-16T09:00:00Z", "A"),
            ],
        );
    }
    let tokyo =
        swap.replace("RECURRENCE-ID:20261109T090000Z", "RECURRENCE-ID;TZID=Tokyo Standard Time:20261109T180000");
    check(&events(&[WEEKLY, &tokyo]), &[("2026-11-09T09:00:00Z", ""), ("2026-11-09T12:00:00Z", "B")]);
    let day = swap.replace("RECURRENCE-ID:20261109T090000Z", "RECURRENCE-ID;VALUE=DATE:20261109");
    check(&events(&[WEEKLY, &day]), &[("2026-11-09T09:00:00Z", ""), ("2026-11-09T12:00:00Z", "B")]);
    let newer = swap.replace("SUMMARY:B", "SUMMARY:C\nSEQUENCE:2");
    check(&events(&[WEEKLY, &newer, swap]), &[("2026-11-09T12:00:00Z", "C")]);
    // Without its series it is an event like any other; another series is not its own.
    check(&events(&[swap]), &[("2026-11-09T12:00:00Z", "B"), ("2026-11-16T12:00:00Z", "")]);
    check(&events(&[&WEEKLY.replace("UID:1", "UID:2"), swap]), &[("2026-11-09T12:00:00Z", "A B")]);
}

#[test]
fn what_was_called_off_calls_nobody() {
    let off =
        "UID:1\nRECURRENCE-ID:20261109T090000Z\nSTATUS:CANCELLED\nDTSTART:20261109T090000Z\nDTEND:20261109T170000Z";
    check(&events(&[WEEKLY, off]), &[("2026-11-09T12:00:00Z", ""), ("2026-11-16T12:00:00Z", "A")]);
    check(&events(&[&format!("{WEEKLY}\nSTATUS:cancelled")]), &[("2026-11-09T12:00:00Z", "")]);
    let newer = format!("{WEEKLY}\nSEQUENCE:3\nSTATUS:CANCELLED");
    check(&events(&[WEEKLY, &newer]), &[("2026-11-09T12:00:00Z", "")]);
    let all = events(&[WEEKLY]).replace("VERSION:2.0", "VERSION:2.0\nMETHOD:CANCEL");
    check(&all, &[("2026-11-09T12:00:00Z", "")]);
}
