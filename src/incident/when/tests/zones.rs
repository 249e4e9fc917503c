use super::{FRIDAY, check};

#[test]
fn typed_after_the_time() {
    check(
        FRIDAY,
        "America/New_York",
        &[
            ("14:05 JST", "2026-11-20T05:05Z JST date-assumed"),
            ("14:05JST", "2026-11-20T05:05Z JST date-assumed"),
            ("14:05 jst", "2026-11-20T05:05Z jst date-assumed"),
            ("08:05 UTC", "2026-11-20T08:05Z UTC date-assumed"),
            ("08:05Z", "2026-11-20T08:05Z Z date-assumed"),
            ("08:05 Z", "2026-11-20T08:05Z Z date-assumed"),
            ("14:05+09:00", "2026-11-20T05:05Z +09:00 date-assumed"),
            ("14:05 +0900", "2026-11-20T05:05Z +0900 date-assumed"),
            ("14:05 +09", "2026-11-20T05:05Z +09 date-assumed"),
            ("14:05 UTC+9", "2026-11-20T05:05Z UTC+9 date-assumed"),
            ("13:35 GMT+05:30", "2026-11-20T08:05Z GMT+05:30 date-assumed"),
            ("03:05-05:00", "2026-11-20T08:05Z -05:00 date-assumed"),
            ("03:05\u{2212}05:00", "2026-11-20T08:05Z -05:00 date-assumed"),
            ("14:05 Asia/Tokyo", "2026-11-20T05:05Z Asia/Tokyo date-assumed"),
            ("14:05 asia/tokyo", "2026-11-20T05:05Z asia/tokyo date-assumed"),
            ("2026-11-20 09:05 Europe/Berlin", "2026-11-20T08:05Z Europe/Berlin"),
            ("2026-07-20 09:05 Europe/Berlin", "2026-07-20T07:05Z Europe/Berlin"),
            ("00:05 PST", "2026-11-20T08:05Z PST date-assumed"),
            ("2026-07-20 00:05 PST", "2026-07-20T08:05Z PST"),
            ("2026-07-20 00:05 PDT", "2026-07-20T07:05Z PDT"),
            ("2026-07-20 00:05 EST", "2026-07-20T05:05Z EST"),
            ("2026-07-20 00:05 EDT", "2026-07-20T04:05Z EDT"),
            ("9:05 am CET", "2026-11-20T08:05Z CET date-assumed"),
            ("2:05pm KST", "2026-11-20T05:05Z KST date-assumed"),
            ("昨日14時5分JST", "2026-11-19T05:05Z JST"),
            ("03:05 America/New_York", "2026-11-20T08:05Z America/New_York date-assumed"),
        ],
    );
}

#[test]
fn shared_abbreviations_are_refused_with_their_readings() {
    for name in ["CST", "IST", "BST", "AST", "GST", "cst"] {
        let got = super::understood(&format!("14:05 {name}"), FRIDAY, "UTC");
        assert!(got.starts_with(&format!("shared zone {name}: ")), "{got}");
    }
    check(
        FRIDAY,
        "UTC",
        &[(
            "2026-11-20 14:05 CST",
            "shared zone CST: America/Chicago (-06:00), Asia/Shanghai (+08:00), America/Havana (-05:00)",
        )],
    );
}

#[test]
fn readings_name_zones_that_can_be_typed() {
    use crate::incident::when::{WhenError, parse};
    for name in ["CST", "IST", "BST", "AST", "GST"] {
        let refused = parse(&format!("14:05 {name}"), super::at(FRIDAY), &jiff::tz::TimeZone::UTC);
        let Err(WhenError::AmbiguousZone { readings, .. }) = refused else { panic!("{name} was read") };
        for reading in readings {
            let place = reading.split(' ').next().unwrap();
            assert!(parse(&format!("14:05 {place}"), super::at(FRIDAY), &jiff::tz::TimeZone::UTC).is_ok(), "{place}");
        }
    }
}

#[test]
fn unknown() {
    check(
        FRIDAY,
        "UTC",
        &[
            ("14:05 MSK", "unknown zone MSK"),
            ("14:05 XYZ", "unknown zone XYZ"),
            ("14:05 Asia/Tokio", "unknown zone Asia/Tokio"),
            ("14:05 Mars/Olympus_Mons", "unknown zone Mars/Olympus_Mons"),
            ("14:05 Etc/Unknown", "unknown zone Etc/Unknown"),
            ("14:05 posix/Asia/Tokyo", "unknown zone posix/Asia/Tokyo"),
            ("14:05 right/Asia/Tokyo", "unknown zone right/Asia/Tokyo"),
            ("14:05 UTC+25", "unknown zone UTC+25"),
            ("14:05 +25:00", "unknown zone +25:00"),
            ("14:05 +9", "unknown zone +9"),
            ("14:05-14:10", "unknown zone -14:10"),
            ("14:05-09:10", "unknown zone -09:10"),
            ("14:05 +09:00:00", "unknown zone +09:00:00"),
            ("14:05 Asia/Tokyo/..", "unknown zone Asia/Tokyo/"),
            ("14:05 /etc/passwd", "unreadable"),
            ("14:05 ../Tokyo", "unreadable"),
            ("14:05 Tokyo", "unreadable"),
            ("14:05 +09:00[Asia/Tokyo]", "unreadable"),
            ("5m ago JST", "unreadable"),
        ],
    );
}
