//! What comes in from elsewhere: other tools' histories, chat, alerts.

mod changed;
mod kept;
mod shapes;
mod told;

use super::place::Place;
use rusqlite::Connection;
use serde_json::Value;
use std::path::PathBuf;

fn history(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/histories").join(name);
    path.to_str().expect("a path").to_owned()
}

const GITHUB: &str = "github-statuses-2022-2024.jsonl";

/// An update: when, its place, status, words.
type Said = (String, u64, String, String);

/// The updates on record, incident by incident, in the log's order.
fn reports(place: &Place) -> Vec<Vec<Said>> {
    let store = Connection::open(place.store()).expect("a store");
    let query = "SELECT subject, at, facts, words FROM log WHERE kind = 'report.imported' ORDER BY n";
    let mut query = store.prepare(query).expect("a query");
    let json = |bytes: Vec<u8>| serde_json::from_slice::<Value>(&bytes).expect("JSON");
    let read = |row: &rusqlite::Row<'_>| {
        let at = jiff::Timestamp::from_millisecond(row.get(1)?).expect("a time").to_string();
        let (facts, words) = (json(row.get(2)?), json(row.get(3)?));
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let order = facts["order"].as_u64().expect("a place");
        Ok((row.get::<_, i64>(0)?, (at, order, text(&facts["status"]), text(&words["text"]))))
    };
    let found: Vec<(i64, Said)> = query.query_map([], read).expect("rows").map(|row| row.expect("a row")).collect();
    let groups = found.chunk_by(|one, next| one.0 == next.0);
    groups.map(|group| group.iter().map(|(_, said)| said.clone()).collect()).collect()
}

#[test]
fn every_update_of_399_real_incidents_keeps_its_words_time_and_order() {
    let place = Place::new();
    let first = place.json(&["import", "github-statuses", &history(GITHUB)]);
    assert_eq!((&first["imported"], &first["skipped"]), (&399.into(), &Value::Array(Vec::new())));
    let file = std::fs::read_to_string(history(GITHUB)).expect("the file");
    let records: Vec<Value> = file.lines().map(|line| serde_json::from_str(line).expect("a record")).collect();
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let expected: Vec<Vec<Said>> = records
        .iter()
        .map(|record| {
            let updates = record["updates"].as_array().expect("a list").iter().zip(1..);
            let said = updates.map(|(one, at)| (text(&one["at"]), at, text(&one["status"]), text(&one["message"])));
            said.collect()
        })
        .collect();
    assert_eq!(reports(&place), expected);
    for (record, one) in records.iter().zip(first["incidents"].as_array().expect("a list")).step_by(40) {
        assert_eq!(record["id"], one["source"]);
        let shown = place.json(&["-i", &one["ref"].to_string(), "show"]);
        let incident = &shown["incident"];
        assert_eq!((&incident["title"], &incident["status"]), (&record["title"], &"closed".into()));
        let millis = |value: &Value| text(value).replace('Z', ".000Z");
        assert_eq!(incident["started_at"], millis(&record["started_at"]));
        assert_eq!(incident["resolved_at"], millis(&record["resolved_at"]));
        assert_eq!(incident["services"], record.get("components").cloned().unwrap_or_else(|| Value::Array(Vec::new())));
    }
    let again = place.json(&["import", "github-statuses", &history(GITHUB)]);
    assert_eq!((&again["unchanged"], &again["entries"]), (&399.into(), &0.into()));
    // Nothing runs, nobody is told, and the rows follow from the log.
    assert_eq!(place.json(&["due", "--all"])["clocks"], Value::Array(Vec::new()));
    assert_eq!(place.json(&["list"])["incidents"], Value::Array(Vec::new()));
    place.ok(&["tick"]);
    place.ok(&["doctor"]);
}

#[test]
fn a_newer_file_adds_what_is_new_and_nothing_comes_twice() {
    let place = Place::new();
    let file = std::fs::read_to_string(history(GITHUB)).expect("the file");
    let mut records: Vec<Value> =
        file.lines().take(2).map(|line| serde_json::from_str(line).expect("a record")).collect();
    let text = |records: &[Value]| records.iter().map(|one| format!("{one}\n")).collect::<String>();
    let whole = text(&records);
    // Yesterday's file: it was not over yet.
    let updates = records[0]["updates"].as_array_mut().expect("a list");
    updates.pop();
    records[0]["resolved_at"] = Value::Null;
    let run = |input: &str| {
        let ran = place.run_with(&["import", "github-statuses", "-", "--json"], input.as_bytes());
        assert_eq!(ran.code, 0, "{}", ran.err);
        serde_json::from_str::<Value>(&ran.out).expect("JSON")
    };
    let first = run(&text(&records));
    assert_eq!((&first["imported"], &first["entries"]), (&2.into(), &12.into()));
    assert_eq!(place.json(&["-i", "1", "show"])["incident"]["status"], "investigating");
    let second = run(&whole);
    assert_eq!((&second["updated"], &second["unchanged"], &second["entries"]), (&1.into(), &1.into(), &3.into()));
    assert_eq!(place.json(&["-i", "1", "show"])["incident"]["status"], "closed");
    assert_eq!(run(&whole)["entries"], 0);
    assert_eq!(run(&format!("{whole}{whole}"))["unchanged"], 4);
    place.ok(&["doctor"]);
}

#[test]
fn what_cannot_be_read_is_told_with_its_place_and_the_rest_is_kept() {
    let place = Place::new();
    let good = r#"{"id": 1, "title": "a", "started_at": "2024-05-01 10:00:00", "updates": []}"#;
    let bad = [r#"{"id": 2, "title": 5}"#, r#"{"id": 3, "title": "#, "[]", r#"{"title": "x"}"#, "\u{1b}[31m"];
    let input = format!("{good}\n\n{}\n", bad.join("\n"));
    let ran = place.run_with(&["import", "github-statuses", "-", "--json"], input.as_bytes());
    assert_eq!(ran.code, 3, "{}", ran.err);
    let report: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(report["imported"], 1);
    let skipped: Vec<(u64, &str)> = report["skipped"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| (one["line"].as_u64().expect("a line"), one["kind"].as_str().expect("a kind")))
        .collect();
    let expected = [(3, "wrong-type"), (4, "not-json"), (5, "wrong-type"), (6, "missing"), (7, "not-json")];
    assert_eq!(skipped, expected);
    let ran = place.run_with(&["import", "github-statuses", "-"], input.as_bytes());
    assert!(
        ran.out.contains("line 3 (2) 2: `title` is a number, not a text") && !ran.out.contains('\u{1b}'),
        "{}",
        ran.out
    );
    for (format, text, says) in [
        ("statuspage", "{\n  \"incidents\": [{\"id\": 1,\n", "line 3, column 1"),
        ("google-cloud", "{}", "line 1, column "),
        ("statuspage", "{\"x\": []}", "no `incidents`"),
        ("aws", "\u{feff}nope", "line 1, column 2"),
    ] {
        let ran = place.run_with(&["import", format, "-"], text.as_bytes());
        assert!(ran.code == 1 && ran.err.contains(says), "{}", ran.err);
    }
    assert_eq!(place.run_with(&["import", "aws", "-"], b"\xff\xff").code, 1);
    assert_eq!(place.run(&["import", "aws", "/nowhere"]).code, 4);
}

#[test]
fn the_other_formats_keep_updates_times_and_services() {
    let place = Place::new();
    let ran = place.run(&["import", "statuspage", &history("statuspage-incidents.json"), "--json"]);
    let report: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!((ran.code, &report["imported"]), (3, &2.into()));
    let lines: Vec<u64> =
        report["skipped"].as_array().expect("a list").iter().map(|one| one["line"].as_u64().expect("a line")).collect();
    assert_eq!(lines, [16, 17, 18, 19]);
    let shown = place.json(&["-i", "1", "show"])["incident"].clone();
    assert_eq!((&shown["title"], &shown["severity"]), (&"Checkout errors & delays".into(), &"sev2".into()));
    assert_eq!(shown["services"], serde_json::json!(["Checkout", "Payments"]));
    // The page's own zone holds for times that name none.
    assert_eq!((&shown["started_at"], &shown["status"]), (&"2024-05-01T00:58:00.000Z".into(), &"closed".into()));
    let said: Vec<(String, String)> =
        reports(&place)[0].iter().map(|(_, _, status, text)| (status.clone(), text.clone())).collect();
    let expected = [
        ("investigating", "We are investigating"),
        ("identified", "Found in <host-17>"),
        ("monitoring", "A fix is in place.\nWe are watching."),
        ("resolved", "This is resolved. Postmortem (https://status.example/pm)"),
    ];
    assert_eq!(said, expected.map(|(status, text)| (status.to_owned(), text.to_owned())));

    let ran = place.run(&["import", "google-cloud", &history("google-incidents.json"), "--json"]);
    assert_eq!(ran.code, 3, "{}", ran.err);
    let shown = place.json(&["-i", "3", "show"])["incident"].clone();
    assert_eq!((&shown["severity"], &shown["resolved_at"]), (&"sev1".into(), &"2024-02-14T21:25:00.000Z".into()));

    let ran = place.run(&["import", "aws", &history("aws-historyevents.json"), "--json"]);
    assert_eq!(ran.code, 3, "{}", ran.err);
    let shown = place.json(&["-i", "4", "show"])["incident"].clone();
    assert_eq!((&shown["title"], &shown["severity"]), (&"Increased API Error Rates".into(), &"sev2".into()));
    assert_eq!((&shown["status"], &shown["services"]), (&"closed".into(), &serde_json::json!(["Amazon EC2"])));
    for (format, file) in [
        ("statuspage", "statuspage-incidents.json"),
        ("google-cloud", "google-incidents.json"),
        ("aws", "aws-historyevents.json"),
    ] {
        let ran = place.run(&["import", format, &history(file), "--json"]);
        let report: Value = serde_json::from_str(&ran.out).expect("JSON");
        assert_eq!((&report["entries"], &report["imported"]), (&0.into(), &0.into()), "{format}");
    }
    // What its source doesn't call over is not over, and still nothing runs or asks for more.
    assert_eq!(place.json(&["list"])["incidents"].as_array().expect("a list").len(), 1);
    place.wait(10 * 86_400);
    assert_eq!(place.json(&["tick"])["done"].as_array().map_or(0, Vec::len), 0);
    assert_eq!(place.json(&["-i", "2", "show"])["incident"]["severity"], "sev1");
}

#[test]
fn a_dry_run_keeps_nothing() {
    let place = Place::declared();
    let report = place.json(&["import", "github-statuses", &history(GITHUB), "--dry-run"]);
    assert_eq!((&report["imported"], &report["dry_run"]), (&399.into(), &true.into()));
    assert_eq!(place.json(&["list", "--all", "--limit", "1000"])["incidents"].as_array().expect("a list").len(), 1);
}

#[test]
fn hostile_words_are_kept_and_shown_harmless() {
    let place = Place::new();
    let long = "障害".repeat(60_000);
    let evil = "\u{1b}]0;owned\u{7} \u{202e}txt \u{0} <script>alert(1)</script>";
    let record = serde_json::json!({
        "id": evil, "title": format!("{evil} {}", "x".repeat(5000)), "url": "javascript:alert(1)", "impact": evil,
        "updates": [
            {"at": "2024-05-01T10:00:00Z", "status": evil, "message": evil},
            {"at": "2024-05-01T10:00:00Z", "status": evil, "message": long},
            {"at": "2024-05-01T10:00:00Z", "status": evil, "message": evil},
        ],
    });
    let input = record.to_string();
    for expected in [1, 0] {
        let ran = place.run_with(&["import", "github-statuses", "-", "--json"], input.as_bytes());
        let report: Value = serde_json::from_str(&ran.out).expect("JSON");
        assert_eq!((ran.code, &report["imported"]), (0, &expected.into()), "{}", ran.err);
    }
    let said = &reports(&place)[0];
    // A text longer than an entry is kept in parts, one after the other.
    assert_eq!(said.iter().map(|(_, order, ..)| *order).collect::<Vec<_>>(), [1, 2, 2, 3]);
    assert_eq!(format!("{}{}", said[1].3, said[2].3), long);
    assert_eq!(said[0].3, evil);
    for arguments in
        [&["list"][..], &["-i", "1", "show"], &["-i", "1", "timeline", "--full"], &["-i", "1", "postmortem"]]
    {
        let out = place.ok(arguments);
        let acts = |letter: char| letter.is_control() && letter != '\n' || letter == '\u{202e}';
        assert!(!out.chars().any(acts), "{arguments:?}");
    }
    place.ok(&["verify"]);
}

const LOG: &str = "hello?\n[14:02] aki: DB is slow\n14:02 ben: same here\n14:02 ben: same here\n  on both replicas\n14:05 佐藤：再起動します\nAki Sato  2:10 PM\nrestarted\nall green\n";

#[test]
fn a_pasted_chat_is_kept_once_at_its_times() {
    let place = Place::declared();
    let arguments = ["import", "chat", "-", "--date", "2026-11-19", "--zone", "Asia/Tokyo", "--json"];
    let run = |input: &str| {
        let ran = place.run_with(&arguments, input.as_bytes());
        serde_json::from_str::<Value>(&ran.out).unwrap_or_else(|_| panic!("{}", ran.err))
    };
    let first = run(LOG);
    assert_eq!((&first["imported"], &first["skipped"][0]["kind"]), (&5.into(), &"no-message".into()));
    let said: Vec<(&str, &str)> = first["entries"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| (one["at"].as_str().expect("a time"), one["data"]["text"].as_str().expect("a text")))
        .collect();
    assert_eq!(
        said,
        [
            ("2026-11-19T05:02:00.000Z", "DB is slow"),
            ("2026-11-19T05:02:00.000Z", "same here"),
            ("2026-11-19T05:02:00.000Z", "same here\n  on both replicas"),
            ("2026-11-19T05:05:00.000Z", "再起動します"),
            ("2026-11-19T05:10:00.000Z", "restarted\nall green"),
        ]
    );
    assert_eq!((&run(LOG)["imported"], &run(LOG)["unchanged"]), (&0.into(), &5.into()));
    // The same log with more below it; and what was removed stays removed.
    place.ok(&["redact", first["entries"][0]["id"].as_str().expect("an id"), "--reason", "private"]);
    let more = run(&format!("{LOG}14:20 ben: bye\n"));
    assert_eq!((&more["imported"], &more["entries"][0]["data"]["author"]), (&1.into(), &"ben".into()));
    let shown = place.ok(&["timeline", "--kind", "chat"]);
    assert!(shown.contains("佐藤: 再起動します") && !shown.contains("DB is slow"), "{shown}");
    place.ok(&["undo"]);
    assert_eq!(run(&format!("{LOG}14:20 ben: bye\n"))["imported"], 1);
    place.ok(&["doctor"]);
}

#[test]
fn a_chat_with_a_secret_is_told_of_or_refused() {
    let place = Place::declared();
    let log = b"04:00 aki: use password=Hunter2Hunter2Xk9 for now\n";
    let ran = place.run_with(&["import", "chat", "-", "--strict-secrets"], log);
    assert_eq!(ran.code, 1, "{}", ran.err);
    let ran = place.run_with(&["import", "chat", "-"], log);
    assert!(ran.code == 0 && ran.err.contains("looks like it holds a secret"), "{}", ran.err);
}

fn payload(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/payloads").join(name);
    path.to_str().expect("a path").to_owned()
}

#[test]
fn an_alert_declares_and_the_same_again_joins() {
    let place = Place::new();
    let group = payload("alertmanager-v4-two-alerts.zulip.json");
    let declared = place.json(&["declare", "--from", "alertmanager", &group]);
    let incident = &declared["incident"];
    assert_eq!((&incident["title"], &incident["severity"]), (&"High CPU core temperature".into(), &"sev1".into()));
    assert_eq!(incident["detected_at"], "2020-02-06T00:17:58.432Z");
    assert!(incident["links"][0]["target"].as_str().expect("a link").starts_with("http://cobalt:9090/"));
    // Without --join it is another one, and that is refused as for anybody.
    assert!(place.fails(1, &["declare", "--from", "alertmanager", &group]).contains("#1"));
    let again = place.json(&["declare", "--from", "alertmanager", &group, "--join"]);
    assert_eq!((&again["incident"]["ref"], &again["duplicate"]), (&1.into(), &true.into()));
    assert_eq!(again["entries"], Value::Array(Vec::new()));
    // One of the two is over: noted, and the incident stands where it stood.
    let mut body: Value = serde_json::from_str(&std::fs::read_to_string(&group).expect("read")).expect("JSON");
    body["alerts"][0]["status"] = "resolved".into();
    body["alerts"][0]["endsAt"] = "2020-02-06T00:30:00Z".into();
    let ran =
        place.run_with(&["declare", "--from", "alertmanager", "-", "--join", "--json"], body.to_string().as_bytes());
    let noted: Value = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}", ran.err));
    assert_eq!((&noted["incident"]["ref"], &noted["incident"]["status"]), (&1.into(), &"investigating".into()));
    assert_eq!(noted["entries"][0]["data"]["state"], "resolved");
    // After it is resolved, the same alert is a new incident.
    place.ok(&["resolve", "cooled down"]);
    let anew = place.json(&["declare", "--from", "alertmanager", &group, "--join"]);
    assert_eq!((&anew["incident"]["ref"], &anew["duplicate"]), (&2.into(), &false.into()));
    place.ok(&["doctor"]);
}

#[test]
fn a_group_with_firing_and_resolved_alerts_goes_where_it_belongs() {
    let place = Place::new();
    let group = payload("grafana-firing-and-resolved.json");
    let ran = place.run(&["declare", "--from", "grafana", &group]);
    assert!(ran.code == 0 && ran.out.starts_with("#1 declared: sev1 API errors above 5 %"), "{}{}", ran.out, ran.err);
    assert!(ran.err.contains("nothing recorded of them: 1") || ran.err.contains("knows: 1"), "{}", ran.err);
    let gone = place.run(&["declare", "--from", "pagerduty", &payload("pagerduty-v3-resolved.zulip.json")]);
    assert!(gone.code == 0 && gone.err.contains("nothing recorded"), "{}{}", gone.out, gone.err);
    assert_eq!(place.json(&["list"])["incidents"].as_array().expect("a list").len(), 1);
    for (format, file) in [
        ("pagerduty", "pagerduty-v3-triggered.zulip.json"),
        ("opsgenie", "opsgenie-create.json"),
        ("statuspage", "statuspage-incident_created.zulip.json"),
        ("datadog", "datadog-triggered.json"),
    ] {
        let one = place.json(&["declare", "--from", format, &payload(file), "--key", format]);
        let again = place.json(&["declare", "--from", format, &payload(file), "--key", format]);
        assert_eq!(
            (&again["duplicate"], &again["incident"]["ref"]),
            (&true.into(), &one["incident"]["ref"]),
            "{format}"
        );
    }
    let other = payload("opsgenie-create.json");
    assert!(place.fails(1, &["declare", "--from", "opsgenie", &other, "--key", "datadog"]).contains("datadog"));
    let broken = place.run_with(&["declare", "--from", "grafana", "-"], b"{\"alerts\": [");
    assert!(broken.code == 1 && broken.err.contains("line 1, column"), "{}", broken.err);
}

#[test]
fn the_policy_says_how_bad_an_alert_is() {
    let place = Place::new();
    let policy = place.path().join("policy.toml");
    std::fs::write(&policy, "[alerts]\nsev0 = [\"critical\"]\n").expect("written");
    let config = place.path().to_str().expect("a path").to_owned();
    let group = payload("alertmanager-v4-no-generatorURL.zulip.json");
    let declared = place.json(&["declare", "--from", "alertmanager", &group, "--config", &config]);
    assert_eq!(declared["incident"]["severity"], "sev0");
    std::fs::write(&policy, "[alerts]\nsev1 = [\"page\"]\nsev2 = [\n \"page\", 7]\nsev9 = []\n").expect("written");
    let err = place.fails(3, &["playbook", "lint", "--config", &config]);
    let out = place.run(&["playbook", "lint", "--config", &config]).out;
    let said = format!("{err}{out}");
    for place in ["policy.toml:4:2", "policy.toml:4:10", "policy.toml:5:1"] {
        assert!(said.contains(place), "{place}: {said}");
    }
}

#[test]
fn a_near_miss_needs_nobody_and_is_marked() {
    let place = Place::new();
    let declared = place.json(&["declare", "almost dropped the orders table", "--near-miss"]);
    let incident = &declared["incident"];
    assert_eq!((&incident["severity"], &incident["near_miss"]), (&"sev4".into(), &true.into()));
    assert_eq!(incident["checklists"][0]["playbook"], "near-miss");
    place.ok(&["declare", "a real one"]);
    let clocks = place.json(&["-i", "1", "due", "--all"])["clocks"].clone();
    let kinds: Vec<&str> =
        clocks.as_array().expect("a list").iter().map(|clock| clock["kind"].as_str().expect("a kind")).collect();
    assert!(kinds.iter().all(|kind| *kind == "step"), "{kinds:?}");
    assert!(place.ok(&["list"]).contains("[near miss] almost dropped"));
    assert!(place.ok(&["-i", "1", "show"]).contains("near miss"));
    place.ok(&["-i", "1", "resolve", "a colleague stopped it"]);
    let listed = place.json(&["list", "--near-miss"])["incidents"].clone();
    assert_eq!((listed.as_array().expect("a list").len(), &listed[0]["ref"]), (1, &1.into()));
    assert_eq!(listed[0]["status"], "resolved");
    assert!(!listed[0]["waiting_for"].to_string().contains("postmortem"));
    place.wait(7200);
    let ticked = place.json(&["tick"]).to_string();
    assert!(!ticked.contains("one-hour-rule") || !ticked.contains("#1"), "{ticked}");
}
