//! Real timelines against the compiled-in policy: which updates were late, as one computes it by hand (A6).
//!
//! The times are those of `examples/`: Fastly's own summary, and the report on LINE's outage. Who was told in between
//! is not public; what isn't there counts as not told.

use crate::place::Place;
use serde_json::Value;

/// What was promised and kept late, or not at all: the clock, by how many minutes, and whether it was kept.
fn late(place: &Place, now: &str) -> Vec<(String, i64, bool)> {
    let document: Value = at(place, now, &["-i", "1", "postmortem"]);
    let updates = document["communication"]["updates"].as_array().expect("a list").clone();
    let mut found: Vec<(String, i64, bool)> = updates
        .iter()
        .filter(|update| update["late_minutes"].as_i64().is_some_and(|minutes| minutes > 0))
        .map(|update| {
            let clock = update["clock"].as_str().expect("a name").trim_start_matches("comms:").to_owned();
            (clock, update["late_minutes"].as_i64().expect("minutes"), update["met_at"].is_string())
        })
        .collect();
    found.sort();
    found
}

fn at(place: &Place, now: &str, arguments: &[&str]) -> Value {
    let all = [arguments, &["--json"][..]].concat();
    let output = place.command(&all).env("HIKESHI_NOW", now).output().expect("runs");
    assert!(output.status.success(), "{arguments:?} {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn fastly_2021_had_one_post_between_the_outage_and_its_end() {
    let place = Place::new();
    at(&place, "2021-06-08T09:48:00Z", &["declare", "Errors worldwide", "--severity", "sev0", "--customers", "many"]);
    let post =
        ["update", "We are investigating", "--audience", "customers", "--channel", "status-page", "--sent-by-hand"];
    at(&place, "2021-06-08T09:58:00Z", &post);
    at(&place, "2021-06-08T12:44:00Z", &["resolve", "disabled the configuration"]);
    let last = ["update", "It is over", "--audience", "customers", "--stage", "resolved", "--sent-by-hand"];
    at(&place, "2021-06-08T12:44:00Z", &last);
    let expected = [
        // Due 10:03, both; over at 12:44.
        ("executives-sev0", 161, false),
        // Due at once, at 09:48; posted 09:58.
        ("first-notice", 10, true),
        // The post of 09:58 promised the next for 10:28.
        ("status-page", 136, false),
        ("support", 161, false),
        // Due 10:18, and never held.
        ("webinar", 146, false),
        ("webinar-invitation", 146, false),
    ];
    assert_eq!(late(&place, "2021-06-08T18:00:00Z"), expected.map(|(clock, late, met)| (clock.to_owned(), late, met)));
}

#[test]
fn line_2020_was_silent_for_hours() {
    let place = Place::new();
    at(&place, "2020-11-09T14:34:00+09:00", &["declare", "LINE障害", "--severity", "sev1", "--customers", "many"]);
    for (time, text) in [
        ("14:52", "おおむね復旧しました"),
        ("17:30", "緊急メンテナンスを開始しました"),
        ("21:57", "緊急メンテナンスを終了しました"),
    ] {
        let update = ["update", text, "--audience", "customers", "--sent-by-hand"];
        at(&place, &format!("2020-11-09T{time}:00+09:00"), &update);
    }
    at(&place, "2020-11-09T22:08:00+09:00", &["resolve", "全面復旧"]);
    let last = ["update", "全面復旧しました", "--audience", "customers", "--stage", "resolved", "--sent-by-hand"];
    at(&place, "2020-11-09T22:08:00+09:00", &last);
    let expected = [
        // Promised for 15:52 and 18:30, an hour after the one before.
        ("customers-sev1", 98, true),
        ("customers-sev1", 207, true),
        // Due 15:04 and 14:49; over at 22:08.
        ("executives", 424, false),
        ("support", 439, false),
    ];
    let found = late(&place, "2020-11-09T23:00:00+09:00");
    assert_eq!(found, expected.map(|(clock, late, met)| (clock.to_owned(), late, met)));
}
