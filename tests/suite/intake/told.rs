//! What is left out of what comes in, and told.

use crate::place::Place;
use serde_json::Value;

#[test]
fn what_cannot_have_happened_is_left_out_and_told() {
    let place = Place::new();
    let record = |id: u32, from: &str, to: &str| {
        format!(r#"{{"id": {id}, "title": "a", "started_at": "{from}", "resolved_at": "{to}", "updates": []}}"#)
    };
    let lines = [
        record(1, "2024-05-01T10:00:00Z", "2024-05-01T09:00:00Z"),
        record(2, "2092-05-01T10:00:00Z", "2092-05-01T11:00:00Z"),
        record(3, "0000-01-01T00:00:00Z", "2024-05-01T09:00:00Z"),
        record(4, "2024-05-01T10:00:00Z", "2024-05-01T11:00:00Z"),
    ];
    let ran = place.run_with(&["import", "github-statuses", "-"], lines.join("\n").as_bytes());
    assert_eq!(ran.code, 3, "{}", ran.err);
    for says in ["1 imported", "line 1 (1) 1: resolved before it", "line 2 (2) 2: lies in the future", "line 3 (3) 3: "]
    {
        assert!(ran.out.contains(says), "{}", ran.out);
    }
}

#[test]
fn an_alert_with_new_words_is_an_entry_and_the_same_again_is_none() {
    let place = Place::new();
    let send = |update: &str, impact: &str| {
        let body = format!(
            r#"{{"incident": {{"id": "x1", "name": "API down", "status": "identified", "impact": "{impact}",
            "created_at": "2024-05-01T10:00:00Z", "incident_updates": [{{"body": "{update}"}}]}}}}"#
        );
        let ran = place.run_with(&["declare", "--from", "statuspage", "-", "--join", "--json"], body.as_bytes());
        serde_json::from_str::<Value>(&ran.out).unwrap_or_else(|_| panic!("{}", ran.err))
    };
    send("looking", "none");
    assert_eq!(send("looking", "none")["duplicate"], true);
    let words = send("a fix is rolling out", "none");
    assert_eq!(
        (&words["incident"]["ref"], &words["entries"][0]["data"]["text"]),
        (&1.into(), &"a fix is rolling out".into())
    );
    assert_eq!(send("a fix is rolling out", "critical")["entries"][0]["data"]["severity"], "critical");
    assert_eq!(send("a fix is rolling out", "critical")["duplicate"], true);
}

#[test]
fn a_changed_record_a_cut_text_and_an_empty_file_are_told() {
    let place = Place::new();
    let import = |title: &str, end: &str| {
        let record = format!(
            r#"{{"id": 1, "title": "{title}", "started_at": "2024-05-01T10:00:00Z", "resolved_at": "{end}", "updates": []}}"#
        );
        place.run_with(&["import", "github-statuses", "-"], record.as_bytes())
    };
    assert_eq!(import("a", "2024-05-01T11:00:00Z").code, 0);
    assert_eq!(import("a", "2024-05-01T11:00:00Z").code, 0);
    let ran = import("b", "2024-05-01T12:00:00Z");
    let says = |change: &str| ran.out.contains(&format!("line 1 (1) 1: changed: {change}; not taken over"));
    let end = "resolved_at: 2024-05-01T11:00:00.000Z → 2024-05-01T12:00:00.000Z";
    assert!(ran.code == 3 && says("title: a → b") && says(end), "{}", ran.out);
    assert!(ran.out.contains("hikeshi import github-statuses - --update"), "{}", ran.out);

    let body = format!(r#"{{"title": "disk", "body": "{}"}}"#, "x".repeat(70_000));
    let ran = place.run_with(&["declare", "--from", "datadog", "-", "--json"], body.as_bytes());
    assert!(ran.code == 0 && ran.out.contains("longer than 64 KiB"), "{}{}", ran.out, ran.err);

    let empty = place.run_with(&["import", "github-statuses", "-"], b"\n");
    assert!(empty.code == 1 && empty.err.contains("is empty"), "{}", empty.err);
    let broken = place.run_with(&["declare", "--from", "grafana", "-"], b"{");
    assert!(broken.err.contains("hikeshi help declare"), "{}", broken.err);
    assert!(place.run(&["import", "aws", "/nowhere"]).err.contains("hikeshi help import"));
}
