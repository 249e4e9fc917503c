use super::check;

#[test]
fn clocks_set_forward() {
    let never = "never 2026-03-29T00:30Z 2026-03-29T01:30Z";
    check(
        "2026-03-29T10:00:00Z",
        "Europe/Berlin",
        &[
            ("02:30", never),
            ("2026-03-29 02:30", never),
            ("today 02:30", never),
            ("3月29日2時30分", never),
            ("01:59", "2026-03-29T00:59Z date-assumed"),
            ("02:00", "never 2026-03-29T00:00Z 2026-03-29T01:00Z"),
            ("03:00", "2026-03-29T01:00Z date-assumed"),
            // A zone typed with it settles it.
            ("02:30 CET", "2026-03-29T01:30Z CET date-assumed"),
            ("02:30+02:00", "2026-03-29T00:30Z +02:00 date-assumed"),
            ("yesterday 02:30", "2026-03-28T01:30Z"),
        ],
    );
    // Ten minutes after the jump, clocks show 03:10.
    check(
        "2026-03-29T01:10:00Z",
        "Europe/Berlin",
        &[("02:30", never), ("01:50", "2026-03-29T00:50Z date-assumed"), ("30m", "2026-03-29T00:40Z")],
    );
    // Before the jump, 02:30 was last yesterday.
    check("2026-03-29T00:45:00Z", "Europe/Berlin", &[("02:30", "2026-03-28T01:30Z date-assumed")]);
    check(
        "2026-03-08T12:00:00Z",
        "America/New_York",
        &[("2:30 am", "never 2026-03-08T06:30Z 2026-03-08T07:30Z"), ("3:00am", "2026-03-08T07:00Z date-assumed")],
    );
}

#[test]
fn clocks_set_back() {
    let twice = "twice 2026-10-25T00:30Z 2026-10-25T01:30Z";
    check(
        "2026-10-25T10:00:00Z",
        "Europe/Berlin",
        &[
            ("02:30", twice),
            ("2026-10-25 02:30", twice),
            ("today 02:30", twice),
            ("昨日 02:30", "2026-10-24T00:30Z"),
            ("01:59", "2026-10-24T23:59Z date-assumed"),
            ("02:00", "twice 2026-10-25T00:00Z 2026-10-25T01:00Z"),
            ("03:00", "2026-10-25T02:00Z date-assumed"),
            ("02:30 CEST", "2026-10-25T00:30Z CEST date-assumed"),
            ("02:30 CET", "2026-10-25T01:30Z CET date-assumed"),
            ("02:30 +0100", "2026-10-25T01:30Z +0100 date-assumed"),
            ("02:30 Europe/Berlin", twice),
        ],
    );
    // The first time clocks show 02:20.
    check(
        "2026-10-25T00:20:00Z",
        "Europe/Berlin",
        &[("02:10", "twice 2026-10-25T00:10Z 2026-10-25T01:10Z"), ("02:30", "2026-10-24T00:30Z date-assumed")],
    );
    // The second time: 02:30 was fifty minutes ago, and will be in ten.
    check(
        "2026-10-25T01:20:00Z",
        "Europe/Berlin",
        &[("02:30", twice), ("1h ago", "2026-10-25T00:20Z"), ("1時間前", "2026-10-25T00:20Z")],
    );
    check(
        "2026-11-01T12:00:00Z",
        "America/New_York",
        &[("1:30 AM", "twice 2026-11-01T05:30Z 2026-11-01T06:30Z"), ("1:30 EDT", "2026-11-01T05:30Z EDT date-assumed")],
    );
}

#[test]
fn a_skipped_day_and_changes_at_midnight() {
    // Samoa went from 29 to 31 December 2011.
    check(
        "2011-12-31T00:00:00Z",
        "Pacific/Apia",
        &[
            ("13:00", "2011-12-30T23:00Z date-assumed"),
            ("2011-12-29 15:00", "2011-12-30T01:00Z"),
            ("15:00", "never 2011-12-30T01:00Z 2011-12-31T01:00Z"),
        ],
    );
    // Cairo sets clocks forward at midnight.
    check("2026-04-24T00:00:00Z", "Africa/Cairo", &[("0:30", "never 2026-04-23T21:30Z 2026-04-23T22:30Z")]);
}
