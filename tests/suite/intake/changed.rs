//! What a source says otherwise than it did: told in full, and taken as a correction only when asked for.

use super::{history, reports};
use crate::place::Place;
use serde_json::Value;

/// Imports a file; the report and the exit code.
fn import(place: &Place, file: &str, more: &[&str]) -> (Value, i32) {
    let file = history(file);
    let mut arguments = vec!["import", "github-statuses", &file, "--json"];
    arguments.extend(more);
    let ran = place.run(&arguments);
    (serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}", ran.err)), ran.code)
}

/// What the only record says otherwise: the field, what it was, what it is.
fn fields(report: &Value) -> Vec<(&str, &str, &str)> {
    fn text(value: &Value) -> &str {
        value.as_str().unwrap_or_default()
    }
    let changes = report["incidents"][0]["changes"].as_array().expect("a list").iter();
    changes.map(|one| (text(&one["field"]), text(&one["was"]), text(&one["now"]))).collect()
}

#[test]
fn every_change_of_a_known_record_is_told_and_changes_nothing_unless_asked_for() {
    let place = Place::new();
    import(&place, "changed-1.jsonl", &[]);
    let before = place.json(&["-i", "1", "show"])["incident"].clone();
    let (report, code) = import(&place, "changed-2.jsonl", &[]);
    assert_eq!(
        (code, &report["entries"], &report["changed"], &report["unchanged"]),
        (3, &0.into(), &1.into(), &0.into())
    );
    assert_eq!(
        fields(&report),
        [
            ("title", "API errors", "API and web errors"),
            ("impact", "critical", "minor"),
            ("started_at", "2026-01-01T10:00:00.000Z", "2026-01-01T09:30:00.000Z"),
            ("services", "API", "API, Web"),
            ("severity", "sev1", "sev3"),
            ("resolved_at", "2026-01-01T11:00:00.000Z", "2026-01-01T10:40:00.000Z"),
        ]
    );
    let kinds = report["skipped"].as_array().expect("a list").iter().filter(|one| one["kind"] == "differs");
    assert_eq!(kinds.count(), 6);
    assert_eq!(place.json(&["-i", "1", "show"])["incident"], before);
    let shown = place.run(&["import", "github-statuses", &history("changed-2.jsonl")]);
    for says in ["title: API errors → API and web errors", "services: API → API, Web", "changed-2.jsonl --update"] {
        assert!(shown.code == 3 && shown.out.contains(says), "{}", shown.out);
    }
}

#[test]
fn a_change_is_taken_as_a_correction_once_and_what_was_stays_readable() {
    let place = Place::new();
    import(&place, "changed-1.jsonl", &[]);
    let (tried, _) = import(&place, "changed-2.jsonl", &["--update", "--dry-run"]);
    assert_eq!(place.json(&["-i", "1", "show"])["incident"]["title"], "API errors");
    let (report, code) = import(&place, "changed-2.jsonl", &["--update"]);
    assert_eq!((code, &report["updated"], &report["skipped"]), (0, &1.into(), &Value::Array(Vec::new())));
    assert_eq!((&tried["updated"], &tried["entries"]), (&report["updated"], &report["entries"]));
    let now = place.json(&["-i", "1", "show"])["incident"].clone();
    assert_eq!((&now["title"], &now["severity"]), (&"API and web errors".into(), &"sev3".into()));
    assert_eq!(
        (&now["started_at"], &now["declared_at"]),
        (&"2026-01-01T09:30:00.000Z".into(), &"2026-01-01T09:30:00.000Z".into())
    );
    assert_eq!(
        (&now["resolved_at"], &now["closed_at"]),
        (&"2026-01-01T10:40:00.000Z".into(), &"2026-01-01T10:40:00.000Z".into())
    );
    assert_eq!((&now["services"], &now["status"]), (&serde_json::json!(["API", "Web"]), &"closed".into()));
    let told = place.ok(&["-i", "1", "timeline", "--full"]);
    assert!(told.contains("API errors") && told.contains("API and web errors"), "{told}");
    for more in [&[][..], &["--update"]] {
        let (again, code) = import(&place, "changed-2.jsonl", more);
        assert_eq!((code, &again["unchanged"], &again["entries"]), (0, &1.into(), &0.into()), "{again}");
    }
    place.ok(&["verify"]);
    place.ok(&["doctor"]);
}

#[test]
fn a_correction_that_is_taken_back_leaves_the_record_known() {
    let place = Place::new();
    import(&place, "changed-1.jsonl", &[]);
    import(&place, "changed-2.jsonl", &["--update"]);
    // Whatever of it is taken back, the file is that of a known incident.
    place.run(&["-i", "1", "undo"]);
    let (again, _) = import(&place, "changed-1.jsonl", &[]);
    assert_eq!(again["imported"], 0, "{again}");
}

#[test]
fn an_updates_words_and_time_are_changes_and_a_lost_update_is_told() {
    let place = Place::new();
    let record = |first: &str, at: &str, second: &str| {
        format!(
            r#"{{"page": {{"id": "p"}}, "incidents": [{{"id": "a", "name": "API", "status": "investigating", "created_at": "2026-01-01T10:00:00Z",
            "incident_updates": [{second} {{"id": "u1", "status": "investigating", "body": "{first}", "created_at": "{at}"}}]}}]}}"#
        )
    };
    let run = |text: &str, more: &[&str]| {
        let mut arguments = vec!["import", "statuspage", "-", "--json"];
        arguments.extend(more);
        let ran = place.run_with(&arguments, text.as_bytes());
        (serde_json::from_str::<Value>(&ran.out).unwrap_or_else(|_| panic!("{}", ran.err)), ran.code)
    };
    let second =
        r#"{"id": "u2", "status": "investigating", "body": "still looking", "created_at": "2026-01-01T10:30:00Z"},"#;
    assert_eq!(run(&record("looking", "2026-01-01T10:00:00Z", second), &[]).1, 0);
    let other = record("looking closely", "2026-01-01T10:05:00Z", second);
    let (report, code) = run(&other, &[]);
    let changed: Vec<(&str, &str)> = fields(&report).into_iter().map(|(field, _, now)| (field, now)).collect();
    assert_eq!(changed, [("update.text", "looking closely"), ("update.at", "2026-01-01T10:05:00.000Z")]);
    assert_eq!((code, &report["entries"]), (3, &0.into()));
    assert_eq!(run(&other, &["--update"]).1, 0);
    assert_eq!(run(&other, &[]).0["unchanged"], 1);
    let said: Vec<String> = reports(&place)[0].iter().map(|(.., text)| text.clone()).collect();
    assert_eq!(said, ["looking", "still looking", "looking closely"], "nothing of the old is lost");
    let moved = record("looking closely", "2026-01-01T10:09:00Z", second);
    assert_eq!(fields(&run(&moved, &[]).0), [("update.at", "2026-01-01T10:05:00.000Z", "2026-01-01T10:09:00.000Z")]);
    assert_eq!(run(&moved, &["--update"]).1, 0);
    assert_eq!(run(&moved, &[]).1, 0);
    let (report, code) = run(&record("looking closely", "2026-01-01T10:09:00Z", ""), &[]);
    assert_eq!((code, &report["skipped"][0]["kind"], &report["entries"]), (3, &"gone".into(), &0.into()));
    place.ok(&["doctor"]);
}
