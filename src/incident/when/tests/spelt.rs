use super::{FRIDAY, at, check};
use crate::incident::when::{leaves_open, parse, parse_start};
use jiff::tz::TimeZone;

#[test]
fn times_as_people_write_them() {
    check(
        FRIDAY,
        "Asia/Tokyo",
        &[
            // The night shift counts on past midnight.
            ("25:00", "2026-11-19T16:00Z date-assumed"),
            ("24:30", "2026-11-19T15:30Z date-assumed"),
            ("24:00", "2026-11-19T15:00Z date-assumed"),
            ("25時半", "2026-11-19T16:30Z date-assumed"),
            ("昨日 25:10", "2026-11-19T16:10Z"),
            ("昨日の25時10分", "2026-11-19T16:10Z"),
            ("２５：１０", "2026-11-19T16:10Z date-assumed"),
            ("2026-11-18 29:59", "2026-11-18T20:59Z"),
            ("11/18 24:30", "2026-11-18T15:30Z date-assumed"),
            ("today 25:00", "future 2026-11-20T16:00Z"),
            // A month and a day.
            ("11/20 01:05", "2026-11-19T16:05Z date-assumed"),
            ("11/3 1:05", "2026-11-02T16:05Z date-assumed"),
            ("１１／２０ ０１：０５", "2026-11-19T16:05Z date-assumed"),
            ("11/20(金) 01:05", "2026-11-19T16:05Z date-assumed"),
            ("11月20日（金）1時5分", "2026-11-19T16:05Z date-assumed"),
            ("11/20(木) 01:05", "out of range"),
            ("2026-11-20 (Fri) 01:05", "2026-11-19T16:05Z"),
            ("2026/11/20(木) 01:05", "out of range"),
            ("Nov 20 01:05", "2026-11-19T16:05Z date-assumed"),
            ("20 Nov 01:05", "2026-11-19T16:05Z date-assumed"),
            ("Nov 20, 2026 1:05 am", "2026-11-19T16:05Z"),
            ("Fri, 20 Nov 2026 01:05:00 +0000", "2026-11-20T01:05Z +0000"),
            ("12/31 23:50", "future 2026-12-31T14:50Z"),
            // Days of the week are the latest ones.
            ("Fri 17:50", "2026-11-20T08:50Z date-assumed"),
            ("Fri 23:50", "2026-11-13T14:50Z date-assumed"),
            ("friday 25:10", "2026-11-13T16:10Z date-assumed"),
            ("Thu 25:10", "2026-11-19T16:10Z date-assumed"),
            ("木曜 23:50", "2026-11-19T14:50Z date-assumed"),
            ("木曜日の23時50分", "2026-11-19T14:50Z date-assumed"),
            ("23:50 Thu", "2026-11-19T14:50Z date-assumed"),
            // Nights and mornings.
            ("昨夜 23:50", "2026-11-19T14:50Z date-assumed"),
            ("昨晩の23時50分", "2026-11-19T14:50Z date-assumed"),
            ("last night 23:50", "2026-11-19T14:50Z date-assumed"),
            ("昨夜 1:30", "2026-11-19T16:30Z date-assumed"),
            ("昨夜 25:30", "2026-11-19T16:30Z date-assumed"),
            ("昨夜 12:00", "out of range"),
            ("今朝 9:10", "2026-11-20T00:10Z"),
            // Eras.
            ("令和8年11月20日 1:05", "2026-11-19T16:05Z"),
            ("令和８年１１月２０日　１時５分", "2026-11-19T16:05Z"),
            ("令和元年5月1日 0:00", "2019-04-30T15:00Z"),
            ("平成31年4月30日 9:00", "2019-04-30T00:00Z"),
            // Zones in brackets, and ISO 8601 in its shorter forms.
            ("02:05 (JST)", "2026-11-19T17:05Z JST date-assumed"),
            ("02:05（ＪＳＴ）", "2026-11-19T17:05Z JST date-assumed"),
            ("02:05（日本時間）", "2026-11-19T17:05Z 日本時間 date-assumed"),
            ("2026-11-20T02:05[Asia/Tokyo]", "2026-11-19T17:05Z Asia/Tokyo"),
            ("T05:05Z", "2026-11-20T05:05Z Z date-assumed"),
            ("T0505Z", "2026-11-20T05:05Z Z date-assumed"),
            ("20261120T050500Z", "2026-11-20T05:05Z Z"),
            ("20261120T0505+0900", "2026-11-19T20:05Z +0900"),
        ],
    );
}

#[test]
fn times_that_nobody_can_have_meant() {
    let cases = [
        ("25:99", "out of range"),
        ("99:00", "out of range"),
        ("30:00", "out of range"),
        ("24:60", "out of range"),
        ("25:00 pm", "unreadable"),
        ("午前25時", "out of range"),
        ("2/30 01:05", "out of range"),
        ("13/45 01:05", "out of range"),
        ("28/11 01:05", "out of range"),
        ("0/5 01:05", "out of range"),
        ("11/05/2026 01:05", "unreadable"),
        ("令和0年11月20日 1:05", "out of range"),
        ("令和元年4月30日 1:05", "out of range"),
        ("平成31年5月1日 1:05", "out of range"),
        ("令和99年1月1日 1:05", "future 2117-01-01T01:05Z"),
        ("令和年11月20日 1:05", "unreadable"),
        ("20261320T050500Z", "out of range"),
        ("20261120T05050Z", "unreadable"),
        ("Feb 30 01:05", "out of range"),
        ("02:05 (JST", "unreadable"),
        ("02:05 (JST) (UTC)", "unreadable"),
        ("02:05 (the pager)", "unreadable"),
        ("Fri", "date only"),
        ("11/20", "date only"),
        ("昨夜", "date only"),
        ("Fri Thu 01:05", "unreadable"),
        ("this is fine 01:05", "unreadable"),
        ("t", "unreadable"),
        ("T", "unreadable"),
        ("T25", "unreadable"),
        ("Fri 23:50 Fri", "unreadable"),
    ];
    check(FRIDAY, "UTC", &cases);
}

#[test]
fn what_leaves_something_to_be_understood_is_echoed() {
    let echoed = |typed: &str| parse(typed, at(FRIDAY), &TimeZone::UTC).map(|_| leaves_open(typed));
    for typed in ["25:00", "24:30", "昨日 25:10", "11/20 01:05", "Fri 01:05", "昨夜 23:50", "令和8年11月20日 1:05"]
    {
        assert_eq!(echoed(typed), Ok(true), "{typed}");
    }
    for typed in ["01:05", "5m", "2026-11-20 01:05", "yesterday 01:05", "今日 1:05", "01:05 (JST)"] {
        assert_eq!(echoed(typed), Ok(false), "{typed}");
    }
}

#[test]
fn a_day_alone_is_its_beginning_where_a_stretch_begins() {
    let tokyo = TimeZone::get("Asia/Tokyo").unwrap();
    let since = |typed: &str| parse_start(typed, at(FRIDAY), &tokyo).map(|when| when.at.to_string());
    for (typed, begins) in [
        ("2026-11-01", "2026-10-31T15:00:00.000Z"),
        ("2026/11/1", "2026-10-31T15:00:00.000Z"),
        ("11/1", "2026-10-31T15:00:00.000Z"),
        ("11月1日", "2026-10-31T15:00:00.000Z"),
        ("11月1日(日)", "2026-10-31T15:00:00.000Z"),
        ("令和8年11月1日", "2026-10-31T15:00:00.000Z"),
        ("Nov 1", "2026-10-31T15:00:00.000Z"),
        ("today", "2026-11-19T15:00:00.000Z"),
        ("今日", "2026-11-19T15:00:00.000Z"),
        ("yesterday", "2026-11-18T15:00:00.000Z"),
        ("昨日", "2026-11-18T15:00:00.000Z"),
        ("Mon", "2026-11-15T15:00:00.000Z"),
        ("月曜", "2026-11-15T15:00:00.000Z"),
        ("2026-11-01 UTC", "2026-11-01T00:00:00.000Z"),
        ("yesterday 14:05", "2026-11-19T05:05:00.000Z"),
        ("1h", "2026-11-20T08:00:00.000Z"),
    ] {
        assert_eq!(since(typed).as_deref(), Ok(begins), "{typed}");
    }
    for typed in ["2026-13-01", "tomorrow", "2027-01-01", "2026-11-01 x", "昨夜", "", "noon"] {
        assert!(since(typed).is_err(), "{typed}");
    }
    // A day that begins with a leap of the clocks begins after it.
    let cairo = TimeZone::get("Africa/Cairo").unwrap();
    let begins = parse_start("2026-04-24", at(FRIDAY), &cairo).map(|when| when.at.to_string());
    assert_eq!(begins.as_deref(), Ok("2026-04-23T22:00:00.000Z"));
}
