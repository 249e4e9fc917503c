use super::{FRIDAY, at, check};
use crate::incident::time::Timestamp;
use crate::incident::when::{WhenError, parse};
use jiff::tz::TimeZone;

#[test]
fn unreadable() {
    let cases = [
        "",
        " ",
        "　",
        "\0",
        "14:05\0",
        "🔥",
        "14:05🔥",
        "🕑",
        "~",
        "~~14:05",
        "ago",
        "14",
        "1405",
        "14:5",
        "14:055",
        "114:05",
        "14:05:3",
        "14:05:300",
        "14:05:30.",
        "14:05:30.1234567890",
        "14:",
        ":05",
        "14:05 ago",
        "14:05 foo",
        "yesterday",
        "yesterday14:05",
        "yesterday 14:05 sharp",
        "yesterday 5m ago",
        "yesterday yesterday 14:05",
        "tomorrow 14:05",
        "14:05 today at",
        "11-20 14:05",
        "20.11.2026 14:05",
        "20/11/2026 14:05",
        "12026-11-20 14:05",
        "2026-11/20 14:05",
        "2026-11-2014:05",
        "2026-11-20T 14:05",
        "2026-11-20TT14:05",
        "2026-11-20 noon",
        "2026-11-20 14:05 14:06",
        "-5m",
        "-14:05",
        "+5m",
        "5m5m",
        "30m1h",
        "5M",
        "5m from now",
        "in 5m",
        "1h30",
        "1e3m",
        "5.m",
        ".5h",
        "1.25h",
        "5 fortnights ago",
        "5mago",
        "nowish",
        "now 14:05",
        "just",
        "14h05",
        "2:05pm JST x",
        "14:0x",
        "14;05",
        "14:05 JST UTC",
        "14:05 -",
        "14:05/JST",
        "2026-W47-5 14:05",
        "noon",
        "13:05pm",
        "14:05 am",
        "0:05am",
        "14pm",
    ];
    let expected = |typed: &str| match typed {
        "yesterday" => "date only",
        _ => "unreadable",
    };
    check(FRIDAY, "Europe/Berlin", &cases.map(|typed| (typed, expected(typed))));
}

#[test]
fn no_such_date_or_time() {
    let cases = [
        "30:00",
        "25:61",
        "14:60",
        "14:05:60",
        "23:59:60",
        "99:99",
        "午後14時",
        "30時",
        "14時60分",
        "2026-02-29 14:05",
        "2026-02-30 14:05",
        "2026-13-01 14:05",
        "2026-00-10 14:05",
        "2026-11-00 14:05",
        "0000-01-01 00:00",
        "1969-12-31 23:59",
        "0026-11-20 14:05",
        "2026-11-20 24:60",
        "13月1日 14:05",
        "2月30日 9時",
        "99999999999999h ago",
        "99999999999999999999999999h",
        "11y ago",
        "600w ago",
        "18446744073709551615s ago",
    ];
    let expected = |typed: &str| if typed == "11y ago" { "unreadable" } else { "out of range" };
    check(FRIDAY, "Europe/Berlin", &cases.map(|typed| (typed, expected(typed))));
}

#[test]
fn future() {
    check(
        FRIDAY,
        "Europe/Berlin",
        &[
            ("2026-11-20 10:02", "2026-11-20T09:02Z"),
            ("2026-11-20 10:03", "future 2026-11-20T09:03Z"),
            ("2026-11-20 14:05", "future 2026-11-20T13:05Z"),
            ("2026-11-20 14:05 JST", "2026-11-20T05:05Z JST"),
            ("today 14:05", "future 2026-11-20T13:05Z"),
            ("9999-12-30 14:05", "future 9999-12-30T13:05Z"),
            ("9999-12-31 00:00", "out of range"),
            ("9999-12-31 23:59", "out of range"),
            ("9999-12-31 23:59:59 -12:00", "out of range"),
        ],
    );
}

#[test]
fn long_text_is_quoted_only_in_part() {
    let long = "14:05 ".repeat(1_000);
    let Err(WhenError::Unreadable { typed }) = parse(&long, at(FRIDAY), &TimeZone::UTC) else { panic!("was read") };
    assert_eq!(typed.chars().count(), 41);
    let padded = format!("14:05{}", " ".repeat(95));
    assert!(parse(&padded, at(FRIDAY), &TimeZone::UTC).is_ok());
    assert!(parse(&format!("{padded} "), at(FRIDAY), &TimeZone::UTC).is_err());
}

#[test]
fn a_clock_beyond_every_calendar_is_no_panic() {
    for now in [i64::MIN, i64::MAX].map(Timestamp::from_millis) {
        for typed in ["14:05", "yesterday 14:05", "11月20日 14:05", "2026-11-20 14:05"] {
            assert!(matches!(parse(typed, now, &TimeZone::UTC), Err(WhenError::OutOfRange { .. })), "{typed} at {now}");
        }
        assert!(parse("5m ago", now, &TimeZone::UTC).is_ok());
    }
}

#[test]
fn messages_quote_and_escape() {
    let message = |typed: &str| parse(typed, at(FRIDAY), &TimeZone::UTC).unwrap_err().to_string();
    assert_eq!(message("14:0x\u{1b}[2J\u{202e}"), r#"cannot read "14:0x\u{1b}[2J\u{202e}" as a time"#);
    assert_eq!(message("today 14:05"), r#""today 14:05" is in the future: understood as 2026-11-20T14:05:00.000Z"#);
    assert_eq!(message("14:05 XYZ"), r#"no time zone "XYZ", in "14:05 XYZ""#);
    assert_eq!(
        message("14:05 AST"),
        r#"time zone "AST", in "14:05 AST", could be America/Halifax (-04:00) or Asia/Riyadh (+03:00)"#
    );
}

#[test]
fn a_stray_character_is_never_overlooked() {
    let read = [
        "14:05",
        "~9:05:30.25 PM JST",
        "2026-11-19T14:05:00Z",
        "yesterday at 14:05 Asia/Tokyo",
        "1h30m ago",
        "just now",
        "日本時間 昨日の午後2時5分30秒頃",
        "2026年11月19日14時半 +0900",
        "約1時間30分ほど前",
    ];
    for typed in read {
        assert!(parse(typed, at(FRIDAY), &TimeZone::UTC).is_ok(), "{typed:?}");
        for place in typed.char_indices().map(|(place, _)| place).chain([typed.len()]) {
            for stray in ['🔥', '\0', 'q', '\u{200b}', ';'] {
                let mut typed = typed.to_owned();
                typed.insert(place, stray);
                assert!(parse(&typed, at(FRIDAY), &TimeZone::UTC).is_err(), "{typed:?}");
            }
        }
    }
}
