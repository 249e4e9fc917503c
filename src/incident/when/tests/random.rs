use crate::incident::time::{Span, Timestamp};
use crate::incident::when::{WhenError, leading_time, parse, parse_span};
use jiff::tz::TimeZone;
use proptest::prelude::{Just, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest};

const ZONES: [&str; 6] =
    ["UTC", "Asia/Tokyo", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"];

/// 1971 to 2100.
const MOMENTS: std::ops::Range<i64> = 31_536_000_000..4_102_444_800_000;

fn zone() -> impl Strategy<Value = TimeZone> {
    (0..ZONES.len()).prop_map(|index| TimeZone::get(ZONES[index]).unwrap())
}

/// Texts made of the pieces the readers know, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        (0_u64..100).prop_map(|number| number.to_string()),
        any::<u64>().prop_map(|number| number.to_string()),
        (0..PIECES.len()).prop_map(|index| PIECES[index].to_owned()),
        any::<char>().prop_map(String::from),
        Just(String::from(" ")),
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

const PIECES: [&str; 64] = [
    ":",
    "-",
    "/",
    "T",
    "Z",
    "+",
    "~",
    ".",
    ",",
    "am",
    "pm",
    "h",
    "m",
    "s",
    "d",
    "w",
    "ago",
    "yesterday",
    "today",
    "at",
    "now",
    "JST",
    "CST",
    "Asia/Tokyo",
    "+09:00",
    "14:05",
    "2026-11-20",
    "02:30",
    "年",
    "月",
    "日",
    "時",
    "時間",
    "分",
    "秒",
    "前",
    "半",
    "頃",
    "約",
    "午後",
    "昨日",
    "一昨日",
    "今",
    "日本時間",
    "の",
    "１４：０５",
    "　",
    "[",
    "(",
    ")",
    "(JST)",
    "25:10",
    "24:",
    "11/20",
    "Fri",
    "Nov",
    "令和",
    "元年",
    "8年",
    "昨夜",
    "金曜",
    "(金)",
    "T05",
    "last night",
];

fn reads_without_surprise(text: &str, now: Timestamp, zone: &TimeZone) {
    if let Ok(when) = parse(text, now, zone) {
        assert!(when.at.millis() <= now.millis().saturating_add(120_000), "{text:?} became {}", when.at);
        assert_eq!(when.typed, text);
    }
    let _ = parse_span(text);
    if let Some((time, rest)) = leading_time(text) {
        assert!(!rest.is_empty() && text.contains(time) && text.ends_with(rest) || text.trim_end().ends_with(rest));
        let read = parse(time, now, zone);
        assert!(
            !matches!(read, Err(WhenError::Unreadable { .. } | WhenError::OutOfRange { .. })),
            "{time:?}: {read:?}"
        );
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in any::<String>(), now in MOMENTS, zone in zone()) {
        reads_without_surprise(&text, Timestamp::from_millis(now), &zone);
    }

    #[test]
    fn any_pieces_are_read_or_refused(text in pieces(), now in MOMENTS, zone in zone()) {
        reads_without_surprise(&text, Timestamp::from_millis(now), &zone);
    }

    #[test]
    fn any_clock_is_no_panic(text in pieces(), now in any::<i64>(), zone in zone()) {
        let _ = parse(&text, Timestamp::from_millis(now), &zone);
    }

    #[test]
    fn a_written_time_reads_back(seconds in MOMENTS, tz in zone()) {
        let at = jiff::Timestamp::from_millisecond(seconds / 1_000 * 1_000).unwrap();
        let now = Timestamp::from_millis(MOMENTS.end);
        let local = at.to_zoned(tz.clone());
        let twice = tz.to_ambiguous_timestamp(local.datetime()).is_ambiguous();
        for format in ["%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y年%m月%d日%H時%M分%S秒",
            "%Y-%m-%d %I:%M:%S %p"] {
            let typed = local.strftime(format).to_string();
            match parse(&typed, now, &tz) {
                Ok(when) => prop_assert_eq!(when.at.millis(), at.as_millisecond(), "{}", typed),
                Err(WhenError::Ambiguous { first, second, .. }) => {
                    prop_assert!(twice && [first.millis(), second.millis()].contains(&at.as_millisecond()));
                }
                Err(error) => prop_assert!(false, "{}: {}", typed, error),
            }
        }
        for format in ["%Y-%m-%d %H:%M:%S%:z", "%Y-%m-%d %H:%M:%S %z"] {
            let typed = local.strftime(format).to_string();
            let read = parse(&typed, now, &TimeZone::UTC).map(|when| when.at.millis());
            prop_assert_eq!(read, Ok(at.as_millisecond()), "{}", typed);
        }
    }

    #[test]
    fn a_bare_time_is_within_the_last_day(now in MOMENTS, ago in 0_i64..86_000_000, tz in zone()) {
        let at = jiff::Timestamp::from_millisecond((now - ago) / 60_000 * 60_000).unwrap();
        let typed = at.to_zoned(tz.clone()).strftime("%H:%M").to_string();
        if let Ok(when) = parse(&typed, Timestamp::from_millis(now), &tz) {
            prop_assert!(when.date_assumed);
            let clock_change = (when.at.millis() - at.as_millisecond()).abs();
            let same_offset = tz.to_offset(at) == tz.to_offset(jiff::Timestamp::from_millisecond(now).unwrap());
            prop_assert!(clock_change == 0 || !same_offset, "{} became {}", typed, when.at);
        }
    }

    #[test]
    fn a_written_length_reads_back(weeks in 0_i64..500, days in 0_i64..7, hours in 0_i64..24, minutes in 0_i64..60) {
        let millis = (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60_000;
        for typed in [format!("{weeks}w{days}d{hours}h{minutes}m"), format!("{weeks}週間{days}日{hours}時間{minutes}分")] {
            prop_assert_eq!(parse_span(&typed).map(Span::millis), Ok(millis));
        }
    }
}
