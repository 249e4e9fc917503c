//! Histories in the shapes that tools really write them.

use super::{history, payload};
use crate::place::Place;
use serde_json::Value;

fn import(place: &Place, format: &str, file: &str, more: &[&str]) -> Value {
    let file = history(file);
    let mut arguments = vec!["import", format, &file, "--json"];
    arguments.extend(more);
    let ran = place.run(&arguments);
    serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}", ran.err))
}

fn shown(place: &Place, number: &str) -> Value {
    place.json(&["-i", number, "show"])["incident"].clone()
}

#[test]
fn a_post_to_the_minute_is_not_before_the_second_of_the_beginning() {
    let place = Place::new();
    let report = import(&place, "aws", "aws-minute-label.json", &[]);
    assert_eq!((&report["imported"], &report["skipped"]), (&1.into(), &Value::Array(Vec::new())));
    let incident = shown(&place, "1");
    assert_eq!((&incident["status"], &incident["started_at"]), (&"closed".into(), &"2021-06-24T19:53:13.000Z".into()));
    assert!(place.ok(&["-i", "1", "show"]).contains("lasted unknown"));
}

#[test]
fn a_stated_end_is_the_end_and_a_policy_says_how_bad_a_word_is() {
    let place = Place::new();
    import(&place, "google-cloud", "google-end.json", &[]);
    let incident = shown(&place, "1");
    assert_eq!(
        (&incident["started_at"], &incident["declared_at"]),
        (&"2021-10-27T09:00:00.000Z".into(), &"2021-10-28T18:33:00.000Z".into())
    );
    assert_eq!((&incident["resolved_at"], &incident["severity"]), (&"2021-10-30T19:00:00.000Z".into(), &"sev3".into()));
    assert!(place.ok(&["-i", "1", "timeline", "--full"]).contains("Tokyo (asia-northeast1)"));
    let config = place.path().to_str().expect("a path").to_owned();
    std::fs::write(place.path().join("policy.toml"), "[alerts]\nsev2 = [\"medium\"]\n").expect("written");
    let report = import(&place, "google-cloud", "google-end.json", &["--config", &config]);
    let changes = &report["incidents"][0]["changes"];
    assert_eq!((&changes[0]["field"], &changes[0]["now"]), (&"severity".into(), &"sev2".into()), "{report}");
    let other = Place::new();
    import(&other, "google-cloud", "google-end.json", &["--config", &config]);
    assert_eq!(shown(&other, "1")["severity"], "sev2");
}

#[test]
fn planned_maintenance_is_no_incident() {
    let place = Place::new();
    place.wait(9 * 86_400);
    let report = import(&place, "statuspage", "statuspage-maintenance.json", &[]);
    assert_eq!(
        (&report["imported"], &report["maintenance"], &report["skipped"]),
        (&1.into(), &2.into(), &Value::Array(Vec::new()))
    );
    // The one incident is the one that is meant.
    place.ok(&["note", "still watching"]);
    let ran = place.run(&["import", "statuspage", &history("statuspage-maintenance.json")]);
    assert!(ran.code == 0 && ran.out.contains("planned maintenance left out: 2"), "{}{}", ran.out, ran.err);
    let report = import(&place, "statuspage", "statuspage-maintenance.json", &["--maintenance"]);
    assert_eq!((&report["imported"], &report["maintenance"]), (&2.into(), &0.into()));
    for (number, started) in [("2", Value::Null), ("3", "2026-11-05T01:00:00.000Z".into())] {
        let incident = shown(&place, number);
        assert_eq!((&incident["status"], &incident["started_at"]), (&"cancelled".into(), &started), "{incident}");
    }
    place.ok(&["note", "still the only one"]);
    assert!(place.ok(&["-i", "3", "show"]).contains("planned maintenance"));
    let metrics = place.json(&["metrics", "--since", "2026-01-01"]);
    assert_eq!(metrics["incidents"], 1, "{metrics}");
    assert_eq!(import(&place, "statuspage", "statuspage-maintenance.json", &["--maintenance"])["unchanged"], 3);
}

#[test]
fn the_status_says_that_it_is_over_and_the_last_trace_about_when() {
    let place = Place::new();
    let report = import(&place, "statuspage", "statuspage-no-resolved-at.json", &[]);
    assert_eq!((&report["imported"], &report["skipped"]), (&3.into(), &Value::Array(Vec::new())));
    for (number, end) in
        [("1", "2026-07-10T12:00:00.000Z"), ("2", "2026-07-10T14:00:00.000Z"), ("3", "2026-07-10T13:00:00.000Z")]
    {
        let incident = shown(&place, number);
        assert_eq!((&incident["status"], &incident["resolved_at"]), (&"closed".into(), &end.into()), "{incident}");
        assert_eq!(incident["started_at"], "2026-07-10T12:00:00.000Z");
    }
    let about = |number: &str, kind: &str| {
        let entries = place.json(&["-i", number, "timeline", "--kind", kind])["entries"].clone();
        entries[0]["approximate"].clone()
    };
    assert_eq!((about("1", "incident.resolved"), about("2", "incident.resolved")), (true.into(), true.into()));
    assert_eq!((about("3", "incident.resolved"), about("3", "report.imported")), (false.into(), true.into()));
    assert_eq!(place.json(&["list"])["incidents"], Value::Array(Vec::new()));
}

#[test]
fn the_pages_zone_says_what_a_word_for_a_zone_means() {
    let page = |zone: &str, time: &str| {
        let zone = if zone.is_empty() { String::new() } else { format!(r#""time_zone": "{zone}""#) };
        format!(
            r#"{{"page": {{{zone}}}, "months": [{{"name": "July", "year": 2026, "incidents": [
            {{"code": "a", "name": "x", "message": "m", "timestamp": "Jul 20, 14:05 - 16:00 {time}"}}]}}]}}"#
        )
    };
    for (zone, word, asked, began, doubtful) in [
        ("Asia/Shanghai", "CST", "", "2026-07-20T06:05:00.000Z", false),
        ("Europe/London", "BST", "", "2026-07-20T13:05:00.000Z", false),
        ("Asia/Kolkata", "IST", "", "2026-07-20T08:35:00.000Z", false),
        ("Asia/Jerusalem", "IST", "", "2026-07-20T12:05:00.000Z", false),
        ("Australia/Sydney", "AEST", "", "2026-07-20T04:05:00.000Z", false),
        ("Asia/Singapore", "+08", "", "2026-07-20T06:05:00.000Z", false),
        ("America/Sao_Paulo", "-03", "", "2026-07-20T17:05:00.000Z", false),
        ("Etc/UTC", "CST", "", "2026-07-20T20:05:00.000Z", true),
        ("Etc/UTC", "CST", "Asia/Shanghai", "2026-07-20T06:05:00.000Z", false),
        ("", "XYZ", "", "2026-07-20T14:05:00.000Z", true),
    ] {
        let place = Place::new();
        let mut arguments = vec!["import", "statuspage", "-", "--json"];
        if !asked.is_empty() {
            arguments.extend(["--zone", asked]);
        }
        let ran = place.run_with(&arguments, page(zone, word).as_bytes());
        let report: Value = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}", ran.err));
        assert_eq!(report["imported"], 1, "{zone} {word}: {report}");
        assert_eq!(shown(&place, "1")["started_at"], began, "{zone} {word}");
        let told = report["skipped"].as_array().expect("a list").iter().any(|one| one["kind"] == "doubtful-zone");
        assert_eq!((told, ran.code), (doubtful, if doubtful { 3 } else { 0 }), "{zone} {word}");
    }
}

#[test]
fn a_record_of_no_length_is_of_unknown_length_and_downtime_fields_decide() {
    let place = Place::new();
    let lines = [
        r#"{"id": 1, "title": "retroactive", "started_at": "2026-01-05T10:00:00Z", "resolved_at": "2026-01-05T10:00:00Z", "updates": [{"at": "2026-01-05T10:00:00Z", "status": "Resolved", "message": "it was"}]}"#,
        r#"{"id": 2, "title": "measured", "started_at": "2026-01-06T10:00:00Z", "resolved_at": "2026-01-06T12:00:00Z", "downtime_start": "2026-01-06T09:40:00Z", "downtime_end": "2026-01-06T10:30:00Z",
            "updates": [{"at": "2026-01-06T10:00:00Z", "status": "Investigating", "message": "a"}, {"at": "2026-01-06T12:00:00Z", "status": "Resolved", "message": "b"}]}"#,
    ];
    let input = lines.map(|line| line.replace('\n', " ")).join("\n");
    assert_eq!(place.run_with(&["import", "github-statuses", "-"], input.as_bytes()).code, 0);
    let second = shown(&place, "2");
    assert_eq!(
        (&second["started_at"], &second["resolved_at"]),
        (&"2026-01-06T09:40:00.000Z".into(), &"2026-01-06T10:30:00.000Z".into())
    );
    assert_eq!(second["declared_at"], "2026-01-06T10:00:00.000Z");
    let metrics = place.json(&["metrics", "--since", "2026-01-01"]);
    let outage = metrics["measures"].as_array().expect("a list").iter().find(|one| one["measure"] == "outage");
    let outage = outage.unwrap_or_else(|| panic!("{metrics}"));
    assert!(outage.to_string().contains("no-length") && outage["median_seconds"] == 3000, "{outage}");
    let told = place.ok(&["-i", "1", "show"]);
    assert!(told.contains("lasted unknown") && !told.contains("lasted 0"), "{told}");
}

#[test]
fn valid_json_of_another_format_is_named_with_the_command_that_takes_it() {
    let place = Place::declared();
    let google = history("google-incidents.json");
    let statuspage = history("statuspage-incidents.json");
    let github = history(super::GITHUB);
    let alert = payload("opsgenie-create.json");
    for (arguments, what, command) in [
        (
            ["import", "statuspage", &google],
            "a history of google-cloud",
            format!("hikeshi import google-cloud {google}"),
        ),
        (
            ["import", "google-cloud", &statuspage],
            "a history of statuspage",
            format!("hikeshi import statuspage {statuspage}"),
        ),
        (
            ["import", "github-statuses", &statuspage],
            "a history of statuspage",
            format!("hikeshi import statuspage {statuspage}"),
        ),
        (
            ["import", "aws", &github],
            "a history of github-statuses",
            format!("hikeshi import github-statuses {github}"),
        ),
        (["import", "chat", &google], "a history of google-cloud", format!("hikeshi import google-cloud {google}")),
        (["import", "aws", &alert], "an alert of opsgenie", format!("hikeshi declare --from opsgenie {alert}")),
    ] {
        let ran = place.run(&arguments);
        assert_eq!(ran.code, 1, "{arguments:?} {}{}", ran.out, ran.err);
        assert!(ran.err.contains(what) && ran.err.contains(&command), "{arguments:?} {}", ran.err);
        assert!(!ran.err.contains("is no JSON"), "{}", ran.err);
    }
    let ran = place.run(&["declare", "--from", "pagerduty", &google]);
    assert!(ran.code == 1 && ran.err.contains(&format!("hikeshi import google-cloud {google}")), "{}", ran.err);
    let odd = place.run_with(&["import", "google-cloud", "-"], b"{\"x\": 1}");
    assert!(odd.code == 1 && odd.err.contains("is JSON of another shape"), "{}", odd.err);
}

#[test]
fn people_of_an_export_have_names_also_where_they_are_mentioned() {
    let place = Place::declared();
    let export = place.path().join("export");
    let channel = export.join("incident 1");
    std::fs::create_dir_all(&channel).expect("a folder");
    let users = r#"[{"id": "U1", "name": "aki.s", "profile": {"real_name": "Aki Sato", "display_name": ""}}, {"id": "U2", "name": "ben", "profile": {"display_name": "Ben"}}]"#;
    let day = |user: &str, ts: u32, text: &str| {
        format!(r#"[{{"type": "message", "user": "{user}", "ts": "{ts}.000100", "text": "{text}"}}]"#)
    };
    let write = |file: &std::path::Path, text: &str| std::fs::write(file, text).expect("written");
    write(&channel.join("2024-05-01.json"), &day("U1", 1_714_521_600, "db-3 is down, <@U2>?"));
    write(&channel.join("2024-05-02.json"), &day("U2", 1_714_608_000, "looking"));
    let said = |report: &Value| -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let entries = report["entries"].as_array().expect("a list").iter();
        entries.map(|one| (text(&one["data"]["author"]), text(&one["data"]["text"]))).collect()
    };
    let one = channel.join("2024-05-01.json").to_str().expect("a path").to_owned();
    let people = place.path().join("people.json");
    write(&people, users);
    let named = place.json(&["import", "chat", &one, "--users", people.to_str().expect("a path")]);
    assert_eq!(said(&named), [("Aki Sato".to_owned(), "db-3 is down, @Ben?".to_owned())]);
    // The list lies in the export, above the channel's folder.
    write(&export.join("users.json"), users);
    let whole = place.json(&["import", "chat", channel.to_str().expect("a path")]);
    assert_eq!((&whole["unchanged"], said(&whole)), (&1.into(), vec![("Ben".to_owned(), "looking".to_owned())]));
    let none = place.run(&["import", "chat", export.to_str().expect("a path")]);
    assert!(none.code == 1 && none.err.contains("has no messages"), "{}{}", none.out, none.err);
    let wrong = place.run(&["import", "chat", people.to_str().expect("a path")]);
    assert!(wrong.code == 1 && wrong.err.contains("--users"), "{}", wrong.err);
}

#[test]
fn a_runbook_in_an_alert_is_a_link_of_the_incident() {
    let place = Place::new();
    let body = r#"{"version": "4", "alerts": [{"status": "firing", "labels": {"alertname": "Down"}, "fingerprint": "f1", "generatorURL": "http://prometheus.example/graph",
        "annotations": {"summary": "API is down", "runbook_url": "https://runbooks.example/api"}}]}"#;
    let ran = place.run_with(&["declare", "--from", "alertmanager", "-", "--json"], body.as_bytes());
    let declared: Value = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}", ran.err));
    let links = declared["incident"]["links"].as_array().expect("a list");
    let runbook = links.iter().find(|link| link["target"] == "https://runbooks.example/api").expect("a link");
    assert_eq!((&runbook["kind"], links.len()), (&"doc".into(), 2));
    let ran = place.run_with(&["declare", "--from", "opsgenie", "-"], br#"{"action": "Escalate", "alert": {}}"#);
    assert!(ran.code == 1 && ran.err.contains("alias, alertId, tinyId"), "{}", ran.err);
}
