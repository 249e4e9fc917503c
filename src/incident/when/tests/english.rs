use super::{FRIDAY, check};

#[test]
fn bare_clock_times_are_their_latest_occurrence() {
    check(
        FRIDAY,
        "Europe/Berlin",
        &[
            ("9:05", "2026-11-20T08:05Z date-assumed"),
            ("09:05", "2026-11-20T08:05Z date-assumed"),
            ("09:05:30", "2026-11-20T08:05:30.000Z date-assumed"),
            ("09:05:30.25", "2026-11-20T08:05:30.250Z date-assumed"),
            ("09:05:30,123456", "2026-11-20T08:05:30.123Z date-assumed"),
            ("  09:05  ", "2026-11-20T08:05Z date-assumed"),
            ("10:00", "2026-11-20T09:00Z date-assumed"),
            ("10:02", "2026-11-20T09:02Z date-assumed"),
            ("10:02:01", "2026-11-19T09:02:01.000Z date-assumed"),
            ("14:05", "2026-11-19T13:05Z date-assumed"),
            ("2:05pm", "2026-11-19T13:05Z date-assumed"),
            ("2:05 PM", "2026-11-19T13:05Z date-assumed"),
            ("2:05\u{202f}PM", "2026-11-19T13:05Z date-assumed"),
            ("2:05 p.m.", "2026-11-19T13:05Z date-assumed"),
            ("9 am", "2026-11-20T08:00Z date-assumed"),
            ("9am", "2026-11-20T08:00Z date-assumed"),
            ("12:05am", "2026-11-19T23:05Z date-assumed"),
            ("12:05pm", "2026-11-19T11:05Z date-assumed"),
            ("~09:05", "2026-11-20T08:05Z about date-assumed"),
            ("~ 09:05", "2026-11-20T08:05Z about date-assumed"),
            ("about 9:05 am", "2026-11-20T08:05Z about date-assumed"),
            ("Around 9:05", "2026-11-20T08:05Z about date-assumed"),
        ],
    );
}

#[test]
fn midnight_rolls_over() {
    check(
        "2026-11-20T00:10:00Z",
        "UTC",
        &[
            ("23:50", "2026-11-19T23:50Z date-assumed"),
            ("00:05", "2026-11-20T00:05Z date-assumed"),
            ("00:00", "2026-11-20T00:00Z date-assumed"),
            ("0:12", "2026-11-20T00:12Z date-assumed"),
            ("0:13", "2026-11-19T00:13Z date-assumed"),
            ("today 23:50", "future 2026-11-20T23:50Z"),
            ("yesterday 23:50", "2026-11-19T23:50Z"),
            // In Tokyo the day is nine hours old.
            ("09:05 JST", "2026-11-20T00:05Z JST date-assumed"),
            ("23:50 JST", "2026-11-19T14:50Z JST date-assumed"),
            ("yesterday 23:50 JST", "2026-11-19T14:50Z JST"),
            // In Los Angeles it is still yesterday.
            ("16:05 America/Los_Angeles", "2026-11-20T00:05Z America/Los_Angeles date-assumed"),
            ("yesterday 16:05 America/Los_Angeles", "2026-11-19T00:05Z America/Los_Angeles"),
        ],
    );
    check(
        "2026-12-31T23:59:00Z",
        "UTC",
        &[("00:00", "2027-01-01T00:00Z date-assumed"), ("00:02", "2026-12-31T00:02Z date-assumed")],
    );
    check("2027-01-01T00:10:00Z", "UTC", &[("23:50", "2026-12-31T23:50Z date-assumed")]);
    check("2028-03-01T00:10:00Z", "UTC", &[("yesterday 23:50", "2028-02-29T23:50Z")]);
}

#[test]
fn dated_times() {
    check(
        FRIDAY,
        "Europe/Berlin",
        &[
            ("2026-11-20 09:05", "2026-11-20T08:05Z"),
            ("2026-11-20 09:05:30", "2026-11-20T08:05:30.000Z"),
            ("2026-11-20   9:05", "2026-11-20T08:05Z"),
            ("2026-11-20T09:05", "2026-11-20T08:05Z"),
            ("2026/11/20 09:05", "2026-11-20T08:05Z"),
            ("2026/7/5 9:05", "2026-07-05T07:05Z"),
            ("2026-11-19 2:05 PM", "2026-11-19T13:05Z"),
            ("2026-11-20 09:05 Europe/Berlin", "2026-11-20T08:05Z Europe/Berlin"),
            ("~2026-11-20 09:05", "2026-11-20T08:05Z about"),
            ("yesterday 14:05", "2026-11-19T13:05Z"),
            ("Yesterday at 14:05:30", "2026-11-19T13:05:30.000Z"),
            ("yesterday 14:30", "2026-11-19T13:30Z"),
            ("yesterday 9pm", "2026-11-19T20:00Z"),
            ("14:05 yesterday", "2026-11-19T13:05Z"),
            ("14:05 yesterday UTC", "2026-11-19T14:05Z UTC"),
            ("today 09:05", "2026-11-20T08:05Z"),
            ("day before yesterday 14:05", "2026-11-18T13:05Z"),
        ],
    );
}

#[test]
fn rfc_3339() {
    check(
        FRIDAY,
        "Europe/Berlin",
        &[
            ("2026-11-20T05:05:00Z", "2026-11-20T05:05Z Z"),
            ("2026-11-20t05:05:00z", "2026-11-20T05:05Z z"),
            ("2026-11-20T05:05:00.123Z", "2026-11-20T05:05:00.123Z Z"),
            ("2026-11-20T14:05:00+09:00", "2026-11-20T05:05Z +09:00"),
            ("2026-11-20 14:05:00+09:00", "2026-11-20T05:05Z +09:00"),
            ("2026-11-19T23:35:00.5-05:30", "2026-11-20T05:05:00.500Z -05:30"),
            ("2026-11-20T05:05:00-00:00", "2026-11-20T05:05Z -00:00"),
            ("1970-01-01T00:00:00Z", "1970-01-01T00:00Z Z"),
            ("2026-11-20T09:02:00Z", "2026-11-20T09:02Z Z"),
            ("2026-11-20T09:02:00.001Z", "future 2026-11-20T09:02:00.001Z"),
            ("2026-11-20T23:59:60Z", "out of range"),
        ],
    );
}

#[test]
fn lengths_of_time_ago() {
    check(
        FRIDAY,
        "Europe/Berlin",
        &[
            ("5m", "2026-11-20T08:55Z"),
            ("5m ago", "2026-11-20T08:55Z"),
            ("0m", "2026-11-20T09:00Z"),
            ("1h30m ago", "2026-11-20T07:30Z"),
            ("1h 30m ago", "2026-11-20T07:30Z"),
            ("1.5h ago", "2026-11-20T07:30Z"),
            ("90s ago", "2026-11-20T08:58:30.000Z"),
            ("2 hours ago", "2026-11-20T07:00Z"),
            ("1 Hour Ago", "2026-11-20T08:00Z"),
            ("3d", "2026-11-17T09:00Z"),
            ("2 weeks ago", "2026-11-06T09:00Z"),
            ("~5m ago", "2026-11-20T08:55Z about"),
            ("about 5 minutes ago", "2026-11-20T08:55Z about"),
            ("now", "2026-11-20T09:00Z"),
            ("just now", "2026-11-20T09:00Z"),
            ("Just Now", "2026-11-20T09:00Z"),
        ],
    );
}
