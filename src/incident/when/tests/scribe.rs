use super::{FRIDAY, at};
use crate::incident::when::{leading_time, parse};
use jiff::tz::TimeZone;

#[test]
fn lines_that_begin_with_a_time() {
    let cases = [
        ("14:02 restarted db-3", "14:02", "restarted db-3"),
        ("  9:02\trestarted db-3 \n", "9:02", "restarted db-3"),
        ("[14:02] restarted db-3", "14:02", "restarted db-3"),
        ("[14:02:10] - restarted db-3", "14:02:10", "restarted db-3"),
        ("(14:02) restarted", "14:02", "restarted"),
        ("14:02:10 - restarted db-3", "14:02:10", "restarted db-3"),
        ("14:02 — restarted", "14:02", "restarted"),
        ("14:02: restarted", "14:02", "restarted"),
        ("14:02, restarted", "14:02", "restarted"),
        ("14:02 | restarted", "14:02", "restarted"),
        ("- 14:02 restarted", "14:02", "restarted"),
        ("* 14:02 restarted", "14:02", "restarted"),
        ("14:02 >5% errors", "14:02", ">5% errors"),
        ("14:02 -v was missing", "14:02", "-v was missing"),
        ("14:02 - 3 pods restarted", "14:02", "3 pods restarted"),
        ("14:02 -10 pods", "14:02", "-10 pods"),
        ("14:02 -1000 rows", "14:02", "-1000 rows"),
        ("14:02 - 14:10 db down", "14:02", "- 14:10 db down"),
        ("14:02:10.123 restarted", "14:02:10.123", "restarted"),
        ("~14:02 restarted", "~14:02", "restarted"),
        ("2:05 PM restarted", "2:05 PM", "restarted"),
        ("2:05pm restarted", "2:05pm", "restarted"),
        ("14:02 UTC restarted", "14:02 UTC", "restarted"),
        ("14:02Z restarted", "14:02Z", "restarted"),
        ("14:02 CST restarted", "14:02 CST", "restarted"),
        ("[14:02 JST] restarted", "14:02 JST", "restarted"),
        ("14:02 JST: restarted", "14:02 JST", "restarted"),
        ("14:02 JST - restarted", "14:02 JST", "restarted"),
        ("14:02 +09:00 restarted", "14:02 +09:00", "restarted"),
        ("14:02 +0900 restarted", "14:02 +0900", "restarted"),
        ("14:02 Asia/Tokyo restarted", "14:02 Asia/Tokyo", "restarted"),
        ("14:02 am looking into it", "14:02", "am looking into it"),
        ("14:02 MSK broker down", "14:02", "MSK broker down"),
        ("14:02 est. 20 users", "14:02", "est. 20 users"),
        ("14:02 db/web restarted", "14:02", "db/web restarted"),
        ("14時02分 再起動した", "14時02分", "再起動した"),
        ("14時2分10秒　再起動", "14時2分10秒", "再起動"),
        ("１４：０２　再起動", "１４：０２", "再起動"),
        ("［１４：０２］再起動", "１４：０２", "再起動"),
        ("【14:02】再起動", "14:02", "再起動"),
        ("14:02、再起動", "14:02", "再起動"),
        ("・14:02 再起動", "14:02", "再起動"),
        ("午後2時5分 再起動", "午後2時5分", "再起動"),
        ("約14:02 再起動", "約14:02", "再起動"),
        ("14:02頃 再起動", "14:02頃", "再起動"),
        ("14:02 日本時間 再起動", "14:02 日本時間", "再起動"),
    ];
    for (line, time, rest) in cases {
        assert_eq!(leading_time(line), Some((time, rest)), "{line:?}");
        let read = parse(time, at(FRIDAY), &TimeZone::UTC);
        assert!(read.is_ok() || time.contains("CST"), "{time:?}: {read:?}");
    }
}

#[test]
fn lines_that_do_not() {
    let cases = [
        "",
        " ",
        "14:02",
        "[14:02]",
        " 14:02 ",
        "14:02 -",
        "14:02 - ",
        "3:1 ratio",
        "14:0x restarted",
        "14:2 restarted",
        "14:022 restarted",
        "114:02 restarted",
        "25:61 restarted",
        "30:00 restarted",
        "14:02:5 restarted",
        "14:02:60 restarted",
        "14:02x restarted",
        "14:02/5 restarted",
        "14:02-14:10 down",
        "14:02.5 seconds",
        "restarted 14:02",
        "[14:02 restarted",
        "[14:02) restarted",
        "14時 再起動",
        "14時間 停止",
        "14時2 再起動",
        "14時5分前に再起動",
        "14:02再起動",
        "2026-11-20 14:02 restarted",
        "5m ago restarted",
        "🔥 14:02 fire",
        "14 02 restarted",
        "10.0.0.1:80 refused",
        "13:05pm restarted",
        "14:02 JST",
        "-14:02 restarted",
        "[[14:02]] restarted",
    ];
    for line in cases {
        assert_eq!(leading_time(line), None, "{line:?}");
    }
}
