use crate::incident::time::Span;
use crate::incident::when::{SpanError, parse_span};

#[test]
fn read() {
    let cases = [
        ("0m", 0),
        ("0", -1),
        ("15m", 900),
        ("15 m", 900),
        (" 15m ", 900),
        ("15 minutes", 900),
        ("15min", 900),
        ("1h30m", 5_400),
        ("1h 30m", 5_400),
        ("1 hour 30 mins", 5_400),
        ("1.5h", 5_400),
        ("0.5s", 0),
        ("90s", 90),
        ("3d", 259_200),
        ("3 days", 259_200),
        ("2w", 1_209_600),
        ("1d12h", 129_600),
        ("1H30m", 5_400),
        ("1h90m", 9_000),
        ("15分", 900),
        ("１５分", 900),
        ("１５ｍ", 900),
        ("3日", 259_200),
        ("3日間", 259_200),
        ("1時間30分", 5_400),
        ("１時間　３０分", 5_400),
        ("1時間半", 5_400),
        ("2週間", 1_209_600),
        ("1週", 604_800),
        ("30秒", 30),
        ("3660d", 316_224_000),
    ];
    for (typed, seconds) in cases {
        let expected = match typed {
            "0" => Err(SpanError::NoUnit { typed: typed.to_owned() }),
            "0.5s" => Ok(Span::from_millis(500)),
            _ => Ok(Span::from_millis(seconds * 1_000)),
        };
        assert_eq!(parse_span(typed), expected, "{typed:?}");
    }
}

#[test]
fn refused() {
    let unreadable = |typed: &str| SpanError::Unreadable { typed: typed.to_owned() };
    let no_unit = |typed: &str| SpanError::NoUnit { typed: typed.to_owned() };
    let negative = |typed: &str| SpanError::Negative { typed: typed.to_owned() };
    let too_long = |typed: &str| SpanError::TooLong { typed: typed.to_owned() };
    let unknown = |typed: &str, unit: &str| SpanError::UnknownUnit { typed: typed.to_owned(), unit: unit.to_owned() };
    let cases = [
        ("", unreadable("")),
        ("m", unreadable("m")),
        ("15m ago", unreadable("15m ago")),
        ("15分前", unreadable("15分前")),
        ("15m!", unreadable("15m!")),
        ("30m1h", unreadable("30m1h")),
        ("5m5m", unreadable("5m5m")),
        ("14:05", unreadable("14:05")),
        ("1.25h", unreadable("1.25h")),
        ("半", unreadable("半")),
        ("🔥", unreadable("🔥")),
        ("\0", unreadable("\0")),
        ("15", no_unit("15")),
        ("１５", no_unit("１５")),
        ("1h30", no_unit("1h30")),
        ("-15m", negative("-15m")),
        ("- 15m", negative("- 15m")),
        ("－１５分", negative("－１５分")),
        ("5M", unknown("5M", "M")),
        ("3 months", unknown("3 months", "months")),
        ("1y", unknown("1y", "y")),
        ("3ヶ月", unknown("3ヶ月", "ヶ月")),
        ("3661d", too_long("3661d")),
        ("99999999999999h", too_long("99999999999999h")),
        ("99999999999999999999999999999999w", too_long("99999999999999999999999999999999w")),
    ];
    for (typed, expected) in cases {
        assert_eq!(parse_span(typed), Err(expected), "{typed:?}");
    }
    assert!(
        matches!(parse_span(&"1".repeat(101)), Err(SpanError::Unreadable { typed }) if typed.chars().count() == 41)
    );
}
